//! `[[sites.rules]]`: the rules of a site, checked individually and together.

use http::Method;

use crate::config::key_path::KeyPath;
use crate::config::mistake::Fault;
use crate::config::mistakes::MistakeCollector;
use crate::config::reader::{Text, section};
use crate::config::value::ConfigValue;
use crate::config::value::duration::Span;
use crate::config::value::rule::{RulePath, RuleRegex};
use crate::domain::identity::Group;
use crate::domain::network::Network;
use crate::domain::username::Username;
use crate::policy::{self, Credential, PathPattern, People, Requirement, Selection};

section! {
    /// Who may pass where. The first rule that matches decides; if none matches, `two_factor` is required, from any
    /// account.
    Rule {
        /// The paths: one exactly, or a prefix that ends in `/**` (`/a/**` is `/a` and everything below). In canonical
        /// form (RFC 3986 §6.2.2). The query is ignored. Default, if `path_regex` is not set either: every path.
        path: Option<Text<RulePath>>,
        /// The paths, as a regular expression. It has to match the whole path, as if it were enclosed in `^` and `$`.
        path_regex: Option<Text<RuleRegex>>,
        /// The methods; `GET` includes `HEAD`. Default: every method.
        methods: Option<Vec<Text<Method>>>,
        /// The clients, by address. Default: every client.
        networks: Option<Vec<Text<Network>>>,
        /// Who passes: only accounts in one of these groups, and those in `accounts`; everybody else gets 403.
        groups: Option<Vec<Text<Group>>>,
        /// Who passes: only these accounts, and those in `groups`; everybody else gets 403.
        accounts: Option<Vec<Text<Username>>>,
        /// What is required: `nothing`, a password (`one_factor`), a password and a code (`two_factor`), or `deny`:
        /// nobody passes. Mandatory. If any rule requires `one_factor`, new passwords need 15 characters.
        require: Option<Text<Requirement>>,
        /// With `two_factor`: a new code is required if the last one is older than this.
        fresh_within: Option<Text<Span<10, 86_400>>>,
        /// The accepted credentials: a `session` of the login page (the default), an access `token`, or user name and
        /// password with each request (`basic`, only with `one_factor`).
        credentials: Option<Vec<Text<Credential>>>,
    }
}

impl Rule {
    fn to_settings(&self) -> policy::Rule {
        let path = match (&self.path, &self.path_regex) {
            (Some(path), _) => path.0.0.clone(),
            (None, Some(regex)) => regex.0.0.clone(),
            (None, None) => PathPattern::ANY,
        };
        let selection =
            Selection { path, methods: values(self.methods.as_ref()), networks: values(self.networks.as_ref()) };
        let usual = policy::Rule::default();
        policy::Rule {
            selection,
            require: self.require.as_ref().map_or(usual.require, |word| word.0),
            fresh_within: self.fresh_within.as_ref().map(|span| span.0.0),
            people: People { groups: values(self.groups.as_ref()), accounts: values(self.accounts.as_ref()) },
            credentials: self.credentials.as_ref().map_or(usual.credentials, |words| values(Some(words))),
        }
    }

    fn check(&self, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) {
        if self.path.is_some() && self.path_regex.is_some() {
            mistakes.mistake(&at.key("path_regex"), Fault::new("`path` is set as well", "remove one of them"));
        }
        check_list(self.methods.as_ref(), &at.key("methods"), mistakes);
        check_list(self.networks.as_ref(), &at.key("networks"), mistakes);
        check_list(self.groups.as_ref(), &at.key("groups"), mistakes);
        check_list(self.accounts.as_ref(), &at.key("accounts"), mistakes);
        check_list(self.credentials.as_ref(), &at.key("credentials"), mistakes);
        match &self.require {
            Some(Text(require)) => self.check_asked(*require, at, mistakes),
            None => mistakes.missing(&at.key("require"), format!("write {}", Requirement::kind())),
        }
        let other = self.path.as_ref().and_then(|path| path.0.0.other_readings().next());
        if let (Some(other), false) = (other, mistakes.is_mistaken(&at.key("path"))) {
            mistakes.warning(
                &at.key("path"),
                format!("a server could read this as `{other}`: requests must also pass the rule for that path"),
            );
        }
    }

    /// Checks the other keys against `require`.
    fn check_asked(&self, require: Requirement, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) {
        let takes = |credential| self.credentials.iter().flatten().position(|word| word.0 == credential);
        if !require.asks() {
            let why = match require {
                Requirement::Deny => "`deny` lets nobody pass",
                Requirement::Nothing | Requirement::OneFactor | Requirement::TwoFactor => {
                    "`nothing` requires no principal"
                }
            };
            for (key, set) in [
                ("groups", self.groups.is_some()),
                ("accounts", self.accounts.is_some()),
                ("credentials", self.credentials.is_some()),
                ("fresh_within", self.fresh_within.is_some()),
            ] {
                if set {
                    mistakes.mistake(&at.key(key), Fault::new(why, "remove it, or write another `require`"));
                }
            }
            return;
        }
        if self.fresh_within.is_some() && require != Requirement::TwoFactor {
            let fault = Fault::new("`one_factor` has no code", "remove it, or write `require = \"two_factor\"`");
            mistakes.mistake(&at.key("fresh_within"), fault);
        }
        if let (Some(place), true) = (takes(Credential::Token), self.fresh_within.is_some()) {
            let fault = Fault::new("a token is never fresh", "remove it, or remove `fresh_within`");
            mistakes.mistake(&at.key("credentials").index(place), fault);
        }
        let Some(place) = takes(Credential::Basic) else { return };
        let at = at.key("credentials").index(place);
        if require == Requirement::OneFactor {
            // A browser remembers such a password for the host and sends it with a form on another site's page, where
            // it would not send our cookie.
            let changes = |method: &Text<Method>| !matches!(method.0, Method::GET | Method::HEAD | Method::OPTIONS);
            let forms = self.methods.as_ref().is_none_or(|methods| methods.iter().any(changes));
            let more =
                if forms { "; browsers also send it with forms of other sites: add `methods = [\"GET\"]`" } else { "" };
            mistakes.warning(
                &at,
                format!("with `basic`, a password sent with each request is enough to open the site{more}"),
            );
        } else {
            let fault = Fault::new("`basic` is one factor", "remove it, or write `require = \"one_factor\"`");
            mistakes.mistake(&at, fault);
        }
    }
}

fn values<L: Clone>(list: Option<&Vec<Text<L>>>) -> Vec<L> {
    list.into_iter().flatten().map(|text| text.0.clone()).collect()
}

/// An empty list is ambiguous (nothing or everything), and a repeated value is a slip.
fn check_list<L: ConfigValue>(list: Option<&Vec<Text<L>>>, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) {
    // Invalid values are missing from the list.
    let (Some(list), false) = (list, mistakes.is_mistaken(at)) else { return };
    if list.is_empty() {
        mistakes.mistake(at, Fault::new("an empty list", "remove it, or add values"));
    }
    let texts: Vec<String> = list.iter().map(|value| value.0.text()).collect();
    for (place, text) in texts.iter().enumerate() {
        if texts.iter().take(place).any(|earlier| earlier == text) {
            mistakes.mistake(&at.index(place), Fault::new("this value is listed twice", "remove one of them"));
        }
    }
}

/// Converts the rules of one site and checks them individually and together.
pub(super) fn to_settings(rules: &[Rule], site: &KeyPath, mistakes: &mut MistakeCollector<'_>) -> Vec<policy::Rule> {
    let at = site.key("rules");
    let mut checked: Vec<policy::Rule> = Vec::with_capacity(rules.len());
    for (place, rule) in rules.iter().enumerate() {
        let here = at.index(place);
        rule.check(&here, mistakes);
        let rule = rule.to_settings();
        let covers = |earlier: &policy::Rule| earlier.selection.covers(&rule.selection);
        let earlier = checked.iter().position(covers).filter(|earlier| !mistakes.is_mistaken(&at.index(*earlier)));
        if let (Some(earlier), false) = (earlier, mistakes.is_mistaken(&here)) {
            mistakes
                .warning(&here, format!("never decides: `{}` matches everything that it matches", at.index(earlier)));
        }
        checked.push(rule);
    }
    checked
}
