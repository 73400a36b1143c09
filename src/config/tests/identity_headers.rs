use super::{Folder, RIGHT, mistakes};
use crate::config::load::Flags;
use crate::domain::identity_headers::IdentityHeaders;

fn site(lines: &str) -> String {
    format!("{RIGHT}{lines}\n")
}

#[test]
fn a_site_chooses_its_identity_headers_and_keeps_those_of_others() {
    let text = site(
        "identity_headers = { user = \"X-WEBAUTH-USER\", groups = \"X-Forwarded-Groups\" }\nkeep_headers = [\"Cf-Access-Jwt-Assertion\"]",
    );
    let config = Folder::with(&text).load(&[], Flags::default()).unwrap_or_else(|lines| panic!("{lines:#?}"));
    let headers = &config.settings.sites[0].identity_headers;
    let names = headers.names().map(http::HeaderName::as_str);
    assert_eq!(names, ["x-webauth-user", "remote-name", "remote-email", "x-forwarded-groups"]);
    assert_eq!(headers.kept, ["cf-access-jwt-assertion"]);
    assert!(config.show().contains("X-WEBAUTH-USER"), "{}", config.show());
    assert!(config.warnings.len() == 1 && config.warnings[0].contains("keep_headers[0]"), "{:?}", config.warnings);
    let usual = Folder::with(RIGHT).load(&[], Flags::default()).unwrap_or_else(|lines| panic!("{lines:#?}"));
    assert_eq!(*usual.settings.sites[0].identity_headers, IdentityHeaders::default());
}

#[test]
fn a_name_that_means_something_else_bears_no_identity() {
    for name in [
        "Host",
        "Cookie",
        "Authorization",
        "Proxy-Authorization",
        "Connection",
        "TE",
        "Transfer-Encoding",
        "Upgrade",
        "Content-Length",
        "content_type",
        "Accept-Language",
        "Origin",
        "Destination",
        "Sec-Fetch-Mode",
        "If-Match",
        "Forwarded",
        "Via",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X_Forwarded_Proto",
        "X-Real-IP",
        "X-Original-URL",
        "X-HTTP-Method-Override",
        "X-Portcullis-Assertion",
        "X-Portcullis-Token",
    ] {
        let found = mistakes(&site(&format!("identity_headers = {{ user = \"{name}\" }}")));
        let whole = |line: &String| line.starts_with("sites[0].identity_headers.user") && line.contains(name);
        assert!(found.len() == 1 && whole(&found[0]), "{name}: {found:?}");
    }
    for name in ["", "X User", "X-User:", "X.User", "-User", "X-Us\u{e9}r"] {
        let found = mistakes(&site(&format!("identity_headers = {{ email = \"{name}\" }}")));
        assert!(found.len() == 1 && found[0].contains("is not a header name"), "{name}: {found:?}");
    }
    for name in ["X-WEBAUTH-USER", "REMOTE_USER", "X-Forwarded-User", "X-My-App-Login", "Oidc-Claim-Sub", "User"] {
        let found = mistakes(&site(&format!("identity_headers = {{ user = \"{name}\" }}")));
        assert!(found.is_empty(), "{name}: {found:?}");
    }
}

#[test]
fn one_name_tells_one_thing() {
    for (names, key, what) in [
        ("user = \"X-User\", email = \"x_user\"", "email", "the same name as `user`"),
        ("email = \"Remote-User\"", "email", "the same name as `user`"),
        ("user = \"X-User\", email = \"remote_user\"", "email", "the name for `user`"),
        ("user = \"Remote-Groups\"", "user", "the name for `groups`"),
    ] {
        let found = mistakes(&site(&format!("identity_headers = {{ {names} }}")));
        let whole =
            |line: &String| line.starts_with(&format!("sites[0].identity_headers.{key} ")) && line.contains(what);
        assert!(found.len() == 1 && whole(&found[0]), "{names}: {found:?}");
    }
}

#[test]
fn what_is_kept_is_one_of_the_names_that_are_removed() {
    for (name, what) in [
        ("Remote-User", "is never accepted from a visitor"),
        ("X-Portcullis-Token", "is never accepted from a visitor"),
        ("X-Forwarded-For", "is not among the identity headers that are removed"),
        ("X-Requested-With", "is not among the identity headers that are removed"),
        ("X-WEBAUTH-USER", "the gateway itself sends the identity to this site"),
    ] {
        let lines = format!("identity_headers = {{ user = \"X-WEBAUTH-USER\" }}\nkeep_headers = [\"{name}\"]");
        let found = mistakes(&site(&lines));
        assert!(
            found.len() == 1 && found[0].starts_with("sites[0].keep_headers[0]") && found[0].contains(what),
            "{found:?}"
        );
    }
    let found = mistakes(&site("keep_headers = [\"X-Vouch-User\", \"x_vouch_user\"]"));
    assert!(found.len() == 1 && found[0].contains("is listed twice"), "{found:?}");
    let found = mistakes(&site("identity_headers = { usr = \"X-User\" }"));
    assert!(found.len() == 1 && found[0].contains("user"), "{found:?}");
}
