//! Another language: kept in a cookie, and back to the page.

use crate::domain::language::Language;
use crate::domain::return_target::ReturnTarget;
use crate::portal::page::{Page, PageRequest};
use crate::portal::query::Query;
use crate::portal::reply;
use crate::web::{Problem, cookies};

/// `GET /language?to=…&rd=…`. It may be a link: another site that follows it changes a language and nothing else.
pub(super) fn show(request: &PageRequest) -> Result<Page, Problem> {
    let PageRequest { app, context, head, .. } = request;
    let query = Query::read(head.uri.query())?;
    let language = Language::of_tag(query.get("to")).ok_or(Problem::BadRequest("there is no such language"))?;
    // Back on this host alone: the page is one of ours, or an error page of ours in place of the site's.
    let back = ReturnTarget::read(query.get("rd"), &context.origin, |_| false);
    let answer = reply::see_other(&back.seen_from(&context.origin))?;
    Ok(reply::with_cookie(answer, cookies::set_language(app, context, language)?))
}
