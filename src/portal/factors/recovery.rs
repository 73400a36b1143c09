//! Makes recovery codes and shows them once.

use askama::Template;
use http::StatusCode;

use crate::account::Replaced;
use crate::i18n::texts::Texts;
use crate::platform::secret::{ExposeSecret as _, SecretString};
use crate::portal::factors::fresh_session::{self, FactorForm, FactorFormOutcome, FreshSession};
use crate::portal::frame::{Emblem, Frame, Notice, View};
use crate::portal::page::{Page, PageRequest};
use crate::portal::reply;
use crate::web::Problem;
use crate::web::form::{self, FormHolder};

const PAGE: &str = "/account/recovery";

#[derive(Template)]
#[template(path = "factor_codes.html")]
pub(super) struct CodesPage {
    frame: Frame,
    title: String,
    heading: String,
    notice: Option<Notice>,
    /// The new codes; `None`: none were made yet.
    codes: Option<Vec<String>>,
    /// Whether there are codes already.
    replaces: bool,
    csrf: String,
}

/// What the page is drawn from.
pub(super) struct Parts<'a> {
    pub codes: Option<&'a [SecretString]>,
    pub notice: Option<Notice>,
    pub replaces: bool,
    pub csrf: String,
}

/// `GET /account/recovery`. Makes nothing: a link on another site must not make the printed codes void.
pub(super) async fn show(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, .. } = request;
    let owner = match fresh_session::check(&app, &context, &head.headers, PAGE).await? {
        FreshSession::Granted(owner) => owner,
        FreshSession::Elsewhere(page) => return Ok(*page),
    };
    let list = app.factors.list(&context, owner.account).await?;
    let replaces = list.is_some_and(|list| !list.held.recovery.is_empty());
    let csrf = form::token(&app, FormHolder::Session(owner.session));
    let view = View { settings: &app.settings, reader: &reader };
    reply::page(StatusCode::OK, &page(view, Parts { codes: None, notice: None, replaces, csrf }))
}

/// `POST /account/recovery`: replaces the codes.
pub(super) async fn replace(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, body } = request;
    let FactorForm { owner, holder, fields } =
        match fresh_session::read_form(&app, &context, &head.headers, body, PAGE).await? {
            FactorFormOutcome::Valid(form) => form,
            FactorFormOutcome::Elsewhere(page) => return Ok(*page),
        };
    let replaces = fields.get("replaces") == "1";
    let csrf = form::token(&app, holder);
    let view = View { settings: &app.settings, reader: &reader };
    match app.factors.replace_codes(&context, owner).await? {
        Replaced::Done(codes) => {
            app.registry.follow_now().await;
            reply::page(StatusCode::OK, &page(view, Parts { codes: Some(&codes.shown), notice: None, replaces, csrf }))
        }
        Replaced::Recovered(until) => {
            let texts = Texts::of(reader.language);
            let notice = Some(Notice::bad(texts.factors.recovered(&texts.common.moment_of(until))));
            reply::page(StatusCode::UNPROCESSABLE_ENTITY, &page(view, Parts { codes: None, notice, replaces, csrf }))
        }
        // The page asks them to sign in.
        Replaced::Ended => reply::see_other(&format!("{}{PAGE}", app.settings.path)),
    }
}

pub(super) fn page(view: View<'_>, parts: Parts<'_>) -> CodesPage {
    let Parts { codes, notice, replaces, csrf } = parts;
    let frame = Frame::new(view, Emblem::Open);
    let words = &frame.texts.factors;
    let title = match (codes, replaces) {
        (Some(_), _) => words.codes_title(),
        (None, true) => words.new_codes(),
        (None, false) => words.make_codes(),
    };
    let codes = codes.map(|codes| codes.iter().map(|code| code.expose_secret().to_owned()).collect());
    CodesPage { title: frame.title(&title, notice.as_ref()), heading: title, notice, codes, replaces, csrf, frame }
}
