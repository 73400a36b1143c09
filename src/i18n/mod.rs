//! Floor 1: every text a person reads, by language: pages, SMS, mail.
//!
//! Decides the wording and nothing else: which text stands where is for the pages (`portal`) and for the sender of a
//! code (`factor`) to say. Never reads a request, a cookie or the store. A further language is one new file beside
//! [`english`] and one line in [`language`].

pub mod english;
pub mod language;
pub mod messages;
pub mod pages;
pub mod texts;

pub use messages::{email_text, sms_text};
