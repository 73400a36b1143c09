//! The part of the account page where people add, name and remove their second factors.
//!
//! Every page here requires a session with two factors, the second of them given within ten minutes ([`fresh_session`]): whoever
//! finds an unlocked computer must not be able to add a factor of their own.

mod app;
mod fresh_session;
mod list;
mod one;
mod passkey;
mod qr;
mod recovery;

#[cfg(test)]
pub(super) mod samples;

pub(super) use fresh_session::{is_factor_page, may_change};
pub(super) use list::{FactorList, Message};

use http::Method;

use crate::portal::page::{Page, PageRequest};
use crate::web::Problem;

/// Handles `/account/…`; `path` is what follows the portal's prefix.
pub(super) async fn handle(path: &str, request: PageRequest) -> Result<Page, Problem> {
    let is_post = request.head.method == Method::POST;
    let is_read = request.head.method == Method::GET || request.head.method == Method::HEAD;
    match path {
        "/account/app" if is_read => app::show(request).await,
        "/account/app" if is_post => app::begin(request).await,
        "/account/app/verify" if is_read => app::restart(&request),
        "/account/app/verify" if is_post => app::finish(request).await,
        "/account/passkey" if is_read => passkey::show(request).await,
        "/account/passkey" if is_post => passkey::begin(request).await,
        "/account/passkey/verify" if is_read => passkey::restart(&request),
        "/account/passkey/verify" if is_post => passkey::finish(request).await,
        "/account/recovery" if is_read => recovery::show(request).await,
        "/account/recovery" if is_post => recovery::replace(request).await,
        "/account/factor" if is_read => one::show(request).await,
        "/account/factor" if is_post => one::submit(request).await,
        "/account/app"
        | "/account/app/verify"
        | "/account/passkey"
        | "/account/passkey/verify"
        | "/account/recovery"
        | "/account/factor" => Err(Problem::MethodNotAllowed("GET, HEAD, POST")),
        _ => Err(Problem::NotFound),
    }
}
