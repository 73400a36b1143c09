//! The operator's own HTML at fixed places of the pages.

use std::collections::HashMap;

use crate::domain::language::Language;

/// Checked HTML by place and language (`portal.templates`).
#[derive(Debug, Clone, Default)]
pub struct Templates(HashMap<(TemplatePlace, Option<Language>), String>);

/// Where a template stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum TemplatePlace {
    /// On every page, above its heading.
    Header,
    /// On every page, below the card.
    Footer,
    /// On the sign-in page, below the form.
    Login,
    /// On the page that asks for a code, below its forms.
    Code,
    /// On the account page, below all else.
    Account,
    /// On the page that says why something went wrong or is refused, below all else.
    Error,
}

impl TemplatePlace {
    /// All places, in the order of the documents.
    pub(crate) const ALL: [Self; 6] = [Self::Header, Self::Footer, Self::Login, Self::Code, Self::Account, Self::Error];

    /// The name of its file, without language and `.html`.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Footer => "footer",
            Self::Login => "login",
            Self::Code => "code",
            Self::Account => "account",
            Self::Error => "error",
        }
    }
}

impl Templates {
    /// Adds a template; without a language it is for every language that has none of its own.
    pub(crate) fn insert(&mut self, place: TemplatePlace, language: Option<Language>, html: String) {
        self.0.insert((place, language), html);
    }

    /// The HTML for a place, empty if there is none.
    pub(crate) fn html(&self, place: TemplatePlace, language: Language) -> &str {
        let found = self.0.get(&(place, Some(language))).or_else(|| self.0.get(&(place, None)));
        found.map_or("", String::as_str)
    }
}
