//! `[cpaas]`: the account at the CPaaS and its secrets.

use secrecy::SecretString;

use super::secret::one_of;
use crate::config::key_path::KeyPath;
use crate::config::mistake::Fault;
use crate::config::mistakes::MistakeCollector;
use crate::config::reader::{Switch, Text, section};
use crate::config::value::duration::Span;
use crate::config::value::name::Identifier;
use crate::config::value::path::FilePath;
use crate::config::value::secret::Secret;
use crate::config::value::url::CpaasUrl;
use crate::delivery::{CpaasSettings, Grant};
use crate::domain::email::EmailAddress;
use crate::domain::phone::PhoneNumber;

section! {
    /// The account at the CPaaS that sends codes. Set either `client_id` and `client_secret` (a project), or
    /// `client_id`, `email` and `password` (an account). A secret is set once: by value, in a separate file, or in a
    /// variable.
    Cpaas {
        /// Scheme, host and port of the CPaaS. Plain http is allowed only on this machine, for the sandbox.
        base_url: Option<Text<CpaasUrl>>,
        /// The project's key, or the account's client id.
        client_id: Option<Text<Identifier>>,
        /// The project's secret.
        client_secret: Option<Text<Secret>>,
        /// A file that contains only the project's secret, not readable by everybody on the machine.
        client_secret_file: Option<Text<FilePath>>,
        /// The account's e-mail address.
        email: Option<Text<EmailAddress>>,
        /// The account's password.
        password: Option<Text<Secret>>,
        /// A file that contains only the account's password, not readable by everybody on the machine.
        password_file: Option<Text<FilePath>>,
        /// The number that `cpaas_message` sends from. Default: the account's default number.
        sender_number: Option<Text<PhoneNumber>>,
        /// Whether an SMS ends with the line `@host #code`, which makes phones offer the code on that host only. The text
        /// then contains the code twice; set `false` if your CPaaS fills in only the first, or refuses the text.
        origin_line: Switch = Switch::On,
        /// Certificates of authorities (PEM files) that are trusted in addition to the public ones, for a CPaaS with
        /// its own authority.
        root_certificates: Vec<Text<FilePath>>,
        /// Total timeout of one call to the CPaaS.
        timeout: Text<Span<1, 60>> = Text(Span::seconds(10)),
    }
}

impl Cpaas {
    pub(super) fn to_settings(&self, mistakes: &mut MistakeCollector<'_>) -> Option<CpaasSettings> {
        let at = KeyPath::of("cpaas");
        if self.base_url.is_none() {
            mistakes.missing(&at.key("base_url"), "write the URL of the CPaaS");
        }
        let grant = self.grant(&at, mistakes);
        Some(CpaasSettings {
            base_url: self.base_url.as_ref()?.0.0.clone(),
            grant: grant?,
            sender_number: self.sender_number.as_ref().map(|number| number.0.clone()),
            origin_line: self.origin_line == Switch::On,
            timeout: self.timeout.0.0,
            extra_roots: self.root_certificates.iter().map(|file| file.0.0.clone()).collect(),
        })
    }

    fn grant(&self, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) -> Option<Grant> {
        if self.client_id.is_none() {
            mistakes.missing(&at.key("client_id"), "write the key of the project or the client id of the account");
        }
        let client_secret = self.client_secret(at, mistakes);
        let password = self.password(at, mistakes);
        let project = self.client_secret.is_some() || self.client_secret_file.is_some();
        let account = self.email.is_some() || self.password.is_some() || self.password_file.is_some();
        match (project, account) {
            (true, true) => {
                let what = "a secret of a project together with an account's `email` and `password`";
                let secret = if self.client_secret.is_some() { "client_secret" } else { "client_secret_file" };
                mistakes.mistake(&at.key(secret), Fault::new(what, "keep `client_secret`, or `email` and `password`"));
            }
            (false, false) => {
                let any = ["client_secret", "client_secret_file", "email", "password", "password_file"];
                if !any.iter().any(|key| mistakes.is_mistaken(&at.key(key))) {
                    let remedy =
                        "write the project's secret, `client_secret_file`, or `email` and `password` of an account";
                    mistakes.missing(&at.key("client_secret"), remedy);
                }
            }
            (false, true) => {
                if self.email.is_none() {
                    mistakes.missing(&at.key("email"), "write the e-mail address of the account");
                }
                let file = mistakes.is_mistaken(&at.key("password_file"));
                if self.password.is_none() && self.password_file.is_none() && !file {
                    mistakes.missing(&at.key("password"), "write the password of the account, or `password_file`");
                }
            }
            (true, false) => {}
        }
        let client_id = self.client_id.as_ref()?.0.0.clone();
        if project {
            return Some(Grant::Project { client_id, client_secret: client_secret? });
        }
        Some(Grant::Account { client_id, email: self.email.as_ref()?.0.as_str().to_owned(), password: password? })
    }

    fn client_secret(&self, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) -> Option<SecretString> {
        let secret =
            one_of(self.client_secret.as_ref(), self.client_secret_file.as_ref(), &at.key("client_secret"), mistakes)?;
        if self.client_id.as_ref().is_some_and(|id| secret.is(&id.0.0)) {
            let path = if self.client_secret.is_some() { "client_secret" } else { "client_secret_file" };
            let what = "the secret is the client id";
            mistakes.mistake(&at.key(path), Fault::new(what, "write the secret that belongs to the client id"));
        }
        Some(secret.0)
    }

    fn password(&self, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) -> Option<SecretString> {
        one_of(self.password.as_ref(), self.password_file.as_ref(), &at.key("password"), mistakes)
            .map(|secret| secret.0)
    }
}
