//! Floor 1: every text a person reads, by language: pages, SMS, mail.
//!
//! Decides only the wording: the pages (`portal`) and the sender of codes (`factor`) decide which text is used where.
//! Never reads a request, a cookie or the store. To add a language, write a file next to [`english`] and add a line in
//! [`language`].

pub(crate) mod english;
pub(crate) mod language;
pub(crate) mod messages;
pub(crate) mod pages;
pub(crate) mod texts;

pub(crate) use messages::{email_text, sms_text};
