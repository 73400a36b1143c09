//! What a visitor came for: where to go afterwards, how it was asked for, and which browser it is for. Carried from
//! address to form to address, and judged anew each time: anybody can write such an address.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::Method;
use url::form_urlencoded;

use crate::domain::assurance::Assurance;
use crate::domain::denial_reason::Remedy;
use crate::domain::path::PathInterpretations;
use crate::domain::return_target::ReturnTarget;
use crate::domain::target::RequestTarget;
use crate::login::Aim;
use crate::policy::{Budget, Evidence, PolicyMatch, PolicyQuery, Principal, Requirement};
use crate::portal::query;
use crate::web::{App, Hosted, Settings, Visit, request_method};

/// What a visitor came for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginIntent {
    /// Where to go afterwards.
    pub return_to: ReturnTarget,
    /// The method that the place was asked for with: a rule may want more for it than for GET.
    pub method: Method,
    /// The hash of what the host of that place left in the browser.
    pub nonce: Option<[u8; 32]>,
}

/// The same as hidden fields of a form.
pub struct IntentFields {
    /// `rd`.
    pub rd: String,
    /// `rm`, empty for GET.
    pub rm: String,
    /// `nonce`, empty where there is none.
    pub nonce: String,
}

/// Whether a session does for an errand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It does, or nothing that its owner could prove would change the answer.
    Enough,
    /// Its owner must give the factor, or give it again.
    StepUp,
}

/// The form carries the return target back, and a form has 8 KiB: a longer target, as the form encodes it, would keep
/// the visitor from signing in at all.
const LONGEST_RETURN: usize = 6 * 1024;

impl LoginIntent {
    /// Reads the words `rd`, `rm` and `nonce` of a query or form. A place that is not ours is the start page.
    pub fn read<'a>(app: &App, visit: &Visit, word: impl Fn(&str) -> &'a str) -> Self {
        Self {
            return_to: return_target(word("rd"), visit, |origin| app.knows(origin)),
            method: asked_with(word("rm")),
            nonce: nonce(word("nonce")),
        }
    }

    /// The errand of whoever wants to see `return_to`.
    pub const fn to(return_to: ReturnTarget) -> Self {
        Self { return_to, method: Method::GET, nonce: None }
    }

    /// The address of one of our pages that carries the errand on.
    pub fn address(&self, settings: &Settings, visit: &Visit, page: &str) -> String {
        let IntentFields { rd, rm, nonce } = self.fields(visit);
        let mut url = query::with(&format!("{}/{page}", settings.path), "rd", &rd);
        for (name, value) in [("rm", rm), ("nonce", nonce)] {
            if !value.is_empty() {
                url = query::with(&url, name, &value);
            }
        }
        url
    }

    /// The errand as hidden fields.
    pub fn fields(&self, visit: &Visit) -> IntentFields {
        IntentFields {
            rd: self.return_to.seen_from(&visit.here),
            rm: if self.method == Method::GET { String::new() } else { self.method.to_string() },
            nonce: self.nonce.map(|nonce| URL_SAFE_NO_PAD.encode(nonce)).unwrap_or_default(),
        }
    }

    /// The errand as `login` keeps it.
    pub fn aim(&self, app: &App, visit: &Visit) -> Aim {
        let password_alone = |policy_match: &PolicyMatch<'_>| policy_match.require() == Requirement::OneFactor;
        let enough = match self.ruled(app, visit, password_alone) {
            Some(true) => Assurance::OneFactor,
            Some(false) | None => Assurance::TwoFactor,
        };
        Aim { return_to: self.return_to.clone(), nonce: self.nonce, enough }
    }

    /// Whether a live session does for it.
    pub fn standing(&self, app: &App, visit: &Visit, evidence: &Evidence) -> Standing {
        let session = Principal::Session(evidence.clone());
        let factors = evidence.assurance;
        let reason = self.ruled(app, visit, |policy_match| policy_match.decide(session, visit.now).err());
        // Whatever else is wrong, the site itself says it; to ask for the factor again would go in circles.
        let steps_up = match reason {
            Some(reason) => reason.is_some_and(|reason| reason.remedy() == Remedy::StepUp),
            None => factors < Assurance::TwoFactor,
        };
        if steps_up { Standing::StepUp } else { Standing::Enough }
    }

    /// What the rule of the place says. `None`: it is a page of ours, which asks for two factors.
    fn ruled<T>(&self, app: &App, visit: &Visit, say: impl FnOnce(&PolicyMatch<'_>) -> T) -> Option<T> {
        let Some(Hosted::Site(site)) = app.hosted(self.return_to.origin().authority().host()) else { return None };
        let without_fragment = self.return_to.target().split('#').next().unwrap_or_default();
        let target = RequestTarget::parse(without_fragment).ok()?;
        if app.settings.owns(target.path()) {
            return None;
        }
        let path = PathInterpretations::of(target.path());
        let asked = PolicyQuery { site: &site, method: &self.method, also: &[], path: &path, client: visit.client };
        // A path that the site's door refuses asks for nothing less than two factors either.
        PolicyMatch::find(&asked, &mut Budget::for_one_request()).ok().as_ref().map(say)
    }
}

fn return_target(written: &str, visit: &Visit, known: impl Fn(&crate::domain::origin::Origin) -> bool) -> ReturnTarget {
    let encoded: usize = form_urlencoded::byte_serialize(written.as_bytes()).map(str::len).sum();
    let kept = if encoded > LONGEST_RETURN { "" } else { written };
    ReturnTarget::read(kept, &visit.here, known)
}

fn asked_with(written: &str) -> Method {
    let method = Method::from_bytes(written.as_bytes()).ok().filter(|method| request_method::check(method).is_ok());
    method.filter(|method| method.as_str().len() <= 32).unwrap_or(Method::GET)
}

fn nonce(written: &str) -> Option<[u8; 32]> {
    URL_SAFE_NO_PAD.decode(written).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal::tests::{settings, visit};

    #[test]
    fn an_errand_survives_the_way_through_addresses_and_forms() {
        let visit = visit("https://app.example.com");
        let return_to = return_target("/a?b=c&d=e", &visit, |_| false);
        let intent = LoginIntent { return_to, method: Method::POST, nonce: Some([7; 32]) };
        let address = intent.address(&settings(), &visit, "login");
        let texts = query::Query::read(address.split_once('?').map(|(_, query)| query)).unwrap();
        assert_eq!(return_target(texts.get("rd"), &visit, |_| false), intent.return_to);
        assert_eq!((asked_with(texts.get("rm")), nonce(texts.get("nonce"))), (intent.method, intent.nonce));
        let plain = LoginIntent::to(intent.return_to).address(&settings(), &visit, "login");
        assert_eq!(plain, "/portcullis/login?rd=%2Fa%3Fb%3Dc%26d%3De");
    }

    #[test]
    fn a_return_target_that_the_form_could_not_carry_is_forgotten() {
        let visit = visit("https://app.example.com");
        let read = |written: &str| return_target(written, &visit, |_| false);
        let fits = format!("/{}", "a".repeat(4000));
        assert_eq!(read(&fits).target(), fits);
        assert_eq!(read(&format!("/{}", "&".repeat(4000))), ReturnTarget::home(&visit.here));
    }

    #[test]
    fn what_is_no_method_is_get_and_what_is_no_hash_is_none() {
        for written in ["", "get", "TRACE", "GET POST", &"A".repeat(33)] {
            assert_eq!(asked_with(written), Method::GET, "{written}");
        }
        for written in ["", "AAAA", &"A".repeat(44), &"=".repeat(43), &"A".repeat(42)] {
            assert_eq!(nonce(written), None, "{written}");
        }
    }
}
