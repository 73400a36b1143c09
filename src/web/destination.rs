//! The second target of a request: `Destination` (RFC 4918 §10.3), where COPY and MOVE write.
//!
//! It is judged like the request's own target, whatever the method is, since an app may read it for any. It names a
//! place on the very origin of the request: a rule of one site says nothing about another. What cannot be read in one
//! way is refused with 400 before any rule is looked at. Called by `web/admission`.

use http::header::HeaderMap;

use crate::access::Site;
use crate::domain::origin::Origin;
use crate::domain::target::RequestTarget;
use crate::headers::target_fields::DESTINATION;
use crate::web::app::App;
use crate::web::hosted::check_path;
use crate::web::problem::Problem;

/// Where the request wants to write besides its own target, if anywhere.
pub(super) fn read(
    app: &App,
    headers: &HeaderMap,
    here: &Origin,
    site: &Site,
) -> Result<Option<RequestTarget>, Problem> {
    let mut lines = headers.get_all(DESTINATION).iter();
    let Some(line) = lines.next() else { return Ok(None) };
    if lines.next().is_some() {
        return Err(Problem::BadRequest("the request has more than one Destination"));
    }
    let (origin, target) = parse(line.as_bytes())?;
    if let Some(origin) = origin.filter(|origin| origin != here) {
        return Err(elsewhere(app, &origin, here));
    }
    if app.settings.owns(target.path()) {
        return Err(Problem::BadRequest("Destination names one of the gateway's own pages"));
    }
    check_path(&target, Some(site)).map_err(|_| {
        Problem::BadRequest("the path of Destination could be read in two ways, or is longer than 8 KiB")
    })?;
    Ok(Some(target))
}

/// `Simple-ref` of RFC 4918 §8.3: a URL, or a path of this origin. `//host/path` is neither, and `/\host/path` is the
/// same to whoever reads it as browsers do (WHATWG URL). Everything else beyond ASCII is to be encoded (RFC 3986 §2),
/// and readers disagree about what is not.
fn parse(value: &[u8]) -> Result<(Option<Origin>, RequestTarget), Problem> {
    const WRONG: Problem = Problem::BadRequest("Destination is neither a URL with a path nor an absolute path");
    let text = std::str::from_utf8(value).ok().filter(|text| text.is_ascii()).ok_or(WRONG)?;
    if !text.starts_with('/') {
        let (origin, target) = RequestTarget::parse_absolute(text).ok_or(WRONG)?;
        return Ok((Some(origin), target));
    }
    if text.starts_with("//") || text.starts_with("/\\") {
        return Err(WRONG);
    }
    Ok((None, RequestTarget::parse(text).map_err(|_| WRONG)?))
}

/// Why a request to one origin may not write to another.
fn elsewhere(app: &App, origin: &Origin, here: &Origin) -> Problem {
    let host = origin.authority().host();
    Problem::BadRequest(if host == here.authority().host() {
        "Destination names another scheme or port than the request"
    } else if app.hosted(host).is_some() {
        "Destination names another site than the request"
    } else {
        "Destination names a host that is no site of this gateway"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_destination_is_a_url_with_a_path_or_an_absolute_path() {
        let read = |text: &str| {
            let (origin, target) = parse(text.as_bytes()).ok()?;
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
        assert!(parse(b"/caf\xe9").is_err());
    }
}
