//! The languages that pages and messages exist in.

/// A language with a complete catalogue of texts (`static/locales`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum Language {
    /// English: the language of whoever names no other.
    #[default]
    English,
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
    pub(crate) const ALL: [Self; 1] = [Self::English];

    /// The primary language subtag (RFC 5646), for `lang`.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
        }
    }

    /// The language's name in itself.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
        }
    }

    /// Which way its lines run.
    pub(crate) const fn direction(self) -> Direction {
        match self {
            Self::English => Direction::LeftToRight,
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
