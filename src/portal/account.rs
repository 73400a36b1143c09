//! The account page: who is signed in, since when, and the links to the site and to the log-out.

use askama::Template;
use http::StatusCode;

use crate::domain::assurance::Assurance;
use crate::domain::request_context::RequestContext;
use crate::policy::Evidence;
use crate::portal::apps::{self, AppLink};
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
    /// Link to the site of this host, where it is the only one.
    home: Option<String>,
    apps: Vec<AppLink>,
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
    let apps = apps::visible(&app, &context, &evidence);
    let view = View { settings: &app.settings, reader: &reader };
    reply::page(StatusCode::OK, &page(view, &context, &evidence, apps, csrf))
}

fn page(
    view: View<'_>,
    context: &RequestContext,
    evidence: &Evidence,
    apps: Vec<AppLink>,
    csrf: String,
) -> AccountPage {
    // The site of this host alone needs no list.
    let alone = apps.len() <= 1 && context.site.is_some();
    let frame = Frame::new(view, Emblem::Open);
    let texts = &frame.texts.account;
    let identity = &evidence.identity;
    let name = identity.shown_name();
    // The unmasked address: it is the visitor's own, on a page that only this session can see.
    let detail =
        identity.email.as_ref().map_or_else(|| identity.username.to_string(), |email| email.as_str().to_owned());
    AccountPage {
        detail: (detail != name).then_some(detail),
        name,
        since: frame.texts.common.moment_of(evidence.authenticated_at),
        since_exact: evidence.authenticated_at.to_string(),
        home: alone.then(|| texts.home(&context.origin.authority().to_string())),
        apps: if alone { Vec::new() } else { apps },
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
        let link = |name: &str, host: Option<&str>| AppLink {
            name: name.to_owned(),
            host: host.map(str::to_owned),
            href: format!("https://{}/", host.unwrap_or(name)),
        };
        let links = vec![link("Dashboard", Some("dashboard.example.com")), link("wiki.example.com", None)];
        let sample = |sample_name, username, name, apps: &[AppLink]| {
            let context = context("https://app.example.com");
            Sample::new(
                sample_name,
                &page(
                    View { settings: &settings(), reader: &reader() },
                    &context,
                    &evidence(username, name),
                    apps.to_vec(),
                    "token".to_owned(),
                ),
            )
        };
        vec![
            sample("account", "ada", Some("Ada Lovelace"), &[]),
            sample("account-apps", "ada", Some("Ada Lovelace"), &links),
            sample("account-nameless", "ada", None, &[]),
            sample("account-hostile", "ada", Some(HOSTILE), &[link(HOSTILE, None)]),
        ]
    }
}
