//! What stands behind the reception: the doors, and what the reception must know of them.

use std::future::Future;

use http::{Method, StatusCode};

use crate::authz::{ForwardAuthRequest, ForwardAuthResponse, Style};
use crate::domain::host::HostName;
use crate::domain::identifier::RequestId;
use crate::domain::target::RequestTarget;
use crate::platform::clock::Clock;
use crate::proxy::ProxyRequest;
use crate::web::{Answer, Hosted, Problem};

/// The doors. [`crate::server::router`] has the real ones.
pub trait Handler: Send + Sync + 'static {
    /// The time.
    fn clock(&self) -> &Clock;
    /// Answers what needs no site: its question may bear any `Host`, or none.
    fn before_site(&self, probe: ProbeRequest<'_>) -> Option<Result<Answer, Problem>>;
    /// How another proxy asks at this path, if it does, and what stands behind the question's own path.
    fn question<'a>(&self, target: &'a RequestTarget) -> Option<(&'static Style, &'a str)>;
    /// Answers the question of another proxy.
    fn tell(&self, asking: ForwardAuthRequest<'_>) -> impl Future<Output = ForwardAuthResponse> + Send;
    /// What a host is.
    fn hosted(&self, host: &HostName) -> Option<Hosted>;
    /// Answers a request for a site.
    fn answer(&self, question: ProxyRequest) -> impl Future<Output = Result<Answer, Problem>> + Send;
    /// The page about an error, for people.
    fn page(&self, error: &ErrorContext<'_>) -> Option<String>;
    /// Ends what does not end by itself.
    fn close(&self) -> impl Future<Output = ()> + Send;
}

/// A request before its site is known.
#[derive(Debug, Clone, Copy)]
pub struct ProbeRequest<'a> {
    /// The method.
    pub method: &'a Method,
    /// The path.
    pub path: &'a str,
}

/// What an error page may tell.
#[derive(Debug, Clone, Copy)]
pub struct ErrorContext<'a> {
    /// What went wrong.
    pub problem: &'a Problem,
    /// The status of the answer.
    pub status: StatusCode,
    /// What the visitor may quote, and the log holds.
    pub request: RequestId,
}

/// Makes the HTML page about an error; `None`: a plain text is sent.
pub type ErrorPages = Box<dyn Fn(&ErrorContext<'_>) -> Option<String> + Send + Sync>;

/// Whether the gateway can do its work now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// It can.
    Ready,
    /// The store or the change feed cannot be read.
    NotReady,
}

/// Tells the readiness, without waiting.
pub type Ready = Box<dyn Fn() -> Readiness + Send + Sync>;
