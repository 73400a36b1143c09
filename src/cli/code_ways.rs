//! By which methods the configured providers can send codes, and what that means for an account.
//!
//! A mail server alone reaches no telephone: an account with only a number could never sign in.

use std::path::Path;

use crate::cli::quoting::for_shell;
use crate::delivery::Settings;
use crate::domain::method::CodeMethod;

/// The methods that have a provider. At least one has: the configuration is refused otherwise.
#[derive(Debug, Clone, Copy)]
pub(super) struct CodeWays {
    sms: bool,
    email: bool,
}

/// The destinations that an account has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Destinations {
    pub(super) phone: bool,
    pub(super) mailbox: bool,
}

impl CodeWays {
    pub(super) const fn of(settings: &Settings) -> Self {
        Self { sms: !settings.sms.is_empty(), email: !settings.email.is_empty() }
    }

    /// How the first code of a sign-in is sent if the account prefers `preferred`. `None`: no code reaches it.
    pub(super) fn method(self, preferred: CodeMethod, to: Destinations) -> Option<CodeMethod> {
        let reaches = |method: &CodeMethod| match method {
            CodeMethod::Sms => self.sms && to.phone,
            CodeMethod::Email => self.email && to.mailbox,
        };
        [preferred].into_iter().chain(CodeMethod::ALL).find(reaches)
    }

    /// Why no code reaches an account that has a destination, and what would help.
    pub(super) const fn lack(self) -> &'static str {
        if self.sms {
            "`delivery.email` is empty, so none is sent to an e-mail address; give --phone"
        } else {
            "`delivery.sms` is empty, so none is sent to a telephone number; give --email"
        }
    }

    /// The command that adds an account which a code can reach, with the configuration that this command was given: on
    /// another one it would change another database.
    pub(super) fn add_command(self, config: Option<&Path>) -> String {
        let config = config.map(|file| format!(" --config {}", for_shell(file))).unwrap_or_default();
        let to = if self.sms { "--phone NUMBER" } else { "--email ADDRESS" };
        format!("portcullis user add NAME {to}{config}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_is_one_that_a_shell_takes_as_it_is_printed() {
        let (sms, mail) = (CodeWays { sms: true, email: true }, CodeWays { sms: false, email: true });
        assert_eq!(sms.add_command(None), "portcullis user add NAME --phone NUMBER");
        let file = Path::new("/srv/gate/p.toml");
        assert_eq!(mail.add_command(Some(file)), "portcullis user add NAME --email ADDRESS --config /srv/gate/p.toml");
        let odd = Path::new("/srv/Ada's gate/p.toml");
        let expected = r"portcullis user add NAME --phone NUMBER --config '/srv/Ada'\''s gate/p.toml'";
        assert_eq!(sms.add_command(Some(odd)), expected);
    }
}
