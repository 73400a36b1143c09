//! Floor 7: what pages and handlers share.
//!
//! [`App`] holds the shared parts and has no logic. [`form`] reads forms and protects them against forgery, [`cookies`]
//! reads and sets cookies. [`Problem`] is the only error that a handler returns, and only `server/receive` turns it
//! into a response.

mod app;
mod branding;
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
mod templates;

pub(crate) use app::{App, PlainHttp, Settings};
pub(crate) use branding::{BrandFile, Branding, FooterLink};
pub(crate) use problem::Problem;
pub(crate) use reader::Reader;
pub(crate) use response::{Answer, Author, FormReturn, Framing};
pub(crate) use site_lookup::{HostRole, check_path, check_scheme, host_role};
pub(crate) use templates::{TemplatePlace, Templates};
