//! A typed name for every text of the pages, so that a page cannot ask for one that does not exist or leave a gap open.

use fluent_bundle::FluentValue;

use crate::domain::language::Language;
use crate::i18n::catalogue::{Catalogue, Values};

/// A text of the pages: in `language`, else in English. The tests see to it that no language lacks one.
pub(super) fn page_text(language: Language, group: &str, name: &str, values: Values<'_>) -> String {
    let key = key(group, name);
    let text = Catalogue::of(language).page_text(&key, values);
    text.or_else(|| Catalogue::of(Language::English).page_text(&key, values)).unwrap_or_default()
}

/// `login`, `signed_out` → `login-signed-out`: the key in the Fluent files.
pub(super) fn key(group: &str, name: &str) -> String {
    format!("{group}-{}", name.replace('_', "-"))
}

/// What a gap may be filled with.
pub(super) trait Value {
    fn value(&self) -> FluentValue<'_>;
}

impl Value for &str {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(*self)
    }
}

impl Value for u64 {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(*self)
    }
}

/// One group of texts: a type with one method for each, and the list of them for the tests.
macro_rules! texts {
    (
        $(#[$doc:meta])*
        $type:ident = $group:literal {
            $( $(#[$text_doc:meta])* $name:ident ( $($gap:ident: $kind:ty),* ); )*
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub(crate) struct $type(pub(super) crate::domain::language::Language);

        impl $type {
            /// Every text: its name and the names of its gaps.
            #[cfg(test)]
            pub(crate) const LIST: &[(&str, &str, &[&str])] =
                &[ $( ($group, stringify!($name), &[ $( stringify!($gap) ),* ]) ),* ];

            $(
                $(#[$text_doc])*
                pub(crate) fn $name(self $(, $gap: $kind)*) -> String {
                    crate::i18n::text_group::page_text(self.0, $group, stringify!($name), &[
                        $( (stringify!($gap), crate::i18n::text_group::Value::value(&$gap)) ),*
                    ])
                }
            )*
        }
    };
}

pub(super) use texts;
