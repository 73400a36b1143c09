//! The box that remembers the browser.

use std::time::Duration;

use crate::i18n::texts::Texts;
use crate::login::RememberChoice;

/// The box that asks for no further code in this browser.
pub(super) struct RememberBox {
    pub label: String,
    /// Never at first; only if the visitor ticked it before a code that was refused.
    pub ticked: bool,
}

impl RememberBox {
    pub(super) fn new(texts: Texts, period: Duration, choice: RememberChoice) -> Self {
        let hours = period.as_secs() / 3600;
        let label = match (hours / 24, hours % 24) {
            (days, 0) => texts.code.remember_days(days),
            (_, _) => texts.code.remember_hours(hours),
        };
        Self { label, ticked: choice == RememberChoice::Remember }
    }
}
