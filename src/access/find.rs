//! The first rule that matches, and why those before it did not.

use std::fmt;

use crate::access::decide::Asked;
use crate::access::pattern::Sight;
use crate::access::rule::Rule;
use crate::access::select::Miss;
use crate::access::sites::SiteId;
use crate::domain::path::{Extent, Readings, folded};

/// Where a rule stands in the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RulePlace {
    /// The site.
    pub site: SiteId,
    /// Its place among the rules of the site; `None`: none of them matched.
    pub rule: Option<usize>,
}

/// A rule that matched.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'a> {
    pub(super) place: RulePlace,
    pub(super) rule: &'a Rule,
}

/// How a ruling came about, for `portcullis rules test`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The canonical path.
    pub canonical: String,
    /// Every rule that was tried for it, in order, and why it was passed over; the last one matched, if any did.
    pub tried: Vec<(RulePlace, Option<Miss>)>,
    /// The rule that decides.
    pub rule: RulePlace,
    /// Every other reading, and the rule for it.
    pub readings: Vec<OtherReading>,
    /// Whether these are all readings.
    pub extent: Extent,
}

/// Another way to read the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherReading {
    /// The path.
    pub path: String,
    /// How it is compared with the rules.
    pub sight: Sight,
    /// The rule for it.
    pub rule: RulePlace,
}

/// The rule for one reading of the path.
pub(super) fn first<'a>(asked: &Asked<'a>, path: &str, sight: Sight) -> Found<'a> {
    let settings = &asked.site.settings;
    let matching = |rule: &Rule| rule.selection.miss(asked, path, sight).is_none();
    let place = |rule| RulePlace { site: asked.site.id, rule };
    match settings.rules.iter().enumerate().find(|(_, rule)| matching(rule)) {
        Some((at, rule)) => Found { place: place(Some(at)), rule },
        None => Found { place: place(None), rule: &settings.otherwise },
    }
}

/// Tells the rule for every reading, seen in every way; the canonical one, seen exactly, comes first.
pub(super) fn every<'a>(asked: &Asked<'a>, readings: &Readings<'_>, tell: &mut dyn FnMut(&str, Sight, Found<'a>)) {
    let canonical = readings.canonical().as_str();
    // Most rules have paths that can be read in one way: then nothing more is to be seen so.
    let rereads = asked.site.settings.rules.iter().any(|rule| rule.selection.path.other_readings().next().is_some());
    for path in std::iter::once(canonical).chain(readings.further().iter().map(String::as_str)) {
        let without_case = folded(path);
        for sight in Sight::ALL.into_iter().filter(|sight| rereads || !sight.rereads()) {
            let seen = if sight.folds() { without_case.as_ref() } else { path };
            tell(seen, sight, first(asked, seen, sight));
        }
    }
}

/// How the ruling for this request comes about.
pub fn explain(asked: &Asked<'_>) -> Explanation {
    let readings = Readings::of(asked.target.path());
    let canonical = readings.canonical().as_str();
    let rule = first(asked, canonical, Sight::Exact).place;
    let rules = &asked.site.settings.rules;
    let last = rule.rule.map_or(rules.len(), |last| last + 1);
    let tried = rules.iter().take(last).enumerate().map(|(at, tried)| {
        let place = RulePlace { site: asked.site.id, rule: Some(at) };
        (place, tried.selection.miss(asked, canonical, Sight::Exact))
    });
    let tried = tried.collect();
    let mut others: Vec<OtherReading> = Vec::new();
    every(asked, &readings, &mut |path, sight, found| {
        let first = path == canonical && found.place == rule;
        let known = others.iter().any(|other| other.path == path && other.rule == found.place);
        if !first && !known {
            others.push(OtherReading { path: path.to_owned(), sight, rule: found.place });
        }
    });
    Explanation { canonical: canonical.to_owned(), tried, rule, readings: others, extent: readings.extent() }
}

impl fmt::Display for RulePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.rule {
            Some(rule) => write!(f, "sites[{}].rules[{rule}]", self.site.0),
            None => f.write_str("no rule"),
        }
    }
}
