//! The first rule that matches, and why those before it did not.

use std::fmt;

use http::Method;

use crate::access::budget::{Budget, OverBudget};
use crate::access::decide::Asked;
use crate::access::pattern::{Letters, Sight, Sights, View};
use crate::access::rule::Rule;
use crate::access::select::Miss;
use crate::access::sites::SiteId;
use crate::domain::path::{Extent, folded};

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

/// One way to see one reading of the path, for one method.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look<'a> {
    pub(super) sight: Sight,
    pub(super) method: &'a Method,
}

/// The rule for the method of the request and the canonical path, seen exactly.
pub(super) fn first<'a>(asked: &Asked<'a>, budget: &mut Budget) -> Result<Found<'a>, OverBudget> {
    let mut found = None;
    let looks = vec![Look { sight: Sight::Exact, method: asked.method }];
    let view = View::new(asked.path.canonical().as_str(), Letters::AsWritten);
    pass(asked, &view, looks, budget, &mut |_, rule| found = Some(rule))?;
    Ok(found.unwrap_or_else(|| otherwise(asked)))
}

/// The same for a path and rules of which one look shows all, and for every method. It costs no allocation.
pub(super) fn plain<'a>(asked: &Asked<'a>, method: &Method) -> Found<'a> {
    let path = asked.path.canonical().as_str();
    let is_it = |rule: &Rule| {
        let selection = &rule.selection;
        selection.takes(method) && selection.path.matches(path) && selection.is_for(asked.client)
    };
    let found = asked.site.settings.rules.iter().enumerate().find(|(_, rule)| is_it(rule));
    found.map_or_else(|| otherwise(asked), |(at, rule)| Found { place: place(asked, Some(at)), rule })
}

/// Tells the rule for every reading, seen in every way, for every method. The canonical reading comes first.
pub(super) fn every<'a>(
    asked: &Asked<'a>,
    budget: &mut Budget,
    tell: &mut dyn FnMut(&str, Look<'a>, Found<'a>),
) -> Result<(), OverBudget> {
    let readings = asked.path;
    let canonical = readings.canonical().as_str();
    // Most rules have paths that can be read in one way: then nothing more is to be seen so.
    let rereads = asked.site.settings.rules.iter().any(|rule| rule.selection.path.other_readings().next().is_some());
    for path in std::iter::once(canonical).chain(readings.further().iter().map(String::as_str)) {
        let without_case = folded(path);
        for (letters, seen) in [(Letters::AsWritten, path), (Letters::Folded, without_case.as_ref())] {
            let sights =
                Sight::ALL.into_iter().filter(|sight| sight.letters() == letters && (rereads || !sight.rereads()));
            let looks = sights.flat_map(|sight| asked.methods().map(move |method| Look { sight, method }));
            pass(asked, &View::new(seen, letters), looks.collect(), budget, &mut |look, found| {
                tell(seen, look, found);
            })?;
        }
    }
    Ok(())
}

/// Goes through the rules once, for all of these looks at the path: each rule's path is compared once for all methods.
fn pass<'a>(
    asked: &Asked<'a>,
    view: &View<'_>,
    mut looks: Vec<Look<'a>>,
    budget: &mut Budget,
    tell: &mut dyn FnMut(Look<'a>, Found<'a>),
) -> Result<(), OverBudget> {
    for (at, rule) in asked.site.settings.rules.iter().enumerate() {
        let selection = &rule.selection;
        let mut wanted = Sights::default();
        if selection.is_for(asked.client) {
            looks.iter().filter(|look| selection.takes(look.method)).for_each(|look| wanted.add(look.sight));
        }
        if wanted == Sights::default() {
            budget.look(0)?;
            continue;
        }
        let matched = selection.path.matched(view, wanted, budget)?;
        let found = Found { place: place(asked, Some(at)), rule };
        looks.retain(|look| {
            let is_found = matched.holds(look.sight) && selection.takes(look.method);
            if is_found {
                tell(*look, found);
            }
            !is_found
        });
        if looks.is_empty() {
            return Ok(());
        }
    }
    for look in looks {
        tell(look, otherwise(asked));
    }
    Ok(())
}

/// What holds where no rule matches.
pub(super) fn otherwise<'a>(asked: &Asked<'a>) -> Found<'a> {
    Found { place: place(asked, None), rule: &asked.site.settings.otherwise }
}

fn place(asked: &Asked<'_>, rule: Option<usize>) -> RulePlace {
    RulePlace { site: asked.site.id, rule }
}

/// How the ruling for this request comes about. Methods that it may have besides its own are not looked at.
pub fn explain(asked: &Asked<'_>) -> Result<Explanation, OverBudget> {
    let asked = &Asked { also: &[], ..*asked };
    let readings = asked.path;
    let canonical = readings.canonical().as_str();
    let mut budget = Budget::for_one_request();
    let rule = first(asked, &mut budget)?.place;
    let rules = &asked.site.settings.rules;
    let last = rule.rule.map_or(rules.len(), |last| last + 1);
    let tried = rules
        .iter()
        .take(last)
        .enumerate()
        .map(|(at, tried)| (place(asked, Some(at)), tried.selection.miss(asked, canonical)));
    let tried = tried.collect();
    let mut others: Vec<OtherReading> = Vec::new();
    every(asked, &mut budget, &mut |path, look, found| {
        let first = path == canonical && found.place == rule;
        let known = others.iter().any(|other| other.path == path && other.rule == found.place);
        if !first && !known {
            others.push(OtherReading { path: path.to_owned(), sight: look.sight, rule: found.place });
        }
    })?;
    Ok(Explanation { canonical: canonical.to_owned(), tried, rule, readings: others, extent: readings.extent() })
}

impl fmt::Display for RulePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.rule {
            Some(rule) => write!(f, "sites[{}].rules[{rule}]", self.site.0),
            None => f.write_str("no rule"),
        }
    }
}
