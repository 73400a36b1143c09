use std::collections::HashSet;

use crate::audit::*;
use crate::domain::attempt_kind::AttemptKind;
use crate::domain::denial_reason::DenialReason;
use crate::domain::factor_kind::FactorKind;
use crate::domain::forgery_reason::ForgeryReason;
use crate::domain::identifier::{DeviceId, SessionId, TokenId};
use crate::domain::method::CodeMethod;
use crate::domain::site::SiteId;
use crate::platform::clock::Timestamp;
use crate::policy::RuleId;
use crate::session::lifetimes::Limit;

/// The documentation that lists the events.
const OPERATION: &str = include_str!("../../docs/operation.md");

const BROWSER: DeviceId = DeviceId::from_bytes([0xef; 16]);

const SESSION: SessionId = SessionId::from_bytes([0xab; 16]);

fn edited() -> Event {
    Event::AccountEdited { username: "ada".parse().unwrap(), fields: vec![AccountField::Phone, AccountField::Groups] }
}

fn account(change: AccountChange) -> Event {
    Event::Account { change, username: "ada".parse().unwrap() }
}

fn over() -> Event {
    Event::SignInOver { reason: SignInEnd::AllGuessesUsed }
}

fn remembered() -> Event {
    Event::BrowserRemembered { browser: BROWSER, session: SESSION }
}

fn forgotten() -> Event {
    let browsers = ForgottenBrowsers::One(BROWSER);
    Event::BrowserForgotten { browsers, reason: ForgettingReason::EarlierCookie }
}

fn token(change: TokenChange) -> Event {
    Event::Token {
        change,
        username: "ada".parse().unwrap(),
        token: TokenId::from_bytes([0xcd; 16]),
        site: "app.example.com".parse().unwrap(),
        expires: Timestamp::from_millis(0),
    }
}

fn denied() -> Event {
    let rule = RuleId { site: SiteId(0), rule: Some(1) };
    Event::AccessDenied { reason: DenialReason::NoSession, rule }
}

fn factor(change: FactorEdit) -> Event {
    let by = ChangedBy::Session(SESSION);
    Event::Factor { change, kind: FactorKind::Passkey, name: "blue key".parse().unwrap(), by }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "`sample` asks for these alone")]
fn factor_sample(name: EventName) -> (Event, &'static str) {
    let blue_key = r#"{"method":"passkey","name":"blue key","by":"session abababab"}"#;
    match name {
        EventName::BrowserRemembered => (remembered(), r#"{"browser":"efefefef","session":"abababab"}"#),
        EventName::BrowserForgotten => {
            (forgotten(), r#"{"browser":"efefefef","reason":"an earlier cookie was shown"}"#)
        }
        EventName::FactorRenamed => (factor(FactorEdit::Renamed), blue_key),
        EventName::FactorRemoved => (factor(FactorEdit::Removed), blue_key),
        EventName::RecoveryCodesReplaced => {
            (Event::RecoveryCodes { count: 10, by: ChangedBy::Operator }, r#"{"count":10,"by":"command line"}"#)
        }
        EventName::RecoveryCodeUsed => (Event::RecoveryCodeUsed { left: 9 }, r#"{"left":9}"#),
        _ => (factor(FactorEdit::Added), blue_key),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "`sample` asks for these alone")]
fn account_sample(name: EventName) -> (Event, &'static str) {
    let ada = r#"{"username":"ada"}"#;
    let ada_token =
        r#"{"username":"ada","token":"cdcdcdcd","site":"app.example.com","expires":"1970-01-01T00:00:00.000Z"}"#;
    match name {
        EventName::TokenCreated => (token(TokenChange::Created), ada_token),
        EventName::TokenRevoked => (token(TokenChange::Revoked), ada_token),
        EventName::AccountAdded => (account(AccountChange::Added), ada),
        EventName::AccountChanged => (edited(), r#"{"username":"ada","changed":["phone","groups"]}"#),
        EventName::AccountDisabled => (account(AccountChange::Disabled), ada),
        EventName::AccountEnabled => (account(AccountChange::Enabled), ada),
        EventName::AccountRemoved => (account(AccountChange::Removed), ada),
        EventName::AccountRestored => (account(AccountChange::Restored), ada),
        _ => (account(AccountChange::PasswordChanged), ada),
    }
}

/// An event with this name, and its details as stored. A new name does not compile without a sample.
fn sample(name: EventName) -> (Event, &'static str) {
    let (session, method, host) = (SESSION, CodeMethod::Sms, "app.example.com".to_owned());
    let reason = "the provider is down".to_owned();
    let handed = r#"{"session":"abababab","host":"app.example.com"}"#;
    let not_done = r#"{"method":"sms","reason":"the provider is down"}"#;
    match name {
        EventName::PasswordAccepted => (Event::PasswordAccepted, "{}"),
        EventName::PasswordRefused => (Event::PasswordRefused, "{}"),
        EventName::HeldBack => {
            (Event::HeldBack { kind: AttemptKind::Password, seconds: 2 }, r#"{"attempt":"password","seconds":2}"#)
        }
        EventName::NotJudged => {
            (Event::NotJudged { kind: AttemptKind::Factor(FactorKind::Sms) }, r#"{"attempt":"sms"}"#)
        }
        EventName::CodeSent => {
            (Event::CodeSent { method, provider: "cpaas" }, r#"{"method":"sms","provider":"cpaas"}"#)
        }
        EventName::CodeNotSent => (Event::CodeNotSent { method, reason }, not_done),
        EventName::CodeRefused => (Event::CodeRefused { method: FactorKind::Sms, reason: None }, r#"{"method":"sms"}"#),
        EventName::CodeUndecided => (Event::CodeUndecided { method: FactorKind::Sms, reason }, not_done),
        EventName::SignInCompleted => (
            Event::SignInCompleted { second: SecondFactor::Given(FactorKind::Sms), session },
            r#"{"factors":["password","sms"],"session":"abababab"}"#,
        ),
        EventName::SignInOver => (over(), r#"{"reason":"all guesses used"}"#),
        EventName::SessionEnded => (Event::SessionEnded { session }, r#"{"session":"abababab"}"#),
        EventName::SessionTimedOut => {
            (Event::SessionTimedOut { session, limit: Limit::Idle }, r#"{"limit":"idle","session":"abababab"}"#)
        }
        EventName::SessionRevoked => (
            Event::SessionRevoked { sessions: RevokedSessions::One(session) },
            r#"{"by":"command line","session":"abababab"}"#,
        ),
        EventName::HandedOver => (Event::HandedOver { session, host }, handed),
        EventName::HandOverRefused => (Event::HandOverRefused { session, host }, handed),
        EventName::SteppedUp => {
            (Event::SteppedUp { method: FactorKind::Totp, session }, r#"{"factors":["totp"],"session":"abababab"}"#)
        }
        EventName::BrowserRemembered
        | EventName::BrowserForgotten
        | EventName::FactorAdded
        | EventName::FactorRenamed
        | EventName::FactorRemoved
        | EventName::RecoveryCodesReplaced
        | EventName::RecoveryCodeUsed => factor_sample(name),
        EventName::QuestionRefused => (Event::QuestionRefused { reason }, r#"{"reason":"the provider is down"}"#),
        EventName::FormRefused => {
            (Event::FormRefused { reason: ForgeryReason::TwoOrigins }, r#"{"reason":"it has two Origin headers"}"#)
        }
        EventName::AccessDenied => (denied(), r#"{"reason":"no-session","rule":"sites[0].rules[1]"}"#),
        EventName::TokenCreated
        | EventName::TokenRevoked
        | EventName::AccountAdded
        | EventName::AccountChanged
        | EventName::AccountDisabled
        | EventName::AccountEnabled
        | EventName::AccountRemoved
        | EventName::AccountRestored
        | EventName::PasswordChanged => account_sample(name),
        EventName::TrailBroken => (Event::TrailBroken { event: 7 }, r#"{"event":7}"#),
    }
}

#[test]
fn every_name_has_a_sample_whose_details_are_as_they_were_published() {
    for name in EventName::ALL {
        let (event, details) = sample(*name);
        assert_eq!((event.name(), event.details().to_string()), (*name, details.to_owned()));
    }
    let all = Event::SessionRevoked { sessions: RevokedSessions::All };
    assert_eq!(all.details().to_string(), r#"{"by":"command line","session":"all"}"#);
    let browsers = Event::BrowserForgotten { browsers: ForgottenBrowsers::All, reason: ForgettingReason::Request };
    assert_eq!(browsers.details().to_string(), r#"{"browser":"all","reason":"request of the person"}"#);
    let second = SecondFactor::Skipped(BROWSER, Timestamp::from_millis(0));
    assert_eq!(
        Event::SignInCompleted { second, session: SESSION }.details().to_string(),
        r#"{"factors":["password"],"session":"abababab","browser":"efefefef","remembered_since":"1970-01-01T00:00:00.000Z"}"#
    );
    let one_factor = Event::SignInCompleted { second: SecondFactor::NotRequired, session: SESSION };
    assert_eq!(one_factor.details().to_string(), r#"{"factors":["password"],"session":"abababab"}"#);
}

#[test]
fn every_name_is_unique_and_none_begins_another() {
    let names: HashSet<&str> = EventName::ALL.iter().map(|name| name.text()).collect();
    assert_eq!(names.len(), EventName::ALL.len());
    for name in &names {
        let shorter = names.iter().find(|other| *other != name && name.starts_with(*other));
        assert_eq!(shorter, None, "`--event` takes beginnings: it could not name {shorter:?} without {name}");
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '.' | '-')), "{name}");
    }
}

#[test]
fn every_name_is_documented_as_a_row_or_as_log_only() {
    for name in EventName::ALL {
        let mark = format!("`{name}`");
        let line = OPERATION.lines().find(|line| line.starts_with("| ") && line.contains(&mark));
        let line = line.unwrap_or_else(|| panic!("{name} is missing in the table of docs/operation.md"));
        assert_eq!(line.ends_with("(log only) |") && !line.contains("itself: log only"), !name.is_stored(), "{line}");
    }
}
