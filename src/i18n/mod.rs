//! Floor 2: every text a person reads, by language: pages, SMS, mail.
//!
//! Texts are Fluent files in `static/locales/<language>`; [`pages`] and [`messages`] name each of them, so that a page
//! cannot ask for a text that does not exist. Decides the wording and nothing else: which text is shown where is decided
//! by the pages (`portal`) and by the sender of a code (`factor`). Never reads a request, a cookie or the store. A further
//! language is one folder, one variant of `domain::language` and one line in [`catalogue`].

mod catalogue;
mod factor_pages;
pub(crate) mod messages;
pub(crate) mod pages;
mod segments;
mod text_group;
pub(crate) mod texts;

#[cfg(test)]
mod tests;

pub(crate) use messages::{email_text, origin_line, sms_text};
pub(crate) use segments::Segments;
