//! Floor 9: the portal's pages.
//!
//! One file for each page, with its handler, template context and samples. The templates are in `static/pages`, the texts
//! in `i18n`. This room decides which page answers and with which status, and carries values between the browser and
//! `login`. It never decides whether a person may sign in, and it does not count attempts, write the audit trail or keep
//! state: every state it shows is looked up in the same request. `startup` passes [`handle`] and [`problem::page`] to
//! `server`.

mod account;
mod apps;
mod asset;
mod code;
mod code_message;
mod confirm;
mod consent;
mod elsewhere;
mod factors;
mod finish;
mod forget;
mod frame;
mod framed;
mod jwks;
mod language;
mod login;
mod login_intent;
mod login_message;
mod logout;
mod other_ways;
mod page;
mod passkey_login;
mod passkey_proof;
pub(crate) mod problem;
mod proof;
mod query;
mod redirect;
mod remember_box;
mod reply;
mod routes;
mod send;
mod send_option;
mod signed_in;
mod start;
mod unsent;
mod verify;

#[cfg(test)]
mod tests;

pub(crate) use asset::show as asset;
pub(crate) use routes::handle;
