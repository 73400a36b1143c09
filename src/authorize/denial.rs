//! How a denial is answered, by us and through other proxies.
//!
//! No answer sets a cookie: proxies before us drop or break `Set-Cookie` on redirects, and caches would keep it.

use http::header::{self, HeaderValue};
use http::{Method, Response, StatusCode};

use crate::authorize::pipeline::{AccessRequest, Denial, Offer};
use crate::domain::denial_reason::Remedy;
use crate::domain::origin::Origin;
use crate::domain::return_target::ReturnTarget;
use crate::headers::audience::Audience;
use crate::upstream::AnswerBody;
use crate::web::login_url::UrlForm;
use crate::web::{Answer, Problem, Settings, request_method};

/// How the answer reaches the visitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relay {
    /// From us, as it is.
    Direct,
    /// Another proxy passes it on: it needs whole URLs.
    Redirect,
    /// Another proxy that knows 401 and 403 alone (it turns anything else into 500) and makes a redirect of the
    /// `Location` that comes with the 401.
    UnauthorizedWithLocation,
}

struct DenialResponse<'a> {
    settings: &'a Settings,
    request: &'a AccessRequest<'a>,
    denial: Denial,
    form: UrlForm,
}

/// Answers a denial: people are sent to the sign-in, programs get 401. If nothing that they could prove would help, it
/// is 403 for both.
pub(crate) fn respond(
    settings: &Settings,
    request: &AccessRequest<'_>,
    denial: Denial,
    audience: Audience,
    relay: Relay,
) -> Result<Answer, Problem> {
    if denial.reason.remedy() == Remedy::Nothing {
        return Err(Problem::Forbidden("a rule of this site does not let you pass"));
    }
    let form = if relay == Relay::Direct { UrlForm::Relative } else { UrlForm::Absolute };
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
    Ok(Answer { rule: Some(denial.rule), ..Answer::ours(response) })
}

/// What the answer hangs on, for whoever caches against `no-store`.
const VARY: HeaderValue = HeaderValue::from_static(
    "Cookie, Authorization, X-Portcullis-Token, Accept, Sec-Fetch-Mode, Sec-Fetch-Dest, X-Requested-With, Upgrade",
);

impl DenialResponse<'_> {
    const fn origin(&self) -> &Origin {
        &self.request.context.origin
    }

    /// Sends a person to the sign-in, which brings them back. 303 turns the method into GET; for a method that only
    /// asks, 302 is what older clients and proxies know best.
    fn redirect(&self) -> Response<AnswerBody> {
        let mut response = Response::new(AnswerBody::Empty);
        let asks = request_method::only_asks(self.request.method);
        *response.status_mut() = if asks { StatusCode::FOUND } else { StatusCode::SEE_OTHER };
        let headers = response.headers_mut();
        headers.insert(header::LOCATION, self.location());
        headers.insert(header::VARY, VARY);
        response
    }

    /// Where a person signs in and comes back from.
    fn location(&self) -> HeaderValue {
        let wanted = ReturnTarget::asked_for(self.origin(), self.request.target);
        // Prefix and encoded text are visible ASCII; were they not, the start page loses nothing but the place.
        HeaderValue::from_str(&self.settings.login_url(self.origin(), Some(&wanted), self.request.method, self.form))
            .unwrap_or(HeaderValue::from_static("/"))
    }

    /// Tells a program that it has no session, or an old one, and where a person would do something about it: a script
    /// can open that page. It leads back to the page the script runs on, not to the data it asked for.
    ///
    /// RFC 9110 §15.5.2 wants a challenge with every 401. No registered scheme means "log in with a browser", and
    /// `Basic` would open the browser's own password box; a scheme of our own is passed over by every browser. `Basic`
    /// stands beside it only where the operator's rule takes it: always for a name and a password, and for a token,
    /// which git and docker send in `Basic` once they are asked to, unless a browser asks.
    fn unauthenticated(&self) -> Response<AnswerBody> {
        let page = self.request.headers.get(header::REFERER).and_then(|page| page.to_str().ok());
        let wanted = page.map(|page| ReturnTarget::read(page, self.origin(), |_| false));
        let login = self.settings.login_url(self.origin(), wanted.as_ref(), &Method::GET, self.form);
        let error = match self.denial.reason.remedy() {
            // RFC 9470 §3 has this name for what a fresh factor mends.
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

    /// Whether a script of a page asks: its browser would show a password box.
    fn is_from_a_browser(&self) -> bool {
        self.request.headers.contains_key("sec-fetch-mode") || self.request.headers.contains_key("x-requested-with")
    }

    /// RFC 7617 §2: the realm is the host, which holds no character that a quoted text must escape.
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
