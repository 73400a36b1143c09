//! The other ways to continue a sign-in: links to the factors that the person holds, and buttons that send a code.

use crate::challenge::ChallengeState;
use crate::domain::factor_kind::FactorKind;
use crate::i18n::texts::Texts;
use crate::portal::query;
use crate::portal::send_option::SendOption;

/// The other ways of a page.
pub(super) struct OtherWays {
    /// Factors that the person holds.
    pub held: Vec<HeldWay>,
    /// Codes that can be sent.
    pub sends: Vec<SendOption>,
}

/// A link to the page of a factor.
pub(super) struct HeldWay {
    pub label: String,
    pub href: String,
}

impl OtherWays {
    /// The ways beside `shown`, the factor that the page asks for. `None`: a code that is sent, whose page has the buttons
    /// that send already.
    pub(super) fn beside(shown: Option<FactorKind>, texts: Texts, path: &str, state: &ChallengeState) -> Self {
        let held = state.held.iter().copied().filter(|kind| shown != Some(*kind));
        let sends = state.methods.iter().filter(|_| shown.is_some());
        Self {
            held: held.filter_map(|kind| HeldWay::to(kind, texts, path)).collect(),
            sends: sends.map(|(method, masked)| SendOption::of(texts, *method, masked, "second")).collect(),
        }
    }

    pub(super) const fn any(&self) -> bool {
        !self.held.is_empty() || !self.sends.is_empty()
    }
}

impl HeldWay {
    fn to(kind: FactorKind, texts: Texts, path: &str) -> Option<Self> {
        Some(Self { label: held_label(kind, texts)?, href: address(path, kind) })
    }
}

/// What a factor that the person holds is called on buttons and links.
pub(super) fn held_label(kind: FactorKind, texts: Texts) -> Option<String> {
    match kind {
        FactorKind::Totp => Some(texts.proof.use_app()),
        FactorKind::Passkey => Some(texts.proof.use_passkey()),
        FactorKind::RecoveryCode => Some(texts.proof.use_recovery()),
        FactorKind::Sms | FactorKind::Email => None,
    }
}

/// The page of the code that asks for this factor.
pub(super) fn address(path: &str, kind: FactorKind) -> String {
    query::with(&format!("{path}/verify"), "factor", kind.word())
}
