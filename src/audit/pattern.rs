//! Which events a receiver gets.

use std::str::FromStr;

use crate::audit::name::EventName;

/// The name of a stored event, or the beginning of several and `*`: `sign-in.*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EventPattern {
    /// The name, or its beginning.
    text: String,
    /// Whether it is the beginning.
    is_prefix: bool,
}

impl EventPattern {
    /// Every event.
    pub(crate) fn all() -> Self {
        Self { text: String::new(), is_prefix: true }
    }

    /// Whether events of this name are meant.
    pub(crate) fn matches(&self, name: &str) -> bool {
        if self.is_prefix { name.starts_with(&self.text) } else { name == self.text }
    }
}

impl std::fmt::Display for EventPattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.text, if self.is_prefix { "*" } else { "" })
    }
}

impl FromStr for EventPattern {
    type Err = String;

    /// A pattern that no stored event fits would never send anything, so it is an error.
    fn from_str(text: &str) -> Result<Self, String> {
        let (start, is_prefix) = text.strip_suffix('*').map_or((text, false), |start| (start, true));
        let pattern = Self { text: start.to_owned(), is_prefix };
        let mut meant = EventName::ALL.iter().filter(|name| pattern.matches(name.text())).peekable();
        if meant.peek().is_none() {
            return Err("no event has this name".to_owned());
        }
        if meant.any(|name| name.is_stored()) {
            return Ok(pattern);
        }
        Err("such events are only in the log (target `audit`), and are not sent".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_a_name_or_the_beginning_of_names() {
        for (pattern, name, fits) in [
            ("sign-in.*", "sign-in.completed", true),
            ("sign-in.*", "session.ended", false),
            ("sign-in.completed", "sign-in.completed", true),
            ("session.ended", "session.ended-again", false),
            ("*", "token.created", true),
        ] {
            let parsed: EventPattern = pattern.parse().unwrap();
            assert_eq!((parsed.matches(name), parsed.to_string()), (fits, pattern.to_owned()), "{pattern} {name}");
        }
    }

    #[test]
    fn a_pattern_that_no_stored_event_fits_is_refused() {
        for pattern in ["", "login", "sign-in", "sign-*.completed", "**"] {
            assert_eq!(pattern.parse::<EventPattern>().unwrap_err(), "no event has this name", "{pattern}");
        }
        for pattern in ["access.*", "form.refused"] {
            assert!(pattern.parse::<EventPattern>().unwrap_err().contains("only in the log"), "{pattern}");
        }
    }
}
