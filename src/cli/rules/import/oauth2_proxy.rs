//! The configuration of oauth2-proxy: what it lets pass without a session, as rules of one site.
//!
//! Its lists only open: a request passes if any entry matches, so an entry that is refused closes a path and opens none.
//! What restricts who may pass is another matter: if it cannot be said, everything is closed.

use std::str::FromStr;

use http::Method;
use toml::{Table, Value};

use super::converted::{Conversion, ConvertedRule, ConvertedSite};
use crate::domain::identity::Group;
use crate::domain::network::Network;
use crate::policy::{Requirement, SearchedText, anchored};

/// Settings that decide nothing about paths, and what stands for them here.
const ELSEWHERE: [(&str, &str); 6] = [
    ("htpasswd_file", "its accounts are read by `portcullis user import`"),
    ("whitelist_domains", "visitors return only to the hosts of your sites"),
    ("reverse_proxy", "name the proxy in `server.trusted_proxies`"),
    ("cookie_secret", "keys are made by `portcullis serve`; it is not read"),
    ("cookie_domains", "`session.cookie_domain` is needed for few apps"),
    ("client_id", "people sign in here, not at another provider"),
];

pub(super) fn convert(text: &str, host: Option<&str>, upstream: Option<&str>) -> Result<Conversion, String> {
    let table: Table = text.parse().map_err(|error: toml::de::Error| {
        format!("this is neither Authelia's YAML with `access_control` nor oauth2-proxy's TOML: {}", error.message())
    })?;
    let Some(host) = host else {
        return Err("the file of oauth2-proxy does not name its host; name it with --host".to_owned());
    };
    let mut conversion = Conversion::default();
    let mut rules = open_rules(&table, &mut conversion);
    rules.extend(closing_rule(&table, &mut conversion));
    let told = upstream.map(str::to_owned);
    let upstream = told.or_else(|| single_upstream(&table, &mut conversion));
    for (key, what) in ELSEWHERE {
        if table.contains_key(key) {
            conversion.note(key, what);
        }
    }
    conversion.sites.push(ConvertedSite { host: host.to_owned(), upstream, rules });
    Ok(conversion)
}

/// Settings that restrict who may pass by what another provider knows of a person.
const RESTRICTIONS: [&str; 13] = [
    "authenticated_emails_file",
    "allowed_roles",
    "azure_tenant",
    "bitbucket_repository",
    "bitbucket_team",
    "github_org",
    "github_repo",
    "github_team",
    "github_users",
    "gitlab_group",
    "gitlab_projects",
    "google_group",
    "keycloak_group",
];

/// Whether a key is one of these; some also have the plural.
fn restricts(key: &str) -> bool {
    RESTRICTIONS.iter().any(|known| key == *known || key.strip_suffix('s') == Some(known))
}

/// A list of texts, or a single one. `None`: it is neither, which is said.
fn texts(table: &Table, key: &str, conversion: &mut Conversion) -> Option<Vec<String>> {
    let read = match table.get(key) {
        None => return Some(Vec::new()),
        Some(Value::String(text)) => Some(vec![text.clone()]),
        Some(value) => {
            value.as_array().and_then(|list| list.iter().map(|item| item.as_str().map(str::to_owned)).collect())
        }
    };
    if read.is_none() {
        conversion.rejected(key, "it is not a list of texts");
    }
    read
}

fn open_rules(table: &Table, conversion: &mut Conversion) -> Vec<ConvertedRule> {
    let mut rules = Vec::new();
    let open = |subject: &str| ConvertedRule::everything(Requirement::Nothing, subject);
    if table.get("skip_auth_preflight").and_then(Value::as_bool) == Some(true) {
        conversion.converted("skip_auth_preflight", "open for OPTIONS");
        rules.push(ConvertedRule { methods: vec!["OPTIONS".to_owned()], ..open("skip_auth_preflight") });
    }
    let trusted = texts(table, "trusted_ips", conversion).unwrap_or_default();
    for (index, network) in trusted.into_iter().enumerate() {
        let subject = format!("trusted_ips[{index}]");
        if network.parse::<Network>().is_ok() {
            conversion.converted(&subject, format!("everything is open for {network}"));
            rules.push(ConvertedRule { networks: vec![network], ..open(&subject) });
        } else {
            conversion.rejected(&subject, format!("{network:?} is no network"));
        }
    }
    for key in ["skip_auth_routes", "skip_auth_regex"] {
        for (index, route) in texts(table, key, conversion).unwrap_or_default().into_iter().enumerate() {
            let subject = format!("{key}[{index}] {route:?}");
            let parsed = if key == "skip_auth_regex" { path(&route) } else { self::route(&route) };
            match parsed {
                Ok(Route { methods, path_regex }) => {
                    conversion.converted(&subject, format!("open: {path_regex}"));
                    rules.push(ConvertedRule { methods, path_regex: Some(path_regex), ..open(&subject) });
                }
                Err(why) => conversion.rejected(&subject, why),
            }
        }
    }
    rules
}

struct Route {
    methods: Vec<String>,
    path_regex: String,
}

/// `METHOD=regex`, `METHOD!=regex` or a regex alone.
fn route(written: &str) -> Result<Route, String> {
    let Some((method, expression)) = written.split_once('=') else { return path(written) };
    if method.ends_with('!') {
        return Err("it opens everything but the expression; name what is open".to_owned());
    }
    if method.is_empty() {
        return path(expression);
    }
    let is_word = method.bytes().all(|byte| byte.is_ascii_alphabetic());
    let method = Method::from_str(&method.to_ascii_uppercase()).ok().filter(|_| is_word);
    let method = method.ok_or_else(|| "what stands before `=` is no method".to_owned())?;
    Ok(Route { methods: vec![method.to_string()], ..path(expression)? })
}

fn path(expression: &str) -> Result<Route, String> {
    let path_regex = anchored(expression, SearchedText::Path).map_err(|why| why.to_string())?;
    Ok(Route { methods: Vec::new(), path_regex })
}

/// The rule for everything else, if it is not the usual one.
fn closing_rule(table: &Table, conversion: &mut Conversion) -> Option<ConvertedRule> {
    let everybody = |domains: &[String]| domains.iter().any(|domain| domain == "*");
    let unreadable = |key: &str| {
        let comment = format!("{key} could not be read, so everything else is closed");
        Some(ConvertedRule::everything(Requirement::Deny, comment))
    };
    let Some(domains) = texts(table, "email_domains", conversion) else { return unreadable("email_domains") };
    if everybody(&domains) {
        conversion.note("email_domains", "every account of Portcullis may pass");
    }
    let by_address = (!domains.is_empty() && !everybody(&domains)).then_some("email_domains");
    let by_provider = table.keys().map(String::as_str).filter(|key| restricts(key));
    let restricted: Vec<&str> = by_address.into_iter().chain(by_provider).collect();
    for key in &restricted {
        conversion.rejected(*key, "who may pass is said by `groups` and `accounts` of a rule here");
    }
    if !restricted.is_empty() {
        let comment = format!("{} could not be said, so everything else is closed", restricted.join(", "));
        return Some(ConvertedRule::everything(Requirement::Deny, comment));
    }
    let Some(groups) = texts(table, "allowed_groups", conversion) else { return unreadable("allowed_groups") };
    if groups.is_empty() {
        return None;
    }
    if let Some(bad) = groups.iter().find(|group| group.parse::<Group>().is_err()) {
        conversion.rejected("allowed_groups", format!("{bad:?} is no group here"));
        let comment = "allowed_groups could not be said, so everything else is closed";
        return Some(ConvertedRule::everything(Requirement::Deny, comment));
    }
    conversion.converted("allowed_groups", "everything else is for these groups");
    Some(ConvertedRule { groups, ..ConvertedRule::everything(Requirement::TwoFactor, "allowed_groups") })
}

/// The address of the app, if there is one for all paths.
fn single_upstream(table: &Table, conversion: &mut Conversion) -> Option<String> {
    let upstreams = texts(table, "upstreams", conversion).unwrap_or_default();
    let single = match upstreams.as_slice() {
        [one] => url::Url::parse(one).ok(),
        _ => None,
    };
    let whole = single.filter(|url| {
        matches!(url.scheme(), "http" | "https") && matches!(url.path(), "" | "/") && url.fragment().is_none()
    });
    if let Some(url) = whole {
        conversion.converted("upstreams", "the address of the site");
        return Some(url.as_str().trim_end_matches('/').to_owned());
    }
    for (index, upstream) in upstreams.iter().enumerate() {
        let why = if upstream.starts_with("http://") || upstream.starts_with("https://") {
            "a site here has one address for all of its paths; put a proxy or a host of its own in front of each app"
        } else {
            "only apps that speak HTTP are protected; serve files and fixed answers by another server"
        };
        conversion.rejected(format!("upstreams[{index}] {upstream:?}"), why);
    }
    None
}
