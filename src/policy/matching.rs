//! The first rule that matches, and why those before it did not.

use std::fmt;

use http::Method;

use crate::domain::path::{Extent, folded};
use crate::domain::site::SiteId;
use crate::policy::budget::{Budget, BudgetExceeded};
use crate::policy::pattern::{Comparison, ComparisonSet, LetterCase, PathView};
use crate::policy::query::PolicyQuery;
use crate::policy::rule::Rule;
use crate::policy::selection::Mismatch;

/// Where a rule stands in the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct RuleId {
    /// The site.
    pub site: SiteId,
    /// Its place among the rules of the site; `None`: none of them matched.
    pub rule: Option<usize>,
}

/// A rule that matched.
#[derive(Debug, Clone, Copy)]
pub(super) struct MatchedRule<'a> {
    pub(super) place: RuleId,
    pub(super) rule: &'a Rule,
}

/// How the match came about, for `portcullis rules test`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Explanation {
    /// The canonical path.
    pub canonical: String,
    /// Every rule that was tried for it, in order, and why it was passed over; the last one matched, if any did.
    pub tried: Vec<(RuleId, Option<Mismatch>)>,
    /// The rule that decides.
    pub rule: RuleId,
    /// Every other reading, and the rule for it.
    pub readings: Vec<OtherInterpretation>,
    /// Whether these are all readings.
    pub extent: Extent,
}

/// Another way to read the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OtherInterpretation {
    /// The path.
    pub path: String,
    /// How it is compared with the rules.
    pub comparison: Comparison,
    /// The rule for it.
    pub rule: RuleId,
}

/// One way to see one reading of the path, for one method.
#[derive(Debug, Clone, Copy)]
pub(super) struct RuleLookup<'a> {
    pub(super) comparison: Comparison,
    pub(super) method: &'a Method,
}

/// The rule for the method of the request and the canonical path, seen exactly.
pub(super) fn first<'a>(asked: &PolicyQuery<'a>, budget: &mut Budget) -> Result<MatchedRule<'a>, BudgetExceeded> {
    let mut found = None;
    let looks = vec![RuleLookup { comparison: Comparison::Exact, method: asked.method }];
    let view = PathView::new(asked.path.canonical().as_str(), LetterCase::AsWritten);
    pass(asked, &view, looks, budget, &mut |_, rule| found = Some(rule))?;
    Ok(found.unwrap_or_else(|| otherwise(asked)))
}

/// The same for a path and rules of which one look shows all, and for every method. It costs no allocation.
pub(super) fn plain<'a>(asked: &PolicyQuery<'a>, method: &Method) -> MatchedRule<'a> {
    let path = asked.path.canonical().as_str();
    let is_it = |rule: &Rule| {
        let selection = &rule.selection;
        selection.takes(method) && selection.path.matches(path) && selection.is_for(asked.client)
    };
    let found = asked.site.settings.rules.iter().enumerate().find(|(_, rule)| is_it(rule));
    found.map_or_else(|| otherwise(asked), |(at, rule)| MatchedRule { place: place(asked, Some(at)), rule })
}

/// Tells the rule for every reading, seen in every way, for every method. The canonical reading comes first.
pub(super) fn every<'a>(
    asked: &PolicyQuery<'a>,
    budget: &mut Budget,
    tell: &mut dyn FnMut(&str, RuleLookup<'a>, MatchedRule<'a>),
) -> Result<(), BudgetExceeded> {
    let readings = asked.path;
    let canonical = readings.canonical().as_str();
    // Most rules have paths that can be read in one way: then nothing more is to be seen so.
    let rereads = asked.site.settings.rules.iter().any(|rule| rule.selection.path.other_readings().next().is_some());
    for path in std::iter::once(canonical).chain(readings.further().iter().map(String::as_str)) {
        let without_case = folded(path);
        for (letters, seen) in [(LetterCase::AsWritten, path), (LetterCase::Folded, without_case.as_ref())] {
            let comparisons = Comparison::ALL
                .into_iter()
                .filter(|comparison| comparison.letters() == letters && (rereads || !comparison.rereads()));
            let looks =
                comparisons.flat_map(|comparison| asked.methods().map(move |method| RuleLookup { comparison, method }));
            pass(asked, &PathView::new(seen, letters), looks.collect(), budget, &mut |look, found| {
                tell(seen, look, found);
            })?;
        }
    }
    Ok(())
}

/// Goes through the rules once, for all of these looks at the path: each rule's path is compared once for all methods.
fn pass<'a>(
    asked: &PolicyQuery<'a>,
    view: &PathView<'_>,
    mut looks: Vec<RuleLookup<'a>>,
    budget: &mut Budget,
    tell: &mut dyn FnMut(RuleLookup<'a>, MatchedRule<'a>),
) -> Result<(), BudgetExceeded> {
    for (at, rule) in asked.site.settings.rules.iter().enumerate() {
        let selection = &rule.selection;
        let mut wanted = ComparisonSet::default();
        if selection.is_for(asked.client) {
            looks.iter().filter(|look| selection.takes(look.method)).for_each(|look| wanted.add(look.comparison));
        }
        if wanted == ComparisonSet::default() {
            budget.look(0)?;
            continue;
        }
        let matched = selection.path.matched(view, wanted, budget)?;
        let found = MatchedRule { place: place(asked, Some(at)), rule };
        looks.retain(|look| {
            let is_found = matched.holds(look.comparison) && selection.takes(look.method);
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
pub(super) fn otherwise<'a>(asked: &PolicyQuery<'a>) -> MatchedRule<'a> {
    MatchedRule { place: place(asked, None), rule: &asked.site.settings.otherwise }
}

fn place(asked: &PolicyQuery<'_>, rule: Option<usize>) -> RuleId {
    RuleId { site: asked.site.id, rule }
}

/// Explains which rule matches this request. Methods that it may have besides its own are not looked at.
pub(crate) fn explain(asked: &PolicyQuery<'_>) -> Result<Explanation, BudgetExceeded> {
    let asked = &PolicyQuery { also: &[], ..*asked };
    let readings = asked.path;
    let canonical = readings.canonical().as_str();
    let mut budget = Budget::for_one_request();
    let rule = first(asked, &mut budget)?.place;
    let rules = &asked.site.settings.rules;
    let last = rule.rule.map_or(rules.len(), |last| last + 1);
    let tried =
        rules.iter().take(last).enumerate().map(|(at, tried)| {
            (place(asked, Some(at)), tried.selection.mismatch(canonical, asked.method, asked.client))
        });
    let tried = tried.collect();
    let mut others: Vec<OtherInterpretation> = Vec::new();
    every(asked, &mut budget, &mut |path, look, found| {
        let first = path == canonical && found.place == rule;
        let known = others.iter().any(|other| other.path == path && other.rule == found.place);
        if !first && !known {
            others.push(OtherInterpretation { path: path.to_owned(), comparison: look.comparison, rule: found.place });
        }
    })?;
    Ok(Explanation { canonical: canonical.to_owned(), tried, rule, readings: others, extent: readings.extent() })
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.rule {
            Some(rule) => write!(f, "sites[{}].rules[{rule}]", self.site.0),
            None => f.write_str("no rule"),
        }
    }
}
