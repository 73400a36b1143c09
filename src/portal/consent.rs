//! The page that asks before a session is handed over to a site: a link on another site led here, and only the person
//! can say whether they want to go on.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, RawQuery, Request, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};

use crate::policy::Evidence;
use crate::portal::account::shown_name;
use crate::portal::frame::{Frame, Gate};
use crate::portal::login_intent::{IntentFields, LoginIntent, Standing};
use crate::portal::query::Query;
use crate::portal::redirect::{self, Consent};
use crate::portal::{reply, signed_in};
use crate::web::form::{self, FormHolder};
use crate::web::{App, Problem, Settings, Visit};

#[derive(Template)]
#[template(path = "consent.html")]
struct ConsentPage {
    frame: Frame,
    title: String,
    asked_by: String,
    signed_in_as: String,
    csrf: String,
    fields: IntentFields,
}

/// `GET /continue`. Hands nothing over.
pub async fn show(
    State(app): State<Arc<App>>,
    Extension(visit): Extension<Arc<Visit>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let query = Query::read(query.as_deref())?;
    let intent = LoginIntent::read(&app, &visit, |word| query.get(word));
    let Some(evidence) = signed_in::evidence(&app, &visit, &headers).await? else {
        return reply::see_other(&intent.address(&app.settings, &visit, "login"));
    };
    let csrf = form::token(&app, FormHolder::Session(evidence.session));
    let answer = reply::page(StatusCode::OK, &page(&app.settings, &intent, &visit, &evidence, csrf))?;
    Ok(reply::with_form_return(answer, &intent.return_to, &visit.here))
}

/// `POST /continue`: the person's consent.
pub async fn submit(
    State(app): State<Arc<App>>,
    Extension(visit): Extension<Arc<Visit>>,
    request: Request,
) -> Result<Response, Problem> {
    let Some(evidence) = signed_in::evidence(&app, &visit, request.headers()).await? else {
        return reply::see_other(&format!("{}/login?over=1", app.settings.path));
    };
    let fields = form::read(&app, &visit, request, FormHolder::Session(evidence.session)).await?;
    let intent = LoginIntent::read(&app, &visit, |word| fields.get(word));
    match intent.standing(&app, &visit, &evidence) {
        Standing::Enough => redirect::to(&app, &visit, evidence.session, &intent, Consent::Given).await,
        Standing::StepUp => reply::see_other(&intent.address(&app.settings, &visit, "confirm")),
    }
}

fn page(settings: &Settings, intent: &LoginIntent, visit: &Visit, evidence: &Evidence, csrf: String) -> ConsentPage {
    let frame = Frame::new(settings, Gate::Open);
    let texts = frame.texts;
    let site = intent.return_to.origin().authority().to_string();
    ConsentPage {
        title: (texts.consent.title)(&site),
        asked_by: (texts.consent.asked_by)(&site),
        signed_in_as: (texts.logout.signed_in_as)(&shown_name(&evidence.identity)),
        csrf,
        fields: intent.fields(visit),
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
        let sample = |name, person| {
            let visit = visit("https://auth.example.com");
            let app = "https://app.example.com".parse().unwrap();
            let intent = LoginIntent::to(ReturnTarget::read("https://app.example.com/x", &visit.here, |o| *o == app));
            let evidence = evidence("ada", Some(person));
            Sample::new(name, &page(&settings(), &intent, &visit, &evidence, "token".to_owned()))
        };
        vec![sample("continue", "Ada Lovelace"), sample("continue-hostile", HOSTILE)]
    }
}
