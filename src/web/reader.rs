//! For whom a page is drawn: the language that they read, and the address of the page.

use http::header::{ACCEPT_LANGUAGE, HeaderMap};
use http::{HeaderValue, Uri};

use crate::domain::language::Language;
use crate::session::cookies::Kind;
use crate::session::jar::{self, CookieLookup};

/// The reader of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reader {
    /// The language that they chose on a page of ours, else the first that their browser asks for and that there is,
    /// else English.
    pub language: Language,
    /// Path and query of the page, so that the same page can be opened in another language.
    pub here: String,
}

impl Reader {
    /// The reader of the answer to a request.
    pub(crate) fn of(headers: &HeaderMap, uri: &Uri) -> Self {
        let language = chosen(headers).or_else(|| asked_for(headers)).unwrap_or_default();
        let here = uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
        Self { language, here }
    }
}

/// The language cookie. It decides nothing but a language, so it is found under each of its names: an error may be
/// answered before anybody knows which of them belongs to this host.
fn chosen(headers: &HeaderMap) -> Option<Language> {
    Kind::Language.names().into_iter().find_map(|name| match jar::find(headers, name) {
        CookieLookup::One(value) => std::str::from_utf8(value).ok().and_then(Language::of_tag),
        CookieLookup::Nothing | CookieLookup::Several => None,
    })
}

fn asked_for(headers: &HeaderMap) -> Option<Language> {
    headers.get(ACCEPT_LANGUAGE).map(HeaderValue::to_str)?.ok().and_then(Language::accepted)
}
