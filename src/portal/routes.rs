//! Every route of the portal on one screen.

use std::sync::Arc;

use axum::Router;
use axum::middleware;
use axum::routing::{MethodRouter, get};

use crate::portal::{account, asset, confirm, consent, elsewhere, finish, jwks, login, logout, send, start, verify};
use crate::web::{App, Problem};

/// The portal below its prefix. Everything else below the prefix is a page that does not exist.
pub fn router(app: Arc<App>) -> Router {
    let path = app.settings.path.clone();
    let at = |page: &str| format!("{path}{page}");
    let sign_in = Router::new()
        .route(&at("/"), reads(get(account::show)))
        .route(&at("/login"), reads_and_posts(get(login::show).post(login::submit)))
        .route(&at("/verify"), reads_and_posts(get(verify::show).post(verify::submit)))
        .route(&at("/verify/send"), reads_and_posts(get(send::show).post(send::submit)))
        .route(&at("/continue"), reads_and_posts(get(consent::show).post(consent::submit)))
        .route(&at("/confirm"), reads_and_posts(get(confirm::show).post(confirm::submit)))
        .route_layer(middleware::from_fn_with_state(Arc::clone(&app), elsewhere::redirect));
    Router::new()
        .merge(sign_in)
        .route(&at("/start"), reads(get(start::show)))
        .route(&at("/finish"), reads(get(finish::show)))
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
