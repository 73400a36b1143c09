//! `POST /cpaas/auth/v1/token`.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use bytes::Bytes;
use secrecy::ExposeSecret as _;
use url::form_urlencoded;

use crate::sandbox::faults::Operation;
use crate::sandbox::reply::{self, Refusal};
use crate::sandbox::settings::Settings;
use crate::sandbox::shared::Shared;
use crate::sandbox::tokens::{Holder, PROJECT_USER};

/// Both grants: `client_credentials` and `password`.
pub(super) async fn issue(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    let form: HashMap<String, String> = form_urlencoded::parse(&body).into_owned().collect();
    let sandbox = Arc::clone(&shared);
    shared
        .operate(Operation::Token, move |state, now| {
            let holder = holder(&form, &sandbox.settings)?;
            let issued = state.tokens.issue(&holder, now, &mut state.random)?;
            Ok(reply::json(StatusCode::OK, &issued))
        })
        .await
}

fn holder<'a>(form: &'a HashMap<String, String>, settings: &'a Settings) -> Result<Holder<'a>, Refusal> {
    let field = |name: &str| form.get(name).map(String::as_str);
    let client = field("client_id").unwrap_or_default();
    let refuse = |error, why| Err(no_token(StatusCode::UNAUTHORIZED, error, why));
    let user = match field("grant_type") {
        Some("client_credentials") => {
            let secret = field("client_secret").unwrap_or_default();
            if client != settings.client_id || secret != settings.client_secret.expose_secret() {
                return refuse("invalid_client", "Invalid client credentials");
            }
            PROJECT_USER
        }
        Some("password") => {
            let password = field("password").unwrap_or_default();
            if client != settings.account_client_id {
                return refuse("invalid_client", "Invalid client credentials");
            }
            if field("username") != Some(&settings.account_email)
                || password != settings.account_password.expose_secret()
            {
                return refuse("invalid_grant", "Invalid user credentials");
            }
            &settings.account_email
        }
        Some(_) | None => {
            return Err(no_token(StatusCode::BAD_REQUEST, "unsupported_grant_type", "Unsupported grant_type"));
        }
    };
    if field("scope") != Some("openid") {
        // Without this scope the real CPaaS returns no `id_token`, which every client needs.
        return Err(no_token(StatusCode::BAD_REQUEST, "invalid_scope", "The scope must be openid"));
    }
    Ok(Holder { user, client, life: settings.token_life })
}

const fn no_token(status: StatusCode, error: &'static str, description: &'static str) -> Refusal {
    Refusal::NoToken { status, error, description }
}
