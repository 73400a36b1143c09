use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::*;
use crate::domain::assurance::Assurance;
use crate::domain::client::{ClientAddress, Peer};
use crate::domain::exchange_kind::ExchangeKind;
use crate::domain::host::HostPattern;
use crate::domain::path::PathInterpretations;
use crate::domain::site::SiteId;
use crate::domain::target::RequestTarget;
use crate::keys::{KeyId, Settings};
use crate::platform::random::Random;
use crate::policy::{AmbiguousPaths, Budget, Evidence, PolicyMatch, PolicyQuery, Site, SiteSettings};

struct Fixture {
    _folder: tempfile::TempDir,
    settings: Settings,
    keys: Arc<KeyRing>,
    assertions: Assertions,
}

fn fixture(portal: Option<&str>) -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings { file: folder.path().join("keys") };
    let keys = Arc::new(KeyRing::open_or_create(&settings, at(0), &mut Random::system()).unwrap());
    let assertions = Assertions::new(Arc::clone(&keys), portal.map(|url| url.parse().unwrap()));
    Fixture { _folder: folder, settings, keys, assertions }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(1_800_000_000_000 + seconds * 1000)
}

fn identity() -> Arc<Identity> {
    Arc::new(Identity {
        account: AccountId::from_bytes([1; 16]),
        username: "ada".parse().unwrap(),
        name: None,
        email: Some("ada@example.com".parse().unwrap()),
        groups: vec!["staff".parse().unwrap()],
    })
}

fn session(first: u8, identity: &Arc<Identity>) -> Principal {
    let identity = Arc::clone(identity);
    let (session, authenticated_at) = (SessionId::from_bytes([first; 16]), at(0));
    Principal::Session(Evidence {
        session,
        identity,
        assurance: Assurance::TwoFactor,
        authenticated_at,
        created_at: authenticated_at,
    })
}

fn permit(principal: Principal, assertion: Assertion) -> Permit {
    let settings = SiteSettings { assertion, ..SiteSettings::new(HostPattern::Any, AmbiguousPaths::Refuse) };
    let site = Arc::new(Site { id: SiteId(0), settings });
    let target = RequestTarget::parse("/").unwrap();
    let path = PathInterpretations::of(target.path());
    let client = ClientAddress::of_peer(Peer::Unix);
    let wanted = PolicyQuery {
        site: &site,
        method: &http::Method::GET,
        also: &[],
        kind: ExchangeKind::Http,
        target: &target,
        path: &path,
        client,
    };
    PolicyMatch::find(&wanted, &mut Budget::for_one_request()).unwrap().decide(principal, at(0)).unwrap()
}

fn origin() -> Origin {
    "https://app.example:8443".parse().unwrap()
}

fn claims(token: &HeaderValue) -> Value {
    let part = token.to_str().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

#[test]
fn a_token_says_who_is_there_to_which_site_and_for_how_long() {
    let fixture = fixture(None);
    let token = fixture.assertions.of(&permit(session(2, &identity()), Assertion::Signed), &origin(), at(7)).unwrap();
    let seconds = at(7).seconds();
    let expected = json!({
        "iss": "https://app.example:8443", "aud": "app.example", "sub": "ada", "iat": seconds, "exp": seconds + 300,
        "email": "ada@example.com", "groups": ["staff"],
    });
    assert_eq!(claims(&token), expected);
    let portal = self::fixture(Some("https://auth.example"));
    let token = portal.assertions.of(&permit(session(2, &identity()), Assertion::Signed), &origin(), at(7)).unwrap();
    assert_eq!(claims(&token)["iss"], "https://auth.example");
}

#[test]
fn a_site_that_asks_for_none_gets_none() {
    let fixture = fixture(None);
    assert!(fixture.assertions.of(&permit(session(2, &identity()), Assertion::Unsigned), &origin(), at(0)).is_none());
    assert!(fixture.assertions.signed.is_empty());
}

#[test]
fn one_is_signed_for_each_session_and_origin_in_four_minutes() {
    let fixture = fixture(None);
    let ada = identity();
    let of = |first, origin: &str, now| {
        fixture
            .assertions
            .of(&permit(session(first, &ada), Assertion::Signed), &origin.parse().unwrap(), at(now))
            .unwrap()
    };
    let first = of(2, "https://a.example", 0);
    assert_eq!(of(2, "https://a.example", 239), first, "it is good for another minute");
    assert_ne!(of(2, "https://b.example", 0), first);
    assert_ne!(of(2, "https://a.example:8443", 0), first, "its issuer is another one");
    assert_ne!(of(2, "https://a.example", 240), first);
    let later = of(2, "https://a.example", 240);
    assert_ne!(of(2, "https://a.example", 200), later, "a clock set back makes no token of the future");
    of(3, "https://a.example", 0);
    assert_eq!(fixture.assertions.signed.len(), 4);
}

#[test]
fn a_changed_account_and_another_key_are_signed_anew_at_once() {
    let fixture = fixture(None);
    let ada = identity();
    let of =
        |identity| fixture.assertions.of(&permit(session(2, identity), Assertion::Signed), &origin(), at(0)).unwrap();
    let first = of(&ada);
    let changed = Arc::new(Identity { groups: Vec::new(), ..Identity::clone(&ada) });
    assert!(claims(&of(&changed)).get("groups").is_none());
    assert_eq!(of(&ada), first, "Ed25519 gives one signature for one message");
    KeyRing::rotate(&fixture.settings, at(0), &mut Random::system()).unwrap();
    fixture.keys.reload().unwrap();
    let second = of(&ada);
    assert_ne!(second, first);
    KeyRing::remove(&fixture.settings, KeyId::new(1)).unwrap();
    fixture.keys.reload().unwrap();
    assert_eq!(of(&ada), second);
}

#[test]
fn memory_is_bounded_whatever_hosts_are_asked_for() {
    let fixture = fixture(None);
    let ada = identity();
    let permit = permit(session(2, &ada), Assertion::Signed);
    let old: Origin = "https://old.example".parse().unwrap();
    fixture.assertions.of(&permit, &old, at(0)).unwrap();
    let (key, _) = fixture.keys.sign_assertion(&json!({})).unwrap();
    for number in 1..KEPT {
        let place =
            (Holder::Session(SessionId::from_bytes([3; 16])), format!("https://h{number}.example").parse().unwrap());
        let value = HeaderValue::from_static("x");
        fixture.assertions.signed.insert(place, Signed { value, at: at(200), key: key.clone(), identity: identity() });
    }
    fixture.assertions.of(&permit, &origin(), at(300)).unwrap();
    assert_eq!(fixture.assertions.signed.len(), KEPT, "what is over goes first");
    fixture.assertions.of(&permit, &old, at(300)).unwrap();
    assert_eq!(fixture.assertions.signed.len(), 1, "everything where nothing is over");
}
