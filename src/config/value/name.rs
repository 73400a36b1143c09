//! The product name, the path of the portal, and identifiers at the CPaaS.

use super::{ConfigValue, not_a, quoted};
use crate::config::mistake::Fault;

/// `portal.name`.
pub(in crate::config) struct ProductName(pub(in crate::config) String);

/// `portal.links.text`.
pub(in crate::config) struct LinkText(pub(in crate::config) String);

/// `portal.path`.
pub(in crate::config) struct PortalPath(pub(in crate::config) String);

/// An identifier from another system: any text of one line.
pub(in crate::config) struct Identifier(pub(in crate::config) String);

impl ConfigValue for ProductName {
    const EXAMPLE: &'static str = "Example";

    fn kind() -> String {
        "a name of 1 to 40 characters".to_owned()
    }

    /// The name is part of text messages, in which `{code}` is the placeholder of the code and a line that starts with
    /// `@` tells the browser which site the code is for.
    fn parse(text: &str) -> Result<Self, Fault> {
        let whole = (1..=40).contains(&text.chars().count()) && text.trim() == text;
        let plain = !text.chars().any(|c| c.is_control() || matches!(c, '{' | '}' | '@' | '#'));
        if whole && plain {
            return Ok(Self(text.to_owned()));
        }
        let remedy = "write 1 to 40 characters without line breaks, `{`, `}`, `@` and `#`";
        Err(Fault::new(format!("{} cannot be used in a text message", quoted(text)), remedy))
    }

    fn text(&self) -> String {
        self.0.clone()
    }
}

impl ConfigValue for LinkText {
    const EXAMPLE: &'static str = "Imprint";

    fn kind() -> String {
        "a text of 1 to 40 characters".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let whole =
            (1..=40).contains(&text.chars().count()) && text.trim() == text && !text.chars().any(char::is_control);
        if whole { Ok(Self(text.to_owned())) } else { Err(not_a::<Self>(text)) }
    }

    fn text(&self) -> String {
        self.0.clone()
    }
}

impl ConfigValue for PortalPath {
    const EXAMPLE: &'static str = "/portcullis";

    fn kind() -> String {
        "a path".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let letters = |segment: &str| {
            segment.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~'))
        };
        let segment = |segment: &str| !segment.is_empty() && letters(segment) && !matches!(segment, "." | "..");
        let whole = text.len() <= 100 && text.strip_prefix('/').is_some_and(|rest| rest.split('/').all(segment));
        if whole {
            return Ok(Self(text.to_owned()));
        }
        let remedy =
            "write a path such as `/portcullis`: a slash before each part, none at the end, no special characters";
        Err(Fault::new(format!("{} is not a path for our own pages", quoted(text)), remedy))
    }

    fn text(&self) -> String {
        self.0.clone()
    }
}

impl ConfigValue for Identifier {
    const EXAMPLE: &'static str = "PRIV-1234";

    fn kind() -> String {
        "a text of one line".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let whole =
            (1..=200).contains(&text.chars().count()) && text.trim() == text && !text.chars().any(char::is_control);
        if whole { Ok(Self(text.to_owned())) } else { Err(not_a::<Self>(text)) }
    }

    fn text(&self) -> String {
        self.0.clone()
    }
}
