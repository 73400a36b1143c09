//! Builds the texts of SMS and mail.
//!
//! Every text contains `{code}` exactly once, literally: the CPaaS replaces it, and whether it would replace two is not
//! documented. So text that is inserted (the product name) must not contain another one.

use crate::i18n::language::Language;
use crate::i18n::texts::Texts;

const CODE: &str = "{code}";

/// Longer names are cut: an SMS of one segment has 160 characters, and the host needs its share.
const LONGEST_NAME: usize = 40;

/// Returns the SMS. With a host its last line is the origin-bound line (WICG "Origin-bound one-time codes"): `@`, the
/// host, one space, `#`, the code, and nothing else, so that telephones offer the code only on that host.
pub(crate) fn sms_text(product: &str, host: Option<&str>) -> String {
    sms_in(Language::default().texts(), product, host)
}

/// Returns subject and text of the mail.
pub(crate) fn email_text(product: &str, host: Option<&str>) -> (String, String) {
    email_in(Language::default().texts(), product, host)
}

fn sms_in(texts: &Texts, product: &str, host: Option<&str>) -> String {
    let name = plain_name(product);
    match host.filter(|host| binds(host)) {
        Some(host) => format!("{}\n\n@{host} #{CODE}", (texts.message.sms_origin)(&name)),
        None => (texts.message.sms_plain)(&name, CODE),
    }
}

fn email_in(texts: &Texts, product: &str, host: Option<&str>) -> (String, String) {
    let name = plain_name(product);
    let message = &texts.message;
    let only_on = host.map(|host| format!("{}\n", (message.email_only_on)(host))).unwrap_or_default();
    let text = format!("{}\n\n{CODE}\n\n{only_on}{}\n", (message.email_intro)(&name), message.email_warning);
    ((message.email_subject)(&name), text)
}

/// Whether browsers accept the host in an origin-bound line: ASCII letters, digits, `.` and `-` (so no IPv6 address).
fn binds(host: &str) -> bool {
    !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
}

/// The product name without characters that would break a message: line breaks (a header of the mail, the origin-bound
/// line), braces (a second `{code}`), `@` and `#` (another line that looks origin-bound).
fn plain_name(product: &str) -> String {
    let harmless = |c: &char| !c.is_control() && !matches!(c, '{' | '}' | '@' | '#' | '\u{2028}' | '\u{2029}');
    product.chars().filter(harmless).take(LONGEST_NAME).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The GSM 7-bit default alphabet (3GPP TS 23.038 §6.2.1), as far as our own texts go.
    fn one_segment(text: &str) -> bool {
        let basic = |c: char| c.is_ascii_alphanumeric() || "@#\n .,:;-_?!'\"()/&%+".contains(c);
        text.chars().all(basic) && text.len() <= 160
    }

    #[test]
    fn an_sms_ends_with_the_origin_bound_line_byte_for_byte() {
        let text = sms_text("Example", Some("auth.example.com"));
        assert_eq!(text, "Example sign-in code. Do not share it.\n\n@auth.example.com #{code}");
    }

    #[test]
    fn an_sms_without_a_host_or_for_an_ipv6_address_is_one_plain_line() {
        assert_eq!(sms_text("Example", None), "Your Example sign-in code is {code}");
        assert_eq!(sms_text("Example", Some("[::1]")), "Your Example sign-in code is {code}");
    }

    #[test]
    fn an_sms_with_an_ordinary_name_and_host_costs_one_segment() {
        let host = "sign-in.department.example-company.co.uk";
        for host in [None, Some(host)] {
            let text = sms_text("The Example Company of Somewhere", host).replace(CODE, "1234567890");
            assert!(one_segment(&text), "{} characters: {text:?}", text.len());
        }
    }

    #[test]
    fn every_text_holds_the_code_once_whatever_the_product_is_called() {
        for product in [
            "Example",
            "",
            "{code}",
            "{{code}}",
            "a\r\nBcc: eve@evil.test",
            "x\n\n@evil.test #1",
            &"\u{2028}é".repeat(99),
        ] {
            for host in [None, Some("app.example")] {
                let sms = sms_text(product, host);
                let (subject, mail) = email_text(product, host);
                assert_eq!(sms.matches("{code}").count(), 1, "{sms:?}");
                assert_eq!(mail.matches("{code}").count(), 1, "{mail:?}");
                assert!(!subject.contains(['\r', '\n', '{']), "{subject:?}");
                assert_eq!(sms.matches('@').count(), usize::from(host.is_some()), "{sms:?}");
            }
        }
    }

    #[test]
    fn a_mail_names_the_product_and_the_host_and_has_the_code_on_its_own_line() {
        let (subject, text) = email_text("Example", Some("auth.example.com"));
        assert_eq!(subject, "Your Example sign-in code");
        assert!(text.contains("\n{code}\n") && text.contains("only on auth.example.com."), "{text}");
    }
}
