//! What the protected site is told about the visitor.
//!
//! A client's own words under these names are removed in every spelling first, on every request, whoever asks; then
//! they are set from the account. In proxy mode a field without a value is left out ([`set`]); an answer to another
//! proxy always has all of them ([`answer`]).

use http::header::{HeaderMap, HeaderName, HeaderValue};

use crate::domain::identity::{Group, Identity};
use crate::headers::spelling;

/// The account's user name.
pub const REMOTE_USER: HeaderName = HeaderName::from_static("remote-user");
/// The person's name.
pub const REMOTE_NAME: HeaderName = HeaderName::from_static("remote-name");
/// The person's address.
pub const REMOTE_EMAIL: HeaderName = HeaderName::from_static("remote-email");
/// The account's groups, separated by commas.
pub const REMOTE_GROUPS: HeaderName = HeaderName::from_static("remote-groups");

/// What is told of an account, in the order of [`told`].
const FIELDS: [HeaderName; 4] = [REMOTE_USER, REMOTE_NAME, REMOTE_EMAIL, REMOTE_GROUPS];

/// The same in a signed form, where the site asks for it.
pub const ASSERTION: HeaderName = HeaderName::from_static("x-portcullis-assertion");

const NAMES: [&str; 4] = ["remote-user", "remote-name", "remote-email", "remote-groups"];

/// Every name that begins so is ours: `X-Portcullis-Assertion` and what may come.
const OURS: &str = "x-portcullis-";

/// Whether a client's field of this name could be taken for one of ours.
pub fn is_claimed(name: &str) -> bool {
    match name.as_bytes().first() {
        Some(b'r') => NAMES.iter().any(|ours| spelling::same(name, ours)),
        Some(b'x') => spelling::begins(name, OURS),
        Some(_) | None => false,
    }
}

/// Whether a client's field of this name is one of ours in another spelling: who overwrites ours leaves it standing.
pub fn is_disguised(name: &str) -> bool {
    is_claimed(name) && !NAMES.contains(&name) && !name.starts_with(OURS)
}

/// Sets all fields for another proxy, which overwrites what the visitor wrote with them: empty where there is nobody or
/// nothing to tell. Header values hold UTF-8 as it is.
pub fn answer(headers: &mut HeaderMap, identity: Option<&Identity>, assertion: Option<HeaderValue>) {
    let told = identity.map(told).unwrap_or_default();
    for (name, value) in FIELDS.into_iter().zip(told).chain([(ASSERTION, assertion)]) {
        headers.insert(name, value.unwrap_or(HeaderValue::from_static("")));
    }
}

/// Sets what the site is told. Names that were there are gone before ([`is_claimed`]).
pub fn set(headers: &mut HeaderMap, identity: &Identity) {
    for (name, value) in FIELDS.into_iter().zip(told(identity)) {
        if let Some(value) = value {
            headers.insert(name, value);
        }
    }
}

/// The values of [`FIELDS`].
fn told(identity: &Identity) -> [Option<HeaderValue>; 4] {
    // The domain types hold no control characters; a value that is none is left out rather than sent broken.
    let value = |text: &str| HeaderValue::from_bytes(text.as_bytes()).ok();
    let groups = match identity.groups.as_slice() {
        [] => None,
        [one] => value(one.as_str()),
        several => value(&several.iter().map(Group::as_str).collect::<Vec<_>>().join(",")),
    };
    [
        value(identity.username.as_str()),
        identity.name.as_ref().and_then(|name| value(name.as_str())),
        identity.email.as_ref().and_then(|email| value(email.as_str())),
        groups,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::identifier::AccountId;

    #[test]
    fn every_spelling_of_our_names_is_claimed_and_others_are_not() {
        for name in [
            "remote-user",
            "remote_user",
            "remote.groups",
            "remote_email",
            "x-portcullis-assertion",
            "x_portcullis.assertion",
        ] {
            assert!(is_claimed(name), "{name}");
        }
        for name in ["remote-addr", "remote-user-agent", "x-portcullis", "user-agent", "x-remote-user"] {
            assert!(!is_claimed(name), "{name}");
        }
    }

    #[test]
    fn an_answer_to_a_proxy_has_all_five_fields_and_overwrites_what_was_there() {
        let mut headers = HeaderMap::new();
        headers.append(REMOTE_GROUPS, HeaderValue::from_static("admins"));
        headers.append(REMOTE_GROUPS, HeaderValue::from_static("staff"));
        answer(&mut headers, None, None);
        let all = [REMOTE_USER, REMOTE_NAME, REMOTE_EMAIL, REMOTE_GROUPS, ASSERTION];
        assert!(headers.len() == 5 && all.iter().all(|name| headers.get(name).unwrap().is_empty()));
        let identity = Identity {
            account: AccountId::from_bytes([1; 16]),
            username: "ada".parse().unwrap(),
            name: None,
            email: None,
            groups: vec!["staff".parse().unwrap()],
        };
        answer(&mut headers, Some(&identity), Some(HeaderValue::from_static("a.b.c")));
        let value = |name| headers.get(name).unwrap().to_str().unwrap();
        assert_eq!(all.each_ref().map(value), ["ada", "", "", "staff", "a.b.c"]);
        assert_eq!(headers.len(), 5);
    }

    #[test]
    fn the_site_learns_who_is_there_and_fields_without_value_are_left_out() {
        let mut identity = Identity {
            account: AccountId::from_bytes([1; 16]),
            username: "ada".parse().unwrap(),
            name: None,
            email: None,
            groups: Vec::new(),
        };
        let mut headers = HeaderMap::new();
        set(&mut headers, &identity);
        assert_eq!(headers.len(), 1);
        identity.name = Some("Ad\u{e4} L.".parse().unwrap());
        identity.email = Some("ada@example.com".parse().unwrap());
        identity.groups = vec!["admins".parse().unwrap(), "staff".parse().unwrap()];
        set(&mut headers, &identity);
        assert_eq!(headers.get(REMOTE_USER).unwrap(), "ada");
        assert_eq!(headers.get(REMOTE_NAME).unwrap().as_bytes(), "Ad\u{e4} L.".as_bytes());
        assert_eq!(headers.get(REMOTE_EMAIL).unwrap(), "ada@example.com");
        assert_eq!(headers.get(REMOTE_GROUPS).unwrap(), "admins,staff");
    }
}
