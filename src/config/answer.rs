//! Parses single answers as the configuration parses the values of its keys, and writes values as TOML: for `init`.

use std::path::Path;

use super::mistake::Fault;
use super::value::ConfigValue;
use super::value::host::SiteHost;
use super::value::mail::{MailHost, Sender};
use super::value::name::Identifier;
use super::value::path::FilePath;
use super::value::secret::Secret;
use super::value::url::{CpaasUrl, UpstreamUrl};
use crate::delivery::Encryption;
use crate::domain::email::EmailAddress;
use crate::domain::network::TrustedProxy;
use crate::platform::secret::SecretString;
use crate::server::ListenAddress;

/// The key whose parser judges an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AnswerKind {
    /// An element of `sites.upstream`.
    Upstream,
    /// `sites.host`.
    SiteHost,
    /// An element of `server.listen`.
    Listen,
    /// An element of `server.trusted_proxies`.
    TrustedProxy,
    /// `cpaas.base_url`.
    CpaasUrl,
    /// `cpaas.client_id`, `smtp.username`.
    Identifier,
    /// `cpaas.email`.
    Email,
    /// `cpaas.client_secret`, `cpaas.password`, `smtp.password`: given back unchanged.
    Secret,
    /// `smtp.host`.
    MailHost,
    /// `smtp.tls`.
    Encryption,
    /// `smtp.from`.
    Sender,
    /// Any key that names a file.
    File,
}

/// The canonical spelling of an answer, or one line: what is wrong, what to do.
pub(crate) fn parse(kind: AnswerKind, text: &str) -> Result<String, String> {
    match kind {
        AnswerKind::Upstream => canonical::<UpstreamUrl>(text),
        AnswerKind::SiteHost => canonical::<SiteHost>(text),
        AnswerKind::Listen => canonical::<ListenAddress>(text),
        AnswerKind::TrustedProxy => canonical::<TrustedProxy>(text),
        AnswerKind::CpaasUrl => canonical::<CpaasUrl>(text),
        AnswerKind::Identifier => canonical::<Identifier>(text),
        AnswerKind::Email => canonical::<EmailAddress>(text),
        AnswerKind::Secret => Secret::parse(text).map(|_| text.to_owned()).map_err(|fault| one_line(&fault)),
        AnswerKind::MailHost => canonical::<MailHost>(text),
        AnswerKind::Encryption => canonical::<Encryption>(text),
        AnswerKind::Sender => canonical::<Sender>(text),
        AnswerKind::File => canonical::<FilePath>(text),
    }
}

/// Reads the file of a secret by the rules for `client_secret_file`.
pub(crate) fn secret_of_file(file: &Path) -> Result<SecretString, String> {
    Secret::of_file(file).map(|secret| secret.0).map_err(|fault| one_line(&fault))
}

/// A text as a TOML string.
pub(crate) fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn canonical<V: ConfigValue>(text: &str) -> Result<String, String> {
    V::parse(text).map(|value| value.text()).map_err(|fault| one_line(&fault))
}

fn one_line(fault: &Fault) -> String {
    format!("{}; {}", fault.what, fault.remedy)
}
