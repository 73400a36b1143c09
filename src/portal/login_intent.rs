//! Reads and writes a [`LoginIntent`] in URLs and forms, and decides whether a session satisfies it. The intent is
//! validated each time it is read, because anybody can write such a URL.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::Method;
use url::form_urlencoded;

use crate::domain::assurance::Assurance;
use crate::domain::denial_reason::Remedy;
use crate::domain::exchange_kind::ExchangeKind;
use crate::domain::path::PathInterpretations;
use crate::domain::request_context::RequestContext;
use crate::domain::return_target::ReturnTarget;
use crate::domain::target::RequestTarget;
use crate::login::LoginIntent;
use crate::policy::{Budget, Evidence, PolicyMatch, PolicyQuery, Principal, Requirement};
use crate::portal::{factors, query};
use crate::web::{App, HostRole, Settings, request_method};

/// The intent as hidden form fields.
pub(crate) struct IntentFields {
    /// `rd`: the return target.
    pub rd: String,
    /// `rm`: the method; empty for GET.
    pub rm: String,
    /// `nonce`: the nonce's hash in base64url; empty if there is none.
    pub nonce: String,
}

/// Whether a session satisfies an intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SessionSufficiency {
    /// It does, or it is denied for a reason that another factor does not change.
    Enough,
    /// The person has to give a second factor, or a fresh one.
    StepUp,
}

/// Longest return target in bytes, form-encoded. The login form sends it back, and a form may have 8 KiB, so a longer
/// target would make signing in impossible. The whole URL is measured because it is the same on every host: a target
/// accepted by one host is accepted by the next.
const LONGEST_RETURN: usize = 6 * 1024;

impl LoginIntent {
    /// Reads `rd`, `rm` and `nonce` of a query or form. A target that is not ours becomes the start page.
    pub(crate) fn read<'a>(app: &App, context: &RequestContext, word: impl Fn(&str) -> &'a str) -> Self {
        Self {
            return_to: return_target(word("rd"), context, |origin| app.knows(origin)),
            method: asked_with(word("rm")),
            nonce: nonce(word("nonce")),
        }
    }

    /// The URL of one of our pages, with the intent in its query.
    pub(crate) fn address(&self, settings: &Settings, context: &RequestContext, page: &str) -> String {
        let IntentFields { rd, rm, nonce } = self.fields(context);
        let mut url = query::with(&format!("{}/{page}", settings.path), "rd", &rd);
        for (name, value) in [("rm", rm), ("nonce", nonce)] {
            if !value.is_empty() {
                url = query::with(&url, name, &value);
            }
        }
        url
    }

    /// The intent as hidden fields.
    pub(crate) fn fields(&self, context: &RequestContext) -> IntentFields {
        IntentFields {
            rd: self.return_to.seen_from(&context.origin),
            rm: if self.method == Method::GET { String::new() } else { self.method.to_string() },
            nonce: self.nonce.map(|nonce| URL_SAFE_NO_PAD.encode(nonce)).unwrap_or_default(),
        }
    }

    /// The assurance that the rule of the return target requires.
    pub(crate) fn required(&self, app: &App, context: &RequestContext) -> Assurance {
        let password_alone = |policy_match: &PolicyMatch<'_>| policy_match.require() == Requirement::OneFactor;
        match self.matched(app, context, password_alone) {
            Some(true) => Assurance::OneFactor,
            Some(false) | None => Assurance::TwoFactor,
        }
    }

    /// Whether a live session satisfies the intent.
    pub(super) fn sufficiency(&self, app: &App, context: &RequestContext, evidence: &Evidence) -> SessionSufficiency {
        let session = Principal::Session(evidence.clone());
        let assurance = evidence.assurance;
        let reason = self.matched(app, context, |policy_match| policy_match.decide(session, context.now).err());
        // Any other denial is reported by the site itself. Asking for the factor again would not change it and would
        // loop.
        let steps_up = match reason {
            Some(reason) => reason.is_some_and(|reason| reason.remedy() == Remedy::StepUp),
            None if self.is_factor_page(app, context) => !factors::may_change(evidence, context.now),
            None => assurance < Assurance::TwoFactor,
        };
        if steps_up { SessionSufficiency::StepUp } else { SessionSufficiency::Enough }
    }

    /// Whether it leads to a page of this host that changes factors.
    fn is_factor_page(&self, app: &App, context: &RequestContext) -> bool {
        let ours = *self.return_to.origin() == context.origin;
        ours && self.return_to.target().strip_prefix(&app.settings.path).is_some_and(factors::is_factor_page)
    }

    /// Applies `say` to the rules that match the return target. `None` if no rules apply (the target is a page of ours
    /// or not on a site) or the pipeline refuses its path. Such targets require two factors.
    fn matched<T>(&self, app: &App, context: &RequestContext, say: impl FnOnce(&PolicyMatch<'_>) -> T) -> Option<T> {
        let Some(HostRole::Site(site)) = app.host_role(self.return_to.origin().authority().host()) else { return None };
        let without_fragment = self.return_to.target().split('#').next().unwrap_or_default();
        let target = RequestTarget::parse(without_fragment).ok()?;
        let target = app.settings.unsent_target(&target).unwrap_or(target);
        if app.settings.owns(target.path()) {
            return None;
        }
        let path = PathInterpretations::of(target.path());
        let asked = PolicyQuery {
            site: &site,
            method: &self.method,
            also: &[],
            kind: ExchangeKind::Http,
            target: &target,
            path: &path,
            client: context.client,
        };
        // A path that the pipeline refuses requires two factors too.
        PolicyMatch::find(&asked, &mut Budget::for_one_request()).ok().as_ref().map(say)
    }
}

/// Whether a return target is too long to be carried, so that the visitor gets to the start page instead.
pub(super) fn is_too_long(written: &str) -> bool {
    form_urlencoded::byte_serialize(written.as_bytes()).map(str::len).sum::<usize>() > LONGEST_RETURN
}

fn return_target(
    written: &str,
    context: &RequestContext,
    known: impl Fn(&crate::domain::origin::Origin) -> bool,
) -> ReturnTarget {
    let target = ReturnTarget::read(written, &context.origin, known);
    if is_too_long(&target.url()) { ReturnTarget::home(&context.origin) } else { target }
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
    use crate::portal::tests::{context, settings};

    #[test]
    fn an_intent_survives_the_way_through_addresses_and_forms() {
        let context = context("https://app.example.com");
        let return_to = return_target("/a?b=c&d=e", &context, |_| false);
        let intent = LoginIntent { return_to, method: Method::POST, nonce: Some([7; 32]) };
        let address = intent.address(&settings(), &context, "login");
        let texts = query::Query::read(address.split_once('?').map(|(_, query)| query)).unwrap();
        assert_eq!(return_target(texts.get("rd"), &context, |_| false), intent.return_to);
        assert_eq!((asked_with(texts.get("rm")), nonce(texts.get("nonce"))), (intent.method, intent.nonce));
        let plain = LoginIntent::to(intent.return_to).address(&settings(), &context, "login");
        assert_eq!(plain, "/portcullis/login?rd=%2Fa%3Fb%3Dc%26d%3De");
    }

    #[test]
    fn a_return_target_that_the_form_could_not_carry_is_forgotten() {
        let context = context("https://app.example.com");
        let read = |written: &str| return_target(written, &context, |_| false);
        let fits = format!("/{}", "a".repeat(4000));
        assert_eq!(read(&fits).target(), fits);
        assert_eq!(read(&format!("/{}", "&".repeat(4000))), ReturnTarget::home(&context.origin));
    }

    #[test]
    fn a_return_target_is_kept_or_forgotten_on_every_host_alike() {
        let (app, portal) = (context("https://app.example.com"), context("https://auth.example.com"));
        let kept = |count: usize| {
            let target = return_target(&format!("/{}", "&".repeat(count)), &app, |_| false);
            let at_the_portal = return_target(&target.url(), &portal, |_| true);
            assert_eq!(at_the_portal, target, "{count}");
            target.target().len() > 1
        };
        // `https%3A%2F%2Fapp.example.com%2F` has 32 bytes and each `%26` has three: 2037 of them fit into 6144.
        assert!(kept(2037) && !kept(2038));
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
