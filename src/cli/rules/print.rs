//! Formats the result of `rules test` as text or JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::judge::{Finding, Ruled, TestedRequest, Verdict};
use crate::domain::denial_reason::{DenialReason, Remedy};
use crate::domain::identity::Group;
use crate::domain::path::Extent;
use crate::domain::username::Username;
use crate::policy::{Comparison, Rule, RuleId, SiteSettings};

/// As text.
pub(super) fn text(request: &TestedRequest<'_>, finding: &Finding) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "request   {} {}{}", request.method, request.url.origin, request.url.target);
    match finding {
        Finding::Refused(problem) => {
            let _ = writeln!(text, "refused   {} before any rule: {problem}", problem.status().as_u16());
        }
        Finding::Ours => text.push_str("answered  by the gateway itself: no rule applies\n"),
        Finding::Ruled(ruled) => explain_match(request, ruled, &mut text),
    }
    text
}

fn explain_match(request: &TestedRequest<'_>, ruled: &Ruled, text: &mut String) {
    let explanation = &ruled.explanation;
    let settings = &ruled.site.settings;
    let _ = writeln!(text, "site      sites[{}], {}", ruled.site.id.0, settings.host);
    let _ = writeln!(text, "path      {}", explanation.canonical);
    for (place, miss) in &explanation.tried {
        let pattern = rule_at(settings, *place).selection.path.to_string();
        let why = miss.map_or_else(|| "matches".to_owned(), |miss| miss.to_string());
        let _ = writeln!(text, "tried     {place}  {pattern}  {why}");
    }
    let origin = ruled.origin.as_ref().map(|origin| format!(" ({origin})")).unwrap_or_default();
    let _ = writeln!(text, "decides   {}{origin}: {}", explanation.rule, asks(rule_at(settings, explanation.rule)));
    for other in &explanation.readings {
        let rule = asks(rule_at(settings, other.rule));
        let _ = writeln!(text, "also      {}{}  {}: {rule}", other.path, seen(other.comparison), other.rule);
    }
    if ruled.opened {
        let _ = writeln!(text, "opened    sites[{}].browser_assets: no session is needed", ruled.site.id.0);
    }
    if explanation.extent == Extent::Endless {
        text.push_str("denied    the path has too many interpretations\n");
    }
    for Verdict { shown, refusal } in &ruled.verdicts {
        let who = request.account.filter(|_| *shown != "nothing").map(|somebody| &somebody.identity.username);
        let who = who.map(|name| format!("{name} ")).unwrap_or_default();
        let _ = writeln!(text, "{who}with {shown}: {}", outcome(*refusal));
    }
    let blind = request.client.is_none() && settings.rules.iter().any(|rule| !rule.selection.networks.is_empty());
    if blind {
        text.push_str("note      a rule has `networks`, but no client address was given: add --client\n");
    }
}

/// As JSON.
pub(super) fn json(request: &TestedRequest<'_>, finding: &Finding) -> String {
    let mut value = json!({
        "method": request.method.as_str(),
        "url": format!("{}{}", request.url.origin, request.url.target),
    });
    let more = match finding {
        Finding::Refused(problem) => {
            json!({ "refused": { "status": problem.status().as_u16(), "reason": problem.to_string() } })
        }
        Finding::Ours => json!({ "answered_by": "gateway" }),
        Finding::Ruled(ruled) => ruled_value(ruled),
    };
    if let (Some(all), Value::Object(more)) = (value.as_object_mut(), more) {
        all.extend(more);
    }
    format!("{value:#}\n")
}

fn ruled_value(ruled: &Ruled) -> Value {
    let explanation = &ruled.explanation;
    let settings = &ruled.site.settings;
    let place = |place: RuleId| place.rule.map(|_| place.to_string());
    let tried = explanation.tried.iter().map(|(at, miss)| {
        let path = rule_at(settings, *at).selection.path.to_string();
        json!({ "rule": place(*at), "path": path, "missed": miss.map(|miss| miss.to_string()) })
    });
    let readings = explanation.readings.iter().map(|other| {
        let require = rule_at(settings, other.rule).require.word();
        json!({ "path": other.path, "rule": place(other.rule), "require": require })
    });
    let verdicts = ruled.verdicts.iter().map(|Verdict { shown, refusal }| {
        json!({ "shown": shown, "passes": refusal.is_none(), "refusal": refusal.map(DenialReason::word) })
    });
    let rule = rule_at(settings, explanation.rule);
    json!({
        "site": ruled.site.id.0,
        "host": settings.host.to_string(),
        "path": explanation.canonical,
        "tried": tried.collect::<Vec<_>>(),
        "rule": place(explanation.rule),
        "written": ruled.origin,
        "require": rule.require.word(),
        "fresh_within_seconds": rule.fresh_within.map(|span| span.as_secs()),
        "groups": rule.people.groups.iter().map(Group::as_str).collect::<Vec<_>>(),
        "accounts": rule.people.accounts.iter().map(Username::as_str).collect::<Vec<_>>(),
        "credentials": rule.credentials.iter().map(|credential| credential.word()).collect::<Vec<_>>(),
        "opened_by": ruled.opened.then_some("browser_assets"),
        "readings": readings.collect::<Vec<_>>(),
        "all_readings_known": explanation.extent == Extent::Known,
        "verdicts": verdicts.collect::<Vec<_>>(),
    })
}

fn rule_at(settings: &SiteSettings, place: RuleId) -> &Rule {
    place.rule.and_then(|rule| settings.rules.get(rule)).unwrap_or(&settings.otherwise)
}

/// What a rule requires, in the words of the configuration.
fn asks(rule: &Rule) -> String {
    let mut text = rule.require.word().to_owned();
    if let Some(span) = rule.fresh_within {
        let _ = write!(text, ", the code not older than {} s", span.as_secs());
    }
    let groups: Vec<&str> = rule.people.groups.iter().map(Group::as_str).collect();
    let accounts: Vec<&str> = rule.people.accounts.iter().map(Username::as_str).collect();
    for (word, names) in [("group", groups), ("account", accounts)] {
        if !names.is_empty() {
            let _ = write!(text, ", {word} {}", names.join(" or "));
        }
    }
    if rule.require.asks() {
        let words: Vec<&str> = rule.credentials.iter().map(|credential| credential.word()).collect();
        let _ = write!(text, ", by {}", words.join(" or "));
    }
    text
}

const fn seen(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Exact => "",
        Comparison::Folded => " (ignoring letter case)",
        Comparison::Stem => " (ignoring a trailing slash)",
        Comparison::FoldedStem => " (ignoring letter case and a trailing slash)",
        Comparison::Reread => " (another interpretation of the rule's path)",
        Comparison::FoldedReread => " (another interpretation of the rule's path, ignoring letter case)",
    }
}

fn outcome(refusal: Option<DenialReason>) -> String {
    let Some(refusal) = refusal else { return "passes".to_owned() };
    let then = match refusal.remedy() {
        Remedy::SignIn => "is asked to sign in",
        Remedy::StepUp => "is asked for a code",
        Remedy::Nothing => "is refused with 403",
    };
    format!("{then} ({})", refusal.word())
}
