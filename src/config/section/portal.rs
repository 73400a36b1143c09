//! `[portal]`

use super::server::Server;
use crate::config::leaf::name::{PortalPath, ProductName};
use crate::config::written::{Switch, Text, section};
use crate::domain::host::HostName;
use crate::web::{self, PlainHttp};

section! {
    /// The gateway's own pages.
    Portal {
        /// The path below which the gateway's own pages stand on every site. Proxies before the gateway must pass it.
        path: Text<PortalPath> = Text(PortalPath("/portcullis".to_owned())),
        /// The name on the pages and in the messages that bring codes.
        name: Text<ProductName> = Text(ProductName("Portcullis".to_owned())),
    }
}

impl Portal {
    pub(super) fn meant(&self, server: &Server, cookie_domain: Option<&HostName>) -> web::Settings {
        web::Settings {
            path: self.path.0.0.clone(),
            name: self.name.0.0.clone(),
            cookie_domain: cookie_domain.cloned(),
            portal: None,
            hsts: server.hsts(),
            plain_http: match server.insecure_http {
                Switch::On => PlainHttp::Anywhere,
                Switch::Off => PlainHttp::Loopback,
            },
        }
    }
}
