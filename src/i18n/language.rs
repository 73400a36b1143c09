//! The languages that texts exist in.

use crate::i18n::english::ENGLISH;
use crate::i18n::messages::MessageTexts;
use crate::i18n::pages::{
    AccountTexts, CodeTexts, CommonTexts, ConfirmTexts, ConsentTexts, LoginTexts, LogoutTexts, ProblemTexts,
};

/// A language with all texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English, which everybody reads until more languages are here.
    #[default]
    English,
}

/// Every text of one language.
#[derive(Debug)]
pub struct Texts {
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

impl Language {
    /// All languages.
    pub const ALL: [Self; 1] = [Self::English];

    /// The texts of this language.
    pub const fn texts(self) -> &'static Texts {
        match self {
            Self::English => &ENGLISH,
        }
    }
}
