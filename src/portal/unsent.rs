//! The page after a sign-in that interrupted a form: what was sent did not arrive.
//!
//! A form that is sent after its session ended leads to the sign-in, and its content is lost there. Its address must not
//! be opened afterwards: it only answers to forms. This page says what happened and leads back to the form.

use askama::Template;
use http::StatusCode;

use crate::domain::return_target::ReturnTarget;
use crate::portal::frame::{Emblem, Frame, View};
use crate::portal::page::{Page, PageRequest};
use crate::portal::query::Query;
use crate::portal::reply;
use crate::web::Problem;

#[derive(Template)]
#[template(path = "unsent.html")]
struct UnsentPage {
    frame: Frame,
    happened: String,
    back: String,
}

/// `GET /unsent?rd=…`. Says nothing that only a signed-in person may know.
pub(super) fn show(request: &PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, .. } = request;
    let query = Query::read(head.uri.query())?;
    let back = ReturnTarget::read(query.get("rd"), &context.origin, |_| false);
    let view = View { settings: &app.settings, reader };
    reply::page(StatusCode::OK, &page(view, &context.origin.authority().to_string(), &back.seen_from(&context.origin)))
}

fn page(view: View<'_>, host: &str, back: &str) -> UnsentPage {
    let frame = Frame::new(view, Emblem::Open);
    UnsentPage { happened: frame.texts.unsent.happened(host), back: back.to_owned(), frame }
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;
    use crate::portal::tests::{Sample, reader, settings};

    /// Samples of the page in every state.
    pub(crate) fn all() -> Vec<Sample> {
        let view = View { settings: &settings(), reader: &reader() };
        vec![Sample::new("unsent", &page(view, "app.example.com", "/profile/edit?tab=2"))]
    }
}
