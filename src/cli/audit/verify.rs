//! `portcullis audit verify`: walks along the chain of the whole trail.

use std::process::ExitCode;
use std::str::FromStr;

use serde_json::{Value, json};

use crate::audit::chain_hex;
use crate::cli::exit_status::{FAILED, UNVERIFIABLE};
use crate::store::{BrokenTrail, TrailFault, TrailReport};

/// A hash of the chain as the log, an export or a receiver of events shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) struct ChainHash(pub(super) [u8; 32]);

impl FromStr for ChainHash {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "a hash has 64 hexadecimal digits".to_owned();
        let mut hash = [0; 32];
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(wrong());
        }
        for (byte, at) in hash.iter_mut().zip((0..64).step_by(2)) {
            let digits = text.get(at..at + 2).ok_or_else(wrong)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| wrong())?;
        }
        Ok(Self(hash))
    }
}

/// Broken is 1, like any failure. What nobody can verify is not intact either.
pub(super) fn status(report: &TrailReport) -> ExitCode {
    if report.broken.is_some() {
        ExitCode::from(FAILED)
    } else if is_verified(report) {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(UNVERIFIABLE)
    }
}

/// Whether every hash could be computed again.
const fn is_verified(report: &TrailReport) -> bool {
    report.unverifiable.is_none() && !report.unverifiable_start
}

/// The report for people.
pub(super) fn text(report: &TrailReport) -> String {
    let head = format!("event {}, {}", report.head.event, chain_hex(&report.head.chain));
    let fit = if report.fitting == 1 { "1 event fits".to_owned() } else { format!("{} events fit", report.fitting) };
    let mut lines = match &report.broken {
        Some(broken) => {
            vec![format!("broken: {}", fault(broken)), format!("up to there {fit}; the last one is {head}")]
        }
        None if is_verified(report) => vec![format!("intact: {fit}; the newest is {head}")],
        None => vec![format!("not verified: {fit}; the newest is {head}")],
    };
    if let Some(unverifiable) = &report.unverifiable {
        lines.push(format!(
            "{} from {} to {} cannot be verified with the keys there are: their key version was removed from the key file",
            counted(unverifiable.count),
            unverifiable.first,
            unverifiable.last
        ));
    }
    if report.unverifiable_start {
        lines.push(
            "the record of the beginning cannot be verified either: events may have been cut off there".to_owned(),
        );
    }
    if let Some(known) = report.known_head {
        lines.push(format!("the hash that you gave is that of event {known}"));
    }
    if report.unchained > 0 {
        lines.push(format!("{} from before the chain: nothing protects them", counted(report.unchained)));
    }
    lines.join("\n") + "\n"
}

fn counted(count: i64) -> String {
    if count == 1 { "1 event".to_owned() } else { format!("{count} events") }
}

fn fault(broken: &BrokenTrail) -> String {
    let at = broken.at.map(|at| format!(" ({at})")).unwrap_or_default();
    let follow = format!(
        "; {} it",
        if broken.following == 1 {
            "1 event follows".to_owned()
        } else {
            format!("{} events follow", broken.following)
        }
    );
    match (broken.fault, broken.event) {
        (TrailFault::Changed, Some(event)) => {
            format!("event {event}{at} does not fit: it or the one before was changed, inserted or moved{follow}")
        }
        (TrailFault::Unchained, Some(event)) => format!("event {event}{at} has no hash{follow}"),
        (TrailFault::Missing(first), Some(event)) if first == event - 1 => {
            format!("event {first} before event {event}{at} is missing{follow}")
        }
        (TrailFault::Missing(first), Some(event)) if first < event => {
            format!("the events {first} to {} before event {event}{at} are missing{follow}", event - 1)
        }
        (TrailFault::Missing(_), Some(event)) => format!("event {event}{at} stands where none was written{follow}"),
        (TrailFault::Inserted(count), _) => {
            format!("{} before its beginning, where none was written", counted(count))
        }
        (TrailFault::Missing(first), None) => format!("the newest events, from {first} on, are missing"),
        (TrailFault::Start, _) => "the record of its beginning was changed or deleted".to_owned(),
        (TrailFault::HeadUnknown, _) => {
            "no event has the hash that you gave: the newest events were cut off or rewritten, or that event has been \
             deleted for its age"
                .to_owned()
        }
        (TrailFault::Changed | TrailFault::Unchained, None) => "an event does not fit".to_owned(),
    }
}

/// The report for programs.
pub(super) fn json(report: &TrailReport) -> String {
    let broken = report.broken.map(|broken| {
        let (kind, missing_from) = match broken.fault {
            TrailFault::Start => ("start", None),
            TrailFault::Changed => ("changed", None),
            TrailFault::Unchained => ("unchained", None),
            TrailFault::Inserted(_) => ("inserted", None),
            TrailFault::Missing(first) => ("missing", Some(first)),
            TrailFault::HeadUnknown => ("head", None),
        };
        json!({
            "fault": kind,
            "missing_from": missing_from,
            "event": broken.event,
            "at": broken.at.map(|at| at.to_string()),
            "following": broken.following,
        })
    });
    let unverifiable =
        report.unverifiable.map(|events| json!({ "count": events.count, "first": events.first, "last": events.last }));
    let report: Value = json!({
        "intact": report.broken.is_none() && is_verified(report),
        "fitting": report.fitting,
        "unchained": report.unchained,
        "unverifiable": unverifiable,
        "unverifiable_start": report.unverifiable_start,
        "head": { "event": report.head.event, "chain": chain_hex(&report.head.chain) },
        "known_head": report.known_head,
        "broken": broken,
    });
    format!("{report:#}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_has_64_digits() {
        assert_eq!("0A".repeat(32).parse(), Ok(ChainHash([10; 32])));
        for text in ["", "0a", &"0g".repeat(32), &"+1".repeat(32), &"é".repeat(32), &"0a".repeat(33)] {
            assert!(text.parse::<ChainHash>().is_err(), "{text}");
        }
    }
}
