//! The response to a denial, from us or through another proxy.
//!
//! No response sets a cookie: proxies in front of us drop or break `Set-Cookie` on redirects, and caches would store
//! it.

use http::header::{self, HeaderMap, HeaderValue};
use http::{Method, Response, StatusCode};

use crate::audit::{Audit, Event};
use crate::authorize::pipeline::{AccessRequest, Denial, Offer};
use crate::domain::denial_reason::Remedy;
use crate::domain::origin::Origin;
use crate::domain::return_target::{self, ReturnTarget};
use crate::headers::audience::Audience;
use crate::headers::cors;
use crate::upstream::AnswerBody;
use crate::web::login_url::UrlForm;
use crate::web::{Answer, Problem, Settings, request_method};

/// How the response reaches the visitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relay {
    /// From us, unchanged.
    Direct,
    /// Another proxy passes it on, so it needs absolute URLs.
    Redirect,
    /// Another proxy that supports only 401 and 403 (it turns other statuses into 500) and makes a redirect from the
    /// `Location` of the 401.
    UnauthorizedWithLocation,
}

struct DenialResponse<'a> {
    settings: &'a Settings,
    request: &'a AccessRequest<'a>,
    denial: Denial,
    form: UrlForm,
}

/// The response to a denial: a person is redirected to the sign-in, a program gets 401. If no credential would help,
/// both get 403. A CORS preflight, which never has a credential, gets the answer that lets the request itself come: nobody
/// is refused by that, so it is no event of the audit trail. Every other response is.
pub(crate) fn respond(
    settings: &Settings,
    request: &AccessRequest<'_>,
    denial: Denial,
    audience: Audience,
    relay: Relay,
) -> Result<Answer, Problem> {
    let remedy = denial.reason.remedy();
    // Another proxy would take a 2xx for a permit, so it gets the refusal.
    if relay == Relay::Direct
        && remedy != Remedy::Nothing
        && let Some(answer) =
            cors::preflight(request.method, request.headers, &request.site.settings.without_session.cors_origins)
    {
        return Ok(Answer { rule: Some(denial.rule), ..Answer::ours(answer.map(|()| AnswerBody::Empty)) });
    }
    Audit::note(&Event::AccessDenied { reason: denial.reason, rule: denial.rule }, request.context, None);
    if remedy == Remedy::Nothing {
        return Err(match denial.person {
            Some(person) => Problem::NoAccess(person.shown_name()),
            None => Problem::Forbidden("a rule of this site does not let you pass"),
        });
    }
    let form = if relay == Relay::Direct { UrlForm::Relative } else { UrlForm::Absolute };
    let rule = denial.rule;
    let denied = DenialResponse { settings, request, denial, form };
    let response = match (audience, relay) {
        (Audience::Program, _) => denied.unauthenticated(),
        (Audience::Person, Relay::Direct | Relay::Redirect) => denied.redirect(),
        (Audience::Person, Relay::UnauthorizedWithLocation) => {
            let mut response = denied.unauthenticated();
            response.headers_mut().insert(header::LOCATION, denied.location());
            response
        }
    };
    Ok(Answer { rule: Some(rule), ..Answer::ours(response) })
}

/// The request fields that the response depends on, for caches that ignore `no-store`.
const VARY: HeaderValue = HeaderValue::from_static(
    "Cookie, Authorization, X-Portcullis-Token, Accept, Sec-Fetch-Mode, Sec-Fetch-Dest, X-Requested-With, Upgrade",
);

impl DenialResponse<'_> {
    const fn origin(&self) -> &Origin {
        &self.request.context.origin
    }

    /// Redirects a person to the sign-in, which leads them back. 303 changes the method to GET. Safe methods get 302,
    /// which older clients and proxies support best.
    fn redirect(&self) -> Response<AnswerBody> {
        let mut response = Response::new(AnswerBody::Empty);
        let asks = request_method::only_asks(self.request.method);
        *response.status_mut() = if asks { StatusCode::FOUND } else { StatusCode::SEE_OTHER };
        let headers = response.headers_mut();
        headers.insert(header::LOCATION, self.location());
        headers.insert(header::VARY, VARY);
        response
    }

    /// The URL of the sign-in, which leads back to the requested target. In a frame, where the sign-in cannot be shown,
    /// the URL of a page with a link to it.
    fn location(&self) -> HeaderValue {
        let wanted = self.wanted();
        let mut url = if is_in_a_frame(self.request.headers) {
            self.settings.framed_url(self.origin(), &wanted, self.request.method, self.form)
        } else {
            self.settings.login_url(self.origin(), Some(&wanted), self.request.method, self.form)
        };
        if self.request.target.as_str().len() > return_target::LONGEST {
            url.push_str("&lost=1");
        }
        // The prefix and the encoded target are visible ASCII. If they were not, only the return target would be lost.
        HeaderValue::from_str(&url).unwrap_or(HeaderValue::from_static("/"))
    }

    /// Where to go after the sign-in. The content of a form is lost on the way, and its address may answer to forms
    /// alone, so its sender returns to the page that the form is on, by a page that says so.
    fn wanted(&self) -> ReturnTarget {
        let asked_for = ReturnTarget::asked_for(self.origin(), self.request.target);
        if request_method::only_asks(self.request.method) {
            return asked_for;
        }
        let page = self.request.headers.get(header::REFERER).and_then(|page| page.to_str().ok());
        let page = page.map_or_else(
            || ReturnTarget::home(self.origin()),
            |page| ReturnTarget::read(page, self.origin(), |_| false),
        );
        self.settings.unsent(self.origin(), &page, &asked_for)
    }

    /// The 401 for a program that has no session or an outdated one. It contains the URL of the login page, which a
    /// script can open. That page leads back to the page on which the script runs (`Referer`), not to the data that it
    /// requested.
    ///
    /// RFC 9110 §15.5.2 requires a challenge with every 401. No registered scheme means "log in with a browser", and
    /// `Basic` would open the browser's own password dialogue; browsers ignore our own scheme. `Basic` is added only if
    /// the rule accepts it: always for name and password; for a token only if the request does not come from a browser,
    /// because git and docker send a token as `Basic` once they are asked to.
    fn unauthenticated(&self) -> Response<AnswerBody> {
        let page = self.request.headers.get(header::REFERER).and_then(|page| page.to_str().ok());
        let wanted = page.map(|page| ReturnTarget::read(page, self.origin(), |_| false));
        let login = self.settings.login_url(self.origin(), wanted.as_ref(), &Method::GET, self.form);
        let error = match self.denial.reason.remedy() {
            // RFC 9470 §3 defines this error for a request that needs a fresh factor.
            Remedy::StepUp => "insufficient_user_authentication",
            Remedy::SignIn | Remedy::Nothing => "unauthenticated",
        };
        let body = serde_json::json!({ "error": error, "login": login }).to_string();
        let mut response = Response::new(AnswerBody::whole(body));
        *response.status_mut() = StatusCode::UNAUTHORIZED;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(header::WWW_AUTHENTICATE, self.challenge());
        let offers_basic = match self.denial.offer {
            Offer::Password => true,
            Offer::Token => !self.is_from_a_browser(),
            Offer::SignIn => false,
        };
        if offers_basic {
            headers.append(header::WWW_AUTHENTICATE, self.basic());
        }
        headers.insert(header::VARY, VARY);
        response
    }

    /// Whether the request comes from a script in a page. Its browser would show a password dialogue.
    fn is_from_a_browser(&self) -> bool {
        self.request.headers.contains_key("sec-fetch-mode") || self.request.headers.contains_key("x-requested-with")
    }

    /// RFC 7617 §2. The realm is the host, which has no character that a quoted string must escape.
    fn basic(&self) -> HeaderValue {
        let realm = self.origin().authority().host();
        HeaderValue::from_str(&format!("Basic realm=\"{realm}\", charset=\"UTF-8\""))
            .unwrap_or(HeaderValue::from_static("Basic realm=\"portcullis\", charset=\"UTF-8\""))
    }

    fn challenge(&self) -> HeaderValue {
        let page = self.settings.login_url(self.origin(), None, &Method::GET, self.form);
        HeaderValue::from_str(&format!("Portcullis login=\"{page}\"")).unwrap_or(HeaderValue::from_static("Portcullis"))
    }
}

/// Whether the browser would show the response in a frame (Fetch Metadata).
fn is_in_a_frame(headers: &HeaderMap) -> bool {
    const FRAMES: [&str; 5] = ["iframe", "frame", "embed", "object", "fencedframe"];
    headers.get("sec-fetch-dest").is_some_and(|place| FRAMES.iter().any(|frame| place == frame))
}
