//! Whether what a rule closes is closed: its paths, what lies below them, their other letter case, the methods and
//! networks that it leaves out, each put through the real decision.

use http::Method;

use super::trial::{Trial, TrialRequest, at, strangers};
use crate::config::key_path::KeyPath;
use crate::config::mistakes::MistakeCollector;
use crate::domain::client::ClientAddress;
use crate::domain::identity::Group;
use crate::domain::username::Username;
use crate::policy::{Requirement, Rule, RuleId, SiteSettings};

/// Methods that change something (RFC 9110 §9.2.1). Where a rule guards reading alone, these are what it forgot; the
/// other way round, a site that everybody may read is nothing odd.
const CHANGING: [Method; 4] = [Method::POST, Method::PUT, Method::PATCH, Method::DELETE];

pub(super) fn judge(sites: &[SiteSettings], mistakes: &mut MistakeCollector<'_>) {
    for (place, settings) in sites.iter().enumerate() {
        let trial = Trial::of(place, settings);
        let at = KeyPath::of("sites").index(place).key("rules");
        let mut guarded = false;
        for (index, rule) in settings.rules.iter().enumerate() {
            if rule.require == Requirement::Nothing {
                continue;
            }
            let guard = Guard::new(&trial, settings, index, rule);
            guarded |= guard.as_ref().is_some_and(Guard::decides);
            let Some(guard) = guard else { continue };
            for warning in guard.warnings() {
                mistakes.warning(&at.index(index), warning);
            }
        }
        if let (false, Some((rule, what))) = (guarded, whole_site(&trial)) {
            mistakes.warning(
                &rule.rule.map_or_else(|| at.clone(), |index| at.index(index)),
                format!("{what}, and nobody is asked to sign in: give the rule a `path`, or write `require = \"two_factor\"`"),
            );
        }
    }
}

/// What everybody can do everywhere on a site.
fn whole_site(trial: &Trial) -> Option<(RuleId, &'static str)> {
    let everywhere = |method: &Method| {
        let opens = |path| opened(trial, method, path, &strangers());
        ["/", "/x/y"].into_iter().all(|path| opens(path).is_some()).then(|| opens("/x")).flatten()
    };
    let read = everywhere(&Method::GET)?;
    let changed = everywhere(&Method::POST);
    Some((
        read,
        if changed.is_some() {
            "everything on this site is open to everybody"
        } else {
            "everybody can read everything on this site"
        },
    ))
}

/// The rule by which one of these clients gets in without showing anything.
fn opened(trial: &Trial, method: &Method, path: &str, clients: &[ClientAddress]) -> Option<RuleId> {
    clients.iter().find_map(|client| trial.opens(TrialRequest { method, path, client: *client }))
}

/// A rule that closes something, and the requests that it speaks about.
struct Guard<'a> {
    trial: &'a Trial,
    rule: &'a Rule,
    index: usize,
    /// Whether an earlier rule certainly matches everything that this one matches. That has a warning of its own.
    is_covered: bool,
    paths: Vec<String>,
    methods: Vec<Method>,
    clients: Vec<ClientAddress>,
}

impl<'a> Guard<'a> {
    /// `None` where no path can be told that the rule speaks about.
    fn new(trial: &'a Trial, settings: &'a SiteSettings, index: usize, rule: &'a Rule) -> Option<Self> {
        let selection = &rule.selection;
        let paths = selection.path.samples();
        let methods =
            if selection.methods.is_empty() { vec![Method::GET, Method::POST] } else { selection.methods.clone() };
        let inside = |network: &crate::domain::network::Network| at(network.first());
        let clients = if selection.networks.is_empty() {
            strangers().to_vec()
        } else {
            selection.networks.iter().map(inside).collect()
        };
        let covers = |earlier: &Rule| earlier.selection.covers(selection);
        let is_covered = settings.rules.iter().take(index).any(covers);
        (!paths.is_empty()).then_some(Self { trial, rule, index, is_covered, paths, methods, clients })
    }

    /// Whether it decides about anything at all.
    fn decides(&self) -> bool {
        let mut attempts = self.paths.iter().flat_map(|path| self.methods.iter().map(move |method| (path, method)));
        attempts.any(|(path, method)| {
            let decides = |client: &ClientAddress| self.trial.decides(TrialRequest { method, path, client: *client });
            self.clients.iter().any(|client| decides(client) == Some(self.index))
        })
    }

    fn warnings(&self) -> Vec<String> {
        if self.is_covered {
            return Vec::new();
        }
        let hidden = self.hidden();
        if hidden.is_some() {
            return hidden.into_iter().collect();
        }
        [self.below(), self.other_case(), self.other_methods(), self.other_networks()].into_iter().flatten().collect()
    }

    /// The rule by which a request of this rule's methods and clients gets in.
    fn opened(&self, path: &str) -> Option<RuleId> {
        self.methods.iter().find_map(|method| opened(self.trial, method, path, &self.clients))
    }

    /// The first of its paths that is closed, and so bears comparing.
    fn closed(&self) -> Option<&str> {
        self.paths.iter().map(String::as_str).find(|path| self.opened(path).is_none())
    }

    /// Earlier rules catch every request that was tried, and let in whom this one would not.
    fn hidden(&self) -> Option<String> {
        if self.decides() {
            return None;
        }
        let path = self.paths.first()?;
        let (rule, whom) = if self.closed().is_none() {
            (self.opened(path)?, "everybody")
        } else if self.excludes_accounts() {
            (
                self.paths
                    .iter()
                    .map(|path| self.opened_to_any_account(path))
                    .collect::<Option<Vec<_>>>()?
                    .first()
                    .copied()?,
                "every account",
            )
        } else {
            return None;
        };
        let wants = wants(self.rule);
        Some(format!(
            "never decides: it {wants}, but `{rule}` comes first and opens `{path}` to {whom}; put this rule before it"
        ))
    }

    /// Whether somebody with an account and both factors is refused.
    fn excludes_accounts(&self) -> bool {
        let people = &self.rule.people;
        self.rule.require == Requirement::Deny || !people.groups.is_empty() || !people.accounts.is_empty()
    }

    /// The rule by which an account that no rule names gets in.
    fn opened_to_any_account(&self, path: &str) -> Option<RuleId> {
        let opens = |method: &Method| {
            let attempt = |client: &ClientAddress| TrialRequest { method, path, client: *client };
            self.clients.iter().find_map(|client| self.trial.opens_to_any_account(attempt(client)))
        };
        self.methods.iter().find_map(opens)
    }

    fn below(&self) -> Option<String> {
        let path = self.closed()?;
        let exact = self.rule.selection.path.is_exact();
        let named = path.rsplit('/').next().unwrap_or_default().contains('.');
        // A path of an expression that names a file is meant as it is written: nothing lies below a picture.
        if named && !exact {
            return None;
        }
        let below = format!("{}/x", path.trim_end_matches('/'));
        let advice = |rule: RuleId| match (exact, rule.rule) {
            (true, _) => format!("write `path = \"{}/**\"`", path.trim_end_matches('/')),
            (false, Some(earlier)) if earlier < self.index => format!("put this rule before `{rule}`"),
            (false, _) => "let it match what lies below as well".to_owned(),
        };
        let wants = wants(self.rule);
        if let Some(rule) = self.opened(&below) {
            return Some(format!("`{path}` {wants}, but `{below}` is open to everybody by `{rule}`; {}", advice(rule)));
        }
        // Whoever may see one page and everybody with an account another: for a folder that is a slip.
        // A path that is denied alone may well be the only one of its kind (`/metrics`).
        if self.rule.require == Requirement::Deny || !self.excludes_accounts() || !exact || named {
            return None;
        }
        let rule = self.opened_to_any_account(&below)?;
        Some(format!("`{path}` {wants}, but `{below}` is open to every account; {}", advice(rule)))
    }

    fn other_case(&self) -> Option<String> {
        let path = self.closed()?;
        let other = path.to_ascii_uppercase();
        let rule = self.opened(&other)?;
        let wants = wants(self.rule);
        Some(format!("`{path}` {wants}, but `{other}` is open to everybody by `{rule}`; put this rule before it"))
    }

    fn other_methods(&self) -> Option<String> {
        let selection = &self.rule.selection;
        if selection.methods.is_empty() {
            return None;
        }
        let path = self.closed()?;
        let open = |method: &&Method| opened(self.trial, method, path, &self.clients).is_some();
        let open: Vec<&Method> =
            CHANGING.iter().filter(|method| !selection.methods.contains(method)).filter(open).collect();
        let first = open.first()?;
        let rule = opened(self.trial, first, path, &self.clients)?;
        let words: Vec<&str> = open.iter().map(|method| method.as_str()).collect();
        let guarded = self.methods.first()?;
        let verb = if open.len() > 1 { "are" } else { "is" };
        let wants = wants(self.rule);
        Some(format!(
            "{guarded} `{path}` {wants}, but {} `{path}` {verb} open to everybody by `{rule}`; leave `methods` out",
            words.join(", ")
        ))
    }

    fn other_networks(&self) -> Option<String> {
        // Closing a site to some networks alone is what a deny with `networks` is for.
        if self.rule.selection.networks.is_empty() || self.rule.require == Requirement::Deny {
            return None;
        }
        let path = self.closed()?;
        let opens = |method: &Method| opened(self.trial, method, path, &strangers());
        let rule = self.methods.iter().find_map(opens)?;
        let wants = wants(self.rule);
        Some(format!(
            "`{path}` {wants} for clients in `networks`, but from everywhere else it is open to everybody by `{rule}`; \
             leave `networks` out, or put a rule with `require = \"deny\"` behind this one"
        ))
    }
}

/// What a rule wants, as the predicate of its path.
fn wants(rule: &Rule) -> String {
    let groups: Vec<&str> = rule.people.groups.iter().map(Group::as_str).collect();
    let accounts: Vec<&str> = rule.people.accounts.iter().map(Username::as_str).collect();
    let who = [groups, accounts].concat().join(", ");
    match rule.require {
        Requirement::Deny => "is denied".to_owned(),
        _ if !who.is_empty() => format!("is for {who} alone"),
        Requirement::TwoFactor if rule.fresh_within.is_some() => "asks for a fresh code".to_owned(),
        Requirement::TwoFactor => "asks for two factors".to_owned(),
        Requirement::OneFactor => "asks for a password".to_owned(),
        Requirement::Nothing => "asks for nothing".to_owned(),
    }
}
