//! An event as JSON, as commands print it and receivers get it.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::domain::identifier::AccountId;
use crate::domain::username::Username;
use crate::store::EventRow;

/// One event as a JSON object on one line.
pub(crate) fn event_object(row: &EventRow) -> String {
    inert_json(&event_value(row).to_string())
}

/// One event as JSON.
pub(crate) fn event_value(row: &EventRow) -> Value {
    let EventRow { id, event, chain, username } = row;
    json!({
        "id": id,
        "at": event.at.to_string(),
        "event": event.name,
        "account": event.account.as_ref().map(AccountId::to_hex),
        "user": username.as_ref().map(Username::as_str),
        "client": event.client,
        "request": event.request,
        "details": event_details(row),
        "chain": chain.as_ref().map(hex),
    })
}

/// The event's own fields. Anything but an object was not written by us, and is shown unchanged.
pub(crate) fn event_details(row: &EventRow) -> Map<String, Value> {
    match serde_json::from_str(&row.event.details) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) | Err(_) => Map::from_iter([("unreadable".to_owned(), Value::from(row.event.details.as_str()))]),
    }
}

/// Escapes control characters, which control a terminal and forge lines, and bidirectional marks, which reorder text.
pub(crate) fn inert(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        if is_forging(c) {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
        out
    })
}

/// The same for JSON, but keeps the line ends of its layout. Any other such character can only be inside a string,
/// where `\uXXXX` is an escape.
pub(crate) fn inert_json(text: &str) -> String {
    text.split('\n').map(inert).collect::<Vec<String>>().join("\n")
}

/// A hash of the chain, as commands, logs and receivers show it.
pub(crate) fn hex(chain: &[u8; 32]) -> String {
    chain.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn is_forging(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}
