//! What is sent to a telephone or a mailbox.
//!
//! Every text holds `{code}` literally where the code goes: a provider that holds the code fills it in, or we do. So
//! nothing else that is put into a text (the product's name) may bring one along.

use crate::domain::language::Language;
use crate::i18n::catalogue::{Catalogue, Values};

const CODE: &str = "{code}";

/// Longer names are cut: an SMS of one segment has 160 characters, and the host needs its share.
const LONGEST_NAME: usize = 40;

/// The sentence of an SMS: the code first, so that a notification shows it.
pub(crate) fn sms_text(language: Language, product: &str) -> String {
    text(language, "sms", &[("code", CODE.into()), ("product", plain_name(product).into())])
}

/// The last line of an SMS, where the site's host is known: `@`, the host, one space, `#`, the code, and nothing else
/// (WICG "Origin-bound one-time codes"), so that phones offer the code on that host alone.
pub(crate) fn origin_line(host: Option<&str>) -> Option<String> {
    host.filter(|host| binds(host)).map(|host| format!("@{host} #{CODE}"))
}

/// Subject and text of the mail.
pub(crate) fn email_text(language: Language, product: &str, host: Option<&str>) -> (String, String) {
    let name = plain_name(product);
    let product = [("product", name.as_str().into())];
    let only_on = host.map(|host| format!("{}\n", text(language, "email-only-on", &[("host", host.into())])));
    let intro = text(language, "email-intro", &product);
    let warning = text(language, "email-warning", &[]);
    let body = format!("{intro}\n\n{CODE}\n\n{}{warning}\n", only_on.unwrap_or_default());
    (text(language, "email-subject", &product), body)
}

/// A text in `language`, else in English. The tests see to it that no language lacks one.
fn text(language: Language, key: &str, values: Values<'_>) -> String {
    let text = Catalogue::of(language).message_text(key, values);
    text.or_else(|| Catalogue::of(Language::English).message_text(key, values)).unwrap_or_default()
}

/// Whether browsers read the host in an origin-bound line: ASCII letters, digits, `.` and `-` (so no IPv6 address).
fn binds(host: &str) -> bool {
    !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
}

/// The product's name without what would break a message: line breaks (a header of the mail, the origin-bound line),
/// braces (a second `{code}`), `@` and `#` (another line that looks origin-bound).
fn plain_name(product: &str) -> String {
    let harmless = |c: &char| !c.is_control() && !matches!(c, '{' | '}' | '@' | '#' | '\u{2028}' | '\u{2029}');
    product.chars().filter(harmless).take(LONGEST_NAME).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_sms_begins_with_the_code_and_ends_with_the_origin_bound_line_byte_for_byte() {
        assert_eq!(sms_text(Language::English, "Example"), "{code} is your Example sign-in code. Do not share it.");
        assert_eq!(origin_line(Some("auth.example.com")).as_deref(), Some("@auth.example.com #{code}"));
    }

    #[test]
    fn an_sms_without_a_host_or_for_an_ipv6_address_has_no_origin_bound_line() {
        assert_eq!(origin_line(None), None);
        assert_eq!(origin_line(Some("[::1]")), None);
    }

    #[test]
    fn every_text_holds_the_code_once_whatever_the_product_is_called_in_every_language() {
        for product in [
            "Example",
            "",
            "{code}",
            "{{code}}",
            "a\r\nBcc: eve@evil.test",
            "x\n\n@evil.test #1",
            &"\u{2028}é".repeat(99),
        ] {
            for language in Language::ALL {
                let sms = sms_text(language, product);
                let (subject, mail) = email_text(language, product, Some("app.example"));
                assert_eq!(sms.matches("{code}").count(), 1, "{sms:?}");
                assert_eq!(mail.matches("{code}").count(), 1, "{mail:?}");
                assert!(!subject.contains(['\r', '\n', '{']), "{subject:?}");
                assert!(!sms.contains(['\r', '\n', '@', '#']), "{sms:?}");
            }
        }
    }

    #[test]
    fn a_mail_names_the_product_and_the_host_and_has_the_code_on_its_own_line() {
        let (subject, text) = email_text(Language::English, "Example", Some("auth.example.com"));
        assert_eq!(subject, "Your Example sign-in code");
        assert!(text.contains("\n{code}\n") && text.contains("only on auth.example.com."), "{text}");
    }
}
