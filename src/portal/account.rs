//! The account page: who is signed in, since when, where no code is asked for, and the links to the site and to the
//! log-out.

use askama::Template;
use http::StatusCode;

use crate::account;
use crate::domain::assurance::Assurance;
use crate::domain::request_context::RequestContext;
use crate::i18n::texts::Texts;
use crate::login::Remembered;
use crate::platform::clock::Timestamp;
use crate::policy::Evidence;
use crate::portal::apps::{self, AppLink};
use crate::portal::factors::{FactorList, Message};
use crate::portal::frame::{Emblem, Frame, Notice, View};
use crate::portal::page::{Page, PageRequest};
use crate::portal::query::{self, Query};
use crate::portal::{reply, signed_in};
use crate::web::Problem;
use crate::web::form::{self, FormHolder};

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    frame: Frame,
    name: String,
    detail: Option<String>,
    notice: Option<Notice>,
    since: Moment,
    remembered: RememberedFacts,
    factors: FactorList,
    /// Link to the site of this host, where it is the only one.
    home: Option<String>,
    apps: Vec<AppLink>,
    sms_limits: String,
    csrf: String,
}

/// A moment, as shown without the script and as the script reads it.
struct Moment {
    shown: String,
    exact: String,
}

/// Where no code is asked for.
struct RememberedFacts {
    /// Until when this browser is remembered.
    until: Option<Moment>,
    /// How many other browsers are remembered, in words.
    others: Option<String>,
}

/// What the page says.
struct Parts<'a> {
    context: &'a RequestContext,
    evidence: &'a Evidence,
    /// When the person last signed in or gave a code.
    since: Timestamp,
    apps: Vec<AppLink>,
    remembered: Remembered,
    /// What the person can sign in with.
    factors: &'a account::FactorList,
    /// What was just done.
    done: Done,
    csrf: String,
}

/// What the page says was done.
#[derive(Clone, Copy)]
struct Done {
    /// To a factor.
    factor: Message,
    /// Whether browsers were just forgotten.
    forgotten: bool,
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
    let since = app.login.signed_in_at(&evidence).await?;
    let remembered = app.login.remembered(&context, evidence.session).await?;
    // A stranger can write such a link, so it is believed only where it is true.
    let query = Query::read(head.uri.query())?;
    let forgotten = query.get("forgotten") == "1" && remembered.until.is_none();
    let done = Done { factor: Message::read(query.get("done")), forgotten };
    let factors = app.factors.list(&context, evidence.identity.account).await?.ok_or(Problem::NotFound)?;
    let view = View { settings: &app.settings, reader: &reader };
    let parts =
        Parts { context: &context, evidence: &evidence, since, apps, remembered, factors: &factors, done, csrf };
    reply::page(StatusCode::OK, &page(view, parts))
}

fn page(view: View<'_>, parts: Parts<'_>) -> AccountPage {
    let Parts { context, evidence, since, apps, remembered, factors, done, csrf } = parts;
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
        notice: done.factor.notice(frame.texts).or(done.forgotten.then(|| Notice::good(texts.forgotten()))),
        factors: FactorList::of(factors, frame.texts, &frame.path),
        since: Moment::of(frame.texts, since),
        remembered: RememberedFacts {
            until: remembered.until.map(|until| Moment::of(frame.texts, until)),
            others: (remembered.others > 0).then(|| texts.other_browsers(remembered.others)),
        },
        home: alone.then(|| texts.home(&context.origin.authority().to_string())),
        apps: if alone { Vec::new() } else { apps },
        sms_limits: texts.sms_limits(context.host().as_str()),
        csrf,
        frame,
    }
}

impl RememberedFacts {
    const fn any(&self) -> bool {
        self.until.is_some() || self.others.is_some()
    }
}

impl Moment {
    fn of(texts: Texts, moment: Timestamp) -> Self {
        Self { shown: texts.common.moment_of(moment), exact: moment.to_string() }
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;
    use crate::domain::factor_kind::FactorKind;
    use crate::portal::factors::samples::{list, row};
    use crate::portal::tests::{HOSTILE, Sample, context, evidence, reader, settings};

    /// Samples of the page in every state.
    pub(crate) fn all() -> Vec<Sample> {
        let link = |name: &str, host: Option<&str>| AppLink {
            name: name.to_owned(),
            host: host.map(str::to_owned),
            href: format!("https://{}/", host.unwrap_or(name)),
        };
        let links = vec![link("Dashboard", Some("dashboard.example.com")), link("wiki.example.com", None)];
        let none = Remembered::default();
        let until = Some(Timestamp::from_millis(1_798_004_052_000));
        let with =
            |sample_name, name, apps: &[AppLink], remembered: Remembered, done, factors: &account::FactorList| {
                let (context, evidence) = (context("https://app.example.com"), evidence("ada", name));
                let (since, apps, csrf) = (evidence.authenticated_at, apps.to_vec(), "token".to_owned());
                let parts =
                    Parts { context: &context, evidence: &evidence, since, apps, remembered, factors, done, csrf };
                Sample::new(sample_name, &page(View { settings: &settings(), reader: &reader() }, parts))
            };
        let sent = list(Vec::new(), 0, true);
        let sample = |sample_name, name, apps: &[AppLink], remembered: Remembered, forgotten| {
            with(sample_name, name, apps, remembered, Done { factor: Message::Nothing, forgotten }, &sent)
        };
        let many = list(
            vec![
                row(FactorKind::Passkey, "blue key", None),
                row(FactorKind::Totp, "phone", Some(Timestamp::from_millis(1_795_412_052_000))),
            ],
            9,
            true,
        );
        let added = Done { factor: Message::Added, forgotten: false };
        let ada = Some("Ada Lovelace");
        vec![
            sample("account", ada, &[], none, false),
            sample("account-apps", ada, &links, none, false),
            sample("account-nameless", None, &[], none, false),
            sample("account-remembered", ada, &[], Remembered { until, others: 0 }, false),
            sample("account-remembered-elsewhere", ada, &[], Remembered { until, others: 2 }, false),
            sample("account-forgotten", ada, &[], Remembered { until: None, others: 1 }, true),
            with("account-factors", ada, &[], none, added, &many),
            sample("account-hostile", Some(HOSTILE), &[link(HOSTILE, None)], none, false),
        ]
    }
}
