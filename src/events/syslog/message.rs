//! The text of a message (RFC 5424 §6).

use crate::audit::event_object;
use crate::events::settings::{Facility, SyslogSettings};
use crate::platform::process;
use crate::store::EventRow;

/// What all messages have in common.
pub(super) struct Frame {
    facility: Facility,
    host_name: String,
    process: u32,
}

/// Severities (§6.2.1).
const CRITICAL: u8 = 2;
const NOTICE: u8 = 5;
const INFORMATIONAL: u8 = 6;

/// §6.2.4.
const LONGEST_HOST_NAME: usize = 255;

impl Frame {
    pub(super) fn of(settings: &SyslogSettings) -> Self {
        let configured = settings.host_name.as_ref().map(ToString::to_string);
        let host_name = field(&configured.unwrap_or_else(process::host_name), LONGEST_HOST_NAME);
        Self { facility: settings.facility, host_name, process: std::process::id() }
    }

    /// HEADER, one element of STRUCTURED-DATA that RFC 5424 §7.2 defines, and the event as JSON.
    pub(super) fn message(&self, row: &EventRow) -> String {
        let priority = u16::from(self.facility.number()) * 8 + u16::from(severity(&row.event.name));
        let Self { host_name, process, .. } = self;
        let version = env!("CARGO_PKG_VERSION");
        // MSGID has at most 32 characters (§6.2.7).
        let name = field(&row.event.name, 32);
        let at = row.event.at;
        let object = event_object(row);
        format!(
            "<{priority}>1 {at} {host_name} portcullis {process} {name} \
             [origin software=\"portcullis\" swVersion=\"{version}\"] {object}"
        )
    }
}

fn severity(name: &str) -> u8 {
    if name == "audit.broken" {
        CRITICAL
    } else if ["refused", "undecided", "not-sent", "over"].iter().any(|ending| name.ends_with(ending)) {
        NOTICE
    } else {
        INFORMATIONAL
    }
}

/// A field of the header: printable ASCII without spaces, `-` if nothing is left.
fn field(text: &str, longest: usize) -> String {
    let kept: String = text.chars().filter(char::is_ascii_graphic).take(longest).collect();
    if kept.is_empty() { "-".to_owned() } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::EventName;
    use crate::platform::clock::Timestamp;
    use crate::store::StoredEvent;

    fn row(name: &str) -> EventRow {
        let at = Timestamp::from_millis(0);
        let (name, details) = (name.to_owned(), "{}".to_owned());
        let event = StoredEvent { at, name, account: None, client: None, request: None, details };
        EventRow { id: 7, event, chain: None, username: None }
    }

    #[test]
    fn a_message_has_the_form_of_rfc_5424() {
        let frame = Frame { facility: Facility::AuthPriv, host_name: "gate".to_owned(), process: 42 };
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(
            frame.message(&row("code.refused")),
            format!(
                "<85>1 1970-01-01T00:00:00.000Z gate portcullis 42 code.refused [origin software=\"portcullis\" \
                 swVersion=\"{version}\"] {{\"id\":7,\"at\":\"1970-01-01T00:00:00.000Z\",\"event\":\"code.refused\",\
                 \"account\":null,\"user\":null,\"client\":null,\"request\":null,\"details\":{{}},\"chain\":null}}"
            )
        );
        assert!(frame.message(&row("audit.broken")).starts_with("<82>1 "));
        assert!(frame.message(&row("sign-in.completed")).starts_with("<86>1 "));
    }

    #[test]
    fn every_name_of_an_event_is_a_message_id() {
        for name in EventName::ALL {
            assert_eq!(field(name.text(), 32), name.text());
        }
        assert_eq!((field("a b\u{e9}\n", 255).as_str(), field("", 255).as_str()), ("ab", "-"));
    }
}
