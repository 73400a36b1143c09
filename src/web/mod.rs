//! Floor 7: what pages and handlers share.
//!
//! [`App`] holds every built part and has no logic; forms are read with their protection ([`form`]), cookies set and
//! read ([`cookies`]); [`Problem`] is the only error that a handler returns, and `server/receive` alone turns it into
//! an answer.

mod app;
pub mod cookies;
pub mod form;
pub mod login_url;
pub mod navigation;
mod problem;
pub mod request_host;
pub mod request_method;
mod response;
mod site_lookup;

pub use app::{App, PlainHttp, Settings};
pub use problem::Problem;
pub use response::{Answer, Author, FormReturn};
pub use site_lookup::{HostRole, check_path, check_scheme, host_role};
