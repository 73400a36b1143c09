//! The values of `[smtp]`: a host, the sender, how the connection is encrypted.

use super::{ConfigValue, name_of, quoted, word};
use crate::config::mistake::Fault;
use crate::delivery::Encryption;
use crate::domain::email::EmailAddress;
use crate::domain::host::HostName;

/// A host without scheme and port.
pub(in crate::config) struct MailHost(pub(in crate::config) HostName);

/// `smtp.from`: an address, perhaps behind a name.
pub(in crate::config) struct Sender {
    pub(in crate::config) name: Option<String>,
    pub(in crate::config) address: EmailAddress,
}

const ENCRYPTIONS: [(&str, Encryption); 3] =
    [("starttls", Encryption::StartTls), ("implicit", Encryption::Implicit), ("none", Encryption::None)];

/// Longer names are cut by mail programs anyway.
const LONGEST_NAME: usize = 70;

impl ConfigValue for MailHost {
    const EXAMPLE: &'static str = "mail.example.com";

    fn kind() -> String {
        "a host".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let remedy = || format!("write the host alone, such as `{}`; its port belongs into `smtp.port`", Self::EXAMPLE);
        text.parse().map(Self).map_err(|_| Fault::new(format!("{} is not {}", quoted(text), Self::kind()), remedy()))
    }

    fn text(&self) -> String {
        self.0.to_string()
    }
}

impl ConfigValue for Sender {
    const EXAMPLE: &'static str = "Example <no-reply@example.com>";

    fn kind() -> String {
        "an e-mail address, or a name and an address in angle brackets".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let remedy = || format!("write one such as `no-reply@example.com` or `{}`", Self::EXAMPLE);
        let (name, address) = match text.trim().strip_suffix('>').and_then(|rest| rest.rsplit_once('<')) {
            Some((name, address)) => (Some(unquoted(name.trim())), address),
            None => (None, text.trim()),
        };
        let address = address.parse().map_err(|_| Fault::new("not an e-mail address", remedy()))?;
        let fits = |name: &&str| {
            (1..=LONGEST_NAME).contains(&name.chars().count())
                && !name.chars().any(|c| c.is_control() || matches!(c, '<' | '>' | '"' | '\\'))
        };
        match name {
            None => Ok(Self { name: None, address }),
            Some(name) if fits(&name) => Ok(Self { name: Some(name.to_owned()), address }),
            Some(_) => {
                let what = format!("a sender's name of other than 1 to {LONGEST_NAME} plain characters");
                Err(Fault::new(
                    what,
                    "write a name without quotes, angle brackets and line breaks, or the address alone",
                ))
            }
        }
    }

    fn text(&self) -> String {
        match &self.name {
            Some(name) => format!("{name} <{}>", self.address.as_str()),
            None => self.address.as_str().to_owned(),
        }
    }
}

/// `"Example, Ltd."`, as mail programs write a name with a comma.
fn unquoted(name: &str) -> &str {
    name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(name)
}

impl ConfigValue for Encryption {
    const EXAMPLE: &'static str = "starttls";
    const WORDS: &'static [&'static str] = &["starttls", "implicit", "none"];

    fn kind() -> String {
        "`starttls`, `implicit` or `none`".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        word(text, &ENCRYPTIONS)
    }

    fn text(&self) -> String {
        name_of(*self, &ENCRYPTIONS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_is_an_address_with_or_without_a_name_and_is_read_as_it_is_written() {
        for (text, name, shown) in [
            ("no-reply@example.com", None, "no-reply@example.com"),
            ("Example <no-reply@example.com>", Some("Example"), "Example <no-reply@example.com>"),
            ("\"Büro, Nord\" <a@example.com>", Some("Büro, Nord"), "Büro, Nord <a@example.com>"),
        ] {
            let sender = Sender::parse(text).unwrap();
            assert_eq!((sender.name.as_deref(), sender.text().as_str()), (name, shown));
            assert_eq!(Sender::parse(&sender.text()).unwrap().text(), shown);
        }
        for text in ["", "Example", "<a@example.com>", "Ex<ample <a@example.com>", "A\nB <a@example.com>", "A <a@b>"] {
            assert!(Sender::parse(text).is_err(), "{text}");
        }
    }
}
