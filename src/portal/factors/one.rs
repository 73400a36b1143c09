//! The page of one factor: its name, and the button that removes it.

use askama::Template;
use http::StatusCode;

use crate::account::{FactorList, Removed};
use crate::domain::factor_name::FactorName;
use crate::domain::identifier::FactorId;
use crate::i18n::texts::Texts;
use crate::portal::factors::fresh_session::{self, FactorForm, FactorFormOutcome, FreshSession};
use crate::portal::factors::list::{Message, kind_name};
use crate::portal::frame::{Emblem, Frame, Notice, View};
use crate::portal::page::{Page, PageRequest};
use crate::portal::query::{self, Query};
use crate::portal::reply;
use crate::store::FactorRow;
use crate::web::Problem;
use crate::web::form::{self, FormHolder};

#[derive(Template)]
#[template(path = "factor.html")]
pub(super) struct FactorPage {
    frame: Frame,
    title: String,
    kind: String,
    notice: Option<Notice>,
    csrf: String,
    id: String,
    name: String,
    /// Why it cannot be removed.
    kept: Option<String>,
}

/// What the page is drawn from.
pub(super) struct Parts<'a> {
    pub row: &'a FactorRow,
    pub list: &'a FactorList,
    pub notice: Option<Notice>,
    pub csrf: String,
}

/// `GET /account/factor?id=…`.
pub(super) async fn show(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, .. } = request;
    let query = Query::read(head.uri.query())?;
    let here = query::with("/account/factor", "id", query.get("id"));
    let owner = match fresh_session::check(&app, &context, &head.headers, &here).await? {
        FreshSession::Granted(owner) => owner,
        FreshSession::Elsewhere(page) => return Ok(*page),
    };
    let id: FactorId = query.get("id").parse().map_err(|_| Problem::NotFound)?;
    let list = app.factors.list(&context, owner.account).await?.ok_or(Problem::NotFound)?;
    let row = list.held.rows.iter().find(|row| row.id == id).ok_or(Problem::NotFound)?;
    let csrf = form::token(&app, FormHolder::Session(owner.session));
    let view = View { settings: &app.settings, reader: &reader };
    reply::page(StatusCode::OK, &page(view, Parts { row, list: &list, notice: None, csrf }))
}

/// `POST /account/factor`: the fields `id`, `action` (`rename` or `remove`) and `name`.
pub(super) async fn submit(request: PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, body } = request;
    let FactorForm { owner, holder, fields } =
        match fresh_session::read_form(&app, &context, &head.headers, body, "/").await? {
            FactorFormOutcome::Valid(form) => form,
            FactorFormOutcome::Elsewhere(page) => return Ok(*page),
        };
    let home = |message: Message| reply::see_other(&format!("{}{}", app.settings.path, message.page()));
    let id: FactorId = fields.get("id").parse().map_err(|_| Problem::NotFound)?;
    let texts = Texts::of(reader.language);
    let refusal = match (fields.get("action"), fields.get("name").parse::<FactorName>()) {
        ("rename", Ok(name)) => {
            let renamed = app.factors.rename(&context, owner, id, name).await?;
            return if renamed { home(Message::Saved) } else { Err(Problem::NotFound) };
        }
        ("rename", Err(_)) => texts.factors.name_wrong(),
        ("remove", _) => match app.factors.remove(&context, owner, id).await? {
            Removed::Done => {
                app.registry.follow_now().await;
                return home(Message::Removed);
            }
            Removed::Unknown => return Err(Problem::NotFound),
            // The account page asks them to sign in.
            Removed::Ended => return home(Message::Nothing),
            Removed::Last => texts.factors.last(),
            Removed::Recovered(until) => texts.factors.recovered(&texts.common.moment_of(until)),
        },
        _ => return Err(Problem::BadRequest("the field `action` is `rename` or `remove`")),
    };
    let list = app.factors.list(&context, owner.account).await?.ok_or(Problem::NotFound)?;
    let row = list.held.rows.iter().find(|row| row.id == id).ok_or(Problem::NotFound)?;
    let view = View { settings: &app.settings, reader: &reader };
    let parts = Parts { row, list: &list, notice: Some(Notice::bad(refusal)), csrf: form::token(&app, holder) };
    reply::page(StatusCode::UNPROCESSABLE_ENTITY, &page(view, parts))
}

pub(super) fn page(view: View<'_>, parts: Parts<'_>) -> FactorPage {
    let Parts { row, list, notice, csrf } = parts;
    let frame = Frame::new(view, Emblem::Open);
    let texts = frame.texts;
    let last = list.held.rows.len() == 1 && list.sent.is_empty();
    let kept = match list.recovered.and_then(|recovered| recovered.keeps(row)) {
        Some(until) => Some(texts.factors.recovered(&texts.common.moment_of(until))),
        None => last.then(|| texts.factors.last()),
    };
    FactorPage {
        title: frame.title(row.name.as_str(), notice.as_ref()),
        kind: kind_name(row.kind, texts),
        // Said once.
        kept: kept.filter(|kept| notice.as_ref().is_none_or(|notice| notice.text != *kept)),
        notice,
        csrf,
        id: row.id.to_hex(),
        name: row.name.to_string(),
        frame,
    }
}
