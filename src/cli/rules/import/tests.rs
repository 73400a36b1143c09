//! What Authelia would decide, written down a second time, and what the converted rules decide about the same requests.

use std::cell::RefCell;
use std::collections::HashMap;

use proptest::prelude::*;

use super::authelia::convert;
use super::converted::{ConvertedRule, ConvertedSite};
use crate::domain::host::{HostName, HostPattern};
use crate::policy::{PathPattern, Requirement, SearchedText};

/// A rule as it is put into the file.
#[derive(Debug, Clone)]
struct Rule {
    domains: Vec<&'static str>,
    domain_regex: Option<&'static str>,
    policy: &'static str,
    resources: Vec<&'static str>,
    methods: Vec<&'static str>,
    networks: Vec<&'static str>,
    subjects: Vec<Vec<&'static str>>,
}

#[derive(Debug, Clone)]
struct Request {
    host: &'static str,
    path: &'static str,
    query: Option<&'static str>,
    method: &'static str,
    client: &'static str,
    visitor: Option<Visitor>,
}

#[derive(Debug, Clone, Copy)]
struct Visitor {
    name: &'static str,
    groups: &'static [&'static str],
    factors: u8,
}

fn subset(of: &'static [&'static str], most: usize) -> impl Strategy<Value = Vec<&'static str>> {
    prop::sample::subsequence(of, 0..=most)
}

fn rule() -> impl Strategy<Value = Rule> {
    let subject = prop::sample::select(vec![
        vec!["user:ada"],
        vec!["group:ops"],
        vec!["group:night"],
        vec!["user:ada", "group:ops"],
    ]);
    let hosts = prop_oneof![
        6 => prop::sample::subsequence(&["a.x.test", "b.x.test", "*.x.test", "*.y.x.test"][..], 1..=2).prop_map(|hosts| (hosts, None)),
        1 => prop::sample::select(vec![r"^(a|b)\.x\.test$", r"^a", r"^\w+\.x\.test$"]).prop_map(|regex| (Vec::new(), Some(regex))),
    ];
    let paths = subset(&["^/public", "^/public([/?].*)?$", r"\.css$", "^/$", "admin", "^/a/.*$", "^/(a|b)"], 2);
    let policy = prop::sample::select(vec!["bypass", "one_factor", "two_factor", "deny"]);
    let few = |strategy: BoxedStrategy<Vec<&'static str>>| prop_oneof![3 => Just(Vec::new()), 1 => strategy];
    let methods = few(subset(&["GET", "POST"], 1).boxed());
    let networks = few(subset(&["10.0.0.0/8", "192.0.2.1"], 2).boxed());
    let subjects = prop_oneof![3 => Just(Vec::new()), 2 => prop::collection::vec(subject, 1..3)];
    (hosts, policy, paths, methods, networks, subjects).prop_map(
        |((domains, domain_regex), policy, resources, methods, networks, subjects)| Rule {
            domains,
            domain_regex,
            policy,
            resources,
            methods,
            networks,
            subjects,
        },
    )
}

fn request() -> impl Strategy<Value = Request> {
    let visitor = prop_oneof![
        1 => Just(None),
        3 => (
            prop::sample::select(vec!["ada", "ben"]),
            prop::sample::select(vec![&[][..], &["ops"], &["night"], &["ops", "night"]]),
            1..=2_u8,
        ).prop_map(|(name, groups, factors)| Some(Visitor { name, groups, factors })),
    ];
    (
        prop::sample::select(vec!["a.x.test", "b.x.test", "c.x.test", "d.y.x.test"]),
        prop::sample::select(vec![
            "/",
            "/public",
            "/publicity",
            "/public/a",
            "/a/x",
            "/b",
            "/x.css",
            "/admin",
            "/x/admin/y",
        ]),
        prop::sample::select(vec![None, Some("q=1"), Some("x=.css"), Some("admin")]),
        prop::sample::select(vec!["GET", "POST"]),
        prop::sample::select(vec!["10.1.1.1", "192.0.2.1", "198.51.100.1"]),
        visitor,
    )
        .prop_map(|(host, path, query, method, client, visitor)| Request {
            host,
            path,
            query,
            method,
            client,
            visitor,
        })
}

fn yaml(rules: &[Rule], default: &str) -> String {
    let list =
        |items: &[&str]| format!("[{}]", items.iter().map(|item| format!("'{item}'")).collect::<Vec<_>>().join(", "));
    let mut text = format!("access_control:\n  default_policy: {default}\n  rules:\n");
    for rule in rules {
        let subjects: Vec<String> = rule.subjects.iter().map(|all| list(all)).collect();
        let mut lines = vec![format!("policy: {}", rule.policy)];
        if !rule.domains.is_empty() {
            lines.push(format!("domain: {}", list(&rule.domains)));
        }
        lines.extend(rule.domain_regex.map(|regex| format!("domain_regex: '{regex}'")));
        for (key, values) in [("resources", &rule.resources), ("methods", &rule.methods), ("networks", &rule.networks)]
        {
            if !values.is_empty() {
                lines.push(format!("{key}: {}", list(values)));
            }
        }
        if !subjects.is_empty() {
            lines.push(format!("subject: [{}]", subjects.join(", ")));
        }
        text.push_str("  - ");
        text.push_str(&lines.join("\n    "));
        text.push('\n');
    }
    text
}

fn found(expression: &str, text: &str) -> bool {
    is_whole(&format!("(?s:.*)(?:{expression})(?s:.*)"), text)
}

/// Few expressions are compared with many texts, and compiling one takes long.
fn is_whole(expression: &str, text: &str) -> bool {
    thread_local! {
        static COMPILED: RefCell<HashMap<String, PathPattern>> = RefCell::default();
    }
    COMPILED.with_borrow_mut(|compiled| {
        let known = compiled.entry(expression.to_owned());
        known.or_insert_with(|| PathPattern::regex(expression).unwrap()).matches(text)
    })
}

fn in_networks(networks: &[impl AsRef<str>], client: &str) -> bool {
    let of = |network: &str| match network {
        "10.0.0.0/8" => client.starts_with("10."),
        other => client == other,
    };
    networks.is_empty() || networks.iter().any(|network| of(network.as_ref()))
}

fn passes(require: Requirement, visitor: Option<Visitor>) -> bool {
    let factors = visitor.map_or(0, |visitor| visitor.factors);
    match require {
        Requirement::Nothing => true,
        Requirement::OneFactor => factors >= 1,
        Requirement::TwoFactor => factors == 2,
        Requirement::Deny => false,
    }
}

/// What Authelia decides: the first rule whose conditions all hold, or `default_policy`. To a visitor who has not signed in
/// every subject holds.
fn authelia_passes(rules: &[Rule], default: Requirement, request: &Request) -> bool {
    let text = request.query.map_or(request.path.to_owned(), |query| format!("{}?{query}", request.path));
    let host: HostName = request.host.parse().unwrap();
    let is_host = |rule: &Rule| {
        rule.domains.iter().any(|domain| domain.parse::<HostPattern>().unwrap().covers(&host))
            || rule.domain_regex.is_some_and(|regex| found(regex, request.host))
    };
    let is_subject = |rule: &Rule| {
        let Some(visitor) = request.visitor else { return true };
        let holds = |subject: &str| match subject.split_once(':').unwrap() {
            ("user", name) => visitor.name == name,
            (_, group) => visitor.groups.contains(&group),
        };
        rule.subjects.is_empty() || rule.subjects.iter().any(|all| all.iter().all(|subject| holds(subject)))
    };
    let rule = rules.iter().find(|rule| {
        is_host(rule)
            && (rule.resources.is_empty() || rule.resources.iter().any(|resource| found(resource, &text)))
            && (rule.methods.is_empty() || rule.methods.contains(&request.method))
            && in_networks(&rule.networks, request.client)
            && is_subject(rule)
    });
    let require = rule.map_or(default, |rule| super::authelia_rule::requirement(rule.policy).unwrap());
    passes(require, request.visitor)
}

/// What Portcullis decides by the converted rules; `None`: there is no such site.
fn portcullis_passes(sites: &[ConvertedSite], request: &Request) -> Option<bool> {
    let host: HostName = request.host.parse().unwrap();
    let covering = |site: &&ConvertedSite| site.host.parse::<HostPattern>().unwrap().covers(&host);
    // An exact host comes before a star, and a longer one before a shorter one.
    let site = sites.iter().filter(covering).max_by_key(|site| (!site.host.starts_with('*'), site.host.len()))?;
    let applies = |rule: &&ConvertedRule| {
        rule.path_regex.as_ref().is_none_or(|path| is_whole(path, request.path))
            && (rule.methods.is_empty() || rule.methods.iter().any(|method| method == request.method))
            && in_networks(&rule.networks, request.client)
    };
    let Some(rule) = site.rules.iter().find(applies) else {
        return Some(passes(Requirement::TwoFactor, request.visitor));
    };
    let everybody = rule.groups.is_empty() && rule.accounts.is_empty();
    let named = request.visitor.is_some_and(|visitor| {
        rule.accounts.iter().any(|account| account == visitor.name)
            || rule.groups.iter().any(|group| visitor.groups.contains(&group.as_str()))
    });
    Some(passes(rule.require, request.visitor) && (everybody || named))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn nothing_is_opened_that_was_closed_and_what_is_not_refused_decides_the_same(
        rules in prop::collection::vec(rule(), 1..6),
        default in prop::sample::select(vec!["deny", "one_factor", "two_factor"]),
        requests in prop::collection::vec(request(), 40),
    ) {
        let written = yaml(&rules, default);
        let conversion = convert(&written, SearchedText::PathAndQuery, None).unwrap();
        let default = super::authelia_rule::requirement(default).unwrap();
        for request in requests {
            let there = authelia_passes(&rules, default, &request);
            let Some(here) = portcullis_passes(&conversion.sites, &request) else { continue };
            prop_assert!(there || !here, "opened: {:?}\n{}{:#?}", request, written, conversion.sites);
            if !conversion.is_incomplete() {
                prop_assert_eq!(there, here, "{:?}\n{}{:#?}", request, written, conversion.sites);
            }
        }
    }
}
