//! Forms and their protection against forgery (OWASP CSRF Prevention).
//!
//! A form is accepted only if it comes from our own page (by `Sec-Fetch-Site` where the browser sends it, else by
//! `Origin`) and carries the token that binds it to the visitor's sign-in cookie or session. A body of another type,
//! encoding or size is refused before any field is read.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderName, ORIGIN};
use http_body_util::{BodyExt as _, Limited};

use crate::audit::{Audit, Event};
use crate::domain::forgery_reason::ForgeryReason;
use crate::domain::identifier::{SessionId, SignInId};
use crate::domain::origin::Origin;
use crate::domain::request_context::RequestContext;
use crate::keys::{KeyId, Purpose};
use crate::upstream::VisitorBody;
use crate::web::app::App;
use crate::web::navigation::SEC_FETCH_SITE;
use crate::web::problem::Problem;

/// In bytes. Our largest forms have a long return target (6 KiB) beside a password of 256 characters, or beside the answer
/// of a passkey.
const LARGEST_BODY: usize = 16 * 1024;

/// More than any form of ours has.
const MOST_FIELDS: usize = 16;

/// What a form token is bound to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum FormHolder {
    /// The sign-in named by the browser's cookie.
    SignIn(SignInId),
    /// The visitor's session.
    Session(SessionId),
}

/// A form from our own page.
pub(crate) enum Form {
    /// Its token belongs to this browser's sign-in or session.
    Valid(Fields),
    /// Its token is missing or belongs to an earlier one: the page stood open in another tab, or for too long. It must
    /// change nothing; the page is shown again.
    Stale(Fields),
}

/// The fields of a form.
#[derive(Default)]
pub(crate) struct Fields(BTreeMap<String, String>);

impl Fields {
    /// The value of a field; empty if it is missing.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

/// Prints the names only: a value may be a password or a code.
impl std::fmt::Debug for Fields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.keys()).finish()
    }
}

/// The token for the hidden field `csrf`.
pub(crate) fn token(app: &App, holder: FormHolder) -> String {
    let (key, tag) = app.keys.sign(Purpose::FormToken, &holder.parts());
    let mut bytes = vec![key.number()];
    bytes.extend_from_slice(&tag);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads a posted form and checks its origin and token. `holder`: `None` if the browser has nothing that a token could
/// be bound to.
pub(crate) async fn read(
    app: &App,
    context: &RequestContext,
    headers: &HeaderMap,
    body: VisitorBody,
    holder: Option<FormHolder>,
) -> Result<Form, Problem> {
    check_origin(headers, &context.origin).map_err(|reason| forged(context, reason))?;
    let fields = fields_of(headers, body).await?;
    let Some(holder) = holder else {
        forged(context, ForgeryReason::NoSignInCookie);
        return Ok(Form::Stale(fields));
    };
    match holds(app, holder, fields.get("csrf")) {
        Holds::Yes => Ok(Form::Valid(fields)),
        Holds::No => {
            forged(context, ForgeryReason::FormToken);
            Ok(Form::Stale(fields))
        }
    }
}

/// Reads a form whose session is over, so that no token can be checked. It is from a page of this origin; the caller does
/// only what any such page may do.
pub(crate) async fn read_unbound(
    context: &RequestContext,
    headers: &HeaderMap,
    body: VisitorBody,
) -> Result<Fields, Problem> {
    check_origin(headers, &context.origin).map_err(|reason| forged(context, reason))?;
    fields_of(headers, body).await
}

/// Audits a form, hand-over or WebSocket that is refused because of its origin or token. The event is logged but not
/// stored, because any page on the web can make a browser send such a request.
pub(crate) fn forged(context: &RequestContext, reason: ForgeryReason) -> Problem {
    Audit::note(&Event::FormRefused { reason }, context, None);
    Problem::Forgery(reason)
}

async fn fields_of(headers: &HeaderMap, body: VisitorBody) -> Result<Fields, Problem> {
    check_type(headers)?;
    parse(&whole(body).await?)
}

/// Checks the origin of the form. A page cannot set `Sec-Fetch-Site`. `same-site` is a sibling host and is refused.
/// `Origin: null` equals no origin.
fn check_origin(headers: &HeaderMap, origin: &Origin) -> Result<(), ForgeryReason> {
    let mut sites = headers.get_all(SEC_FETCH_SITE).iter();
    let mut origins = headers.get_all(ORIGIN).iter();
    match (sites.next(), sites.next(), origins.next(), origins.next()) {
        (Some(site), None, _, _) if site == "same-origin" => Ok(()),
        (Some(_), ..) => Err(ForgeryReason::FetchSite),
        (None, _, Some(sender), None) => {
            let same = sender.to_str().ok().and_then(|text| text.parse::<Origin>().ok()).is_some_and(|o| o == *origin);
            if same { Ok(()) } else { Err(ForgeryReason::Origin) }
        }
        (None, _, Some(_), Some(_)) => Err(ForgeryReason::TwoOrigins),
        (None, _, None, _) => Err(ForgeryReason::NoOrigin),
    }
}

fn check_type(headers: &HeaderMap) -> Result<(), Problem> {
    let one = |name: HeaderName| {
        let mut values = headers.get_all(name).iter();
        (values.next(), values.next())
    };
    // Bodies are not decompressed: a small body could expand to a large one.
    if headers.contains_key(CONTENT_ENCODING) {
        return Err(Problem::UnsupportedMediaType("a form must not have a Content-Encoding"));
    }
    let essence = match one(CONTENT_TYPE) {
        (Some(value), None) => value.to_str().unwrap_or_default().split(';').next().unwrap_or_default(),
        (_, _) => "",
    };
    if essence.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        Ok(())
    } else {
        Err(Problem::UnsupportedMediaType("a form is application/x-www-form-urlencoded"))
    }
}

async fn whole(body: VisitorBody) -> Result<Vec<u8>, Problem> {
    match Limited::new(body, LARGEST_BODY).collect().await {
        Ok(collected) => Ok(collected.to_bytes().to_vec()),
        Err(error) if error.is::<http_body_util::LengthLimitError>() => Err(Problem::TooLarge(LARGEST_BODY)),
        Err(_) => Err(Problem::BadRequest("the body ended early")),
    }
}

/// RFC 3986 percent-encoding with `+` for blanks (WHATWG URL, `application/x-www-form-urlencoded`). A repeated field is
/// refused because parsers disagree about which value is used.
fn parse(body: &[u8]) -> Result<Fields, Problem> {
    let mut fields = Fields::default();
    for (name, value) in url::form_urlencoded::parse(body) {
        if value.contains('\u{fffd}') || name.contains('\u{fffd}') {
            return Err(Problem::BadRequest("a form field is not UTF-8"));
        }
        if fields.0.insert(name.into_owned(), value.into_owned()).is_some() {
            return Err(Problem::BadRequest("a form field comes twice"));
        }
        if fields.0.len() > MOST_FIELDS {
            return Err(Problem::BadRequest("the form has too many fields"));
        }
    }
    Ok(fields)
}

enum Holds {
    Yes,
    No,
}

fn holds(app: &App, holder: FormHolder, token: &str) -> Holds {
    let mut bytes = [0_u8; 35];
    let length = URL_SAFE_NO_PAD.decode_slice(token, &mut bytes).unwrap_or(0);
    match bytes.split_first() {
        Some((key, rest)) if length == 33 => {
            let tag = rest.get(..32).unwrap_or_default();
            let right = app.keys.verify(Purpose::FormToken, KeyId::new(*key), &holder.parts(), tag);
            if right { Holds::Yes } else { Holds::No }
        }
        Some(_) | None => Holds::No,
    }
}

impl FormHolder {
    fn parts(&self) -> [&[u8]; 2] {
        match self {
            Self::SignIn(id) => [b"sign-in", id.as_bytes()],
            Self::Session(id) => [b"session", id.as_bytes()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin_check(headers: &[(&str, &str)]) -> Result<(), ForgeryReason> {
        let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        check_origin(&headers, &"https://app.example".parse().unwrap())
    }

    #[test]
    fn a_form_from_our_own_page_counts() {
        assert!(origin_check(&[("sec-fetch-site", "same-origin")]).is_ok());
        assert!(origin_check(&[("origin", "https://app.example")]).is_ok());
    }

    #[test]
    fn a_form_from_anywhere_else_is_refused() {
        for headers in [
            &[][..],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site"), ("origin", "https://app.example")],
            &[("sec-fetch-site", "none")],
            &[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")],
            &[("origin", "null")],
            &[("origin", "https://sibling.example")],
            &[("origin", "http://app.example")],
            &[("origin", "https://app.example"), ("origin", "https://evil.test")],
        ] {
            assert!(origin_check(headers).is_err(), "{headers:?}");
        }
    }

    #[test]
    fn a_field_that_comes_twice_or_is_no_text_is_refused() {
        assert_eq!(parse(b"code=12%203&csrf=x").unwrap().get("code"), "12 3");
        assert!(parse(b"code=1&code=2").is_err());
        assert!(parse(b"code=%ff").is_err());
        assert!(parse(b"a&b&c&d&e&f&g&h&i&j&k&l&m&n&o&p&q").is_err());
    }
}
