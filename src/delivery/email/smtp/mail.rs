//! The mail: envelope, header fields, text.

use std::time::{Duration, UNIX_EPOCH};

use lettre::Address;
use lettre::message::header::{HeaderName, HeaderValue, MessageId};
use lettre::message::{Mailbox, Message, SinglePart};

use crate::domain::email::EmailAddress;
use crate::domain::host::HostName;
use crate::platform::clock::Timestamp;

/// RFC 3834 §5: no vacation notice or other automatic answer comes back.
const AUTO_SUBMITTED: HeaderName = HeaderName::new_from_ascii_str("Auto-Submitted");

/// The last moment that a `Date` field can hold: a year of more than four digits makes `httpdate` panic.
const LAST: i64 = 253_402_300_799_000;

/// Who writes to whom.
pub(super) struct Addresses<'a> {
    pub from: &'a EmailAddress,
    /// The name beside `from`.
    pub from_name: &'a str,
    pub to: &'a EmailAddress,
}

/// What is written.
pub(super) struct Text<'a> {
    pub subject: &'a str,
    pub body: &'a str,
    /// The part of the Message-ID before the `@`: never used before.
    pub id: &'a str,
}

/// A mail as it is handed over.
#[derive(Debug)]
pub(super) struct Mail {
    pub from: Address,
    pub to: Address,
    /// Header and text, with CRLF, without the end of the last line and the final dot.
    pub content: Vec<u8>,
}

impl Mail {
    /// Writes the mail. The error is a line for the operator.
    pub(super) fn new(addresses: &Addresses<'_>, text: &Text<'_>, now: Timestamp) -> Result<Self, String> {
        let from = address(addresses.from).ok_or("smtp.from is no address for SMTP")?;
        let to = address(addresses.to).ok_or("the recipient's address is none for SMTP")?;
        // A control character makes `lettre` panic.
        let name: String = addresses.from_name.chars().filter(|c| !c.is_control()).collect();
        let moment = u64::try_from(now.millis().clamp(0, LAST)).unwrap_or(0);
        let message = Message::builder()
            .from(Mailbox::new(Some(name), from.clone()))
            .to(Mailbox::new(None, to.clone()))
            .subject(text.subject)
            .date(UNIX_EPOCH + Duration::from_millis(moment))
            .header(MessageId::from(format!("<{}@{}>", text.id, from.domain())))
            .raw_header(HeaderValue::new(AUTO_SUBMITTED, "auto-generated".to_owned()))
            .singlepart(SinglePart::plain(text.body.trim_end().to_owned()))
            .map_err(|error| error.to_string())?;
        let mut content = message.formatted();
        // `lettre` ends the last line once more before the dot.
        if content.ends_with(b"\r\n") {
            content.truncate(content.len() - 2);
        }
        Ok(Self { from, to, content })
    }

    /// Whether the server must take addresses beyond ASCII (RFC 6531).
    pub(super) fn needs_utf8(&self) -> bool {
        let beyond = |address: &Address| !AsRef::<str>::as_ref(address).is_ascii();
        beyond(&self.from) || beyond(&self.to)
    }
}

/// The address with its domain in ASCII (`xn--…`), which every server takes.
fn address(address: &EmailAddress) -> Option<Address> {
    let (user, domain) = address.as_str().rsplit_once('@')?;
    let domain: HostName = domain.parse().ok()?;
    Address::new(user, domain.as_str()).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mail(from_name: &str, to: &str, subject: &str, body: &str) -> Mail {
        let from = "no-reply@example.com".parse().unwrap();
        let addresses = Addresses { from: &from, from_name, to: &to.parse().unwrap() };
        Mail::new(&addresses, &Text { subject, body, id: "abc" }, Timestamp::from_millis(1_795_662_000_000)).unwrap()
    }

    #[test]
    fn a_mail_is_what_the_standards_ask_for_byte_for_byte() {
        let mail = mail("Example", "ada@example.org", "Your Example sign-in code", "It is:\n\n123456\n");
        let lines = [
            "From: Example <no-reply@example.com>",
            "To: ada@example.org",
            "Subject: Your Example sign-in code",
            "Date: Thu, 26 Nov 2026 03:00:00 +0000",
            "Message-ID: <abc@example.com>",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: 7bit",
            "",
            "It is:",
            "",
            "123456",
        ];
        assert_eq!(String::from_utf8(mail.content).unwrap(), lines.join("\r\n"));
    }

    #[test]
    fn letters_beyond_ascii_are_encoded_everywhere() {
        let mail = mail("Büro, Nord", "ada@bücher.example", "Ihr Büro-Code", "Gültig für kurze Zeit: 123456\n");
        assert_eq!(mail.to.to_string(), "ada@xn--bcher-kva.example");
        assert!(!mail.needs_utf8());
        let text = String::from_utf8(mail.content).unwrap();
        assert!(text.is_ascii(), "{text}");
        assert!(text.contains("Subject: Ihr =?utf-8?b?QsO8cm8tQ29kZQ==?=\r\n"), "{text}");
        assert!(text.contains("Content-Transfer-Encoding: quoted-printable\r\n"), "{text}");
    }

    #[test]
    fn nothing_that_is_put_in_makes_a_header_field_of_its_own() {
        let mail =
            mail("A\r\nBcc: eve@evil.test", "ada@example.org", "B\r\nBcc: eve@evil.test", "C\r\n.\r\nMAIL FROM:<x>\n");
        let text = String::from_utf8(mail.content).unwrap();
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
    }

    #[test]
    fn only_a_name_beyond_ascii_needs_a_server_that_takes_it() {
        assert!(mail("Example", "jörg@example.org", "Code", "1").needs_utf8());
    }

    proptest! {
        #[test]
        fn whatever_is_put_in_gives_a_mail_of_ascii_and_no_panic(
            name in any::<String>(), subject in any::<String>(), body in any::<String>(),
        ) {
            let mail = mail(&name, "ada@example.org", &subject, &body);
            prop_assert!(mail.content.is_ascii());
            let text = String::from_utf8(mail.content).unwrap();
            let (head, _) = text.split_once("\r\n\r\n").unwrap();
            let fields = head.split("\r\n").filter(|line| !line.starts_with(' ')).count();
            prop_assert_eq!(fields, 9, "{}", head);
        }
    }

    #[test]
    fn a_clock_gone_wild_makes_no_panic() {
        let from: EmailAddress = "no-reply@example.com".parse().unwrap();
        let addresses = Addresses { from: &from, from_name: "Example", to: &from };
        for millis in [i64::MIN, i64::MAX] {
            let text = Text { subject: "Code", body: "1", id: "abc" };
            assert!(Mail::new(&addresses, &text, Timestamp::from_millis(millis)).is_ok());
        }
    }
}
