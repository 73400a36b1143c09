//! Floor 9: what people see. One file for each page: its handler, its page context, its samples; the templates stand
//! in `static/pages`, the texts in `i18n`.
//!
//! Decides which page answers and with which status, and carries values between the browser and `login`. It never
//! decides whether somebody may sign in, never counts, never audits, and keeps nothing: every state it shows was asked
//! for in the same request. `startup` hands
//! [`handle`] and [`problem::page`] to `server`.

mod account;
mod asset;
mod code;
mod confirm;
mod consent;
mod elsewhere;
mod finish;
mod frame;
mod jwks;
mod language;
mod login;
mod login_intent;
mod logout;
mod page;
pub(crate) mod problem;
mod query;
mod redirect;
mod reply;
mod routes;
mod send;
mod signed_in;
mod start;
mod verify;

#[cfg(test)]
mod tests;

pub(crate) use routes::handle;
