//! Samples of the pages about factors in every state.

use super::app::{self, AppStep, KeyForApp};
use super::{one, passkey, recovery};
use crate::account::{FactorList, PasskeyOffer, Recovered};
use crate::domain::factor_kind::FactorKind;
use crate::domain::identifier::{AccountId, FactorId};
use crate::domain::method::CodeMethod;
use crate::factor::TotpSetup;
use crate::keys::Encrypted;
use crate::platform::clock::Timestamp;
use crate::platform::secret::SecretString;
use crate::portal::frame::{Notice, View};
use crate::portal::tests::{Sample, reader, settings};
use crate::store::{FactorRow, HeldFactors};

const NOW: Timestamp = Timestamp::from_millis(1_795_412_052_000);

/// A factor of an account.
pub(in crate::portal) fn row(kind: FactorKind, name: &str, last_used_at: Option<Timestamp>) -> FactorRow {
    FactorRow {
        id: FactorId::from_bytes([7; 16]),
        account: AccountId::from_bytes([2; 16]),
        kind,
        name: name.parse().unwrap(),
        encrypted: Encrypted { key: 1, bytes: Vec::new() },
        credential: None,
        last_step: Some(1),
        created_at: NOW,
        last_used_at,
    }
}

/// What an account can sign in with.
pub(in crate::portal) fn list(rows: Vec<FactorRow>, recovery: usize, sent: bool) -> FactorList {
    let held = HeldFactors { rows, recovery: vec![[1; 32]; recovery], ..HeldFactors::default() };
    let sent = if sent { vec![(CodeMethod::Sms, "•••• 74".to_owned())] } else { Vec::new() };
    let synced = held.rows.iter().filter(|row| row.name.as_str() == "blue key").map(|row| row.id).collect();
    let passkeys = PasskeyOffer::Here("example.com".to_owned());
    FactorList { held, sent, recovered: None, synced, passkeys }
}

/// Samples of every page.
pub(in crate::portal) fn all() -> Vec<Sample> {
    let (settings, reader) = (settings(), reader());
    let view = View { settings: &settings, reader: &reader };
    let token = || "token".to_owned();
    let setup = || TotpSetup {
        url: SecretString::from("otpauth://totp/Example:ada?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Example"),
        secret: SecretString::from("JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP"),
    };
    let codes: Vec<SecretString> =
        (0..10).map(|digit| SecretString::from(format!("ABCDE{digit}-GHJKMN-PQRSTV-WXYZ01"))).collect();
    let wrong = || Some(Notice::bad("This code is not right."));
    let codes_page =
        |codes, notice| recovery::page(view, recovery::Parts { codes, notice, replaces: true, csrf: token() });
    let app = row(FactorKind::Totp, "phone", Some(NOW));
    let factor = |list: &FactorList, notice| {
        one::page(view, one::Parts { row: &list.held.rows[0], list, notice, csrf: token() })
    };
    let two = list(vec![app.clone(), app.clone()], 3, true);
    let last = list(vec![app.clone()], 0, false);
    let kept = FactorList { recovered: Some(Recovered { at: NOW, until: NOW }), ..list(vec![app], 0, true) };
    let options = Some(r#"{"challenge":"AAAA","rp":{"id":"example.com"}}"#.to_owned());
    let first_codes = recovery::Parts { codes: None, notice: None, replaces: false, csrf: token() };
    let making = passkey::Parts { notice: None, csrf: token(), name: "blue key".to_owned(), options };
    vec![
        Sample::new("factor-app", &app::page(view, AppStep::Before, None, token(), "")),
        Sample::new("factor-app-setup", &app::page(view, AppStep::Setup(KeyForApp::of(&setup())), None, token(), "")),
        Sample::new("factor-app-wrong", &app::page(view, AppStep::Code, wrong(), token(), "phone")),
        Sample::new("factor-app-over", &app::page(view, AppStep::Before, wrong(), token(), "phone")),
        Sample::new("factor-codes", &recovery::page(view, first_codes)),
        Sample::new("factor-codes-new", &codes_page(None, None)),
        Sample::new("factor-codes-kept", &codes_page(None, wrong())),
        Sample::new("factor-codes-shown", &codes_page(Some(&codes), None)),
        Sample::new("factor-passkey", &passkey::page(view, passkey::Parts { csrf: token(), ..Default::default() })),
        Sample::new("factor-passkey-create", &passkey::page(view, making)),
        Sample::new("factor", &factor(&two, None)),
        Sample::new("factor-last", &factor(&last, None)),
        Sample::new("factor-kept", &factor(&kept, None)),
        Sample::new("factor-refused", &factor(&two, wrong())),
    ]
}
