//! The page that asks before a session is handed over to a site. A link on another site led the visitor here, so the
//! hand-over needs their consent.

use askama::Template;
use http::StatusCode;

use crate::domain::request_context::RequestContext;
use crate::login::LoginIntent;
use crate::policy::Evidence;
use crate::portal::frame::{Emblem, Frame, View};
use crate::portal::login_intent::{IntentFields, SessionSufficiency};
use crate::portal::page::{Page, PageRequest};
use crate::portal::query::Query;
use crate::portal::redirect::{self, Consent};
use crate::portal::{reply, signed_in};
use crate::web::Problem;
use crate::web::form::{self, Form, FormHolder};

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

/// `GET /continue`. Does not hand anything over.
pub(super) async fn show(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, .. } = request;
    let query = Query::read(head.uri.query())?;
    let intent = LoginIntent::read(&app, &context, |word| query.get(word));
    let Some(evidence) = signed_in::evidence(&app, &context, &head.headers).await? else {
        return reply::see_other(&intent.address(&app.settings, &context, "login"));
    };
    let csrf = form::token(&app, FormHolder::Session(evidence.session));
    let answer = reply::page(
        StatusCode::OK,
        &page(View { settings: &app.settings, reader: &reader }, &intent, &context, &evidence, csrf),
    )?;
    Ok(reply::with_form_return(answer, &intent.return_to, &context.origin))
}

/// `POST /continue`: the person consents.
pub(super) async fn submit(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, head, body, .. } = request;
    let Some(evidence) = signed_in::evidence(&app, &context, &head.headers).await? else {
        return reply::see_other(&format!("{}/login?over=1", app.settings.path));
    };
    let holder = FormHolder::Session(evidence.session);
    let fields = match form::read(&app, &context, &head.headers, body, Some(holder)).await? {
        Form::Valid(fields) => fields,
        // The page of an earlier session: it is shown again.
        Form::Stale(fields) => {
            let intent = LoginIntent::read(&app, &context, |word| fields.get(word));
            return reply::see_other(&intent.address(&app.settings, &context, "continue"));
        }
    };
    let intent = LoginIntent::read(&app, &context, |word| fields.get(word));
    match intent.sufficiency(&app, &context, &evidence) {
        SessionSufficiency::Enough => redirect::to(&app, &context, evidence.session, &intent, Consent::Given).await,
        SessionSufficiency::StepUp => reply::see_other(&intent.address(&app.settings, &context, "confirm")),
    }
}

fn page(
    view: View<'_>,
    intent: &LoginIntent,
    context: &RequestContext,
    evidence: &Evidence,
    csrf: String,
) -> ConsentPage {
    let frame = Frame::new(view, Emblem::Open);
    let texts = frame.texts;
    let site = intent.return_to.origin().authority().to_string();
    ConsentPage {
        title: texts.consent.title(&site),
        asked_by: texts.consent.asked_by(&site),
        signed_in_as: texts.logout.signed_in_as(&evidence.identity.shown_name()),
        csrf,
        fields: intent.fields(context),
        frame,
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;
    use crate::domain::return_target::ReturnTarget;
    use crate::portal::tests::{HOSTILE, Sample, context, evidence, reader, settings};

    /// Samples of the page in every state.
    pub(crate) fn all() -> Vec<Sample> {
        let sample = |name, person| {
            let context = context("https://auth.example.com");
            let app = "https://app.example.com".parse().unwrap();
            let intent =
                LoginIntent::to(ReturnTarget::read("https://app.example.com/x", &context.origin, |o| *o == app));
            let evidence = evidence("ada", Some(person));
            Sample::new(
                name,
                &page(
                    View { settings: &settings(), reader: &reader() },
                    &intent,
                    &context,
                    &evidence,
                    "token".to_owned(),
                ),
            )
        };
        vec![sample("continue", "Ada Lovelace"), sample("continue-hostile", HOSTILE)]
    }
}
