//! Floor 1: every text a person reads, by language: pages, SMS, mail.
//!
//! Decides the wording and nothing else: which text stands where is for the pages (`portal`) and for the sender of a
//! code (`factor`) to say. Never reads a request, a cookie or the store. A further language is one new file beside
//! [`english`] and one line in [`language`].

pub(crate) mod english;
pub(crate) mod language;
pub(crate) mod messages;
pub(crate) mod pages;
pub(crate) mod texts;

pub(crate) use messages::{email_text, sms_text};
