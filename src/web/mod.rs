//! Floor 7: what every door for people and proxies shares.
//!
//! [`App`] holds every built part and has no logic; [`Visit`] is one request as `server/receive` or `authz` understood
//! it; forms are read with their protection ([`form`]), cookies set and read ([`cookies`]); [`Problem`] is the only error that a
//! handler returns, and `server/receive` alone turns it into an answer.

pub mod admission;
mod answer;
mod app;
pub mod challenge;
pub mod cookies;
pub mod form;
mod hosted;
pub mod navigation;
mod problem;
pub mod request_host;
pub mod request_method;
mod second_target;
pub mod socket_origin;
mod visit;
pub mod way_in;

pub use answer::{Answer, Author};
pub use app::{App, PlainHttp, Settings};
pub use hosted::{Hosted, check_path, check_scheme, hosted};
pub use problem::Problem;
pub use visit::{FormReturn, Visit};
