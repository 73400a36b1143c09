//! Adds a passkey: its name first, then the script asks the device to make it.

use askama::Template;
use http::StatusCode;

use crate::account::{PasskeyOffer, Proved};
use crate::domain::factor_kind::FactorKind;
use crate::i18n::texts::Texts;
use crate::portal::factors::fresh_session::{self, FactorForm, FactorFormOutcome, FreshSession};
use crate::portal::factors::list::{self, Message};
use crate::portal::frame::{Emblem, Frame, Notice, View};
use crate::portal::page::{Page, PageRequest};
use crate::portal::reply;
use crate::web::Problem;
use crate::web::form::{self, FormHolder};

const PAGE: &str = "/account/passkey";

#[derive(Template)]
#[template(path = "factor_passkey.html")]
pub(super) struct PasskeyPage {
    frame: Frame,
    title: String,
    notice: Option<Notice>,
    csrf: String,
    name: String,
    /// What the browser is told (JSON); `None`: the name is asked for.
    options: Option<String>,
}

/// What the page is drawn from.
#[derive(Default)]
pub(super) struct Parts {
    pub notice: Option<Notice>,
    pub csrf: String,
    pub name: String,
    pub options: Option<String>,
}

/// `GET /account/passkey`.
pub(super) async fn show(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, .. } = request;
    let owner = match fresh_session::check(&app, &context, &head.headers, PAGE).await? {
        FreshSession::Granted(owner) => owner,
        FreshSession::Elsewhere(page) => return Ok(*page),
    };
    let list = app.factors.list(&context, owner.account).await?.ok_or(Problem::NotFound)?;
    if list.passkeys == PasskeyOffer::No {
        return Err(Problem::NotFound);
    }
    let csrf = form::token(&app, FormHolder::Session(owner.session));
    let view = View { settings: &app.settings, reader: &reader };
    reply::page(StatusCode::OK, &page(view, Parts { csrf, ..Parts::default() }))
}

/// `GET /account/passkey/verify`: somebody who loads the page again starts again.
pub(super) fn restart(request: &PageRequest) -> Result<Page, Problem> {
    reply::see_other(&format!("{}{PAGE}", request.app.settings.path))
}

/// `POST /account/passkey`: the field `name`. Makes a challenge.
pub(super) async fn begin(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, body } = request;
    let FactorForm { owner, holder, fields } =
        match fresh_session::read_form(&app, &context, &head.headers, body, PAGE).await? {
            FactorFormOutcome::Valid(form) => form,
            FactorFormOutcome::Elsewhere(page) => return Ok(*page),
        };
    let view = View { settings: &app.settings, reader: &reader };
    let texts = Texts::of(reader.language);
    let csrf = form::token(&app, holder);
    let name = fields.get("name").to_owned();
    if list::named(&name, FactorKind::Passkey, texts).is_none() {
        let notice = Some(Notice::bad(texts.factors.name_wrong()));
        let parts = Parts { notice, csrf, name, options: None };
        return reply::page(StatusCode::UNPROCESSABLE_ENTITY, &page(view, parts));
    }
    let options = app.factors.begin_passkey(&context, owner).await?.ok_or(Problem::NotFound)?;
    reply::page(StatusCode::OK, &page(view, Parts { notice: None, csrf, name, options: Some(options) }))
}

/// `POST /account/passkey/verify`: the fields `code` (what the browser says) and `name`.
pub(super) async fn finish(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, body } = request;
    let FactorForm { owner, holder, fields } =
        match fresh_session::read_form(&app, &context, &head.headers, body, PAGE).await? {
            FactorFormOutcome::Valid(form) => form,
            FactorFormOutcome::Elsewhere(page) => return Ok(*page),
        };
    let texts = Texts::of(reader.language);
    let again = |text: String, status| {
        let view = View { settings: &app.settings, reader: &reader };
        let csrf = form::token(&app, holder);
        let name = fields.get("name").to_owned();
        reply::page(status, &page(view, Parts { notice: Some(Notice::bad(text)), csrf, name, options: None }))
    };
    let Some(name) = list::named(fields.get("name"), FactorKind::Passkey, texts) else {
        return again(texts.factors.name_wrong(), StatusCode::UNPROCESSABLE_ENTITY);
    };
    match app.factors.finish_passkey(&context, owner, fields.get("code"), name).await? {
        Proved::Added => {
            app.registry.follow_now().await;
            reply::see_other(&format!("{}{}", app.settings.path, Message::Added.page()))
        }
        Proved::Wrong => again(texts.factors.passkey_refused(), StatusCode::UNPROCESSABLE_ENTITY),
        Proved::Over => again(texts.factors.over(), StatusCode::CONFLICT),
        Proved::Registered => again(texts.factors.passkey_known(), StatusCode::CONFLICT),
        Proved::Full => again(texts.factors.full(), StatusCode::CONFLICT),
    }
}

pub(super) fn page(view: View<'_>, parts: Parts) -> PasskeyPage {
    let Parts { notice, csrf, name, options } = parts;
    let frame = Frame::new(view, Emblem::Open);
    let title = frame.title(&frame.texts.factors.add_passkey(), notice.as_ref());
    PasskeyPage { frame, title, notice, csrf, name, options }
}
