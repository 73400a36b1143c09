//! The account page: who is signed in, since when, and the links to the site and to the log-out.

use askama::Template;
use http::StatusCode;

use crate::domain::assurance::Assurance;
use crate::domain::identity::Identity;
use crate::domain::request_context::RequestContext;
use crate::policy::Evidence;
use crate::portal::frame::{Emblem, Frame, View};
use crate::portal::page::{Page, PageRequest};
use crate::portal::{query, reply, signed_in};
use crate::web::Problem;
use crate::web::form::{self, FormHolder};

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    frame: Frame,
    name: String,
    detail: Option<String>,
    since: String,
    since_exact: String,
    home: Option<String>,
    sms_limits: String,
    csrf: String,
}

/// `GET /`.
pub(super) async fn show(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, .. } = request;
    let path = &app.settings.path;
    let Some(evidence) = signed_in::evidence(&app, &context, &head.headers).await? else {
        return reply::see_other(&query::with(&format!("{path}/login"), "rd", &format!("{path}/")));
    };
    // Requires two factors: the page shows in full the address that codes are sent to.
    if evidence.assurance < Assurance::TwoFactor {
        return reply::see_other(&query::with(&format!("{path}/confirm"), "rd", &format!("{path}/")));
    }
    let csrf = form::token(&app, FormHolder::Session(evidence.session));
    reply::page(StatusCode::OK, &page(View { settings: &app.settings, reader: &reader }, &context, &evidence, csrf))
}

/// The display name of the account, or its user name if it has none.
pub(super) fn shown_name(identity: &Identity) -> String {
    let name = identity.name.as_ref().map(|name| name.as_str().to_owned());
    name.unwrap_or_else(|| identity.username.to_string())
}

fn page(view: View<'_>, context: &RequestContext, evidence: &Evidence, csrf: String) -> AccountPage {
    let frame = Frame::new(view, Emblem::Open);
    let texts = &frame.texts.account;
    let identity = &evidence.identity;
    let name = shown_name(identity);
    // The unmasked address: it is the visitor's own, on a page that only this session can see.
    let detail =
        identity.email.as_ref().map_or_else(|| identity.username.to_string(), |email| email.as_str().to_owned());
    AccountPage {
        detail: (detail != name).then_some(detail),
        name,
        since: frame.texts.common.moment_of(evidence.authenticated_at),
        since_exact: evidence.authenticated_at.to_string(),
        // On the portal's own host there is no site to link to.
        home: context.site.as_ref().map(|_| texts.home(&context.origin.authority().to_string())),
        sms_limits: texts.sms_limits(context.host().as_str()),
        csrf,
        frame,
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;
    use crate::portal::tests::{HOSTILE, Sample, context, evidence, reader, settings};

    /// Samples of the page in every state.
    pub(crate) fn all() -> Vec<Sample> {
        let sample = |sample_name, username, name| {
            let context = context("https://app.example.com");
            Sample::new(
                sample_name,
                &page(
                    View { settings: &settings(), reader: &reader() },
                    &context,
                    &evidence(username, name),
                    "token".to_owned(),
                ),
            )
        };
        vec![
            sample("account", "ada", Some("Ada Lovelace")),
            sample("account-nameless", "ada", None),
            sample("account-hostile", "ada", Some(HOSTILE)),
        ]
    }
}
