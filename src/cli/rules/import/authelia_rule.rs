//! One rule of Authelia's `access_control`, before it is put into sites.

use std::collections::HashMap;
use std::str::FromStr;

use http::Method;

use crate::cli::foreign_file::yaml::Node;
use crate::domain::host::HostPattern;
use crate::domain::identity::Group;
use crate::domain::network::Network;
use crate::domain::username::Username;
use crate::policy::{Requirement, SearchedText, all_matches, anchored};

/// Networks by name.
pub(super) type Networks = HashMap<String, Vec<String>>;

#[derive(Clone)]
pub(super) struct AutheliaRule {
    /// `rule 3 (line 12)`
    pub(super) subject: String,
    pub(super) require: Requirement,
    pub(super) hosts: Vec<HostPattern>,
    /// Some of its hosts cannot be named: it may match on every site.
    pub(super) is_everywhere: bool,
    /// Nothing: every path.
    pub(super) paths: Vec<String>,
    pub(super) methods: Vec<String>,
    pub(super) networks: Vec<String>,
    pub(super) groups: Vec<String>,
    pub(super) accounts: Vec<String>,
    /// What of it cannot be said.
    pub(super) faults: Vec<String>,
    /// A fault concerns all of it: nothing of it may be printed.
    is_unsayable: bool,
}

impl AutheliaRule {
    pub(super) fn has_subject(&self) -> bool {
        !self.groups.is_empty() || !self.accounts.is_empty()
    }

    /// Whether some of its expressions can be said, and others cannot. Those that can say less than the rule, and nothing
    /// else.
    pub(super) fn is_partial(&self) -> bool {
        !self.is_unsayable && !self.faults.is_empty() && !self.paths.is_empty()
    }

    /// Whether the other rule differs in its people alone, on a site to which both apply.
    pub(super) fn is_alike(&self, other: &Self) -> bool {
        self.require == other.require
            && self.paths == other.paths
            && self.methods == other.methods
            && self.networks == other.networks
            && self.faults.is_empty()
            && other.faults.is_empty()
    }

    pub(super) fn read(node: &Node, number: usize, networks: &Networks, searched: SearchedText) -> Self {
        let mut rule = Self {
            subject: format!("rule {number} (line {})", node.line),
            require: Requirement::Deny,
            hosts: Vec::new(),
            is_everywhere: false,
            paths: Vec::new(),
            methods: Vec::new(),
            networks: Vec::new(),
            groups: Vec::new(),
            accounts: Vec::new(),
            faults: Vec::new(),
            is_unsayable: false,
        };
        rule.read_policy(node);
        rule.read_hosts(node);
        rule.read_paths(node, searched);
        rule.read_methods(node);
        rule.read_networks(node, networks);
        rule.read_subjects(node);
        if node.get("query").is_some() {
            rule.whole("`query`: rules here never see the query");
        }
        rule
    }

    /// A fault that leaves nothing of the rule.
    fn whole(&mut self, why: impl Into<String>) {
        self.faults.push(why.into());
        self.is_unsayable = true;
    }

    fn read_policy(&mut self, node: &Node) {
        match node.get("policy").and_then(Node::text).and_then(requirement) {
            Some(require) => self.require = require,
            None => self.whole("`policy` is not bypass, one_factor, two_factor or deny"),
        }
    }

    fn texts<'a>(&mut self, node: &'a Node, key: &str) -> Vec<&'a str> {
        let Some(value) = node.get(key) else { return Vec::new() };
        value.texts().unwrap_or_else(|| {
            self.whole(format!("`{key}` is not a text or a list of texts"));
            Vec::new()
        })
    }

    fn read_hosts(&mut self, node: &Node) {
        let domains = self.texts(node, "domain");
        let expressions = self.texts(node, "domain_regex");
        if domains.is_empty() && expressions.is_empty() {
            self.is_everywhere = true;
            self.whole("it has no `domain`");
        }
        for domain in domains {
            if let Ok(host) = domain.parse::<HostPattern>() {
                self.hosts.push(host);
            } else {
                self.is_everywhere = true;
                self.whole(format!("`domain`: {domain:?} is no host, nor `*.` and a host"));
            }
        }
        for expression in expressions {
            let by_person = expression.contains("(?P<") || expression.contains("(?<");
            let hosts = all_matches(expression).filter(|_| !by_person);
            let parsed = hosts.map(|hosts| hosts.iter().map(|host| host.parse()).collect::<Result<Vec<_>, _>>());
            if let Some(Ok(hosts)) = parsed {
                self.hosts.extend(hosts);
            } else {
                self.is_everywhere = true;
                self.whole(format!(
                    "`domain_regex`: {expression:?} is not a list of up to 64 hosts between `^` and `$`"
                ));
            }
        }
        self.hosts.dedup();
    }

    fn read_paths(&mut self, node: &Node, searched: SearchedText) {
        // Each of several expressions stands for itself.
        for expression in self.texts(node, "resources") {
            match anchored(expression, searched) {
                Ok(whole) => self.paths.push(whole),
                Err(why) => self.faults.push(format!("`resources`: {expression:?}: {why}")),
            }
        }
    }

    fn read_methods(&mut self, node: &Node) {
        for method in self.texts(node, "methods") {
            match Method::from_str(&method.to_ascii_uppercase()) {
                Ok(method) => self.methods.push(method.to_string()),
                Err(_) => self.whole(format!("`methods`: {method:?} is no method")),
            }
        }
        self.methods.sort();
        self.methods.dedup();
        // `GET` includes `HEAD`; naming both is a mistake in a rule here.
        if self.methods.iter().any(|method| method == "GET") {
            self.methods.retain(|method| method != "HEAD");
        }
    }

    fn read_networks(&mut self, node: &Node, networks: &Networks) {
        for name in self.texts(node, "networks") {
            let named = networks.get(name).cloned().unwrap_or_else(|| vec![name.to_owned()]);
            // Without a network the rule would be for everybody.
            if named.is_empty() {
                self.whole(format!("`networks`: the definition of {name:?} has no network that can be read"));
            }
            for network in named {
                match network.parse::<Network>() {
                    Ok(_) => self.networks.push(network),
                    Err(_) => self.whole(format!("`networks`: {network:?} is no network, and none is defined so")),
                }
            }
        }
        self.networks.sort();
        self.networks.dedup();
    }

    fn read_subjects(&mut self, node: &Node) {
        let Some(subject) = node.get("subject") else { return };
        let alternatives: Vec<&Node> = subject.items().map_or_else(|| vec![subject], |items| items.iter().collect());
        for alternative in alternatives {
            let all = alternative.texts().unwrap_or_default();
            match all.as_slice() {
                [one] => self.read_subject(one),
                _ => self
                    .whole("`subject`: several conditions at once; a rule here takes any of its groups and accounts"),
            }
        }
        for people in [&mut self.groups, &mut self.accounts] {
            people.sort();
            people.dedup();
        }
        if !self.has_subject() {
            return;
        }
        match self.require {
            Requirement::Nothing => self.whole("`subject` with `bypass`: nobody has signed in there"),
            Requirement::Deny => {
                self.whole(
                    "`subject` with `deny`: a rule here cannot deny only some people and leave others to later rules",
                );
            }
            Requirement::OneFactor | Requirement::TwoFactor => {}
        }
    }

    fn read_subject(&mut self, subject: &str) {
        let (kind, name) = subject.split_once(':').unwrap_or(("", subject));
        match kind {
            "group" => match name.parse::<Group>() {
                Ok(group) => self.groups.push(group.to_string()),
                Err(error) => self.whole(format!("`subject`: {subject:?}: {error}")),
            },
            "user" => match name.parse::<Username>() {
                Ok(user) => self.accounts.push(user.to_string()),
                Err(error) => self.whole(format!("`subject`: {subject:?}: {error}")),
            },
            _ => self.whole(format!("`subject`: {subject:?} is no `user:` and no `group:`")),
        }
    }
}

/// What a policy of Authelia requires.
pub(super) fn requirement(policy: &str) -> Option<Requirement> {
    match policy {
        "bypass" => Some(Requirement::Nothing),
        "one_factor" => Some(Requirement::OneFactor),
        "two_factor" => Some(Requirement::TwoFactor),
        "deny" => Some(Requirement::Deny),
        _ => None,
    }
}
