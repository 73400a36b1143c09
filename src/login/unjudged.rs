//! Attempts that were counted and never judged.

use crate::audit::{Audit, Event, Scene};
use crate::throttle::AttemptKind;

/// Stands between counting an attempt and its verdict. A visitor who leaves in between drops the whole request, and a
/// counter that a stranger drives to its end that way must not move unseen.
pub(super) struct Unjudged(Option<(AttemptKind, Scene)>);

impl Unjudged {
    /// The attempt is counted.
    pub(super) const fn counted(kind: AttemptKind, scene: Scene) -> Self {
        Self(Some((kind, scene)))
    }

    /// There is a verdict, which is audited as such.
    pub(super) fn judged(mut self) {
        self.0 = None;
    }
}

impl Drop for Unjudged {
    fn drop(&mut self) {
        if let Some((kind, scene)) = &self.0 {
            Audit::note(&Event::NotJudged { kind: kind.word() }, scene);
        }
    }
}
