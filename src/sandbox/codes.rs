//! The codes that the sandbox holds, and the orders that it accepts for them.

use std::collections::HashMap;
use std::time::Duration;

use serde_json::Value;

use super::messages::Channel;
use super::settings::ResendNames;
use super::tokens::identifier;
use crate::platform::clock::Timestamp;
use crate::platform::random::{EntropyUnavailable, Random};

/// The most codes that are held: more than any test or demo has open.
const KEPT: usize = 10_000;

/// A validated order for a code.
#[derive(Debug)]
pub(super) struct Order {
    /// SMS or mail.
    pub channel: Channel,
    /// The number or address.
    pub to: String,
    /// The text, with the placeholder `{code}`.
    pub message: String,
    /// The subject of a mail; `None` for SMS unless the order has one.
    pub subject: Option<String>,
    length: usize,
    alphabet: &'static [u8],
    expiry: Duration,
}

/// The name of the part of an order that is invalid or missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WrongPart(pub &'static str);

/// All codes, by id.
#[derive(Debug, Default)]
pub(super) struct Codes(HashMap<String, Held>);

#[derive(Debug)]
struct Held {
    user: String,
    code: String,
    until: Timestamp,
    wrong: u32,
}

/// A new code.
#[derive(Debug)]
pub(super) struct Made {
    /// The id, for the resource URL.
    pub id: String,
    /// The characters of the code.
    pub code: String,
}

impl Order {
    /// Reads the body of create and resend. As tolerant as the SDKs require: numbers may be strings, and a single
    /// address may come without its array.
    pub(super) fn read(body: &Value) -> Result<Self, WrongPart> {
        let code = body.get("code").filter(|code| code.is_object()).ok_or(WrongPart("code"))?;
        let text = |name: &str| code.get(name).and_then(Value::as_str);
        let channel = match text("method") {
            None | Some("sms") => Channel::Sms,
            Some("email") => Channel::Email,
            Some(_) => return Err(WrongPart("method")),
        };
        let to = address(code.get("address"), channel).ok_or(WrongPart("address"))?;
        let length = in_range(code.pointer("/format/length"), 6, 4, 10).ok_or(WrongPart("length"))?;
        let alphabet: &[u8] = match code.pointer("/format/type").map(Value::as_str) {
            None | Some(Some("numeric")) => b"0123456789",
            Some(Some("alphanumeric")) => b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            Some(Some("alphabetic")) => b"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            Some(_) => return Err(WrongPart("type")),
        };
        let expiry = in_range(code.get("expiry"), 120, 30, 3600).ok_or(WrongPart("expiry"))?;
        let message = text("message").filter(|message| message.contains("{code}")).ok_or(WrongPart("message"))?;
        let subject = text("subject").filter(|subject| !subject.is_empty()).map(str::to_owned);
        if channel == Channel::Email && subject.is_none() {
            return Err(WrongPart("subject"));
        }
        let length = usize::try_from(length).map_err(|_| WrongPart("length"))?;
        Ok(Self {
            channel,
            to,
            message: message.into(),
            subject,
            length,
            alphabet,
            expiry: Duration::from_secs(expiry),
        })
    }
}

/// Identifies a code in a call. A user cannot reach the codes of another.
#[derive(Debug, Clone, Copy)]
pub(super) struct CodeKey<'a> {
    /// The user in the URL path.
    pub user: &'a str,
    /// The id in the URL path.
    pub id: &'a str,
}

impl Codes {
    /// Creates a code for `user`.
    pub(super) fn make(
        &mut self,
        user: &str,
        order: &Order,
        now: Timestamp,
        random: &mut Random,
    ) -> Result<Made, EntropyUnavailable> {
        self.make_room(now);
        let id = identifier(random)?;
        self.put(id, user, order, now, random)
    }

    /// Draws the code again, which makes the old characters invalid. `None` if there is no such code or it has expired.
    pub(super) fn remake(
        &mut self,
        key: CodeKey<'_>,
        order: &Order,
        now: Timestamp,
        names: ResendNames,
        random: &mut Random,
    ) -> Result<Option<Made>, EntropyUnavailable> {
        if !self.holds(key, now) {
            return Ok(None);
        }
        let id = match names {
            ResendNames::Keep => key.id.to_owned(),
            ResendNames::Change => {
                self.0.remove(key.id);
                identifier(random)?
            }
        };
        self.put(id, key.user, order, now, random).map(Some)
    }

    /// Whether `guess` is the code. A right guess spends it; after `limit` wrong guesses it is deleted.
    pub(super) fn check(&mut self, key: CodeKey<'_>, guess: &str, now: Timestamp, limit: Option<u32>) -> bool {
        if !self.holds(key, now) {
            return false;
        }
        let Some(held) = self.0.get_mut(key.id) else { return false };
        if held.code == guess {
            self.0.remove(key.id);
            return true;
        }
        held.wrong += 1;
        if limit.is_some_and(|limit| held.wrong >= limit) {
            self.0.remove(key.id);
        }
        false
    }

    /// Deletes a code. Returns whether there was one.
    pub(super) fn remove(&mut self, key: CodeKey<'_>, now: Timestamp) -> bool {
        self.holds(key, now) && self.0.remove(key.id).is_some()
    }

    fn holds(&self, key: CodeKey<'_>, now: Timestamp) -> bool {
        self.0.get(key.id).is_some_and(|held| held.user == key.user && now < held.until)
    }

    fn put(
        &mut self,
        id: String,
        user: &str,
        order: &Order,
        now: Timestamp,
        random: &mut Random,
    ) -> Result<Made, EntropyUnavailable> {
        let code = random.string(order.alphabet, order.length)?;
        let held = Held { user: user.to_owned(), code: code.clone(), until: now.plus(order.expiry), wrong: 0 };
        self.0.insert(id.clone(), held);
        Ok(Made { id, code })
    }

    fn make_room(&mut self, now: Timestamp) {
        if self.0.len() >= KEPT {
            self.0.retain(|_, held| now < held.until);
        }
        if self.0.len() >= KEPT {
            self.0.clear();
        }
    }
}

/// A single address in the format of its channel; a number may have the `tel` scheme.
fn address(value: Option<&Value>, channel: Channel) -> Option<String> {
    let text = match value? {
        Value::String(text) => text,
        Value::Array(list) if list.len() == 1 => list.first()?.as_str()?,
        Value::Array(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => return None,
    };
    match channel {
        Channel::Sms => number(text),
        Channel::Email => {
            let (local, domain) = text.split_once('@')?;
            let whole = !local.is_empty() && domain.contains('.') && !text.contains(char::is_whitespace);
            whole.then(|| text.to_owned())
        }
    }
}

/// A number in E.164, given with or without the `tel` scheme.
pub(super) fn number(text: &str) -> Option<String> {
    let text = text.strip_prefix("tel:").unwrap_or(text);
    let digits = text.strip_prefix('+')?;
    let whole = (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    whole.then(|| text.to_owned())
}

fn in_range(value: Option<&Value>, default: u64, least: u64, most: u64) -> Option<u64> {
    let number = match value {
        None => default,
        Some(Value::String(text)) => text.parse().ok()?,
        Some(other) => other.as_u64()?,
    };
    (least..=most).contains(&number).then_some(number)
}
