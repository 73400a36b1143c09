//! The page in place of a sign-in that would be shown in a frame.
//!
//! Our pages forbid framing (clickjacking), so a browser would show an empty frame that "refused to connect". This page
//! asks for nothing and has one link, which opens the sign-in in a tab of its own.

use askama::Template;
use http::StatusCode;

use crate::login::LoginIntent;
use crate::portal::frame::{Emblem, Frame, View};
use crate::portal::page::{Page, PageRequest};
use crate::portal::query::Query;
use crate::portal::reply;
use crate::web::login_url::UrlForm;
use crate::web::{Framing, Problem};

#[derive(Template)]
#[template(path = "framed.html")]
struct FramedPage {
    frame: Frame,
    sign_in: String,
}

/// `GET /framed?rd=…`.
pub(super) fn show(request: &PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, reader, head, .. } = request;
    let query = Query::read(head.uri.query())?;
    let intent = LoginIntent::read(app, context, |word| query.get(word));
    let sign_in = app.settings.login_url(&context.origin, Some(&intent.return_to), &intent.method, UrlForm::Relative);
    let view = View { settings: &app.settings, reader };
    let mut answer = reply::page(StatusCode::OK, &page(view, sign_in))?;
    answer.extensions_mut().insert(Framing::Anywhere);
    Ok(answer)
}

fn page(view: View<'_>, sign_in: String) -> FramedPage {
    // In a frame, the links to other languages would lead to pages that cannot be shown there.
    let frame = Frame { languages: Vec::new(), ..Frame::new(view, Emblem::Closed) };
    FramedPage { frame, sign_in }
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;
    use crate::portal::tests::{Sample, reader, settings};

    /// Samples of the page in every state.
    pub(crate) fn all() -> Vec<Sample> {
        let view = View { settings: &settings(), reader: &reader() };
        vec![Sample::new("framed", &page(view, "/portcullis/login?rd=/a".to_owned()))]
    }
}
