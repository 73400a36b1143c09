//! Pages that answer slowly, never, with much data, or not at all.

use http::{Request, Response};
use http_body_util::BodyExt as _;

use super::*;
use crate::domain::request_context::RequestContext;
use crate::server::parts::Portal;
use crate::upstream::{AnswerBody, VisitorBody};
use crate::web::Problem;

/// The requests that the pages received: `METHOD /target`.
#[derive(Clone, Default)]
pub(super) struct RequestLog(Arc<Mutex<Vec<String>>>);

impl RequestLog {
    pub(super) fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    pub(super) fn portal(&self) -> Portal {
        let asked = self.clone();
        Box::new(move |context, request| Box::pin(answer(asked.clone(), context, request)))
    }
}

/// Answers `METHOD /target body` for most paths.
async fn answer(
    asked: RequestLog,
    context: RequestContext,
    request: Request<VisitorBody>,
) -> Result<Response<AnswerBody>, Problem> {
    let page = |text: String| Ok(Response::new(AnswerBody::whole(text)));
    let (method, target) = (request.method().clone(), request.uri().path_and_query().unwrap().to_string());
    asked.0.lock().unwrap().push(format!("{method} {target}"));
    match target.as_str() {
        "/panic" => panic!("on purpose"),
        "/never" => std::future::pending().await,
        // The pace of a site.
        "/slow" => tokio::time::sleep(Duration::from_millis(300)).await,
        "/unavailable" => return Err(Problem::Unavailable("secret detail".to_owned())),
        "/context" => return page(format!("{} {}", context.client, context.origin)),
        "/big" => return page("x".repeat(64 << 20)),
        "/unread" => return page("unread".to_owned()),
        _ => {}
    }
    let body = request.into_body().collect().await;
    let body = body.map_err(|_| Problem::BadRequest("the body broke off"))?.to_bytes();
    page(format!("{method} {target} {}", String::from_utf8_lossy(&body)))
}
