//! Parses the arguments: which deployment, which of its pages, and where to connect.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use url::{Host, Url};

use crate::domain::origin::Scheme;

/// `--url`, checked.
#[derive(Debug, Clone)]
pub(super) struct DeploymentUrl(Url);

impl FromStr for DeploymentUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let url = Url::parse(text).map_err(|error| format!("{error}; write it as https://app.example.com/"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("{:?} is neither http nor https", url.scheme()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("remove the user and password: other users of this machine can see them".to_owned());
        }
        Ok(Self(url))
    }
}

/// `--prefix`, checked.
#[derive(Debug, Clone)]
pub(super) struct Prefix(String);

impl FromStr for Prefix {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let trimmed = text.trim_end_matches('/');
        if trimmed.is_empty() { Err("write a path such as /portcullis".to_owned()) } else { path(trimmed).map(Self) }
    }
}

/// Checks a path that can be sent in a request line.
pub(super) fn path(text: &str) -> Result<String, String> {
    let plain = text.starts_with('/') && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#');
    if plain { Ok(text.to_owned()) } else { Err("a path begins with / and contains no blanks".to_owned()) }
}

/// `--resolve`: an address, and a port if it differs from the URL's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ConnectAddress {
    pub(super) ip: IpAddr,
    pub(super) port: Option<u16>,
}

impl FromStr for ConnectAddress {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(address) = text.parse::<SocketAddr>() {
            return Ok(Self { ip: address.ip(), port: Some(address.port()) });
        }
        let ip = text.trim_matches(['[', ']']).parse();
        ip.map(|ip| Self { ip, port: None }).map_err(|_| "write it as 192.0.2.1 or 192.0.2.1:8443".to_owned())
    }
}

/// The deployment under test.
#[derive(Debug, Clone)]
pub(super) struct Deployment {
    url: Url,
    /// The path of our own pages, without a trailing slash.
    pub(super) prefix: String,
    /// Where to connect instead of looking the host up.
    pub(super) address: Option<ConnectAddress>,
}

impl Deployment {
    pub(super) fn new(url: DeploymentUrl, prefix: Prefix, address: Option<ConnectAddress>) -> Self {
        let mut url = url.0;
        url.set_fragment(None);
        Self { url, prefix: prefix.0, address }
    }

    pub(super) fn scheme(&self) -> Scheme {
        if self.url.scheme() == "https" { Scheme::Https } else { Scheme::Http }
    }

    /// The host for the certificate and the look-up: an IPv6 address has no brackets.
    pub(super) fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default().trim_matches(['[', ']'])
    }

    pub(super) fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or_default()
    }

    /// Whether the URL and the connection use the scheme's default port.
    pub(super) fn stands_on_its_usual_port(&self) -> bool {
        self.url.port().is_none() && self.address.is_none_or(|address| address.port.is_none())
    }

    /// The value of `Host`.
    pub(super) fn authority(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        self.url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    pub(super) fn origin(&self) -> String {
        format!("{}://{}", self.url.scheme(), self.authority())
    }

    /// The protected page without its query.
    pub(super) fn path(&self) -> &str {
        self.url.path()
    }

    /// The protected page with a query that careless quoting breaks: `&` would begin a parameter of the sign-in URL,
    /// and a value that is encoded once must not be decoded on the way.
    pub(super) fn page(&self) -> String {
        let joint = self.url.query().map_or_else(|| "?".to_owned(), |query| format!("?{query}&"));
        format!("{}{joint}doctor=1&rd=a%2Fb%26c", self.url.path())
    }

    /// A path below the prefix.
    pub(super) fn ours(&self, rest: &str) -> String {
        format!("{}{rest}", self.prefix)
    }

    /// The absolute URL of a request target.
    pub(super) fn url_of(&self, target: &str) -> String {
        format!("{}{target}", self.origin())
    }

    /// Resolves a reference in an answer to `target` as browsers do.
    pub(super) fn resolve(&self, target: &str, reference: &str) -> Option<Url> {
        Url::parse(&self.url_of(target)).ok()?.join(reference).ok()
    }

    pub(super) fn is_here(&self, url: &Url) -> bool {
        url.origin() == self.url.origin()
    }

    pub(super) fn is_on_this_machine(&self) -> bool {
        match self.url.host() {
            Some(Host::Domain(_)) => self.is_name_of_this_machine(),
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            None => false,
        }
    }

    /// `localhost` or a name below it, which means this machine and is not looked up (RFC 6761 §6.3): few resolvers know
    /// the names below, and no resolver may lead the session elsewhere.
    pub(super) fn is_name_of_this_machine(&self) -> bool {
        let name = self.url.domain().map(|name| name.strip_suffix('.').unwrap_or(name));
        name.is_some_and(|name| name == "localhost" || name.ends_with(".localhost"))
    }
}

impl std::fmt::Display for Deployment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.origin(), self.path())
    }
}
