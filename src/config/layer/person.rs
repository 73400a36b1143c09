//! The one-person environment: the variable names of the Kandy 2FA sample, sufficient for one person and one site.
//!
//! They are used only if all mandatory ones are set, because other programs use names as common as `CLIENT_ID`. If the
//! configuration sets the same key, it wins, and a warning says so.

use figment::value::{Dict, Value};
use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;

use super::Variables;
use crate::config::mistake::{Fault, Mistake};
use crate::config::origin::PERSON_KEYS;
use crate::config::settings::Person;
use crate::config::value::ConfigValue;
use crate::password::{NewPassword, PasswordPolicy, WeakPassword};

/// The values of the variables.
#[derive(Default)]
pub(in crate::config) struct PersonLayer {
    /// The keys of `[cpaas]` that they set.
    pub(in crate::config) values: Dict,
    pub(in crate::config) person: Option<Person>,
    pub(in crate::config) mistakes: Vec<Mistake>,
    pub(in crate::config) warnings: Vec<String>,
    /// Some of the variables are set, but all are ignored: a warning, and a mistake if nothing else configures how
    /// codes are sent.
    pub(in crate::config) incomplete: Option<Mistake>,
}

const MANDATORY: [&str; 6] =
    ["CLIENT_ID", "CLIENT_SECRET", "BASE_URL", "DESTINATION_NUMBER", "TEST_EMAIL", "TEST_PASSWORD"];

/// Names that no other program uses: if one of them is set, a missing other one is worth a warning.
const TELLING: [&str; 3] = ["DESTINATION_NUMBER", "TEST_EMAIL", "TEST_PASSWORD"];

/// The credentials of the CPaaS. If the configuration sets one of them, `CLIENT_ID` and `CLIENT_SECRET` are ignored:
/// two halves of different accounts do not work.
const CREDENTIALS: [&str; 6] =
    ["client_id", "client_secret", "client_secret_file", "email", "password", "password_file"];

impl PersonLayer {
    /// Reads the variables; `configured` are the keys of `[cpaas]` that file and environment set.
    pub(in crate::config) fn read(variables: &Variables, configured: &[String]) -> Self {
        let set = |name: &&str| variables.get(std::ffi::OsStr::new(name)).is_some_and(|value| !value.is_empty());
        let missing: Vec<&str> = MANDATORY.into_iter().filter(|name| !set(name)).collect();
        let mut layer = Self::default();
        if !missing.is_empty() {
            if let Some(telling) = TELLING.iter().find(|name| set(name)) {
                let missing = missing.join(", ");
                let fault = Fault::new(format!("is ignored because {missing} is not set"), "set it too");
                layer.incomplete =
                    Some(Mistake { key: (*telling).to_owned(), origin: "environment".to_owned(), fault });
            }
            return layer;
        }
        layer.values = Dict::from([("cpaas".to_owned(), Value::from(layer.cpaas(variables, configured)))]);
        layer.person = layer.person_of(variables);
        layer
    }

    fn cpaas(&mut self, variables: &Variables, configured: &[String]) -> Dict {
        let names = |key: &str| configured.iter().any(|configured| configured == key);
        let credentials = CREDENTIALS.into_iter().any(names);
        let mut values = Dict::new();
        for (variable, key) in PERSON_KEYS {
            let outweighed = names(key) || (credentials && matches!(key, "client_id" | "client_secret"));
            let Some(text) = self.text(variables, variable) else { continue };
            if outweighed {
                self.warnings.push(format!(
                    "{variable} (environment): is ignored because the configuration sets it in `[cpaas]`"
                ));
            } else {
                values.insert(key.to_owned(), Value::from(text));
            }
        }
        values
    }

    fn person_of(&mut self, variables: &Variables) -> Option<Person> {
        let sign_in = self.leaf(variables, "TEST_EMAIL");
        let password = self.password(variables);
        let phone = self.leaf(variables, "DESTINATION_NUMBER");
        let destination_email = self.leaf(variables, "DESTINATION_EMAIL");
        Some(Person { sign_in: sign_in?, password: password?, phone: phone?, destination_email })
    }

    /// Checked like every new password, since the account is created with it at the start.
    fn password(&mut self, variables: &Variables) -> Option<SecretString> {
        let text = Zeroizing::new(self.text(variables, "TEST_PASSWORD")?);
        let email = self.text(variables, "TEST_EMAIL").unwrap_or_default();
        let what = match NewPassword::check(&text, &[&email], PasswordPolicy::BesideFactor) {
            Ok(_) => return Some(SecretString::from(text.as_str())),
            Err(WeakPassword::TooShort(_)) => "shorter than 8 characters",
            Err(WeakPassword::TooLong) => "longer than 256 characters",
            Err(WeakPassword::Common) => "one of the most common passwords, which attackers try first",
            Err(WeakPassword::Personal) => "too similar to `TEST_EMAIL` or the name of this service",
        };
        self.mistake("TEST_PASSWORD", Fault::new(what, "set another one"));
        None
    }

    fn leaf<L: ConfigValue>(&mut self, variables: &Variables, name: &str) -> Option<L> {
        let text = self.text(variables, name)?;
        L::parse(&text).map_err(|fault| self.mistake(name, fault)).ok()
    }

    /// The value of a variable. `None` if it is unset or empty.
    fn text(&mut self, variables: &Variables, name: &str) -> Option<String> {
        let value = variables.get(std::ffi::OsStr::new(name)).filter(|value| !value.is_empty())?;
        let text = value.to_str().map(str::to_owned);
        if text.is_none() {
            self.mistake(name, Fault::new("not UTF-8", "set it to plain text"));
        }
        text
    }

    fn mistake(&mut self, name: &str, fault: Fault) {
        self.mistakes.push(Mistake { key: name.to_owned(), origin: "environment".to_owned(), fault });
    }
}
