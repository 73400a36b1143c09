//! The words of `[delivery]` and `[[sites]]`: providers, alphabets, `ambiguous_paths`, `browser_assets`.

use super::{ConfigValue, name_of, word};
use crate::config::mistake::Fault;
use crate::delivery::{EmailProvider, SmsProvider};
use crate::domain::code::Alphabet;
use crate::policy::{AmbiguousPaths, BrowserAssets};

const SMS: [(&str, SmsProvider); 2] = [("cpaas", SmsProvider::Cpaas), ("cpaas_message", SmsProvider::CpaasMessage)];
const EMAIL: [(&str, EmailProvider); 2] = [("cpaas", EmailProvider::Cpaas), ("smtp", EmailProvider::Smtp)];
const ALPHABETS: [(&str, Alphabet); 2] = [("numeric", Alphabet::Numeric), ("alphanumeric", Alphabet::Alphanumeric)];
const AMBIGUOUS: [(&str, AmbiguousPaths); 2] = [("refuse", AmbiguousPaths::Refuse), ("pass", AmbiguousPaths::Pass)];
const ASSETS: [(&str, BrowserAssets); 2] = [("protected", BrowserAssets::Protected), ("open", BrowserAssets::Open)];

/// Rejects providers planned for later versions.
fn later(text: &str, words: &[&str]) -> Result<(), Fault> {
    if words.contains(&text) {
        return Err(Fault::new(format!("`{text}` is not supported by this version"), "write `cpaas`"));
    }
    Ok(())
}

impl ConfigValue for SmsProvider {
    const EXAMPLE: &'static str = "cpaas";
    const WORDS: &'static [&'static str] = &["cpaas", "cpaas_message"];

    fn kind() -> String {
        "an SMS provider".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        later(text, &["twilio", "webhook"])?;
        word(text, &SMS)
    }

    fn text(&self) -> String {
        name_of(*self, &SMS)
    }
}

impl ConfigValue for EmailProvider {
    const EXAMPLE: &'static str = "cpaas";
    const WORDS: &'static [&'static str] = &["cpaas", "smtp"];

    fn kind() -> String {
        "a mail provider".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        word(text, &EMAIL)
    }

    fn text(&self) -> String {
        name_of(*self, &EMAIL)
    }
}

impl ConfigValue for Alphabet {
    const EXAMPLE: &'static str = "numeric";
    const WORDS: &'static [&'static str] = &["numeric", "alphanumeric"];

    fn kind() -> String {
        "an alphabet".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        word(text, &ALPHABETS)
    }

    fn text(&self) -> String {
        name_of(*self, &ALPHABETS)
    }
}

impl ConfigValue for AmbiguousPaths {
    const EXAMPLE: &'static str = "refuse";
    const WORDS: &'static [&'static str] = &["refuse", "pass"];

    fn kind() -> String {
        "`refuse` or `pass`".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        word(text, &AMBIGUOUS)
    }

    fn text(&self) -> String {
        name_of(*self, &AMBIGUOUS)
    }
}

impl ConfigValue for BrowserAssets {
    const EXAMPLE: &'static str = "open";
    const WORDS: &'static [&'static str] = &["protected", "open"];

    fn kind() -> String {
        "`protected` or `open`".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        word(text, &ASSETS)
    }

    fn text(&self) -> String {
        name_of(*self, &ASSETS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_word_is_read<L: ConfigValue>() {
        assert!(!L::WORDS.is_empty());
        for word in L::WORDS {
            assert_eq!(L::parse(word).map(|value| value.text()).as_deref(), Ok(*word));
        }
    }

    #[test]
    fn every_word_of_the_schema_is_read_and_written() {
        every_word_is_read::<SmsProvider>();
        every_word_is_read::<EmailProvider>();
        every_word_is_read::<Alphabet>();
        every_word_is_read::<AmbiguousPaths>();
        every_word_is_read::<BrowserAssets>();
        every_word_is_read::<crate::config::value::log::Format>();
        every_word_is_read::<crate::delivery::Encryption>();
    }
}
