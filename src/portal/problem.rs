//! The error page. It says what happened and what to do, and shows a reference by which the operator finds the request
//! in the log. It never shows the text of an error, which is for the log.

use std::time::Duration;

use askama::Template;

use crate::domain::identifier::RequestId;
use crate::i18n::pages::{ProblemKind, ProblemText};
use crate::i18n::texts::Texts;
use crate::portal::frame::{Emblem, Frame, View};
use crate::portal::query;
use crate::web::{Problem, Reader, Settings};

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    frame: Frame,
    text: ProblemText,
    detail: Option<&'static str>,
    advice: String,
    next_step: Option<Link>,
    /// For a person who is signed in without access: another account, and the log-out.
    account_links: Vec<Link>,
    reference: String,
}

struct Link {
    href: String,
    label: String,
}

/// The link that the error page offers.
enum NextStep {
    SignIn,
    Retry,
    Home,
    Nowhere,
}

/// Renders the whole page as HTML in UTF-8.
pub(crate) fn page(settings: &Settings, reader: &Reader, problem: &Problem, request: RequestId) -> String {
    let page = context(View { settings, reader }, problem, request);
    // Rendering into a string can only fail for lack of memory. Even then the visitor gets a title.
    page.render().unwrap_or_else(|_| format!("<!doctype html><title>{0}</title><h1>{0}</h1>", page.text.title))
}

fn context(view: View<'_>, problem: &Problem, request: RequestId) -> ProblemPage {
    let frame = Frame::new(view, Emblem::Closed);
    let texts = frame.texts;
    let mut text = texts.problem.about(kind(problem));
    let mut account_links = Vec::new();
    if let Problem::NoAccess(name) = problem {
        text.happened = texts.problem.no_access_happened(name);
        let log_out = format!("{}/logout", frame.path);
        let switch = Link { href: query::with(&log_out, "rd", &view.reader.here), label: texts.logout.switch() };
        account_links = vec![switch, Link { href: log_out, label: texts.account.log_out() }];
    }
    ProblemPage {
        detail: detail(problem),
        advice: if let Problem::TooMany(wait) = problem {
            advice_while_waiting(texts, *wait)
        } else {
            text.advice.clone()
        },
        next_step: link(&frame, &NextStep::from(problem)),
        account_links,
        reference: request.short(),
        text,
        frame,
    }
}

fn kind(problem: &Problem) -> ProblemKind {
    match problem {
        Problem::BadRequest(_) => ProblemKind::BadRequest,
        Problem::Forgery(_) => ProblemKind::Forgery,
        Problem::Forbidden(_) | Problem::NoAccess(_) => ProblemKind::Forbidden,
        Problem::NotFound => ProblemKind::NotFound,
        Problem::MethodNotAllowed(_) => ProblemKind::MethodNotAllowed,
        Problem::PathTooLong(_) => ProblemKind::PathTooLong,
        Problem::TooLarge(_) => ProblemKind::TooLarge,
        Problem::HeadTooLarge(_) => ProblemKind::HeadTooLarge,
        Problem::UnsupportedMediaType(_) => ProblemKind::UnsupportedMediaType,
        Problem::UnknownSite => ProblemKind::UnknownSite,
        Problem::PlainHttp => ProblemKind::PlainHttp,
        Problem::TooMany(_) => ProblemKind::TooMany,
        Problem::UpstreamUnreachable(_) => ProblemKind::UpstreamUnreachable,
        Problem::UpstreamTimeout => ProblemKind::UpstreamTimeout,
        Problem::Unavailable(_) => ProblemKind::Unavailable,
        Problem::Loop => ProblemKind::Loop,
        Problem::Internal(_) => ProblemKind::Internal,
    }
}

/// The exact cause, for the errors whose text is a fixed string of ours written for the visitor.
const fn detail(problem: &Problem) -> Option<&'static str> {
    match problem {
        Problem::BadRequest(what) => Some(what),
        Problem::Forgery(_)
        | Problem::Forbidden(_)
        | Problem::NoAccess(_)
        | Problem::NotFound
        | Problem::MethodNotAllowed(_)
        | Problem::PathTooLong(_)
        | Problem::TooLarge(_)
        | Problem::HeadTooLarge(_)
        | Problem::UnsupportedMediaType(_)
        | Problem::UnknownSite
        | Problem::PlainHttp
        | Problem::Loop
        | Problem::TooMany(_)
        | Problem::UpstreamUnreachable(_)
        | Problem::UpstreamTimeout
        | Problem::Unavailable(_)
        | Problem::Internal(_) => None,
    }
}

fn advice_while_waiting(texts: Texts, wait: Duration) -> String {
    texts.problem.wait_advice(&texts.common.duration(wait))
}

fn link(frame: &Frame, next_step: &NextStep) -> Option<Link> {
    let texts = &frame.texts.problem;
    match next_step {
        NextStep::SignIn => Some(Link { href: format!("{}/login", frame.path), label: texts.sign_in() }),
        // An empty reference is the current page, loaded with GET.
        NextStep::Retry => Some(Link { href: String::new(), label: texts.retry() }),
        NextStep::Home => Some(Link { href: "/".to_owned(), label: texts.home() }),
        NextStep::Nowhere => None,
    }
}

impl From<&Problem> for NextStep {
    fn from(problem: &Problem) -> Self {
        match problem {
            Problem::Forgery(_) | Problem::UnsupportedMediaType(_) => Self::SignIn,
            Problem::TooMany(_)
            | Problem::UpstreamUnreachable(_)
            | Problem::UpstreamTimeout
            | Problem::Unavailable(_)
            | Problem::Internal(_) => Self::Retry,
            Problem::BadRequest(_)
            | Problem::HeadTooLarge(_)
            | Problem::Forbidden(_)
            | Problem::NoAccess(_)
            | Problem::NotFound
            | Problem::MethodNotAllowed(_)
            | Problem::PathTooLong(_)
            | Problem::TooLarge(_)
            | Problem::Loop => Self::Home,
            // A host without a site has nothing to link to, and on plain http the https address is unknown.
            Problem::UnknownSite | Problem::PlainHttp => Self::Nowhere,
        }
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;
    use crate::domain::forgery_reason::ForgeryReason;
    use crate::portal::tests::{HOSTILE, Sample, reader, settings};

    /// Samples of the page for every problem.
    pub(crate) fn all() -> Vec<Sample> {
        let secret = || HOSTILE.to_owned();
        let problems = [
            ("bad-request", Problem::BadRequest("a name stands twice in the query")),
            ("forgery", Problem::Forgery(ForgeryReason::FormToken)),
            ("forbidden", Problem::Forbidden("internal reason")),
            ("no-access", Problem::NoAccess("Ada Lovelace".to_owned())),
            ("no-access-hostile", Problem::NoAccess(HOSTILE.to_owned())),
            ("not-found", Problem::NotFound),
            ("method-not-allowed", Problem::MethodNotAllowed("GET, HEAD")),
            ("path-too-long", Problem::PathTooLong(8192)),
            ("too-large", Problem::TooLarge(8192)),
            ("head-too-large", Problem::HeadTooLarge("internal reason")),
            ("unsupported-media-type", Problem::UnsupportedMediaType("internal reason")),
            ("unknown-site", Problem::UnknownSite),
            ("plain-http", Problem::PlainHttp),
            ("too-many", Problem::TooMany(Duration::from_secs(512))),
            ("upstream-unreachable", Problem::UpstreamUnreachable(secret())),
            ("upstream-timeout", Problem::UpstreamTimeout),
            ("unavailable", Problem::Unavailable(secret())),
            ("loop", Problem::Loop),
            ("internal", Problem::Internal(secret())),
        ];
        let request = RequestId::from_bytes([0x7f; 16]);
        let sample = |(name, problem)| {
            Sample::new(name, &context(View { settings: &settings(), reader: &reader() }, &problem, request))
        };
        problems.into_iter().map(sample).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::forgery_reason::ForgeryReason;
    use crate::portal::tests::{reader, settings};

    fn rendered(problem: &Problem) -> String {
        page(&settings(), &reader(), problem, RequestId::from_bytes([0x7f; 16]))
    }

    #[test]
    fn the_inner_reason_stays_in_the_log() {
        for problem in [
            Problem::Internal("secret-canary".to_owned()),
            Problem::Unavailable("secret-canary".to_owned()),
            Problem::UpstreamUnreachable("secret-canary".to_owned()),
            Problem::Forbidden("secret-canary"),
        ] {
            assert!(!rendered(&problem).contains("secret-canary"), "{problem}");
        }
        for reason in ForgeryReason::ALL {
            assert!(!rendered(&Problem::Forgery(reason)).contains(reason.text()), "{reason}");
        }
    }

    #[test]
    fn a_page_carries_the_reference_and_what_to_do() {
        let html = rendered(&Problem::TooMany(Duration::from_secs(45)));
        assert!(html.contains("7f7f7f7f") && html.contains("Please wait 45 seconds, then try again."), "{html}");
        assert!(!html.contains(&"7f".repeat(5)), "only the short form of the identifier is shown");
    }
}
