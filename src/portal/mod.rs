//! Floor 8: what people see. One file for each page: its handler, its page context, its samples; the templates stand
//! in `static/pages`, the texts in `words`.
//!
//! Decides which page answers and with which status, and carries values between the browser and `login`. It never
//! decides whether somebody may sign in, never counts, never audits, and keeps nothing: every state it shows was asked
//! for in the same request. `server/route` calls [`router`], `server/receive` calls [`problem::page`].

mod account;
mod asset;
mod code;
mod confirm;
mod continue_to;
mod elsewhere;
mod errand;
mod finish;
mod frame;
mod jwks;
mod login;
mod logout;
pub mod problem;
mod query;
mod reply;
mod routes;
mod send;
mod signed_in;
mod start;
mod verify;
mod way_on;

#[cfg(test)]
mod tests;

pub use routes::router;
