//! What `authelia storage user totp export` writes. The secret is base64 of base32 of the key: Authelia stores the text
//! that apps are shown, and YAML encodes stored bytes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::entry::{ParsedFile, TotpEntry};
use super::totp::{ImportedTotp, RawTotp, base32};
use crate::cli::foreign_file::Location;
use crate::cli::foreign_file::yaml::{self, Node};

pub(super) fn parse(text: &str) -> Result<ParsedFile, String> {
    let root = yaml::parse(text).map_err(|error| error.to_string())?;
    let list = root.get("totp_configurations").and_then(Node::items);
    let Some(list) = list else {
        return Err("there is no list `totp_configurations`; this is not Authelia's TOTP export".to_owned());
    };
    let totp = list.iter().map(|item| {
        let name = field(item, "username").to_owned();
        TotpEntry { at: Location::Line(item.line), name, totp: secret(item) }
    });
    Ok(ParsedFile { totp: totp.collect(), ..ParsedFile::default() })
}

fn field<'a>(item: &'a Node, key: &str) -> &'a str {
    item.get(key).and_then(Node::text).unwrap_or_default()
}

fn secret(item: &Node) -> Result<ImportedTotp, String> {
    let raw = RawTotp {
        issuer: field(item, "issuer"),
        algorithm: field(item, "algorithm"),
        digits: field(item, "digits"),
        period: field(item, "period"),
    };
    let written = field(item, "secret");
    let inner = STANDARD.decode(written).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let key = inner.as_deref().and_then(base32).or_else(|| base32(written));
    raw.parse(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::factor::{TotpAlgorithm, TotpSecret};

    #[test]
    fn secrets_are_decoded_twice_and_numbers_are_kept() {
        // Base64 of base32 of the twenty bytes of RFC 6238.
        let secret = "R0VaREdOQlZHWTNUUU9KUUdFWkRHTkJWR1kzVFFPSlE=";
        let text = format!(
            "totp_configurations:\n\
             - {{username: anna, issuer: A, algorithm: SHA1, digits: 6, period: 30, secret: {secret}}}\n\
             - {{username: gone, algorithm: SHA512, digits: 8, period: 60, secret: {secret}}}\n\
             - {{username: bad, algorithm: SHA1, digits: 6, period: 30, secret: '!'}}\n\
             - just text\n"
        );
        let parsed = parse(&text).unwrap().totp;
        let key = b"12345678901234567890";
        let first = parsed[0].totp.as_ref().unwrap();
        assert_eq!(first.secret, TotpSecret::imported(key, TotpAlgorithm::Sha1, 6, 30).unwrap());
        assert_eq!((parsed[0].name.as_str(), first.name.as_str()), ("anna", "A"));
        let second = parsed[1].totp.as_ref().unwrap();
        assert_eq!(second.secret, TotpSecret::imported(key, TotpAlgorithm::Sha512, 8, 60).unwrap());
        assert!(parsed[2].totp.is_err() && parsed[3].totp.is_err());
        assert_eq!(parsed[1].at, Location::Line(3));
    }
}
