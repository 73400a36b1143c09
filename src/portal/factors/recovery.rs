//! Makes recovery codes and shows them once.

use askama::Template;
use http::StatusCode;

use crate::platform::secret::{ExposeSecret as _, SecretString};
use crate::portal::factors::fresh_session::{self, FreshSession};
use crate::portal::frame::{Emblem, Frame, View};
use crate::portal::page::{Page, PageRequest};
use crate::portal::reply;
use crate::web::Problem;
use crate::web::form::{self, Form, FormHolder};

const PAGE: &str = "/account/recovery";

#[derive(Template)]
#[template(path = "factor_codes.html")]
pub(super) struct CodesPage {
    frame: Frame,
    title: String,
    /// The new codes; `None`: none were made yet.
    codes: Option<Vec<String>>,
    /// Whether there are codes already.
    replaces: bool,
    csrf: String,
}

/// What the page is drawn from.
pub(super) struct Parts<'a> {
    pub codes: Option<&'a [SecretString]>,
    pub replaces: bool,
    pub csrf: String,
}

/// `GET /account/recovery`. Makes nothing: a link on another site must not make the printed codes void.
pub(super) async fn show(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, .. } = request;
    let (evidence, owner) = match fresh_session::check(&app, &context, &head.headers, PAGE).await? {
        FreshSession::Granted(evidence, owner) => (evidence, owner),
        FreshSession::Elsewhere(page) => return Ok(*page),
    };
    let list = app.factors.list(&context, owner.account).await?;
    let replaces = list.is_some_and(|list| !list.held.recovery.is_empty());
    let csrf = form::token(&app, FormHolder::Session(evidence.session));
    let view = View { settings: &app.settings, reader: &reader };
    reply::page(StatusCode::OK, &page(view, Parts { codes: None, replaces, csrf }))
}

/// `POST /account/recovery`: replaces the codes.
pub(super) async fn replace(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, body } = request;
    let (evidence, owner) = match fresh_session::check(&app, &context, &head.headers, PAGE).await? {
        FreshSession::Granted(evidence, owner) => (evidence, owner),
        FreshSession::Elsewhere(page) => return Ok(*page),
    };
    let holder = FormHolder::Session(evidence.session);
    let Form::Valid(fields) = form::read(&app, &context, &head.headers, body, Some(holder)).await? else {
        return reply::see_other(&format!("{}{PAGE}", app.settings.path));
    };
    let codes = app.factors.replace_codes(&context, owner).await?;
    app.registry.follow_now().await;
    let view = View { settings: &app.settings, reader: &reader };
    let replaces = fields.get("replaces") == "1";
    let csrf = form::token(&app, holder);
    reply::page(StatusCode::OK, &page(view, Parts { codes: Some(&codes.shown), replaces, csrf }))
}

pub(super) fn page(view: View<'_>, parts: Parts<'_>) -> CodesPage {
    let Parts { codes, replaces, csrf } = parts;
    let frame = Frame::new(view, Emblem::Open);
    let words = &frame.texts.factors;
    let title = match (codes, replaces) {
        (Some(_), _) => words.codes_title(),
        (None, true) => words.new_codes(),
        (None, false) => words.make_codes(),
    };
    let codes = codes.map(|codes| codes.iter().map(|code| code.expose_secret().to_owned()).collect());
    CodesPage { frame, title, codes, replaces, csrf }
}
