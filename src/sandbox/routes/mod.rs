//! All routes of the sandbox.

mod admit;
mod codes;
mod control;
mod sms;
mod token;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::http::header::HOST;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post, put};

use super::page;
use super::shared::Shared;

/// The router with all routes.
pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/cpaas/auth/v1/token", post(token::issue))
        .route("/cpaas/auth/v1/{user}/codes", post(codes::create))
        .route("/cpaas/auth/v1/{user}/codes/{id}", put(codes::resend_or_forget).delete(codes::forget))
        .route("/cpaas/auth/v1/{user}/codes/{id}/verify", put(codes::verify))
        .route("/cpaas/smsmessaging/v1/{user}/outbound/{sender}/requests", post(sms::send))
        .route(
            "/cpaas/smsmessaging/v1/{user}/remoteAddresses/{remote}/localAddresses/{local}/messages/{id}/status",
            get(sms::status),
        )
        .route("/", get(page::phone))
        .route("/assets/{file}", get(page::asset))
        .route("/messages", get(control::messages))
        .route("/calls", get(control::calls))
        .route("/misbehave", post(control::misbehave).delete(control::behave))
        .layer(DefaultBodyLimit::max(64 * 1024))
        .layer(middleware::from_fn(loopback_names_only))
        .with_state(shared)
}

/// Refuses other host names. Otherwise a web page whose name is made to resolve to this machine (DNS rebinding) could
/// read the codes through the browser of the person who runs the demo; its requests have that name in `Host`.
async fn loopback_names_only(request: Request, next: Next) -> Response {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    let host = host.and_then(|host| url::Url::parse(&format!("http://{host}/")).ok());
    let ours = host.as_ref().and_then(url::Url::host).is_some_and(|host| match host {
        url::Host::Domain(name) => name == "localhost",
        url::Host::Ipv4(address) => address.is_loopback(),
        url::Host::Ipv6(address) => address.is_loopback(),
    });
    if ours {
        next.run(request).await
    } else {
        (StatusCode::MISDIRECTED_REQUEST, "The sandbox answers to loopback names only.\n").into_response()
    }
}
