//! Checks whether everything that a rule closes is closed: its paths, paths below them, their other letter case, the
//! methods and networks that it omits, each put through the real decision.

use http::Method;

use super::trial::{Trial, TrialRequest, at, strangers};
use crate::config::key_path::KeyPath;
use crate::config::mistakes::MistakeCollector;
use crate::domain::client::ClientAddress;
use crate::domain::identity::Group;
use crate::domain::username::Username;
use crate::policy::{Requirement, Rule, RuleId, SiteSettings};

/// Methods that change something (RFC 9110 §9.2.1). If a rule guards only reading, these are probably forgotten; the
/// opposite, a site that everybody may read, is normal.
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
                format!(
                    "{what}, and no sign-in is required: give the rule a `path`, or write `require = \"two_factor\"`"
                ),
            );
        }
    }
}

/// What strangers can do everywhere on a site, and the rule that allows it.
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

/// The rule that lets one of these clients pass without credentials.
fn opened(trial: &Trial, method: &Method, path: &str, clients: &[ClientAddress]) -> Option<RuleId> {
    clients.iter().find_map(|client| trial.opens(TrialRequest { method, path, client: *client }))
}

/// A rule that closes something, and sample requests that it matches.
struct Guard<'a> {
    trial: &'a Trial,
    rule: &'a Rule,
    index: usize,
    /// Whether an earlier rule matches everything that this one matches. That has its own warning.
    is_covered: bool,
    paths: Vec<String>,
    methods: Vec<Method>,
    clients: Vec<ClientAddress>,
}

impl<'a> Guard<'a> {
    /// `None` if no sample path of the rule can be determined.
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

    /// Whether it decides about any of the sample requests.
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

    /// The rule that lets a request with this rule's methods and clients pass.
    fn opened(&self, path: &str) -> Option<RuleId> {
        self.methods.iter().find_map(|method| opened(self.trial, method, path, &self.clients))
    }

    /// The first of its paths that is closed, and can be compared with others.
    fn closed(&self) -> Option<&str> {
        self.paths.iter().map(String::as_str).find(|path| self.opened(path).is_none())
    }

    /// Earlier rules decide every sample request, and admit visitors whom this one would not.
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
            "never decides: it {wants}, but `{rule}` comes first and opens `{path}` to {whom}; move this rule before it"
        ))
    }

    /// Whether somebody with an account and both factors is refused.
    fn excludes_accounts(&self) -> bool {
        let people = &self.rule.people;
        self.rule.require == Requirement::Deny || !people.groups.is_empty() || !people.accounts.is_empty()
    }

    /// The rule that lets an account pass that no rule names.
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
        // A sample of a regular expression that names a file is exact: nothing is below a picture.
        if named && !exact {
            return None;
        }
        let below = format!("{}/x", path.trim_end_matches('/'));
        let advice = |rule: RuleId| match (exact, rule.rule) {
            (true, _) => format!("write `path = \"{}/**\"`", path.trim_end_matches('/')),
            (false, Some(earlier)) if earlier < self.index => format!("move this rule before `{rule}`"),
            (false, _) => "let it also match the paths below".to_owned(),
        };
        let wants = wants(self.rule);
        if let Some(rule) = self.opened(&below) {
            return Some(format!("`{path}` {wants}, but `{below}` is open to everybody by `{rule}`; {}", advice(rule)));
        }
        // If a page is restricted to some accounts but the paths below are open to every account, that is a slip for a
        // folder. A single denied path may well be intended (`/metrics`).
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
        Some(format!("`{path}` {wants}, but `{other}` is open to everybody by `{rule}`; move this rule before it"))
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
            "{guarded} `{path}` {wants}, but {} `{path}` {verb} open to everybody by `{rule}`; remove `methods`",
            words.join(", ")
        ))
    }

    fn other_networks(&self) -> Option<String> {
        // Denying some networks is a legitimate use of `deny` with `networks`.
        if self.rule.selection.networks.is_empty() || self.rule.require == Requirement::Deny {
            return None;
        }
        let path = self.closed()?;
        let opens = |method: &Method| opened(self.trial, method, path, &strangers());
        let rule = self.methods.iter().find_map(opens)?;
        let wants = wants(self.rule);
        Some(format!(
            "`{path}` {wants} for clients in `networks`, but from everywhere else it is open to everybody by `{rule}`; \
             remove `networks`, or add a rule with `require = \"deny\"` after this one"
        ))
    }
}

/// What a rule requires, as the predicate of its path.
fn wants(rule: &Rule) -> String {
    let groups: Vec<&str> = rule.people.groups.iter().map(Group::as_str).collect();
    let accounts: Vec<&str> = rule.people.accounts.iter().map(Username::as_str).collect();
    let who = [groups, accounts].concat().join(", ");
    match rule.require {
        Requirement::Deny => "is denied".to_owned(),
        _ if !who.is_empty() => format!("is only for {who}"),
        Requirement::TwoFactor if rule.fresh_within.is_some() => "requires a fresh code".to_owned(),
        Requirement::TwoFactor => "requires two factors".to_owned(),
        Requirement::OneFactor => "requires a password".to_owned(),
        Requirement::Nothing => "requires nothing".to_owned(),
    }
}
