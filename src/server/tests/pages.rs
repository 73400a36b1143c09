//! Pages that answer slowly, never, much, or not at all.

use axum::extract::{Extension, Request};
use axum::response::{IntoResponse as _, Response};
use http_body_util::BodyExt as _;

use super::*;
use crate::domain::request_context::RequestContext;
use crate::web::Problem;

/// What was asked of the pages: `METHOD /target`.
#[derive(Clone, Default)]
pub(super) struct Asked(Arc<Mutex<Vec<String>>>);

impl Asked {
    pub(super) fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    pub(super) fn router(&self) -> axum::Router {
        let asked = self.clone();
        axum::Router::new().fallback(move |context: Extension<Arc<RequestContext>>, request: Request| {
            answer(asked.clone(), context, request)
        })
    }
}

/// Answers `METHOD /target body` for most paths.
async fn answer(
    asked: Asked,
    Extension(context): Extension<Arc<RequestContext>>,
    request: Request,
) -> Result<Response, Problem> {
    let target = request.uri().path_and_query().unwrap().to_string();
    let method = request.method().clone();
    asked.0.lock().unwrap().push(format!("{method} {target}"));
    match target.as_str() {
        "/panic" => panic!("on purpose"),
        "/never" => std::future::pending().await,
        "/slow" => tokio::time::sleep(Duration::from_millis(300)).await,
        "/unavailable" => return Err(Problem::Unavailable("secret detail".to_owned())),
        "/context" => return Ok(format!("{} {}", context.client, context.origin).into_response()),
        "/big" => return Ok(vec![b'x'; 64 << 20].into_response()),
        "/unread" => return Ok("unread".into_response()),
        _ => {}
    }
    let body = request.into_body().collect().await;
    let body = body.map_err(|_| Problem::BadRequest("the body broke off"))?.to_bytes();
    Ok(format!("{method} {target} {}", String::from_utf8_lossy(&body)).into_response())
}
