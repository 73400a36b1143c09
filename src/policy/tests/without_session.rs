//! What a site answers without a session.

use super::*;

#[test]
fn what_a_site_answers_without_a_session_needs_none_unless_a_rule_denies_it() {
    let open = |rules: Vec<Rule>| {
        let without_session = WithoutSession { browser_assets: BrowserAssets::Open, cors_origins: Vec::new() };
        let plain = SiteSettings::new(HostPattern::Any, AmbiguousPaths::Pass);
        Arc::new(Site { id: SiteId(3), settings: SiteSettings { without_session, rules, ..plain } })
    };
    let protected = open(vec![rule("/**", Requirement::TwoFactor)]);
    let permit = decide(&protected, &Method::GET, "/manifest.json", nobody()).unwrap();
    assert!(permit.identity().is_none());
    let one_factor = session(Assurance::OneFactor, NOW);
    let permit = decide(&protected, &Method::GET, "/manifest.json", one_factor).unwrap();
    assert!(permit.identity().is_none(), "a password alone names nobody");
    let permit = decide(&protected, &Method::GET, "/manifest.json", ada()).unwrap();
    assert!(permit.identity().is_some());
    let regex = regex("/never", Requirement::Nothing);
    for rules in [vec![rule("/Manifest.json", Requirement::Deny)], vec![regex, rule("/**", Requirement::Deny)]] {
        let closed = open(rules);
        assert_eq!(decide(&closed, &Method::GET, "/manifest.json", ada()).err(), Some(DenialReason::Denied));
    }
    for target in ["/manifest%2ejson", "/x/../manifest.json", "/manifest.json;x", "//manifest.json"] {
        let denied = decide(&protected, &Method::GET, target, nobody()).err();
        assert_eq!(denied, Some(DenialReason::NoSession), "{target}");
    }
}
