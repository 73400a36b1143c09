//! The values of `[events]`: names, addresses and secrets of receivers, and which events they get.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::ExposeSecret as _;
use url::Url;

use super::secret::Secret;
use super::{ConfigValue, name_of, quoted, word};
use crate::audit::EventPattern;
use crate::config::mistake::Fault;
use crate::delivery::may_be_called;
use crate::domain::host::{Authority, HostName};
use crate::events::{Facility, SyslogAddress};
use crate::platform::secret::SecretBytes;

/// `events.webhook.name`, `events.syslog.name`.
pub(in crate::config) struct SinkName(pub(in crate::config) String);

/// `events.webhook.url`.
pub(in crate::config) struct WebhookUrl(pub(in crate::config) Url);

/// `events.syslog.host_name`.
pub(in crate::config) struct OwnHostName(pub(in crate::config) HostName);

/// Standard Webhooks: 24 to 64 bytes.
const SECRET_BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// 24 random bytes have about 23 different ones; words and repeated letters have few.
const DISTINCT_BYTES: usize = 12;

const FACILITIES: [(&str, Facility); 10] = [
    ("auth", Facility::Auth),
    ("authpriv", Facility::AuthPriv),
    ("local0", Facility::Local(0)),
    ("local1", Facility::Local(1)),
    ("local2", Facility::Local(2)),
    ("local3", Facility::Local(3)),
    ("local4", Facility::Local(4)),
    ("local5", Facility::Local(5)),
    ("local6", Facility::Local(6)),
    ("local7", Facility::Local(7)),
];

impl ConfigValue for SinkName {
    const EXAMPLE: &'static str = "siem";

    fn kind() -> String {
        "a name of 1 to 32 letters, digits and hyphens".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if (1..=32).contains(&text.len()) && text.bytes().all(plain) {
            return Ok(Self(text.to_owned()));
        }
        let remedy = format!("write small letters, digits and hyphens, such as `{}`", Self::EXAMPLE);
        Err(Fault::new(format!("{} is not {}", quoted(text), Self::kind()), remedy))
    }

    fn text(&self) -> String {
        self.0.clone()
    }
}

impl ConfigValue for WebhookUrl {
    const EXAMPLE: &'static str = "https://siem.example.com/portcullis";

    fn kind() -> String {
        "a URL".to_owned()
    }

    /// No fault repeats the URL: its path or query may be a secret.
    fn parse(text: &str) -> Result<Self, Fault> {
        let remedy = format!("write the URL of the receiver, such as `{}`", Self::EXAMPLE);
        let Ok(url) = Url::parse(text) else { return Err(Fault::new("not a URL", remedy)) };
        if url.scheme() == "http" && may_be_called(&url).is_err() {
            let what = "plain http to another machine";
            return Err(Fault::new(what, "write `https://`: plain http is allowed only on this machine"));
        }
        may_be_called(&url).map_err(|why| Fault::new(why, remedy.clone()))?;
        if !url.username().is_empty() || url.password().is_some() {
            let remedy = "remove it: the signature tells the receiver who sends";
            return Err(Fault::new("a URL with a user or password in it", remedy));
        }
        if url.fragment().is_some() {
            return Err(Fault::new("a URL with a fragment", remedy));
        }
        Ok(Self(url))
    }

    /// Path and query may be a secret.
    fn text(&self) -> String {
        let path = if self.0.path() == "/" && self.0.query().is_none() { "" } else { "/(hidden)" };
        format!("{}{path}", self.0.origin().ascii_serialization())
    }
}

impl ConfigValue for SyslogAddress {
    const EXAMPLE: &'static str = "tls://logs.example.com";

    fn kind() -> String {
        "`udp://`, `tcp://` or `tls://` and a host, or `unix:/path`".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let remedy = || format!("write one such as `{}`, `udp://127.0.0.1:514` or `unix:/dev/log`", Self::EXAMPLE);
        let wrong = || Fault::new(format!("{} is not {}", quoted(text), Self::kind()), remedy());
        if let Some(path) = text.strip_prefix("unix:") {
            let whole = path.starts_with('/') && !path.starts_with("//") && !path.ends_with('/');
            return if whole { Ok(Self::Unix(PathBuf::from(path))) } else { Err(wrong()) };
        }
        let (scheme, rest) = text.split_once("://").ok_or_else(wrong)?;
        let authority: Authority = rest.strip_suffix('/').unwrap_or(rest).parse().map_err(|_| wrong())?;
        let host = authority.host().clone();
        let port = authority.port();
        // RFC 5426 §3.3, RFC 6587 §3.1 (in use for it), RFC 5425 §4.1.
        match scheme {
            "udp" => Ok(Self::Udp(host, port.unwrap_or(514))),
            "tcp" => Ok(Self::Tcp(host, port.unwrap_or(601))),
            "tls" => Ok(Self::Tls(host, port.unwrap_or(6514))),
            _ => Err(wrong()),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Udp(host, port) => format!("udp://{host}:{port}"),
            Self::Tcp(host, port) => format!("tcp://{host}:{port}"),
            Self::Tls(host, port) => format!("tls://{host}:{port}"),
            Self::Unix(path) => format!("unix:{}", path.display()),
        }
    }
}

impl ConfigValue for Facility {
    const EXAMPLE: &'static str = "authpriv";
    const WORDS: &'static [&'static str] =
        &["auth", "authpriv", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7"];

    fn kind() -> String {
        "`auth`, `authpriv` or `local0` to `local7`".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        word(text, &FACILITIES)
    }

    fn text(&self) -> String {
        name_of(*self, &FACILITIES)
    }
}

impl ConfigValue for OwnHostName {
    const EXAMPLE: &'static str = "gate.example.com";

    fn kind() -> String {
        "a host".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        text.parse().map(Self).map_err(|_| super::not_a::<Self>(text))
    }

    fn text(&self) -> String {
        self.0.to_string()
    }
}

impl ConfigValue for EventPattern {
    const EXAMPLE: &'static str = "sign-in.*";

    fn kind() -> String {
        "the name of an event, or its beginning and `*`".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let remedy = "write one such as `sign-in.completed`, `sign-in.*` or `*`; docs/operation.md lists them";
        text.parse().map_err(|why: String| Fault::new(format!("{}: {why}", quoted(text)), remedy))
    }

    fn text(&self) -> String {
        self.to_string()
    }
}

/// The key in a secret of Standard Webhooks, `whsec_` and its Base64.
pub(in crate::config) fn webhook_key(secret: &Secret) -> Result<SecretBytes, Fault> {
    let remedy = "make one that the receiver gets too: `echo whsec_$(openssl rand -base64 32)`";
    let text = secret.0.expose_secret();
    let key = text.strip_prefix("whsec_").and_then(|base64| STANDARD.decode(base64).ok()).map(SecretBytes::new);
    let Some(key) = key else {
        return Err(Fault::new("the secret of a webhook is `whsec_` and Base64", remedy));
    };
    let bytes = key.expose();
    if !SECRET_BYTES.contains(&bytes.len()) {
        let what = format!("the secret of a webhook has {} to {} bytes", SECRET_BYTES.start(), SECRET_BYTES.end());
        return Err(Fault::new(what, remedy));
    }
    let distinct: std::collections::HashSet<&u8> = bytes.iter().collect();
    if distinct.len() < DISTINCT_BYTES {
        return Err(Fault::new("the secret is not random: it repeats a few bytes", remedy));
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read_again<V: ConfigValue>(text: &str) -> bool {
        let Ok(value) = V::parse(text) else { return true };
        V::parse(&value.text()).is_ok_and(|again| again.text() == value.text())
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_written_as_it_is_read(text in "((udp|tcp|tls)://|unix:)?[a-z0-9./:\\[\\]*-]{0,24}") {
            prop_assert!(read_again::<SyslogAddress>(&text), "{text}");
            prop_assert!(read_again::<SinkName>(&text), "{text}");
            prop_assert!(read_again::<EventPattern>(&text), "{text}");
        }

        #[test]
        fn a_url_for_webhooks_stays_on_https_or_on_this_machine(text in "(https?|ftp)://[a-z0-9.@:\\[\\]/?#-]{0,24}") {
            if let Ok(WebhookUrl(url)) = WebhookUrl::parse(&text) {
                prop_assert!(may_be_called(&url).is_ok());
                prop_assert!(url.username().is_empty() && url.fragment().is_none());
            }
        }

        #[test]
        fn no_text_makes_a_parser_fail(text in ".*") {
            let _ = (SyslogAddress::parse(&text), WebhookUrl::parse(&text), EventPattern::parse(&text));
        }
    }
}
