//! The step-up page. It asks a signed-in person to confirm with a second factor, before a code is sent.

use askama::Template;
use http::StatusCode;

use crate::domain::factor_kind::FactorKind;
use crate::domain::request_context::RequestContext;
use crate::login::LoginIntent;
use crate::login::{StepUpOutcome, StepUpRequest, StepUpWays};
use crate::policy::Evidence;
use crate::portal::frame::{Emblem, Frame, Notice, View};
use crate::portal::login_intent::{IntentFields, SessionSufficiency};
use crate::portal::page::{Page, PageRequest};
use crate::portal::query::Query;
use crate::portal::redirect::{self, Consent};
use crate::portal::send_option::SendOption;
use crate::portal::{other_ways, reply, signed_in};
use crate::web::form::{self, Form, FormHolder};
use crate::web::{Problem, cookies};

#[derive(Template)]
#[template(path = "confirm.html")]
struct ConfirmPage {
    frame: Frame,
    asked_by: String,
    signed_in_as: String,
    notice: Option<Notice>,
    csrf: String,
    fields: IntentFields,
    held: Vec<HeldOption>,
    send_options: Vec<SendOption>,
}

/// A button for a factor that the person holds.
struct HeldOption {
    /// The form value: [`FactorKind::word`].
    word: &'static str,
    label: String,
    /// The CSS class: `main` or `second`.
    class: &'static str,
}

/// The values that the page shows.
struct Parts<'a> {
    intent: &'a LoginIntent,
    context: &'a RequestContext,
    evidence: &'a Evidence,
    ways: &'a StepUpWays,
    csrf: String,
}

/// `GET /confirm`. Sends nothing: a link on another site must not make us send messages.
pub(super) async fn show(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, .. } = request;
    let query = Query::read(head.uri.query())?;
    let intent = LoginIntent::read(&app, &context, |word| query.get(word));
    let Some(evidence) = signed_in::evidence(&app, &context, &head.headers).await? else {
        return reply::see_other(&intent.address(&app.settings, &context, "login"));
    };
    if intent.sufficiency(&app, &context, &evidence) == SessionSufficiency::Enough {
        return redirect::to(&app, &context, evidence.session, &intent, Consent::of_navigation(&head.headers)).await;
    }
    let ways = app.login.step_up_ways(&context, &evidence).await?;
    let csrf = form::token(&app, FormHolder::Session(evidence.session));
    let parts = Parts { intent: &intent, context: &context, evidence: &evidence, ways: &ways, csrf };
    let answer = reply::page(StatusCode::OK, &page(View { settings: &app.settings, reader: &reader }, &parts))?;
    Ok(reply::with_form_return(answer, &intent.return_to, &context.origin))
}

/// `POST /confirm`: the field `method`.
pub(super) async fn submit(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, body } = request;
    let Some(evidence) = signed_in::evidence(&app, &context, &head.headers).await? else {
        return reply::see_other(&format!("{}/login?over=1", app.settings.path));
    };
    let previous = cookies::sign_in(&app, &context, &head.headers);
    let holder = FormHolder::Session(evidence.session);
    let fields = match form::read(&app, &context, &head.headers, body, Some(holder)).await? {
        Form::Valid(fields) => fields,
        // The page of an earlier session: it is shown again.
        Form::Stale(fields) => {
            let intent = LoginIntent::read(&app, &context, |word| fields.get(word));
            return reply::see_other(&intent.address(&app.settings, &context, "confirm"));
        }
    };
    let kind: FactorKind = fields
        .get("method")
        .parse()
        .map_err(|_| Problem::BadRequest("the field `method` is `sms`, `email`, `totp`, `passkey` or `recovery`"))?;
    let intent = LoginIntent::read(&app, &context, |word| fields.get(word));
    let request = StepUpRequest { kind, language: reader.language, previous };
    let outcome = app.login.step_up(&context, &evidence, &intent, request).await;
    let path = &app.settings.path;
    let (id, page) = match outcome? {
        StepUpOutcome::Started(id) if kind.sent_by().is_none() => (id, other_ways::address(path, kind)),
        StepUpOutcome::Started(id) => (id, format!("{path}/verify")),
        StepUpOutcome::StartedWithout(id) => (id, format!("{path}/verify?sent=0")),
        StepUpOutcome::Ended => return reply::see_other(&intent.address(&app.settings, &context, "login")),
    };
    let answer = reply::see_other(&page)?;
    Ok(reply::with_cookie(answer, cookies::set_sign_in(&app, &context, id)?))
}

fn page(view: View<'_>, parts: &Parts<'_>) -> ConfirmPage {
    let frame = Frame::new(view, Emblem::Half);
    let texts = frame.texts;
    let StepUpWays { held, sent } = parts.ways;
    let notice = (held.is_empty() && sent.is_empty()).then(|| Notice::bad(texts.code.no_way()));
    let class = |place| if place == 0 { "main" } else { "second" };
    let held_options = held.iter().enumerate().filter_map(|(place, kind)| {
        Some(HeldOption { word: kind.word(), label: other_ways::held_label(*kind, texts)?, class: class(place) })
    });
    let send_options = sent
        .iter()
        .enumerate()
        .map(|(place, (method, masked))| SendOption::of(texts, *method, masked, class(held.len() + place)));
    ConfirmPage {
        asked_by: texts.confirm.asked_by(&parts.intent.return_to.origin().authority().to_string()),
        signed_in_as: texts.logout.signed_in_as(&parts.evidence.identity.shown_name()),
        notice,
        csrf: parts.csrf.clone(),
        fields: parts.intent.fields(parts.context),
        held: held_options.collect(),
        send_options: send_options.collect(),
        frame,
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;
    use crate::domain::method::CodeMethod;
    use crate::domain::return_target::ReturnTarget;
    use crate::portal::tests::{HOSTILE, Sample, context, evidence, reader, settings};

    /// Samples of the page in every state.
    pub(crate) fn all() -> Vec<Sample> {
        let sample = |name, person, held: &[FactorKind], sent: &[(CodeMethod, &str)]| {
            let context = context("https://auth.example.com");
            let app = "https://app.example.com".parse().unwrap();
            let intent =
                LoginIntent::to(ReturnTarget::read("https://app.example.com/admin", &context.origin, |o| *o == app));
            let sent = sent.iter().map(|(method, masked)| (*method, (*masked).to_owned())).collect();
            let ways = StepUpWays { held: held.to_vec(), sent };
            let evidence = evidence("ada", Some(person));
            let csrf = "token".to_owned();
            let parts = Parts { intent: &intent, context: &context, evidence: &evidence, ways: &ways, csrf };
            Sample::new(name, &page(View { settings: &settings(), reader: &reader() }, &parts))
        };
        let both = [(CodeMethod::Sms, "•••• 74"), (CodeMethod::Email, "a••••@•••.com")];
        vec![
            sample("confirm", "Ada Lovelace", &[], &both),
            sample("confirm-held", "Ada Lovelace", &[FactorKind::Passkey, FactorKind::Totp], &both),
            sample("confirm-none", "Ada Lovelace", &[], &[]),
            sample("confirm-hostile", HOSTILE, &[], &both),
        ]
    }
}
