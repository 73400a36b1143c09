//! What the configuration says about delivery.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;

use crate::domain::phone::PhoneNumber;

/// A provider's word in `delivery.sms`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmsProvider {
    /// `cpaas`: the CPaaS makes, sends, holds and checks the code.
    Cpaas,
    /// `cpaas_message`: the CPaaS sends our text; the code is ours.
    CpaasMessage,
}

/// A provider's word in `delivery.email`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmailProvider {
    /// `cpaas`: the CPaaS makes, sends, holds and checks the code.
    Cpaas,
}

/// How we sign in to the CPaaS. Its `Debug` shows the client id alone.
#[derive(Clone)]
pub enum Grant {
    /// A private project: `grant_type=client_credentials`.
    Project {
        /// The Private Project key.
        client_id: String,
        /// The Private Project secret.
        client_secret: SecretString,
    },
    /// An account user: `grant_type=password`.
    Account {
        /// The account client ID, or a project's public key.
        client_id: String,
        /// The account's e-mail address.
        email: String,
        /// The account's password.
        password: SecretString,
    },
}

/// `[cpaas]`.
#[derive(Debug, Clone)]
pub struct CpaasSettings {
    /// `https://…`; plain `http://` on loopback only. No user, query or fragment.
    pub base_url: url::Url,
    /// How we sign in.
    pub grant: Grant,
    /// The number `cpaas_message` sends from; without it the CPaaS takes the project's default number.
    pub sender_number: Option<PhoneNumber>,
    /// Whether an SMS ends with the line that binds the code to the site's host: `{code}` stands twice in the text then.
    pub origin_line: bool,
    /// How long one operation may take in all: token, call, and the one retry.
    pub timeout: Duration,
    /// PEM files of certificate authorities that count beside the public ones.
    pub extra_roots: Vec<PathBuf>,
}

/// `[delivery]` with what it needs.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The ways of an SMS, in order.
    pub sms: Vec<SmsProvider>,
    /// The ways of a mail, in order.
    pub email: Vec<EmailProvider>,
    /// The CPaaS, where one of them needs it.
    pub cpaas: Option<CpaasSettings>,
}

impl Grant {
    /// The client id, which also names us in messages (`clientCorrelator`).
    pub fn client_id(&self) -> &str {
        match self {
            Self::Project { client_id, .. } | Self::Account { client_id, .. } => client_id,
        }
    }
}

impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self {
            Self::Project { .. } => "Project",
            Self::Account { .. } => "Account",
        };
        f.debug_struct(kind).field("client_id", &self.client_id()).finish_non_exhaustive()
    }
}
