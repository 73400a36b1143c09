//! All texts of one language: what a further language has to bring.

use crate::i18n::pages::{
    AccountTexts, CodeTexts, CommonTexts, ConfirmTexts, ConsentTexts, LoginTexts, LogoutTexts, ProblemTexts,
};

/// Every text of one language.
#[derive(Debug)]
pub(crate) struct Texts {
    /// The language tag of the page (BCP 47), for `lang`.
    pub tag: &'static str,
    /// Texts of all pages.
    pub common: CommonTexts,
    /// The login page.
    pub login: LoginTexts,
    /// The code page.
    pub code: CodeTexts,
    /// The page that asks for a factor again.
    pub confirm: ConfirmTexts,
    /// The account page.
    pub account: AccountTexts,
    /// The page that asks before a session is handed over to a site.
    pub consent: ConsentTexts,
    /// The page that asks before logging out.
    pub logout: LogoutTexts,
    /// The pages that say what went wrong.
    pub problem: ProblemTexts,
    /// SMS and mail.
    pub message: MessageTexts,
}

/// SMS and mail in one language.
#[derive(Debug)]
pub(crate) struct MessageTexts {
    /// The free text before an origin-bound line: the product's name.
    pub sms_origin: fn(&str) -> String,
    /// The whole SMS where no host is known: the product's name and the code.
    pub sms_plain: fn(&str, &str) -> String,
    /// Subject of a mail: the product's name.
    pub email_subject: fn(&str) -> String,
    /// The line before the code: the product's name.
    pub email_intro: fn(&str) -> String,
    /// Where the code belongs: a host.
    pub email_only_on: fn(&str) -> String,
    /// What else to know.
    pub email_warning: &'static str,
}
