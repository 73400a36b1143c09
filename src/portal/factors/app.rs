//! Adds an authenticator app: a page that begins, one with the QR code and the key (shown once), and the code that proves
//! that the app has it.

use askama::Template;
use http::StatusCode;

use crate::account::Proved;
use crate::domain::factor_kind::FactorKind;
use crate::factor::TotpSetup;
use crate::platform::secret::ExposeSecret as _;
use crate::portal::factors::fresh_session::{self, FactorForm, FactorFormOutcome, FreshSession};
use crate::portal::factors::list::{self, Message};
use crate::portal::factors::qr::QrPicture;
use crate::portal::frame::{Emblem, Frame, Notice, View};
use crate::portal::page::{Page, PageRequest};
use crate::portal::reply;
use crate::web::Problem;
use crate::web::form::{self, FormHolder};

const PAGE: &str = "/account/app";

#[derive(Template)]
#[template(path = "factor_app.html")]
pub(super) struct AppPage {
    pub frame: Frame,
    pub title: String,
    pub notice: Option<Notice>,
    pub step: AppStep,
    pub csrf: String,
    pub name: String,
}

/// How far the person is.
pub(super) enum AppStep {
    /// Nothing was made yet.
    Before,
    /// The app gets its key. It is shown once.
    Setup(KeyForApp),
    /// The code is asked for again, without the key.
    Code,
}

/// The key of an app, as the page shows it.
pub(super) struct KeyForApp {
    picture: Option<QrPicture>,
    key: String,
}

/// `GET /account/app`. Makes nothing: a link on another site must not replace a key that is being set up.
pub(super) async fn show(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, .. } = request;
    let owner = match fresh_session::check(&app, &context, &head.headers, PAGE).await? {
        FreshSession::Granted(owner) => owner,
        FreshSession::Elsewhere(page) => return Ok(*page),
    };
    let csrf = form::token(&app, FormHolder::Session(owner.session));
    let view = View { settings: &app.settings, reader: &reader };
    reply::page(StatusCode::OK, &page(view, AppStep::Before, None, csrf, ""))
}

/// `GET /account/app/verify`: somebody who loads the page again starts again.
pub(super) fn restart(request: &PageRequest) -> Result<Page, Problem> {
    reply::see_other(&format!("{}{PAGE}", request.app.settings.path))
}

/// `POST /account/app`: makes a key and shows it.
pub(super) async fn begin(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, body } = request;
    let FactorForm { owner, holder, .. } =
        match fresh_session::read_form(&app, &context, &head.headers, body, PAGE).await? {
            FactorFormOutcome::Valid(form) => form,
            FactorFormOutcome::Elsewhere(page) => return Ok(*page),
        };
    let Some(setup) = app.factors.begin_app(&context, owner).await? else {
        return reply::see_other(&format!("{}/login", app.settings.path));
    };
    let view = View { settings: &app.settings, reader: &reader };
    let csrf = form::token(&app, holder);
    reply::page(StatusCode::OK, &page(view, AppStep::Setup(KeyForApp::of(&setup)), None, csrf, ""))
}

/// `POST /account/app/verify`: the fields `code` and `name`.
pub(super) async fn finish(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, body } = request;
    let FactorForm { owner, holder, fields } =
        match fresh_session::read_form(&app, &context, &head.headers, body, PAGE).await? {
            FactorFormOutcome::Valid(form) => form,
            FactorFormOutcome::Elsewhere(page) => return Ok(*page),
        };
    let view = View { settings: &app.settings, reader: &reader };
    let csrf = form::token(&app, holder);
    let texts = crate::i18n::texts::Texts::of(reader.language);
    let typed = fields.get("name");
    let again = |step, text: String, status| {
        let mut page = page(view, step, Some(Notice::bad(text)), csrf.clone(), typed);
        page.title = page.frame.title(&page.title, page.notice.as_ref());
        reply::page(status, &page)
    };
    let Some(name) = list::named(typed, FactorKind::Totp, texts) else {
        return again(AppStep::Code, texts.factors.name_wrong(), StatusCode::UNPROCESSABLE_ENTITY);
    };
    match app.factors.finish_app(&context, owner, fields.get("code"), name).await? {
        Proved::Added => {
            app.registry.follow_now().await;
            reply::see_other(&format!("{}{}", app.settings.path, Message::Added.page()))
        }
        Proved::Wrong => again(AppStep::Code, texts.factors.app_wrong(), StatusCode::UNPROCESSABLE_ENTITY),
        Proved::Over | Proved::Registered => again(AppStep::Before, texts.factors.over(), StatusCode::CONFLICT),
        Proved::Full => again(AppStep::Before, texts.factors.full(), StatusCode::CONFLICT),
    }
}

pub(super) fn page(view: View<'_>, step: AppStep, notice: Option<Notice>, csrf: String, name: &str) -> AppPage {
    let frame = Frame::new(view, Emblem::Open);
    AppPage { title: frame.texts.factors.add_app(), notice, step, csrf, name: name.to_owned(), frame }
}

impl KeyForApp {
    pub(super) fn of(setup: &TotpSetup) -> Self {
        Self { picture: QrPicture::of(&setup.url), key: setup.secret.expose_secret().to_owned() }
    }
}
