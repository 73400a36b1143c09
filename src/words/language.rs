//! The languages that texts exist in.

use crate::words::english::ENGLISH;
use crate::words::messages::MessageWords;
use crate::words::pages::{
    AccountWords, CodeWords, CommonWords, ConfirmWords, ContinueWords, LoginWords, LogoutWords, ProblemWords,
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
pub struct Words {
    /// The language tag of the page (BCP 47), for `lang`.
    pub tag: &'static str,
    /// Texts of all pages.
    pub common: CommonWords,
    /// The login page.
    pub login: LoginWords,
    /// The code page.
    pub code: CodeWords,
    /// The page that asks for a factor again.
    pub confirm: ConfirmWords,
    /// The account page.
    pub account: AccountWords,
    /// The page that asks before a session is handed over to a site.
    pub continue_to: ContinueWords,
    /// The page that asks before logging out.
    pub logout: LogoutWords,
    /// The pages that say what went wrong.
    pub problem: ProblemWords,
    /// SMS and mail.
    pub message: MessageWords,
}

impl Language {
    /// All languages.
    pub const ALL: [Self; 1] = [Self::English];

    /// The texts of this language.
    pub const fn words(self) -> &'static Words {
        match self {
            Self::English => &ENGLISH,
        }
    }
}
