//! What stands around every page, and the one notice that a page may carry.

use crate::domain::language::Language;
use crate::i18n::texts::Texts;
use crate::portal::asset::{MARK, SCRIPT, STYLE};
use crate::portal::query;
use crate::web::{Reader, Settings};

/// The frame of a page: language, product, paths of its parts.
pub(super) struct Frame {
    /// All texts in the page's language.
    pub texts: Texts,
    /// `portal.name`.
    pub product: String,
    /// `portal.path`.
    pub path: String,
    /// The same page in the other languages.
    pub languages: Vec<LanguageLink>,
    /// How far the drawn gate is open.
    pub gate: Emblem,
}

/// What a page is drawn from beside its own state.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    /// What the configuration says of pages.
    pub settings: &'a Settings,
    /// For whom it is drawn.
    pub reader: &'a Reader,
}

/// A link to the same page in another language.
pub(super) struct LanguageLink {
    /// Its language tag.
    pub tag: &'static str,
    /// The language's name in itself.
    pub name: &'static str,
    /// Where it leads.
    pub href: String,
}

impl LanguageLink {
    fn new(settings: &Settings, reader: &Reader, language: Language) -> Self {
        let path = query::with(&format!("{}/language", settings.path), "to", language.tag());
        Self { tag: language.tag(), name: language.name(), href: query::with(&path, "rd", &reader.here) }
    }
}

/// The gate drawn over the page rises with each factor given. Decoration only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Emblem {
    /// Nothing was given yet.
    Closed,
    /// The password was right.
    Half,
    /// Signed in.
    Open,
}

/// What just happened, said at the head of the page.
pub(super) struct Notice {
    /// Whether it is good or bad news.
    pub tone: Tone,
    /// The sentence.
    pub text: String,
}

/// How a notice looks and how a screen reader says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// It worked.
    Good,
    /// It did not, and the visitor has to act.
    Bad,
}

impl Frame {
    /// The frame of a page of this portal.
    pub(super) fn new(view: View<'_>, gate: Emblem) -> Self {
        let View { settings, reader } = view;
        Self {
            texts: Texts::of(reader.language),
            product: settings.name.clone(),
            path: settings.path.clone(),
            languages: Language::ALL
                .into_iter()
                .filter(|language| *language != reader.language)
                .map(|language| LanguageLink::new(settings, reader, language))
                .collect(),
            gate,
        }
    }

    /// Path of the style sheet.
    pub(super) fn style(&self) -> String {
        STYLE.path(&self.path)
    }

    /// Path of the script.
    pub(super) fn script(&self) -> String {
        SCRIPT.path(&self.path)
    }

    /// Path of the product's mark.
    pub(super) fn mark(&self) -> String {
        MARK.path(&self.path)
    }

    /// The page title: while something is wrong, that comes first.
    pub(super) fn title(&self, heading: &str, notice: Option<&Notice>) -> String {
        match notice.map(|notice| notice.tone) {
            Some(Tone::Bad) => self.texts.common.error_title(heading),
            Some(Tone::Good) | None => heading.to_owned(),
        }
    }
}

impl Emblem {
    /// Its class in the style sheet.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Closed => "gate-closed",
            Self::Half => "gate-half",
            Self::Open => "gate-open",
        }
    }
}

impl Notice {
    /// Good news.
    pub(super) fn good(text: impl Into<String>) -> Self {
        Self { tone: Tone::Good, text: text.into() }
    }

    /// Bad news.
    pub(super) fn bad(text: impl Into<String>) -> Self {
        Self { tone: Tone::Bad, text: text.into() }
    }
}

impl Tone {
    /// Its class in the style sheet.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Bad => "bad",
        }
    }

    /// Its ARIA role: `alert` interrupts, `status` waits its turn.
    pub(super) const fn role(self) -> &'static str {
        match self {
            Self::Good => "status",
            Self::Bad => "alert",
        }
    }
}
