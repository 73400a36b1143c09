mod cost;
mod explanation;
mod generated;
mod without_session;

use std::sync::Arc;
use std::time::Duration;

use http::Method;

use super::*;
use crate::domain::assurance::Assurance;
use crate::domain::client::{ClientAddress, Peer};
use crate::domain::denial_reason::DenialReason;
use crate::domain::exchange_kind::ExchangeKind;
use crate::domain::host::HostPattern;
use crate::domain::identifier::{AccountId, SessionId, TokenId};
use crate::domain::identity::Identity;
use crate::domain::path::PathInterpretations;
use crate::domain::site::SiteId;
use crate::domain::target::RequestTarget;
use crate::platform::clock::{SKEW, Timestamp};
use crate::policy::selection::Mismatch;

const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);

fn rule(path: &str, require: Requirement) -> Rule {
    Rule { selection: about(path), require, ..Rule::default() }
}

fn about(path: &str) -> Selection {
    Selection { path: PathPattern::parse(path).unwrap(), ..Selection::default() }
}

fn regex(pattern: &str, require: Requirement) -> Rule {
    let selection = Selection { path: PathPattern::regex(pattern).unwrap(), ..Selection::default() };
    Rule { selection, require, ..Rule::default() }
}

fn site(rules: Vec<Rule>) -> Arc<Site> {
    let settings = SiteSettings { rules, ..SiteSettings::new(HostPattern::Any, AmbiguousPaths::Pass) };
    Arc::new(Site { id: SiteId(3), settings })
}

fn from(address: &str) -> ClientAddress {
    ClientAddress::of_peer(Peer::Address(address.parse().unwrap()))
}

fn identity(username: &str, groups: &[&str]) -> Arc<Identity> {
    Arc::new(Identity {
        account: AccountId::from_bytes([1; 16]),
        username: username.parse().unwrap(),
        name: None,
        email: None,
        groups: groups.iter().map(|group| group.parse().unwrap()).collect(),
    })
}

fn session(assurance: Assurance, authenticated_at: Timestamp) -> Principal {
    let session = SessionId::from_bytes([2; 16]);
    Principal::Session(Evidence {
        session,
        identity: identity("ada", &["staff"]),
        assurance,
        authenticated_at,
        created_at: authenticated_at,
    })
}

/// A person who has just given both factors.
fn ada() -> Principal {
    session(Assurance::TwoFactor, NOW)
}

fn nobody() -> Principal {
    Principal::Anonymous(DenialReason::NoSession)
}

fn find<'a>(asked: &PolicyQuery<'a>) -> PolicyMatch<'a> {
    PolicyMatch::find(asked, &mut Budget::for_one_request()).unwrap()
}

/// A GET from somewhere.
fn get<'a>(site: &'a Arc<Site>, target: &'a RequestTarget, path: &'a PathInterpretations<'a>) -> PolicyQuery<'a> {
    let client = from("192.0.2.1");
    PolicyQuery { site, method: &Method::GET, also: &[], kind: ExchangeKind::Http, target, path, client }
}

fn decide(site: &Arc<Site>, method: &Method, target: &str, principal: Principal) -> Result<Permit, DenialReason> {
    let target = RequestTarget::parse(target).unwrap();
    let path = PathInterpretations::of(target.path());
    find(&PolicyQuery { method, ..get(site, &target, &path) }).decide(principal, NOW)
}

fn reason(site: &Arc<Site>, target: &str, principal: Principal) -> Option<DenialReason> {
    decide(site, &Method::GET, target, principal).err()
}

#[test]
fn two_factors_pass_and_the_password_alone_opens_nothing() {
    let site = site(Vec::new());
    let permit = decide(&site, &Method::GET, "/x", ada()).unwrap();
    assert_eq!(
        (permit.identity().unwrap().username.as_str(), permit.rule().to_string()),
        ("ada", "no rule".to_owned())
    );
    assert_eq!(reason(&site, "/x", session(Assurance::OneFactor, NOW)), Some(DenialReason::NotEnoughFactors));
    assert_eq!(reason(&site, "/x", nobody()), Some(DenialReason::NoSession));
}

#[test]
fn the_first_rule_that_matches_counts() {
    let rules = vec![
        rule("/public/admin/**", Requirement::Deny),
        rule("/public/**", Requirement::Nothing),
        rule("/public/admin/x", Requirement::Nothing),
        rule("/robots.txt", Requirement::Nothing),
    ];
    let site = site(rules);
    for open in ["/public", "/public/", "/public/x/y", "/robots.txt", "/public/x?y=/admin"] {
        assert_eq!(reason(&site, open, nobody()), None, "{open}");
    }
    for denied in ["/public/admin", "/public/admin/x", "/public/x/../admin"] {
        assert_eq!(reason(&site, denied, ada()), Some(DenialReason::Denied), "{denied}");
    }
    for closed in ["/", "/publicx", "/x/public/", "/robots.txt/", "/robots.txtx", "/?x=/public/", "/x?/public/"] {
        assert_eq!(reason(&site, closed, nobody()), Some(DenialReason::NoSession), "{closed}");
    }
    let permit = decide(&site, &Method::GET, "/public/x", nobody()).unwrap();
    assert_eq!((permit.rule().to_string(), permit.site().id), ("sites[3].rules[1]".to_owned(), SiteId(3)));
    assert!(permit.identity().is_none() && matches!(permit.principal(), Principal::Anonymous(_)));
}

#[test]
fn a_regex_matches_the_whole_path_and_nothing_less() {
    let site = site(vec![regex("/a|/b/[0-9]+", Requirement::Nothing)]);
    for open in ["/a", "/b/17"] {
        assert_eq!(reason(&site, open, nobody()), None, "{open}");
    }
    for closed in ["/a/x", "/x/a", "/b/17x", "/b/17/", "/b/", "/a%0A"] {
        assert!(reason(&site, closed, nobody()).is_some(), "{closed}");
    }
    for bad in ["(", "/a)|(/b", "(?x)/a #", "(?=/a)/a", r"(/a)\1", "/a{1000}{1000}{1000}"] {
        assert!(PathPattern::regex(bad).is_err(), "{bad}");
    }
}

#[test]
fn methods_and_networks_select_a_rule() {
    let mut read = rule("/**", Requirement::Nothing);
    read.selection.methods = vec![Method::GET];
    let mut inside = rule("/**", Requirement::Nothing);
    inside.selection.networks = vec!["10.0.0.0/8".parse().unwrap()];
    let target = RequestTarget::parse("/x").unwrap();
    let path = PathInterpretations::of("/x");
    let passes = |rule: &Rule, method: &Method, client| {
        let site = site(vec![rule.clone()]);
        find(&PolicyQuery { method, client, ..get(&site, &target, &path) }).decide(nobody(), NOW).is_ok()
    };
    let here = from("192.0.2.1");
    assert!(passes(&read, &Method::GET, here) && passes(&read, &Method::HEAD, here));
    assert!(!passes(&read, &Method::POST, here) && !passes(&read, &Method::OPTIONS, here));
    read.selection.methods = vec![Method::HEAD];
    assert!(!passes(&read, &Method::GET, here));
    assert!(passes(&inside, &Method::POST, from("::ffff:10.1.2.3")) && !passes(&inside, &Method::POST, here));
    inside.selection.networks = vec!["0.0.0.0/0".parse().unwrap(), "::/0".parse().unwrap()];
    assert!(!passes(&inside, &Method::GET, ClientAddress::of_peer(Peer::Unix)), "a unix socket is in no network");
}

#[test]
fn groups_and_accounts_restrict_and_never_unselect() {
    let mut admins = rule("/admin/**", Requirement::TwoFactor);
    let open = rule("/**", Requirement::Nothing);
    for (groups, accounts, passes) in [
        (vec!["staff"], vec![], true),
        (vec!["admins", "staff"], vec![], true),
        (vec!["admins"], vec!["ada"], true),
        (vec!["admins"], vec!["bob"], false),
        (vec![], vec!["bob"], false),
        (vec![], vec![], true),
    ] {
        admins.people.groups = groups.iter().map(|group| group.parse().unwrap()).collect();
        admins.people.accounts = accounts.iter().map(|name| name.parse().unwrap()).collect();
        let site = site(vec![admins.clone(), open.clone()]);
        let refused = (!passes).then_some(DenialReason::NotAllowed);
        assert_eq!(reason(&site, "/admin/x", ada()), refused, "{groups:?} {accounts:?}");
        assert_eq!(reason(&site, "/admin/x", nobody()), Some(DenialReason::NoSession));
        // A person who is not allowed is not asked for a code first.
        let password = session(Assurance::OneFactor, NOW);
        assert_eq!(reason(&site, "/admin/x", password), Some(refused.unwrap_or(DenialReason::NotEnoughFactors)));
    }
}

#[test]
fn a_factor_is_fresh_for_as_long_as_the_rule_says_and_never_in_the_future() {
    let mut fresh = rule("/**", Requirement::TwoFactor);
    fresh.fresh_within = Some(Duration::from_mins(10));
    let site = site(vec![fresh]);
    let given = |at| reason(&site, "/", session(Assurance::TwoFactor, at));
    let minute = Duration::from_mins(1);
    assert_eq!(given(NOW.minus(minute * 10)), None);
    assert_eq!(given(NOW.minus(minute * 10 + Duration::from_millis(1))), Some(DenialReason::NotFresh));
    assert_eq!(given(NOW.plus(SKEW)), None);
    assert_eq!(given(NOW.plus(SKEW + Duration::from_millis(1))), Some(DenialReason::NotFresh));
    assert_eq!(
        reason(&site, "/", Principal::Token(TokenId::from_bytes([3; 16]), identity("ada", &[]))),
        Some(DenialReason::ForeignToken)
    );
}

#[test]
fn only_what_the_rule_takes_may_be_shown() {
    let token = || Principal::Token(TokenId::from_bytes([3; 16]), identity("ada", &["staff"]));
    let password = || Principal::Password(identity("ada", &["staff"]));
    let taking = |require, credentials: &[Credential]| {
        let mut rule = rule("/**", require);
        rule.credentials = credentials.to_vec();
        site(vec![rule])
    };
    let usual = taking(Requirement::OneFactor, &[Credential::Session]);
    assert_eq!(reason(&usual, "/", token()), Some(DenialReason::ForeignToken));
    assert_eq!(reason(&usual, "/", password()), Some(DenialReason::WrongPassword));
    assert_eq!(reason(&usual, "/", session(Assurance::OneFactor, NOW)), None);
    let all = taking(Requirement::OneFactor, &Credential::ALL);
    for principal in [token(), password(), ada()] {
        assert_eq!(reason(&all, "/", principal), None);
    }
    let two = taking(Requirement::TwoFactor, &Credential::ALL);
    assert_eq!(reason(&two, "/", token()), None);
    assert_eq!(reason(&two, "/", password()), Some(DenialReason::NotEnoughFactors));
    let scripts = taking(Requirement::TwoFactor, &[Credential::Token]);
    assert_eq!(reason(&scripts, "/", ada()), Some(DenialReason::NotAllowed));
    for principal in [token(), password(), ada(), nobody()] {
        assert_eq!(reason(&taking(Requirement::Nothing, &[Credential::Session]), "/", principal.clone()), None);
        assert_eq!(reason(&taking(Requirement::Deny, &Credential::ALL), "/", principal), Some(DenialReason::Denied));
    }
}

#[test]
fn where_no_rule_asks_the_site_is_told_of_two_factors_alone() {
    let half = || session(Assurance::OneFactor, NOW);
    let told = |require, principal| {
        let site = site(vec![rule("/**", require)]);
        decide(&site, &Method::GET, "/", principal).unwrap().identity().is_some()
    };
    assert!(told(Requirement::Nothing, ada()) && !told(Requirement::Nothing, half()));
    assert!(told(Requirement::OneFactor, ada()) && told(Requirement::OneFactor, half()));
}

#[test]
fn a_request_passes_only_if_it_passes_under_every_way_to_read_its_path() {
    let rules = vec![
        rule("/admin/**", Requirement::Deny),
        regex("/.*[.]css", Requirement::Nothing),
        rule("/public/**", Requirement::Nothing),
        rule("/exact", Requirement::Deny),
    ];
    let site = site(rules);
    for trick in [
        "/ADMIN/x.css",
        "/admin;x/y.css",
        "/public/..;/admin",
        "/admin%20/x.css",
        "/admin./x.css",
        "/adm%C4%B1n/x.css",
        "//admin/x.css",
        "/public/..%2fadmin",
        "/public/..%5Cadmin",
        "/public\\..\\admin",
        "/public/%252e%252e/admin",
        "/public/%2e%2e/admin",
        "/public/%c0%ae%c0%ae/admin",
        "/admin%00.css",
        "/admin%3f.css",
        "/exact/",
        "/EXACT",
        "/public/%252525252e",
    ] {
        assert_eq!(reason(&site, trick, ada()), Some(DenialReason::Denied), "{trick}");
    }
    for open in ["/public/a%20b", "/public/A", "/x.css", "/X.CSS;v=1/a.css", "/public/a;v=1"] {
        assert_eq!(reason(&site, open, nobody()), None, "{open}");
    }
}

#[test]
fn capitals_in_a_rule_do_not_hide_it_from_small_letters() {
    let site = site(vec![rule("/Admin/**", Requirement::Deny), rule("/**", Requirement::Nothing)]);
    for path in ["/Admin/x", "/admin/x", "/ADMIN"] {
        assert_eq!(reason(&site, path, ada()), Some(DenialReason::Denied), "{path}");
    }
}

#[test]
fn a_ruling_asks_what_its_strictest_rule_asks_and_takes_what_all_take() {
    let mut public = rule("/api/**", Requirement::OneFactor);
    public.credentials = Credential::ALL.to_vec();
    let rules = vec![public, rule("/admin/**", Requirement::TwoFactor), rule("/**", Requirement::Nothing)];
    let site = site(rules);
    let policy_match = |path: &str| {
        let target = RequestTarget::parse(path).unwrap();
        let path = PathInterpretations::of(path);
        let policy_match = find(&get(&site, &target, &path));
        (policy_match.require(), Credential::ALL.map(|credential| policy_match.accepts(credential)))
    };
    assert_eq!(policy_match("/api/x"), (Requirement::OneFactor, [true; 3]));
    assert_eq!(policy_match("/api/..%2Fadmin"), (Requirement::TwoFactor, [true, false, false]));
    assert_eq!(policy_match("/x"), (Requirement::Nothing, [true, false, false]));
    // A rule that requires nothing does not restrict the credentials of one that does.
    assert_eq!(policy_match("/api/..%2Fx"), (Requirement::OneFactor, [true; 3]));
    assert_eq!(policy_match("/%252525").0, Requirement::Deny);
}

#[test]
fn a_rule_path_is_written_in_canonical_form() {
    for (text, fault) in [
        ("public/**", PathFault::Relative),
        ("", PathFault::Relative),
        ("**", PathFault::Relative),
        ("/a/*", PathFault::Star),
        ("/a/**/b", PathFault::Star),
        ("/a**", PathFault::Star),
        ("/a?b", PathFault::Query),
        ("/a#b", PathFault::Query),
        ("/a b", PathFault::NoPath),
        ("/%61dmin/../x/**", PathFault::NotCanonical("/x/**".to_owned())),
        ("/a/../b", PathFault::NotCanonical("/b".to_owned())),
        ("/caf\u{e9}", PathFault::NotCanonical("/caf%C3%A9".to_owned())),
        ("/a%2fb", PathFault::NotCanonical("/a%2Fb".to_owned())),
        ("/a//**", PathFault::NotCanonical("/a/**".to_owned())),
    ] {
        let found = PathPattern::parse(text).unwrap_err();
        assert_eq!(found, fault, "{text}");
    }
    assert_eq!(PathPattern::parse("/a;v=1/**").unwrap().other_readings().collect::<Vec<_>>(), ["/a"]);
    for text in ["/", "/**", "/a", "/a/", "/a/**"] {
        assert_eq!(PathPattern::parse(text).unwrap().to_string(), text);
    }
}

#[test]
fn a_rule_that_another_covers_is_known() {
    let covers = |outer: &Selection, inner: &Selection| outer.covers(inner);
    let with = |path: &str, methods: &[Method], networks: &[&str]| Selection {
        methods: methods.to_vec(),
        networks: networks.iter().map(|network| network.parse().unwrap()).collect(),
        ..about(path)
    };
    let any = Selection::default();
    for (outer, inner) in [
        (&any, &about("/a/**")),
        (&about("/**"), &any),
        (&about("/a/**"), &about("/a/b/**")),
        (&about("/a/**"), &about("/a")),
        (&about("/a"), &about("/a")),
        (&with("/a/**", &[Method::GET, Method::POST], &[]), &with("/a/b", &[Method::HEAD], &[])),
        (&with("/a/**", &[], &["10.0.0.0/8"]), &with("/a", &[Method::GET], &["10.1.0.0/16"])),
    ] {
        assert!(covers(outer, inner), "{outer:?} {inner:?}");
    }
    for (outer, inner) in [
        (&about("/a/**"), &about("/ab")),
        (&about("/a"), &about("/a/**")),
        (&about("/a/"), &about("/a")),
        (&with("/**", &[Method::GET], &[]), &any),
        (&with("/**", &[], &["10.0.0.0/8"]), &any),
    ] {
        assert!(!covers(outer, inner), "{outer:?} {inner:?}");
    }
}
