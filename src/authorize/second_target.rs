//! The second targets of a request: where COPY and MOVE write (`Destination`, RFC 4918 §10.3), and what object stores
//! copy from.
//!
//! The policy applies to each of them as to the request's own target, for every method, because an app may read them
//! for any. They must be on the origin of the request: the rules of one site say nothing about another. A value that
//! can be read in two ways is refused with 400 before any rule is evaluated. Called by `authorize/pipeline`.

use http::Method;
use http::header::HeaderMap;

use crate::domain::origin::Origin;
use crate::domain::target::RequestTarget;
use crate::headers::target_fields::{SecondUse, second_use};
use crate::policy::Site;
use crate::web::App;
use crate::web::Problem;
use crate::web::check_path;

/// A second target and what the site does there.
#[derive(Debug)]
pub(super) struct SecondTarget {
    pub(super) target: RequestTarget,
    used: SecondUse,
}

/// A request has at most one target to write to and one to read from.
const MOST: usize = 2;

impl SecondTarget {
    /// The methods whose rules apply to this target. COPY and MOVE write like PUT and remove what was there before like
    /// DELETE (RFC 4918 §9.8.4), so a rule that denies those methods also denies COPY and MOVE.
    pub(super) fn methods(&self, own: &Method, claimed: &[Method]) -> Vec<Method> {
        match self.used {
            SecondUse::Write => [std::slice::from_ref(own), claimed, &[Method::PUT, Method::DELETE]].concat(),
            SecondUse::Read => vec![Method::GET],
            SecondUse::Move => vec![Method::GET, Method::DELETE],
        }
    }
}

/// Reads the second targets of a request.
pub(super) fn read(app: &App, headers: &HeaderMap, here: &Origin, site: &Site) -> Result<Vec<SecondTarget>, Problem> {
    let mut found: Vec<SecondTarget> = Vec::new();
    for (name, value) in headers {
        let Some(used) = second_use(name.as_str()) else { continue };
        if found.len() == MOST || found.iter().any(|other| other.used == used) {
            return Err(Problem::BadRequest(
                "the request names more second targets (such as Destination) than it can have",
            ));
        }
        let (origin, target) = parse(value.as_bytes(), used)?;
        if let Some(origin) = origin.filter(|origin| origin != here) {
            return Err(elsewhere(app, &origin, here));
        }
        if app.settings.owns(target.path()) {
            return Err(Problem::BadRequest(
                "the second target (such as Destination) is one of the gateway's own pages",
            ));
        }
        check_path(&target, Some(site)).map_err(|_| {
            Problem::BadRequest(
                "the path of the second target (such as Destination) could be read in two ways, or is longer than 8 KiB",
            )
        })?;
        found.push(SecondTarget { target, used });
    }
    Ok(found)
}

/// `Simple-ref` of RFC 4918 §8.3: a URL, or a path on this origin. `//host/path` is neither, and browsers read
/// `/\host/path` the same way (WHATWG URL). Non-ASCII characters must be encoded (RFC 3986 §2); parsers disagree about
/// those that are not. Object stores also use `bucket/key` without a leading slash.
fn parse(value: &[u8], used: SecondUse) -> Result<(Option<Origin>, RequestTarget), Problem> {
    const WRONG: Problem = Problem::BadRequest(
        "the second target (such as Destination) is neither a URL with a path nor an absolute path",
    );
    let text = std::str::from_utf8(value).ok().filter(|text| text.is_ascii()).ok_or(WRONG)?;
    let bare = !text.starts_with('/') && !text.contains("://");
    if bare && used != SecondUse::Write && !text.is_empty() {
        return Ok((None, RequestTarget::parse(&format!("/{text}")).map_err(|_| WRONG)?));
    }
    if !text.starts_with('/') {
        let (origin, target) = RequestTarget::parse_absolute(text).ok_or(WRONG)?;
        return Ok((Some(origin), target));
    }
    if text.starts_with("//") || text.starts_with("/\\") {
        return Err(WRONG);
    }
    Ok((None, RequestTarget::parse(text).map_err(|_| WRONG)?))
}

/// The error for a second target on another origin.
fn elsewhere(app: &App, origin: &Origin, here: &Origin) -> Problem {
    let host = origin.authority().host();
    Problem::BadRequest(if host == here.authority().host() {
        "the second target (such as Destination) has another scheme or port than the request"
    } else if app.host_role(host).is_some() {
        "the second target (such as Destination) is on another site than the request"
    } else {
        "the second target (such as Destination) is on a host that is no site of this gateway"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_destination_is_a_url_with_a_path_or_an_absolute_path() {
        let read = |text: &str| {
            let (origin, target) = parse(text.as_bytes(), SecondUse::Write).ok()?;
            Some((origin.map(|origin| origin.to_string()), target.as_str().to_owned()))
        };
        assert_eq!(read("/a%20b?c"), Some((None, "/a%20b?c".to_owned())));
        let url = Some((Some("http://app.test:8080".to_owned()), "/x/../y".to_owned()));
        assert_eq!(read("http://APP.test:8080/x/../y"), url);
        for wrong in [
            "",
            "x",
            "x/y",
            "../y",
            "*",
            "//app.test/y",
            "/\\app.test/y",
            "https://app.test",
            "https://a@app.test/y",
            "https:/y",
            "app.test/y",
            "ftp://app.test/y",
            "/a b",
            "/a#b",
            "/caf\u{e9}",
            "https://app.test/y, https://app.test/z w",
        ] {
            assert!(read(wrong).is_none(), "{wrong}");
        }
        for (text, path) in [("bucket/key?versionId=1", "/bucket/key"), ("/bucket/key", "/bucket/key"), ("k", "/k")] {
            let (origin, target) = parse(text.as_bytes(), SecondUse::Read).unwrap();
            assert!(origin.is_none() && target.path() == path, "{text}");
        }
        for wrong in ["", "//bucket/key", "/\\bucket/key", "a b"] {
            assert!(parse(wrong.as_bytes(), SecondUse::Read).is_err(), "{wrong}");
        }
        assert!(parse(b"/caf\xe9", SecondUse::Write).is_err());
    }
}
