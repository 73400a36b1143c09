//! What a visitor without a pass is told, by the gate and in the answers that other proxies pass on.
//!
//! No answer sets a cookie: proxies before us drop or break `Set-Cookie` on redirects, and caches would keep it.

use http::header::{self, HeaderMap, HeaderValue};
use http::{Method, Response, StatusCode};

use crate::authorize::Denial;
use crate::domain::denial_reason::Remedy;
use crate::domain::origin::Origin;
use crate::domain::return_target::ReturnTarget;
use crate::domain::target::RequestTarget;
use crate::upstream::AnswerBody;
use crate::web::Settings;
use crate::web::login_url::Form;
use crate::web::request_method;

/// A request that may not pass.
#[derive(Debug, Clone, Copy)]
pub struct DenialResponse<'a> {
    /// The configuration of the portal.
    pub settings: &'a Settings,
    /// The origin in the visitor's address bar.
    pub here: &'a Origin,
    /// What was asked for.
    pub target: &'a RequestTarget,
    /// How.
    pub method: &'a Method,
    /// The visitor's headers.
    pub headers: &'a HeaderMap,
    /// Why it may not pass.
    pub why: Denial,
}

/// What a program may show to pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// The session of a person who signs in.
    SignIn,
    /// An access token with the request itself as well: the rule takes them.
    Token,
    /// Name and password with the request itself as well: the rule takes them.
    Password,
}

/// What the answer hangs on, for whoever caches against `no-store`.
const VARY: HeaderValue = HeaderValue::from_static(
    "Cookie, Authorization, X-Portcullis-Token, Accept, Sec-Fetch-Mode, Sec-Fetch-Dest, X-Requested-With, Upgrade",
);

impl DenialResponse<'_> {
    /// Sends a person to the sign-in, which brings him back. 303 turns the method into GET; for a method that only asks,
    /// 302 is what older clients and proxies know best.
    pub fn redirect(&self, form: Form) -> Response<AnswerBody> {
        let mut response = Response::new(AnswerBody::Empty);
        let asks = request_method::only_asks(self.method);
        *response.status_mut() = if asks { StatusCode::FOUND } else { StatusCode::SEE_OTHER };
        let headers = response.headers_mut();
        headers.insert(header::LOCATION, self.location(form));
        headers.insert(header::VARY, VARY);
        response
    }

    /// Where a person signs in and comes back from.
    pub fn location(&self, form: Form) -> HeaderValue {
        let wanted = ReturnTarget::asked_for(self.here, self.target);
        // Prefix and encoded text are visible ASCII; were they not, the start page loses nothing but the place.
        HeaderValue::from_str(&self.settings.login_url(self.here, Some(&wanted), self.method, form))
            .unwrap_or(HeaderValue::from_static("/"))
    }

    /// Tells a program that it has no session, or an old one, and where a person would do something about it: a script
    /// can open that page. It leads back to the page the script runs on, not to the data it asked for.
    ///
    /// RFC 9110 §15.5.2 wants a challenge with every 401. No registered scheme means "log in with a browser", and
    /// `Basic` would open the browser's own password box; a scheme of our own is passed over by every browser. `Basic`
    /// stands beside it only where the operator's rule takes it: always for a name and a password, and for a token, which
    /// git and docker send in `Basic` once they are asked to, unless a browser asks.
    pub fn unauthenticated(&self, form: Form) -> Response<AnswerBody> {
        let page = self.headers.get(header::REFERER).and_then(|page| page.to_str().ok());
        let wanted = page.map(|page| ReturnTarget::read(page, self.here, |_| false));
        let login = self.settings.login_url(self.here, wanted.as_ref(), &Method::GET, form);
        let error = match self.why.reason.remedy() {
            // RFC 9470 §3 has this name for what a fresh factor mends.
            Remedy::StepUp => "insufficient_user_authentication",
            Remedy::SignIn | Remedy::Nothing => "unauthenticated",
        };
        let body = serde_json::json!({ "error": error, "login": login }).to_string();
        let mut response = Response::new(AnswerBody::whole(body));
        *response.status_mut() = StatusCode::UNAUTHORIZED;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(header::WWW_AUTHENTICATE, self.challenge(form));
        let offers_basic = match self.why.offer {
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
        self.headers.contains_key("sec-fetch-mode") || self.headers.contains_key("x-requested-with")
    }

    /// RFC 7617 §2: the realm is the host, which holds no character that a quoted text must escape.
    fn basic(&self) -> HeaderValue {
        let realm = self.here.authority().host();
        HeaderValue::from_str(&format!("Basic realm=\"{realm}\", charset=\"UTF-8\""))
            .unwrap_or(HeaderValue::from_static("Basic realm=\"portcullis\", charset=\"UTF-8\""))
    }

    fn challenge(&self, form: Form) -> HeaderValue {
        let page = self.settings.login_url(self.here, None, &Method::GET, form);
        HeaderValue::from_str(&format!("Portcullis login=\"{page}\"")).unwrap_or(HeaderValue::from_static("Portcullis"))
    }
}
