//! Authelia's `access_control` as sites with rules.
//!
//! Authelia has one list for all hosts, ours is one list for each site: every host that a rule names becomes a site, with
//! all rules that apply to it, in their order. Where the two differ in meaning:
//!
//! - A `subject` that does not match sends a visitor on to the next rule there, and gives 403 here. Both are the same only
//!   if nothing later lets those others in.
//! - `resources` are searched for in path and query there; a rule here matches the whole path.
//!
//! A rule that is refused leaves what follows it in doubt: what it would have denied could be open by a later one. So the
//! list of its sites ends there, with a rule that denies everything. A `bypass` is left out instead: no rule opens more.

use super::authelia_rule::{AutheliaRule, Networks, requirement};
use super::converted::{Conversion, ConvertedRule, ConvertedSite, Finding};
use crate::cli::foreign_file::yaml::{self, Node};
use crate::domain::host::HostPattern;
use crate::policy::{Requirement, SearchedText};

pub(super) fn convert(text: &str, searched: SearchedText, upstream: Option<&str>) -> Result<Conversion, String> {
    let root = yaml::parse(text).map_err(|error| error.to_string())?;
    let Some(control) = root.get("access_control") else {
        return Err("there is no `access_control`; this is not Authelia's configuration".to_owned());
    };
    let default = match control.get("default_policy") {
        None => Requirement::Deny,
        Some(policy) => policy.text().and_then(requirement).ok_or_else(|| {
            format!("line {}: `default_policy` is bypass, one_factor, two_factor or deny", policy.line)
        })?,
    };
    let networks = networks(&root, control);
    let nodes = match control.get("rules") {
        None => &[],
        Some(rules) => rules.items().ok_or_else(|| format!("line {}: `rules` is a list", rules.line))?,
    };
    let read = |(index, node): (usize, &Node)| AutheliaRule::read(node, index + 1, &networks, searched);
    let rules: Vec<AutheliaRule> = nodes.iter().enumerate().map(read).collect();
    let mut conversion = Conversion::default();
    for host in hosts(&rules) {
        let rules = site(&host, &rules, default, &mut conversion);
        conversion.sites.push(ConvertedSite { host: host.to_string(), upstream: upstream.map(str::to_owned), rules });
    }
    report(&rules, default, &mut conversion);
    Ok(conversion)
}

/// Names of networks: `definitions.network` since 4.39, `access_control.networks` before.
fn networks(root: &Node, control: &Node) -> Networks {
    let mut networks = Networks::new();
    let mut add = |name: &str, list: &Node| {
        let texts = list.texts().unwrap_or_default();
        networks.insert(name.to_owned(), texts.into_iter().map(str::to_owned).collect());
    };
    let defined = root.get("definitions").and_then(|definitions| definitions.get("network"));
    for field in defined.and_then(Node::fields).unwrap_or_default() {
        add(&field.key, &field.value);
    }
    for network in control.get("networks").and_then(Node::items).unwrap_or_default() {
        if let (Some(name), Some(list)) = (network.get("name").and_then(Node::text), network.get("networks")) {
            add(name, list);
        }
    }
    networks
}

/// The rules that apply to a site. Those behind each other that differ only in their people are one rule.
fn applying(rules: &[AutheliaRule], site: &HostPattern) -> Vec<AutheliaRule> {
    let mut merged: Vec<AutheliaRule> = Vec::new();
    for rule in rules.iter().filter(|rule| applies(rule, site)).cloned() {
        match merged.last_mut() {
            Some(before) if before.has_subject() && rule.has_subject() && before.is_alike(&rule) => {
                before.groups.extend(rule.groups);
                before.accounts.extend(rule.accounts);
                for people in [&mut before.groups, &mut before.accounts] {
                    people.sort();
                    people.dedup();
                }
                before.subject = format!("{} and {}", before.subject, rule.subject);
            }
            Some(_) | None => merged.push(rule),
        }
    }
    merged
}

/// Every host that a rule names, once; those with a star last.
fn hosts(rules: &[AutheliaRule]) -> Vec<HostPattern> {
    let mut hosts: Vec<HostPattern> = Vec::new();
    for host in rules.iter().flat_map(|rule| &rule.hosts) {
        if !hosts.contains(host) {
            hosts.push(host.clone());
        }
    }
    hosts.sort_by_key(|host| matches!(host, HostPattern::Below(_)));
    hosts
}

/// Whether a rule applies to every host of a site, which are those that no other site names.
fn applies(rule: &AutheliaRule, site: &HostPattern) -> bool {
    rule.is_everywhere
        || rule.hosts.iter().any(|pattern| match site {
            HostPattern::Exact(name) => pattern.covers(name),
            HostPattern::Below(name) => {
                pattern == site || matches!(pattern, HostPattern::Below(_)) && pattern.covers(name)
            }
            HostPattern::Any => false,
        })
}

fn site(
    host: &HostPattern,
    rules: &[AutheliaRule],
    default: Requirement,
    conversion: &mut Conversion,
) -> Vec<ConvertedRule> {
    let mut converted = Vec::new();
    let applying = applying(rules, host);
    for (index, rule) in applying.iter().enumerate() {
        let whole = rule.faults.is_empty();
        if whole || rule.is_partial() {
            converted.extend(rules_of(rule));
        }
        if !whole && rule.require != Requirement::Nothing {
            let comment = format!("{} could not be said, so everything that follows it is closed", rule.subject);
            converted.push(ConvertedRule::everything(Requirement::Deny, comment));
            return converted;
        }
        let later = applying.get(index + 1..).unwrap_or_default();
        let others_pass = default != Requirement::Deny || later.iter().any(|later| later.require != Requirement::Deny);
        if whole && rule.has_subject() && others_pass {
            let why = format!(
                "on {host} a later rule or `default_policy` lets others in where its `subject` does not match; here they \
                 get 403"
            );
            conversion.rejected(&rule.subject, why);
        }
        let is_everything = rule.paths.is_empty() && rule.methods.is_empty() && rule.networks.is_empty();
        if whole && is_everything {
            return converted;
        }
    }
    converted.push(ConvertedRule::everything(default, "default_policy"));
    converted
}

/// One rule for each of its expressions.
fn rules_of(rule: &AutheliaRule) -> impl Iterator<Item = ConvertedRule> {
    let paths: Vec<Option<String>> =
        if rule.paths.is_empty() { vec![None] } else { rule.paths.iter().cloned().map(Some).collect() };
    paths.into_iter().map(|path_regex| ConvertedRule {
        comment: rule.subject.clone(),
        path_regex,
        methods: rule.methods.clone(),
        networks: rule.networks.clone(),
        groups: rule.groups.clone(),
        accounts: rule.accounts.clone(),
        require: rule.require,
    })
}

fn report(rules: &[AutheliaRule], default: Requirement, conversion: &mut Conversion) {
    for rule in rules {
        for fault in &rule.faults {
            conversion.rejected(&rule.subject, fault);
        }
        let is_about = |finding: &Finding| finding.subject.split(" and ").any(|subject| subject == rule.subject);
        let told = conversion.findings.iter().any(is_about);
        if !told {
            let hosts: Vec<String> = rule.hosts.iter().map(ToString::to_string).collect();
            let head = rule.methods.iter().any(|method| method == "GET");
            let head =
                if head { "; `GET` includes `HEAD` here (RFC 9110 §9.3.2: the same without content)" } else { "" };
            conversion.converted(&rule.subject, format!("{}{head}", hosts.join(", ")));
        }
    }
    if default != Requirement::Deny {
        let what = "it also applied to hosts that no rule names; here each of them needs a `[[sites]]`";
        conversion.note("default_policy", what);
    }
}
