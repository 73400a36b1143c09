//! Delivered messages, kept in memory with the newest last and shown by the phone page.

use std::collections::VecDeque;

use serde::{Serialize, Serializer};

use crate::platform::clock::Timestamp;

/// The most messages that are kept: more than a person scrolls through or a test sends before it looks.
const KEPT: usize = 500;

/// How a message was delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// As a text message.
    Sms,
    /// As a mail.
    Email,
}

/// A delivered message.
#[derive(Debug, Clone, Serialize)]
pub struct Message {
    /// The number or address.
    pub to: String,
    /// SMS or mail.
    pub channel: Channel,
    /// The whole text, with the code filled in.
    pub text: String,
    /// The subject of a mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Time of delivery.
    #[serde(serialize_with = "rfc3339")]
    pub at: Timestamp,
    /// The code in the text, for the phone page.
    #[serde(skip)]
    pub code: Option<String>,
}

/// The newest messages.
#[derive(Debug, Default)]
pub(super) struct Messages(VecDeque<Message>);

impl Messages {
    /// Delivers a message, and drops the oldest if there are too many.
    pub(super) fn push(&mut self, message: Message) {
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        self.0.push_back(message);
    }

    /// All kept messages, newest last.
    pub(super) fn all(&self) -> Vec<Message> {
        self.0.iter().cloned().collect()
    }
}

/// Finds the code in a text written by the caller: behind `#` in the origin-bound last line, else the first word of 4
/// to 10 letters and digits that has a digit.
pub(super) fn code_in(text: &str) -> Option<String> {
    let bound = text.lines().next_back().filter(|line| line.starts_with('@'));
    let bound = bound.and_then(|line| line.split_once(" #")).and_then(|(_, code)| code.split_whitespace().next());
    let word = || text.split(|c: char| !c.is_ascii_alphanumeric()).find(|word| is_code(word));
    bound.filter(|code| is_code(code)).or_else(word).map(str::to_owned)
}

fn is_code(word: &str) -> bool {
    (4..=10).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && word.bytes().any(|byte| byte.is_ascii_digit())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference to the field")]
fn rfc3339<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_a_text_is_found() {
        assert_eq!(code_in("Code 2024 is your code\n\n@auth.example.com #901245").as_deref(), Some("901245"));
        assert_eq!(code_in("Your code is a1b2c3.").as_deref(), Some("a1b2c3"));
        assert_eq!(code_in("Hello there"), None);
    }

    #[test]
    fn the_oldest_message_goes_when_the_box_is_full() {
        let mut messages = Messages::default();
        for number in 0..=KEPT {
            let at = Timestamp::from_millis(0);
            let text = number.to_string();
            messages.push(Message { to: String::new(), channel: Channel::Sms, text, subject: None, at, code: None });
        }
        let all = messages.all();
        assert_eq!((all.len(), all[0].text.as_str(), all[KEPT - 1].text.as_str()), (KEPT, "1", "500"));
    }
}
