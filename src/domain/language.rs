//! The languages that pages and messages exist in.

/// A language with a complete catalogue of texts (`static/locales`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum Language {
    /// The language for everyone whose own is not here.
    #[default]
    English,
    German,
    French,
    Spanish,
    Portuguese,
    Italian,
    Dutch,
    Polish,
    Ukrainian,
    Turkish,
    Hindi,
    /// In simplified characters.
    Chinese,
    Japanese,
    Korean,
    Arabic,
    Hebrew,
}

/// Which way lines run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// From left to right.
    LeftToRight,
    /// From right to left.
    RightToLeft,
}

/// Longer `Accept-Language` fields are not read to their end: browsers send ten languages at most.
const MOST_RANGES: usize = 32;

impl Language {
    /// All languages, in the order of the switch on the pages.
    pub(crate) const ALL: [Self; 16] = [
        Self::English,
        Self::German,
        Self::French,
        Self::Spanish,
        Self::Portuguese,
        Self::Italian,
        Self::Dutch,
        Self::Polish,
        Self::Ukrainian,
        Self::Turkish,
        Self::Hindi,
        Self::Chinese,
        Self::Japanese,
        Self::Korean,
        Self::Arabic,
        Self::Hebrew,
    ];

    /// The primary language subtag (RFC 5646), for `lang`.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::French => "fr",
            Self::Spanish => "es",
            Self::Portuguese => "pt",
            Self::Italian => "it",
            Self::Dutch => "nl",
            Self::Polish => "pl",
            Self::Ukrainian => "uk",
            Self::Turkish => "tr",
            Self::Hindi => "hi",
            Self::Chinese => "zh",
            Self::Japanese => "ja",
            Self::Korean => "ko",
            Self::Arabic => "ar",
            Self::Hebrew => "he",
        }
    }

    /// The language's name in itself.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
            Self::French => "Français",
            Self::Spanish => "Español",
            Self::Portuguese => "Português",
            Self::Italian => "Italiano",
            Self::Dutch => "Nederlands",
            Self::Polish => "Polski",
            Self::Ukrainian => "Українська",
            Self::Turkish => "Türkçe",
            Self::Hindi => "हिन्दी",
            Self::Chinese => "中文",
            Self::Japanese => "日本語",
            Self::Korean => "한국어",
            Self::Arabic => "العربية",
            Self::Hebrew => "עברית",
        }
    }

    /// Which way its lines run.
    pub(crate) const fn direction(self) -> Direction {
        match self {
            Self::Arabic | Self::Hebrew => Direction::RightToLeft,
            Self::English
            | Self::German
            | Self::French
            | Self::Spanish
            | Self::Portuguese
            | Self::Italian
            | Self::Dutch
            | Self::Polish
            | Self::Ukrainian
            | Self::Turkish
            | Self::Hindi
            | Self::Chinese
            | Self::Japanese
            | Self::Korean => Direction::LeftToRight,
        }
    }

    /// The language of a tag such as `de` or `de-AT` (RFC 4647 §3.4, lookup).
    pub(crate) fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// The first language of an `Accept-Language` field that there is (RFC 9110 §12.5.4): by weight, then by place.
    pub(crate) fn accepted(field: &str) -> Option<Self> {
        let mut best: Option<(u16, Self)> = None;
        for range in field.split(',').take(MOST_RANGES) {
            let (tag, weight) = weighed(range);
            let Some(language) = Self::of_tag(tag) else { continue };
            if weight > best.map_or(0, |(weight, _)| weight) {
                best = Some((weight, language));
            }
        }
        best.map(|(_, language)| language)
    }
}

impl Direction {
    /// The value of `dir`.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// A language range and its weight in thousandths. A weight that cannot be read is that of no wish at all.
fn weighed(range: &str) -> (&str, u16) {
    let mut parts = range.split(';');
    let tag = parts.next().unwrap_or_default().trim();
    let Some(weight) = parts.next() else { return (tag, 1000) };
    let weight = weight.trim().strip_prefix("q=").or_else(|| weight.trim().strip_prefix("Q="));
    let weight = weight.and_then(|weight| weight.parse::<f32>().ok()).filter(|weight| (0.0..=1.0).contains(weight));
    (tag, weight.map_or(0, thousandths))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the weight lies between 0 and 1")]
fn thousandths(weight: f32) -> u16 {
    (weight * 1000.0).round() as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_the_first_of_its_languages_that_there_is() {
        for (field, language) in [
            ("de", Some(Language::German)),
            ("de-AT,de;q=0.9,en;q=0.8", Some(Language::German)),
            ("en;q=0.1, DE-ch", Some(Language::German)),
            ("tlh, fr;q=0.5, es;q=0.7", Some(Language::Spanish)),
            ("zh-Hant-TW", Some(Language::Chinese)),
            ("pt-BR,pt;q=0.9,en-US;q=0.8", Some(Language::Portuguese)),
            ("iw", None),
            ("he;q=0.3", Some(Language::Hebrew)),
            ("en;q=0", None),
            ("fr;q=nonsense, it;q=0.001", Some(Language::Italian)),
            ("*", None),
            ("", None),
            (";;;,,,", None),
        ] {
            assert_eq!(Language::accepted(field), language, "{field}");
        }
    }

    #[test]
    fn a_field_without_end_is_not_read_to_its_end() {
        let field = format!("{}de", "xx,".repeat(MOST_RANGES));
        assert_eq!(Language::accepted(&field), None);
    }
}
