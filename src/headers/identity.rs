//! The headers that tell the protected site who the visitor is.
//!
//! A client's fields of these names are first removed, in every spelling and on every request; then they are set from
//! the account. The names are `Remote-*`, or those that the site chooses (`sites.identity_headers`). In proxy mode a
//! field without a value is left out ([`set`]); an answer to another proxy always contains all of them ([`answer`]).

use http::header::{HeaderMap, HeaderName, HeaderValue};

use crate::domain::identity::{Group, Identity};
use crate::domain::identity_headers::IdentityHeaders;
use crate::headers::{known_identity, spelling};

/// The signed identity, if the site wants it.
pub(super) const ASSERTION: HeaderName = HeaderName::from_static("x-portcullis-assertion");

const NAMES: [&str; 4] = ["remote-user", "remote-name", "remote-email", "remote-groups"];

/// All names with this prefix are ours: `X-Portcullis-Assertion` and future ones.
const OURS: &str = "x-portcullis-";

/// Whether a client's field of this name could be taken for one of ours.
pub(crate) fn is_claimed(name: &str) -> bool {
    match name.as_bytes().first() {
        Some(b'r') => NAMES.iter().any(|ours| spelling::same(name, ours)),
        Some(b'x') => spelling::begins(name, OURS),
        Some(_) | None => false,
    }
}

/// Whether a client's field of this name would tell this site who is signed in: one of our names, one that the site
/// chose, or one that common apps read an identity from, unless the site keeps it.
pub(super) fn is_claimed_at(site: &IdentityHeaders, name: &str) -> bool {
    is_claimed(name) || is_chosen(site, name) || (known_identity::is_known(name) && !is_kept(site, name))
}

/// Whether a client's field of this name must not be in a forward-auth request, because it would reach the site next to
/// our answer. That is one of our names in another spelling, which the answer does not overwrite, or a name that the
/// site chose, which a proxy that does not know it neither removes nor overwrites.
pub(crate) fn is_misplaced(site: &IdentityHeaders, name: &str) -> bool {
    let ours_in_plain = NAMES.contains(&name) || name.starts_with(OURS);
    !ours_in_plain && (is_claimed(name) || is_chosen(site, name))
}

/// Whether a client's field of this name would give this site an identity that our answer does not overwrite.
pub(crate) fn is_foreign(site: &IdentityHeaders, name: &str) -> bool {
    known_identity::is_known(name) && !is_claimed(name) && !is_chosen(site, name) && !is_kept(site, name)
}

fn is_chosen(site: &IdentityHeaders, name: &str) -> bool {
    site.names().into_iter().any(|chosen| spelling::alike(chosen.as_str(), name))
}

/// Whether this site accepts a visitor's field of this name (`sites.keep_headers`).
pub(super) fn is_kept(site: &IdentityHeaders, name: &str) -> bool {
    // Only in its plain spelling, which every legitimate sender uses.
    site.kept.iter().any(|kept| kept.as_str() == name)
}

/// Sets all fields for another proxy, which overwrites the visitor's fields with them. Fields without a value are
/// empty. `Remote-*` are always set, so that one list of names in the proxy's configuration works for every site, and
/// so are the names that the site chose. Values are plain UTF-8.
pub(crate) fn answer(
    headers: &mut HeaderMap,
    site: &IdentityHeaders,
    identity: Option<&Identity>,
    assertion: Option<HeaderValue>,
) {
    const EMPTY: HeaderValue = HeaderValue::from_static("");
    let values = identity.map(values).unwrap_or_default();
    for (value, (name, chosen)) in values.into_iter().zip(IdentityHeaders::DEFAULTS.into_iter().zip(site.names())) {
        let value = value.unwrap_or(EMPTY);
        if *chosen != name {
            headers.insert(chosen.clone(), value.clone());
        }
        headers.insert(name, value);
    }
    headers.insert(ASSERTION, assertion.unwrap_or(EMPTY));
}

/// Sets the site's identity headers. Existing fields of these names were removed before ([`is_claimed_at`]).
pub(crate) fn set(headers: &mut HeaderMap, site: &IdentityHeaders, identity: &Identity) {
    for (name, value) in site.names().into_iter().zip(values(identity)) {
        if let Some(value) = value {
            headers.insert(name.clone(), value);
        }
    }
}

/// The values in the order of [`IdentityHeaders::names`].
fn values(identity: &Identity) -> [Option<HeaderValue>; 4] {
    // The domain types contain no control characters. A value that is invalid all the same is left out rather than sent
    // broken.
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
    use crate::domain::identity_headers::{REMOTE_EMAIL, REMOTE_GROUPS, REMOTE_NAME, REMOTE_USER};

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

    fn ada() -> Identity {
        Identity {
            account: AccountId::from_bytes([1; 16]),
            username: "ada".parse().unwrap(),
            name: None,
            email: None,
            groups: vec!["staff".parse().unwrap()],
        }
    }

    /// A site with Grafana's names, behind a program that sets `X-Remote-User`.
    fn grafana() -> IdentityHeaders {
        IdentityHeaders {
            user: HeaderName::from_static("x-webauth-user"),
            groups: HeaderName::from_static("x_webauth_groups"),
            kept: vec![HeaderName::from_static("x-remote-user")],
            ..IdentityHeaders::default()
        }
    }

    #[test]
    fn an_answer_to_a_proxy_has_all_five_fields_and_overwrites_what_was_there() {
        let site = IdentityHeaders::default();
        let mut headers = HeaderMap::new();
        headers.append(REMOTE_GROUPS, HeaderValue::from_static("admins"));
        headers.append(REMOTE_GROUPS, HeaderValue::from_static("staff"));
        answer(&mut headers, &site, None, None);
        let all = [REMOTE_USER, REMOTE_NAME, REMOTE_EMAIL, REMOTE_GROUPS, ASSERTION];
        assert!(headers.len() == 5 && all.iter().all(|name| headers.get(name).unwrap().is_empty()));
        answer(&mut headers, &site, Some(&ada()), Some(HeaderValue::from_static("a.b.c")));
        let value = |name| headers.get(name).unwrap().to_str().unwrap();
        assert_eq!(all.each_ref().map(value), ["ada", "", "", "staff", "a.b.c"]);
        assert_eq!(headers.len(), 5);
    }

    #[test]
    fn an_answer_bears_the_names_of_the_site_beside_ours_also_where_there_is_nobody() {
        let mut headers = HeaderMap::new();
        answer(&mut headers, &grafana(), None, None);
        assert!(headers.len() == 7 && headers.values().all(HeaderValue::is_empty));
        answer(&mut headers, &grafana(), Some(&ada()), None);
        let told = [("remote-user", "ada"), ("x-webauth-user", "ada"), ("x_webauth_groups", "staff")];
        assert!(headers.len() == 7 && told.iter().all(|(name, value)| headers.get(*name).unwrap() == value));
    }

    #[test]
    fn the_site_learns_who_is_there_and_fields_without_value_are_left_out() {
        let (site, mut identity) = (IdentityHeaders::default(), Identity { groups: Vec::new(), ..ada() });
        let mut headers = HeaderMap::new();
        set(&mut headers, &site, &identity);
        assert_eq!(headers.len(), 1);
        identity.name = Some("Ad\u{e4} L.".parse().unwrap());
        identity.email = Some("ada@example.com".parse().unwrap());
        identity.groups = vec!["admins".parse().unwrap(), "staff".parse().unwrap()];
        set(&mut headers, &site, &identity);
        assert_eq!(headers.get(REMOTE_USER).unwrap(), "ada");
        assert_eq!(headers.get(REMOTE_NAME).unwrap().as_bytes(), "Ad\u{e4} L.".as_bytes());
        assert_eq!(headers.get(REMOTE_EMAIL).unwrap(), "ada@example.com");
        assert_eq!(headers.get(REMOTE_GROUPS).unwrap(), "admins,staff");
    }

    #[test]
    fn a_chosen_name_takes_the_place_of_ours_and_the_others_stay() {
        let mut headers = HeaderMap::new();
        let identity = Identity { email: Some("ada@example.com".parse().unwrap()), ..ada() };
        set(&mut headers, &grafana(), &identity);
        let told = [("x-webauth-user", "ada"), ("remote-email", "ada@example.com"), ("x_webauth_groups", "staff")];
        assert!(headers.len() == 3 && told.iter().all(|(name, value)| headers.get(*name).unwrap() == value));
    }

    #[test]
    fn a_site_hears_of_nobody_by_a_visitor_in_any_spelling_but_for_the_names_that_it_keeps() {
        let site = grafana();
        for name in
            ["remote-user", "x-webauth-user", "x_webauth-user", "x-webauth-groups", "x_remote-user", "x-vouch-user"]
        {
            assert!(is_claimed_at(&site, name), "{name}");
        }
        for name in ["x-remote-user", "x-requested-with", "accept"] {
            assert!(!is_claimed_at(&site, name), "{name}");
        }
        assert!(is_claimed_at(&IdentityHeaders::default(), "x-remote-user"));
    }

    #[test]
    fn a_question_bears_no_name_that_our_answer_may_not_overwrite() {
        let site = grafana();
        for name in [
            "remote_user",
            "x-portcullis.assertion",
            "x-webauth-user",
            "x_webauth_user",
            "x-webauth-groups",
            "x_webauth_groups",
        ] {
            assert!(is_misplaced(&site, name), "{name}");
        }
        for name in ["remote-user", "x-portcullis-assertion", "x-portcullis-token", "x-vouch-user"] {
            assert!(!is_misplaced(&site, name), "{name}");
        }
        for name in ["x-vouch-user", "x-webauth-email", "x_remote_user", "ssl_client_cert"] {
            assert!(is_foreign(&site, name), "{name}");
        }
        for name in ["x-webauth-user", "x-remote-user", "remote-user", "accept"] {
            assert!(!is_foreign(&site, name), "{name}");
        }
    }
}
