//! Floor 7: what every door for people and proxies shares.
//!
//! [`App`] holds every built part and has no logic; [`Visit`] is one request as `server/receive` understood it; forms
//! are read with their protection ([`form`]), cookies set and read ([`cookies`]); [`Problem`] is the only error that a
//! handler returns, and `server/receive` alone turns it into an answer.

pub mod admission;
mod answer;
mod app;
pub mod cookies;
pub mod form;
mod problem;
mod visit;

pub use answer::{Answer, Author};
pub use app::{App, PlainHttp, Settings};
pub use problem::Problem;
pub use visit::{FormReturn, Visit};
