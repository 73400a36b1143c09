//! Every route of the portal on one screen.

use std::sync::Arc;

use axum::Router;
use axum::routing::{MethodRouter, get};

use crate::portal::{account, asset, jwks, login, logout, send, verify};
use crate::web::{App, Problem};

/// The portal below its prefix. Everything else below the prefix is a page that does not exist.
pub fn router(app: Arc<App>) -> Router {
    let path = app.settings.path.clone();
    let at = |page: &str| format!("{path}{page}");
    Router::new()
        .route(&at("/"), reads(get(account::show)))
        .route(&at("/login"), reads_and_posts(get(login::show).post(login::submit)))
        .route(&at("/verify"), reads_and_posts(get(verify::show).post(verify::submit)))
        .route(&at("/verify/send"), reads_and_posts(get(send::show).post(send::submit)))
        .route(&at("/logout"), reads_and_posts(get(logout::show).post(logout::submit)))
        .route(&at("/jwks.json"), reads(get(jwks::show)))
        .route(&at("/static/{name}"), reads(get(asset::show)))
        .fallback(async || Problem::NotFound)
        .with_state(app)
}

/// GET and HEAD; axum answers HEAD by the handler of GET without its body.
fn reads(route: MethodRouter<Arc<App>>) -> MethodRouter<Arc<App>> {
    route.fallback(async || Problem::MethodNotAllowed("GET, HEAD"))
}

fn reads_and_posts(route: MethodRouter<Arc<App>>) -> MethodRouter<Arc<App>> {
    route.fallback(async || Problem::MethodNotAllowed("GET, HEAD, POST"))
}
