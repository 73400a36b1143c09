//! The endpoint of the CPaaS. Every call goes to the configured base URL and nowhere else.

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::time::Instant;
use url::Url;

use crate::delivery::error::DeliverySetupError;
use crate::delivery::outbound::{Answer, Call, Failure, Outbound, may_be_called};
use crate::delivery::peer_fault::PeerFault;
use crate::delivery::provider::Sent;
use crate::delivery::settings::CpaasSettings;

const AGENT: HeaderName = HeaderName::from_static("x-cpaas-agent");

/// The base URL and the client that calls it.
#[derive(Debug)]
pub(super) struct Endpoint {
    outbound: Outbound,
    /// Without a slash at its end.
    base: String,
}

impl Endpoint {
    /// Checks the base URL and builds the client.
    pub(super) fn new(settings: &CpaasSettings) -> Result<Self, DeliverySetupError> {
        let url = &settings.base_url;
        let wrong = |why: &str| DeliverySetupError(format!("cpaas.base_url: {why}"));
        may_be_called(url).map_err(|why| wrong(&why))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(wrong("a user or password does not belong in it"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(wrong("a query or fragment does not belong in it"));
        }
        let outbound = Outbound::new(&settings.extra_roots, settings.timeout)?;
        Ok(Self { outbound, base: url.as_str().trim_end_matches('/').to_owned() })
    }

    /// The base URL without a slash at its end, which responses may put before a path.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// Posts a form without a token, for the token endpoint.
    pub(super) async fn post_form(&self, path: &str, form: SecretString, deadline: Instant) -> Result<Answer, Failure> {
        let mut headers = agent();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        let body = Bytes::copy_from_slice(form.expose_secret().as_bytes());
        let call = Call { method: Method::POST, url: self.url(path)?, headers, body };
        self.outbound.send(call, deadline).await
    }

    /// Sends JSON, or nothing, with a token.
    pub(super) async fn send(
        &self,
        method: Method,
        path: &str,
        bearer: &HeaderValue,
        body: Bytes,
        deadline: Instant,
    ) -> Result<Answer, Failure> {
        let mut headers = agent();
        headers.insert(AUTHORIZATION, bearer.clone());
        if !body.is_empty() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        self.outbound.send(Call { method, url: self.url(path)?, headers, body }, deadline).await
    }

    fn url(&self, path: &str) -> Result<Url, Failure> {
        Url::parse(&format!("{}{path}", self.base)).map_err(|error| Failure {
            sent: Sent::No,
            fault: PeerFault::Setup,
            reason: format!("the address is malformed: {error}"),
        })
    }
}

fn agent() -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(AGENT, HeaderValue::from_static(concat!("portcullis/", env!("CARGO_PKG_VERSION"))));
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers
}
