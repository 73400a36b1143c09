//! Which proxy is in front: as named by `--proxy`, or guessed from its answers.

use super::super::wire::Answer;

/// The proxy whose configuration a fix is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Proxy {
    Nginx,
    IngressNginx,
    Traefik,
    Caddy,
    Haproxy,
    Envoy,
    Apache,
    /// No proxy: visitors connect to Portcullis itself
    None,
}

impl Proxy {
    /// As written on the command line.
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

    /// Identifies nginx, Envoy, Caddy and Apache by the `Server` or `Via` field of an answer.
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

    /// Identifies HAProxy and Traefik (by Go's server) from their text for a malformed request.
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
