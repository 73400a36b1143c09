//! Finds the first rule that matches, and explains why earlier rules did not.

use std::fmt;

use http::Method;

use crate::domain::path::{Extent, folded};
use crate::domain::site::SiteId;
use crate::policy::budget::{Budget, BudgetExceeded};
use crate::policy::pattern::{Comparison, ComparisonSet, LetterCase, PathView};
use crate::policy::query::PolicyQuery;
use crate::policy::rule::Rule;
use crate::policy::selection::Mismatch;

/// The position of a rule in the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct RuleId {
    pub site: SiteId,
    /// Index among the rules of the site; `None` if none of them matched.
    pub rule: Option<usize>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct MatchedRule<'a> {
    pub(super) place: RuleId,
    pub(super) rule: &'a Rule,
}

/// Why a rule was chosen, for `portcullis rules test`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Explanation {
    pub canonical: String,
    /// Every rule that was tried for the canonical path, in order, and why it did not match. The last one matched, if
    /// any did.
    pub tried: Vec<(RuleId, Option<Mismatch>)>,
    /// The rule for the canonical path.
    pub rule: RuleId,
    /// Every other interpretation and its rule.
    pub readings: Vec<OtherInterpretation>,
    /// Whether `readings` is complete.
    pub extent: Extent,
}

/// Another interpretation of the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OtherInterpretation {
    pub path: String,
    /// How the path is compared with the rules.
    pub comparison: Comparison,
    /// The rule for this interpretation.
    pub rule: RuleId,
}

/// One way to compare one interpretation of the path, for one method.
#[derive(Debug, Clone, Copy)]
pub(super) struct RuleLookup<'a> {
    pub(super) comparison: Comparison,
    pub(super) method: &'a Method,
}

/// The rule for the request's own method and the canonical path, compared byte for byte.
pub(super) fn first<'a>(asked: &PolicyQuery<'a>, budget: &mut Budget) -> Result<MatchedRule<'a>, BudgetExceeded> {
    let mut found = None;
    let looks = vec![RuleLookup { comparison: Comparison::Exact, method: asked.method }];
    let view = PathView::new(asked.path.canonical().as_str(), LetterCase::AsWritten);
    pass(asked, &view, looks, budget, &mut |_, rule| found = Some(rule))?;
    Ok(found.unwrap_or_else(|| otherwise(asked)))
}

/// The rule for a path and rules that one comparison is enough for, for one method. It does not allocate.
pub(super) fn plain<'a>(asked: &PolicyQuery<'a>, method: &Method) -> MatchedRule<'a> {
    let path = asked.path.canonical().as_str();
    let is_it = |rule: &Rule| {
        let selection = &rule.selection;
        selection.takes(method) && selection.path.matches(path) && selection.is_for(asked.client)
    };
    let found = asked.site.settings.rules.iter().enumerate().find(|(_, rule)| is_it(rule));
    found.map_or_else(|| otherwise(asked), |(at, rule)| MatchedRule { place: place(asked, Some(at)), rule })
}

/// Calls `tell` with the rule for every interpretation, every comparison and every method. The canonical interpretation
/// comes first.
pub(super) fn every<'a>(
    asked: &PolicyQuery<'a>,
    budget: &mut Budget,
    tell: &mut dyn FnMut(&str, RuleLookup<'a>, MatchedRule<'a>),
) -> Result<(), BudgetExceeded> {
    let readings = asked.path;
    let canonical = readings.canonical().as_str();
    // Most rules have paths with one interpretation; the comparisons that reread the rule's path then find nothing new.
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

/// Goes through the rules once for all `looks` at the same path: each rule's path is compared once for all methods.
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

/// The site's default, which applies if no rule matches.
pub(super) fn otherwise<'a>(asked: &PolicyQuery<'a>) -> MatchedRule<'a> {
    MatchedRule { place: place(asked, None), rule: &asked.site.settings.otherwise }
}

fn place(asked: &PolicyQuery<'_>, rule: Option<usize>) -> RuleId {
    RuleId { site: asked.site.id, rule }
}

/// Explains which rule matches this request. The query's further methods are ignored.
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
