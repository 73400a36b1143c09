//! The page that asks somebody who is signed in for a factor again, before a code is sent.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, RawQuery, Request, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};

use crate::access::Evidence;
use crate::domain::method::CodeMethod;
use crate::login::StepUpOutcome;
use crate::portal::account::shown_name;
use crate::portal::code::Way;
use crate::portal::errand::{Carried, Errand, Standing};
use crate::portal::frame::{Frame, Gate, Notice};
use crate::portal::query::Query;
use crate::portal::way_on::{self, Consent};
use crate::portal::{reply, signed_in};
use crate::web::form::{self, FormHolder};
use crate::web::{App, Problem, Settings, Visit, cookies};

#[derive(Template)]
#[template(path = "confirm.html")]
struct ConfirmPage {
    frame: Frame,
    asked_by: String,
    signed_in_as: String,
    notice: Option<Notice>,
    csrf: String,
    carried: Carried,
    ways: Vec<Way>,
}

/// What the page is made of.
struct Parts<'a> {
    errand: &'a Errand,
    visit: &'a Visit,
    evidence: &'a Evidence,
    ways: &'a [(CodeMethod, String)],
    csrf: String,
}

/// `GET /confirm`. Sends nothing: a link on another site must not make us send messages.
pub async fn show(
    State(app): State<Arc<App>>,
    Extension(visit): Extension<Arc<Visit>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let query = Query::read(query.as_deref())?;
    let errand = Errand::read(&app, &visit, |word| query.get(word));
    let Some(evidence) = signed_in::evidence(&app, &visit, &headers).await? else {
        return reply::see_other(&errand.address(&app.settings, &visit, "login"));
    };
    if errand.standing(&app, &visit, &evidence) == Standing::Enough {
        return way_on::to(&app, &visit, evidence.session, &errand, Consent::of_navigation(&headers)).await;
    }
    let ways = app.login.ways(&evidence).await.map_err(reply::failed)?;
    let csrf = form::token(&app, FormHolder::Session(evidence.session));
    let parts = Parts { errand: &errand, visit: &visit, evidence: &evidence, ways: &ways, csrf };
    let answer = reply::page(StatusCode::OK, &page(&app.settings, &parts))?;
    Ok(reply::with_form_return(answer, &errand.return_to, &visit.here))
}

/// `POST /confirm`: the field `method`.
pub async fn submit(
    State(app): State<Arc<App>>,
    Extension(visit): Extension<Arc<Visit>>,
    request: Request,
) -> Result<Response, Problem> {
    let Some(evidence) = signed_in::evidence(&app, &visit, request.headers()).await? else {
        return reply::see_other(&format!("{}/login?over=1", app.settings.path));
    };
    let attempt = visit.attempt(cookies::device(&app, &visit, request.headers()));
    let previous = cookies::sign_in(&app, &visit, request.headers());
    let fields = form::read(&app, &visit, request, FormHolder::Session(evidence.session)).await?;
    let method: CodeMethod =
        fields.get("method").parse().map_err(|_| Problem::BadRequest("the field `method` is `sms` or `email`"))?;
    let errand = Errand::read(&app, &visit, |word| fields.get(word));
    let aim = errand.aim(&app, &visit);
    let outcome = app.login.step_up(&attempt, &evidence, &aim, method, previous).await;
    let (id, page) = match outcome.map_err(reply::failed)? {
        StepUpOutcome::Started(id) => (id, "verify"),
        StepUpOutcome::StartedWithout(id) => (id, "verify?sent=0"),
        StepUpOutcome::Ended => return reply::see_other(&errand.address(&app.settings, &visit, "login")),
    };
    let answer = reply::see_other(&format!("{}/{page}", app.settings.path))?;
    Ok(reply::with_cookie(answer, cookies::set_sign_in(&app, &visit, id)?))
}

fn page(settings: &Settings, parts: &Parts<'_>) -> ConfirmPage {
    let frame = Frame::new(settings, Gate::Half);
    let words = frame.words;
    let notice = parts.ways.is_empty().then(|| Notice::bad(words.code.no_destination));
    let class = |place| if place == 0 { "main" } else { "second" };
    let ways = parts.ways.iter().enumerate().map(|(place, way)| Way::of(words, way, class(place)));
    ConfirmPage {
        asked_by: (words.confirm.asked_by)(&parts.errand.return_to.origin().authority().to_string()),
        signed_in_as: (words.logout.signed_in_as)(&shown_name(&parts.evidence.identity)),
        notice,
        csrf: parts.csrf.clone(),
        carried: parts.errand.carried(parts.visit),
        ways: ways.collect(),
        frame,
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;
    use crate::domain::return_target::ReturnTarget;
    use crate::portal::tests::{HOSTILE, Sample, evidence, settings, visit};

    /// The page in every state.
    pub fn all() -> Vec<Sample> {
        let sample = |name, person, ways: &[(CodeMethod, &str)]| {
            let visit = visit("https://auth.example.com");
            let app = "https://app.example.com".parse().unwrap();
            let errand = Errand::to(ReturnTarget::read("https://app.example.com/admin", &visit.here, |o| *o == app));
            let ways: Vec<_> = ways.iter().map(|(method, masked)| (*method, (*masked).to_owned())).collect();
            let evidence = evidence("ada", Some(person));
            let csrf = "token".to_owned();
            let parts = Parts { errand: &errand, visit: &visit, evidence: &evidence, ways: &ways, csrf };
            Sample::new(name, &page(&settings(), &parts))
        };
        let both = [(CodeMethod::Sms, "•••• 74"), (CodeMethod::Email, "a••••@•••.com")];
        vec![
            sample("confirm", "Ada Lovelace", &both),
            sample("confirm-none", "Ada Lovelace", &[]),
            sample("confirm-hostile", HOSTILE, &both),
        ]
    }
}
