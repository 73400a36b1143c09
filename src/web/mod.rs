//! Floor 7: what pages and handlers share.
//!
//! [`App`] holds every built part and has no logic; forms are read with their protection ([`form`]), cookies set and
//! read ([`cookies`]); [`Problem`] is the only error that a handler returns, and `server/receive` alone turns it into
//! an answer.

mod app;
pub(crate) mod cookies;
pub(crate) mod form;
pub(crate) mod login_url;
pub(crate) mod navigation;
mod problem;
mod reader;
pub(crate) mod request_host;
pub(crate) mod request_method;
mod response;
mod site_lookup;

pub(crate) use app::{App, PlainHttp, Settings};
pub(crate) use problem::Problem;
pub(crate) use reader::Reader;
pub(crate) use response::{Answer, Author, FormReturn};
pub(crate) use site_lookup::{HostRole, check_path, check_scheme, host_role};
