//! The frame around every page, and the notice that a page may show.

use std::sync::Arc;

use crate::domain::language::Language;
use crate::i18n::texts::Texts;
use crate::portal::asset::{MARK, SCRIPT, STYLE, brand_path};
use crate::portal::query;
use crate::web::{FooterLink, Reader, Settings, TemplatePlace, Templates};

/// The frame of a page: language, product name and asset paths.
pub(super) struct Frame {
    /// All texts, in the page's language.
    pub texts: Texts,
    /// `portal.name`.
    pub product: String,
    /// `portal.path`.
    pub path: String,
    /// URL path of the logo.
    pub mark: String,
    /// URL path of the operator's own style sheet.
    pub brand_style: Option<String>,
    /// HTML of the operator's own.
    pub templates: Arc<Templates>,
    /// Links below the page.
    pub links: Vec<FooterLink>,
    /// The same page in the other languages.
    pub languages: Vec<LanguageLink>,
    /// The drawing at the top of the page.
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

/// The gate drawn at the top of the page, which rises with each factor. Decoration only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Emblem {
    /// No factor was given yet.
    Closed,
    /// The password was right, or the page asks for a second factor.
    Half,
    /// Signed in.
    Open,
}

/// The message at the top of the page about what just happened.
pub(super) struct Notice {
    pub tone: Tone,
    pub text: String,
}

/// The CSS class and the ARIA role of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// Success.
    Good,
    /// Failure; the visitor has to act.
    Bad,
}

impl Frame {
    pub(super) fn new(view: View<'_>, gate: Emblem) -> Self {
        let View { settings, reader } = view;
        let branding = &settings.branding;
        Self {
            texts: Texts::of(reader.language),
            product: settings.name.clone(),
            path: settings.path.clone(),
            mark: branding
                .logo
                .as_ref()
                .map_or_else(|| MARK.path(&settings.path), |logo| brand_path(&settings.path, logo)),
            brand_style: branding.style.as_ref().map(|style| brand_path(&settings.path, style)),
            templates: Arc::clone(&branding.templates),
            links: branding.links.clone(),
            languages: Language::ALL
                .into_iter()
                .filter(|language| *language != reader.language)
                .map(|language| LanguageLink::new(settings, reader, language))
                .collect(),
            gate,
        }
    }

    /// The operator's HTML for a place. It was checked when the configuration was read, so it is not escaped.
    pub(super) fn own(&self, place: TemplatePlace) -> Option<&str> {
        let html = self.templates.html(place, self.texts.language);
        (!html.is_empty()).then_some(html)
    }

    /// URL path of the style sheet.
    pub(super) fn style(&self) -> String {
        STYLE.path(&self.path)
    }

    /// URL path of the script.
    pub(super) fn script(&self) -> String {
        SCRIPT.path(&self.path)
    }

    /// The page title. It starts with the error if the notice is bad.
    pub(super) fn title(&self, heading: &str, notice: Option<&Notice>) -> String {
        match notice.map(|notice| notice.tone) {
            Some(Tone::Bad) => self.texts.common.error_title(heading),
            Some(Tone::Good) | None => heading.to_owned(),
        }
    }
}

impl Emblem {
    /// The CSS class.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Closed => "gate-closed",
            Self::Half => "gate-half",
            Self::Open => "gate-open",
        }
    }
}

impl Notice {
    pub(super) fn good(text: impl Into<String>) -> Self {
        Self { tone: Tone::Good, text: text.into() }
    }

    pub(super) fn bad(text: impl Into<String>) -> Self {
        Self { tone: Tone::Bad, text: text.into() }
    }
}

impl Tone {
    /// The CSS class.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Bad => "bad",
        }
    }

    /// The ARIA role: `alert` interrupts a screen reader, `status` waits.
    pub(super) const fn role(self) -> &'static str {
        match self {
            Self::Good => "status",
            Self::Bad => "alert",
        }
    }
}
