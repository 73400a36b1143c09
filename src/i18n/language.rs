//! The available languages.

use crate::i18n::english::ENGLISH;
use crate::i18n::texts::Texts;

/// A language with all texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum Language {
    /// English, the only language so far.
    #[default]
    English,
}

impl Language {
    /// The texts of this language.
    pub(crate) const fn texts(self) -> &'static Texts {
        match self {
            Self::English => &ENGLISH,
        }
    }
}
