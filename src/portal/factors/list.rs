//! The list of sign-in methods on the account page.

use crate::account::{self, PasskeyOffer};
use crate::domain::factor_kind::FactorKind;
use crate::domain::factor_name::FactorName;
use crate::domain::method::CodeMethod;
use crate::i18n::texts::Texts;
use crate::portal::frame::Notice;
use crate::portal::query;
use crate::store::FactorRow;

/// The sign-in methods of an account.
pub(in crate::portal) struct FactorList {
    pub rows: Vec<FactorLine>,
    /// Whether only codes are sent, so that the page advises another method.
    pub weak: bool,
    /// The buttons below the list: where they lead and what they say.
    pub adds: Vec<AddLink>,
}

/// One method.
pub(in crate::portal) struct FactorLine {
    /// The name that the person gave to it, or what it is.
    pub name: String,
    /// What it is, where the name does not say it; where codes go; how many are left.
    pub detail: String,
    /// When it was used last.
    pub used: Option<String>,
    /// The page that changes it.
    pub href: Option<String>,
}

/// A link to the page that adds a method.
pub(in crate::portal) struct AddLink {
    pub label: String,
    pub href: String,
}

/// What the account page says after a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::portal) enum Message {
    Nothing,
    Added,
    Removed,
    Saved,
}

impl Message {
    /// The message that the URL asks for. A stranger can write such a link, but none of the messages asks for anything.
    pub(in crate::portal) fn read(word: &str) -> Self {
        match word {
            "added" => Self::Added,
            "removed" => Self::Removed,
            "saved" => Self::Saved,
            _ => Self::Nothing,
        }
    }

    pub(in crate::portal) fn notice(self, texts: Texts) -> Option<Notice> {
        match self {
            Self::Nothing => None,
            Self::Added => Some(Notice::good(texts.factors.added())),
            Self::Removed => Some(Notice::good(texts.factors.removed())),
            Self::Saved => Some(Notice::good(texts.factors.saved())),
        }
    }

    /// The account page with this message.
    pub(super) const fn page(self) -> &'static str {
        match self {
            Self::Nothing => "/",
            Self::Added => "/?done=added",
            Self::Removed => "/?done=removed",
            Self::Saved => "/?done=saved",
        }
    }
}

impl FactorList {
    pub(in crate::portal) fn of(list: &account::FactorList, texts: Texts, path: &str) -> Self {
        let words = &texts.factors;
        let link = |label: String, page: &str| AddLink { label, href: format!("{path}{page}") };
        let held = list.held.rows.iter().map(|row| FactorLine::held(row, list, texts, path));
        let left = list.held.recovery.len();
        let recovery = (left > 0).then(|| FactorLine {
            name: words.recovery(),
            detail: words.left(u64::try_from(left).unwrap_or_default()),
            used: None,
            href: None,
        });
        let codes = if left > 0 { words.new_codes() } else { words.make_codes() };
        let here = list.passkeys != PasskeyOffer::No;
        let passkey = here.then(|| link(words.add_passkey(), "/account/passkey"));
        let others = [link(words.add_app(), "/account/app"), link(codes, "/account/recovery")];
        Self {
            rows: held
                .chain(list.sent.iter().map(|(method, masked)| FactorLine::sent(*method, masked, texts)))
                .chain(recovery)
                .collect(),
            weak: list.held.rows.is_empty(),
            adds: passkey.into_iter().chain(others).collect(),
        }
    }
}

impl FactorLine {
    fn held(row: &FactorRow, list: &account::FactorList, texts: Texts, path: &str) -> Self {
        let words = &texts.factors;
        let kind = kind_name(row.kind, texts);
        let synced = list.synced.contains(&row.id);
        let used = row.last_used_at.map_or_else(|| words.unused(), |at| words.used(&texts.common.moment_of(at)));
        Self {
            name: row.name.to_string(),
            detail: [(row.name.as_str() != kind).then_some(kind), synced.then(|| words.synced())]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · "),
            used: Some(used),
            href: Some(query::with(&format!("{path}/account/factor"), "id", &row.id.to_hex())),
        }
    }

    fn sent(method: CodeMethod, masked: &str, texts: Texts) -> Self {
        Self { name: kind_name(method.into(), texts), detail: masked.to_owned(), used: None, href: None }
    }
}

/// What a kind of factor is called.
pub(super) fn kind_name(kind: FactorKind, texts: Texts) -> String {
    match kind {
        FactorKind::Sms => texts.factors.sms(),
        FactorKind::Email => texts.factors.email(),
        FactorKind::Totp => texts.factors.app(),
        FactorKind::Passkey => texts.factors.passkey(),
        FactorKind::RecoveryCode => texts.factors.recovery(),
    }
}

/// The name that was typed for a factor; what the factor is, where nothing was typed. `None`: it is no name.
pub(super) fn named(typed: &str, kind: FactorKind, texts: Texts) -> Option<FactorName> {
    let name = if typed.trim().is_empty() { kind_name(kind, texts) } else { typed.to_owned() };
    name.parse().ok()
}
