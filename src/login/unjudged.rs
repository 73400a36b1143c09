//! Attempts that were counted and never judged.

use crate::audit::{Audit, Event, Scene};
use crate::throttle::Door;

/// Stands between counting an attempt and its verdict. A visitor who leaves in between drops the whole request, and a
/// counter that a stranger drives to its end that way must not move unseen.
pub(super) struct Unjudged(Option<(Door, Scene)>);

impl Unjudged {
    /// The attempt is counted.
    pub(super) const fn counted(door: Door, scene: Scene) -> Self {
        Self(Some((door, scene)))
    }

    /// There is a verdict, which is audited as such.
    pub(super) fn judged(mut self) {
        self.0 = None;
    }
}

impl Drop for Unjudged {
    fn drop(&mut self) {
        if let Some((door, scene)) = &self.0 {
            Audit::note(&Event::NotJudged { door: door.word() }, scene);
        }
    }
}
