//! A button that sends a code.

use crate::domain::method::CodeMethod;
use crate::i18n::texts::Texts;

/// A button that sends a code.
pub(super) struct SendOption {
    /// The form value: [`CodeMethod::word`].
    pub word: &'static str,
    /// The text of the button.
    pub label: String,
    /// The masked address or number that the code goes to.
    pub destination: String,
    /// The CSS class: `main` or `second`.
    pub class: &'static str,
}

impl SendOption {
    /// The button for a method. A page has at most one button of class `main`.
    pub(super) fn of(texts: Texts, method: CodeMethod, masked: &str, class: &'static str) -> Self {
        let label = match method {
            CodeMethod::Sms => texts.code.by_sms(),
            CodeMethod::Email => texts.code.by_email(),
        };
        Self { word: method.word(), label, destination: masked.to_owned(), class }
    }
}
