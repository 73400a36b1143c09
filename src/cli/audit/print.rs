//! Formats events: a line or a page for people, JSON or CSV for programs.

use std::fmt::Write as _;

use serde_json::Value;

use crate::audit::{chain_hex as hex, event_details as details, event_object, event_value as value, inert, inert_json};
use crate::domain::identifier::AccountId;
use crate::domain::username::Username;
use crate::store::EventRow;

/// The output format of `export`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum Format {
    /// One JSON object per line
    Json,
    /// CSV with a header line (RFC 4180)
    Csv,
}

impl Format {
    /// The text before the first event.
    pub(super) const fn heading(self) -> &'static str {
        match self {
            Self::Json => "",
            Self::Csv => "id,at,event,account,user,client,request,details,chain\r\n",
        }
    }

    /// One event with its line ending.
    pub(super) fn record(self, row: &EventRow) -> String {
        match self {
            Self::Json => event_object(row) + "\n",
            Self::Csv => record(row),
        }
    }
}

/// One event as a line for people: number, moment, name, user, client, details.
pub(super) fn line(row: &EventRow) -> String {
    let EventRow { id, event, username, chain: _ } = row;
    let user = username.as_ref().map(ToString::to_string).or_else(|| event.account.map(|gone| gone.short()));
    let user = user.as_deref().unwrap_or("-");
    let client = event.client.as_deref().unwrap_or("-");
    let mut line = format!("{id}  {}  {}  {user}  {client}", event.at, event.name);
    for (key, value) in details(row) {
        let _ = write!(line, "  {key}={}", shown(&value));
    }
    inert(&line) + "\n"
}

/// One event as a page for people.
pub(super) fn page(row: &EventRow) -> String {
    let EventRow { id, event, username, chain } = row;
    let user = match (username, event.account) {
        (Some(name), _) => name.as_str(),
        (None, Some(_)) => "(removed)",
        (None, None) => "-",
    };
    let account = event.account.as_ref().map_or_else(|| "-".to_owned(), AccountId::to_hex);
    let mut page = String::new();
    let fields = [
        ("id", id.to_string()),
        ("at", event.at.to_string()),
        ("event", event.name.clone()),
        ("account", account),
        ("user", user.to_owned()),
        ("client", event.client.clone().unwrap_or_else(|| "-".to_owned())),
        ("request", event.request.clone().unwrap_or_else(|| "-".to_owned())),
        ("chain", chain.as_ref().map_or_else(|| "-".to_owned(), hex)),
    ];
    let details = details(row).into_iter().map(|(key, value)| (format!("  {key}"), shown(&value)));
    for (key, value) in fields.map(|(key, value)| (key.to_owned(), value)).into_iter().chain(details) {
        let _ = writeln!(page, "{}", inert(&format!("{key:<10} {value}")));
    }
    page
}

/// All events as one JSON array.
pub(super) fn array(rows: &[EventRow]) -> serde_json::Result<String> {
    let all: Vec<Value> = rows.iter().map(value).collect();
    Ok(inert_json(&serde_json::to_string_pretty(&all)?) + "\n")
}

/// A field that began with `=`, `+`, `-` or `@` would be a formula to a spreadsheet. None of ours does: names begin
/// with a letter or digit, details with a brace.
fn record(row: &EventRow) -> String {
    let EventRow { id, event, username, chain } = row;
    let id = id.to_string();
    let at = event.at.to_string();
    let account = event.account.as_ref().map(AccountId::to_hex).unwrap_or_default();
    let fields = [
        id.as_str(),
        at.as_str(),
        event.name.as_str(),
        account.as_str(),
        username.as_ref().map_or("", Username::as_str),
        event.client.as_deref().unwrap_or_default(),
        event.request.as_deref().unwrap_or_default(),
        &event.details,
        &chain.as_ref().map_or_else(String::new, hex),
    ];
    inert_json(&fields.map(quoted).join(",")) + "\r\n"
}

/// RFC 4180: a field with a comma, a quote or a line end is quoted, and its own quotes are doubled.
fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

/// Strings unchanged, anything else as JSON.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<String>>().join(","),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::clock::Timestamp;
    use crate::store::StoredEvent;

    fn row(details: &str) -> EventRow {
        let event = StoredEvent {
            at: Timestamp::from_millis(0),
            name: "session.revoked".to_owned(),
            account: Some(AccountId::from_bytes([0xab; 16])),
            client: None,
            request: None,
            details: details.to_owned(),
        };
        EventRow { id: 7, event, chain: Some([0xcd; 32]), username: Some("ada".parse().unwrap()) }
    }

    const REVOKED: &str = r#"{"by":"command line","session":"all"}"#;

    #[test]
    fn an_event_is_a_line_a_page_an_object_and_a_record() {
        let row = row(REVOKED);
        let at = "1970-01-01T00:00:00.000Z";
        assert_eq!(line(&row), format!("7  {at}  session.revoked  ada  -  by=command line  session=all\n"));
        let (id, chain) = ("ab".repeat(16), "cd".repeat(32));
        assert_eq!(
            page(&row),
            format!(
                "id         7\nat         {at}\nevent      session.revoked\naccount    {id}\nuser       ada\n\
                 client     -\nrequest    -\nchain      {chain}\n  by       command line\n  session  all\n"
            )
        );
        assert_eq!(
            event_object(&row),
            format!(
                r#"{{"id":7,"at":"{at}","event":"session.revoked","account":"{id}","user":"ada","client":null,"request":null,"details":{REVOKED},"chain":"{chain}"}}"#
            )
        );
        assert_eq!(
            Format::Csv.record(&row),
            format!(
                "7,{at},session.revoked,{id},ada,,,\"{{\"\"by\"\":\"\"command line\"\",\"\"session\"\":\"\"all\"\"}}\",{chain}\r\n"
            )
        );
    }

    #[test]
    fn an_event_whose_account_is_gone_still_says_whose_it_was() {
        let row = EventRow { username: None, ..row("{}") };
        assert!(line(&row).contains("  abababab  "), "{}", line(&row));
        assert!(page(&row).contains("user       (removed)"), "{}", page(&row));
    }

    #[test]
    fn no_event_steers_a_terminal_or_forges_a_line() {
        let row = row("{\"reason\":\"a\\u001b[31m\\nb\u{9b}\u{202e}c\"}");
        for text in [line(&row), page(&row), array(std::slice::from_ref(&row)).unwrap(), event_object(&row) + "\n"] {
            let line = text.replace('\n', "");
            assert_eq!(inert(&line), line);
            assert!(text.contains("\\u009b\\u202ec"), "{text:?}");
        }
        assert_eq!(line(&row).lines().count(), 1);
        assert!(
            serde_json::from_str::<Value>(&event_object(&row)).unwrap()["details"]["reason"]
                .as_str()
                .unwrap()
                .ends_with("\u{202e}c")
        );
    }

    #[test]
    fn details_that_are_no_object_are_shown_as_they_stand() {
        assert!(line(&row("nonsense")).ends_with("  unreadable=nonsense\n"));
    }
}
