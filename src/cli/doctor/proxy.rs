//! Which proxy stands in front: as named, or as its answers give it away.

use super::super::wire::Answer;

/// Whose configuration a mend is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Proxy {
    Nginx,
    IngressNginx,
    Traefik,
    Caddy,
    Haproxy,
    Envoy,
    Apache,
    /// Portcullis itself is what visitors connect to.
    None,
}

impl Proxy {
    /// The word on the command line.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::IngressNginx => "ingress-nginx",
            Self::Traefik => "traefik",
            Self::Caddy => "caddy",
            Self::Haproxy => "haproxy",
            Self::Envoy => "envoy",
            Self::Apache => "apache",
            Self::None => "none",
        }
    }

    /// Nginx, Envoy, Caddy and Apache sign what they say or pass on.
    pub(super) fn signed(answer: &Answer) -> Option<Self> {
        let signatures = [
            ("server", "nginx", Self::Nginx),
            ("server", "openresty", Self::Nginx),
            ("server", "envoy", Self::Envoy),
            ("server", "caddy", Self::Caddy),
            ("via", "caddy", Self::Caddy),
            ("server", "apache", Self::Apache),
        ];
        signatures.into_iter().find(|(field, word, _)| answer.says(field, word)).map(|(_, _, proxy)| proxy)
    }

    /// HAProxy and Go's server, which Traefik is, have words of their own for a request that is none.
    pub(super) fn spoken(answer: &Answer) -> Option<Self> {
        let text = answer.text();
        let words = [
            ("<center>nginx", Self::Nginx),
            ("Your browser sent an invalid request.", Self::Haproxy),
            ("400 Bad Request: invalid header name", Self::Traefik),
        ];
        words.into_iter().find(|(words, _)| text.contains(words)).map(|(_, proxy)| proxy)
    }
}
