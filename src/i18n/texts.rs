//! All texts of one language: what a new language has to provide.

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
    /// The error pages.
    pub problem: ProblemTexts,
    /// SMS and mail.
    pub message: MessageTexts,
}

/// SMS and mail in one language.
#[derive(Debug)]
pub(crate) struct MessageTexts {
    /// The text before an origin-bound line. Argument: the product name.
    pub sms_origin: fn(&str) -> String,
    /// The whole SMS if no host is known. Arguments: the product name and the code.
    pub sms_plain: fn(&str, &str) -> String,
    /// Subject of a mail. Argument: the product name.
    pub email_subject: fn(&str) -> String,
    /// The line before the code. Argument: the product name.
    pub email_intro: fn(&str) -> String,
    /// Where to type the code. Argument: the host.
    pub email_only_on: fn(&str) -> String,
    /// The security advice at the end of a mail.
    pub email_warning: &'static str,
}
