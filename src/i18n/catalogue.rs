//! The texts of one language, read from its Fluent files when they are first needed, and kept.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::domain::language::{Direction, Language};

type Bundle = FluentBundle<FluentResource>;

/// What fills the gaps of a text: name and value.
pub(super) type Values<'a> = &'a [(&'static str, FluentValue<'a>)];

/// The texts of one language.
pub(super) struct Catalogue {
    pages: Bundle,
    messages: Bundle,
}

macro_rules! locale {
    ($language:ident, $tag:literal) => {{
        static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
            Catalogue::read(
                Language::$language,
                include_str!(concat!("../../static/locales/", $tag, "/pages.ftl")),
                include_str!(concat!("../../static/locales/", $tag, "/messages.ftl")),
            )
        });
        &CATALOGUE
    }};
}

impl Catalogue {
    /// The texts of `language`.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::English => locale!(English, "en"),
            Language::German => locale!(German, "de"),
            Language::French => locale!(French, "fr"),
            Language::Spanish => locale!(Spanish, "es"),
            Language::Portuguese => locale!(Portuguese, "pt"),
            Language::Italian => locale!(Italian, "it"),
            Language::Dutch => locale!(Dutch, "nl"),
            Language::Polish => locale!(Polish, "pl"),
            Language::Ukrainian => locale!(Ukrainian, "uk"),
            Language::Turkish => locale!(Turkish, "tr"),
            Language::Hindi => locale!(Hindi, "hi"),
            Language::Chinese => locale!(Chinese, "zh"),
            Language::Japanese => locale!(Japanese, "ja"),
            Language::Korean => locale!(Korean, "ko"),
            Language::Arabic => locale!(Arabic, "ar"),
            Language::Hebrew => locale!(Hebrew, "he"),
        }
    }

    fn read(language: Language, pages: &str, messages: &str) -> Self {
        // Isolation marks keep a Latin name from disturbing the order of a line that runs from right to left. In a
        // message they would double the number of SMS.
        let isolate = language.direction() == Direction::RightToLeft;
        Self { pages: bundle(language, pages, isolate), messages: bundle(language, messages, false) }
    }

    /// A text of the pages; `None` where the file lacks it.
    pub(super) fn page_text(&self, key: &str, values: Values<'_>) -> Option<String> {
        formatted(&self.pages, key, values)
    }

    /// A text of SMS and mail; `None` where the file lacks it.
    pub(super) fn message_text(&self, key: &str, values: Values<'_>) -> Option<String> {
        formatted(&self.messages, key, values)
    }
}

fn bundle(language: Language, source: &str, isolate: bool) -> Bundle {
    let locale = language.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    bundle.set_use_isolating(isolate);
    // What cannot be parsed is left out and the rest stays; `tests` finds the text that is missing then.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

/// A text with a gap that cannot be filled is no text: a page must not show `{$host}`.
fn formatted(bundle: &Bundle, key: &str, values: Values<'_>) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let values: FluentArgs<'_> = values.iter().cloned().collect();
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned();
    errors.is_empty().then_some(text)
}
