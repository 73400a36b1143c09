//! `[portal]`: path, URL and name of the gateway's own pages.

use super::server::Server;
use crate::config::key_path::KeyPath;
use crate::config::mistake::Fault;
use crate::config::mistakes::MistakeCollector;
use crate::config::reader::{Switch, Text, section};
use crate::config::section::branding;
use crate::config::value::colour::Colour;
use crate::config::value::name::{PortalPath, ProductName};
use crate::config::value::path::FilePath;
use crate::config::value::url::PortalUrl;
use crate::domain::host::HostName;
use crate::domain::origin::Scheme;
use crate::session;
use crate::session::cookies::belongs;
use crate::web::{self, PlainHttp};

section! {
    /// The gateway's own pages.
    Portal {
        /// The path of the gateway's own pages on every site. Proxies in front of the gateway must pass it on.
        path: Text<PortalPath> = Text(PortalPath("/portcullis".to_owned())),
        /// Where people sign in for all sites: scheme, host and port of the portal, such as `https://auth.example.com`.
        /// Default: on each site itself. If set, every site needs a `host`; the portal itself needs no `[[sites]]`.
        url: Option<Text<PortalUrl>>,
        /// The product name on the pages and in messages with codes.
        name: Text<ProductName> = Text(ProductName("Portcullis".to_owned())),
        /// An image (SVG, PNG, WebP, JPEG, GIF, ICO; at most 256 KiB) in place of our mark.
        logo: Option<Text<FilePath>>,
        /// The colour of buttons and links. Its contrast to the white page must be 4.5 or more.
        accent: Option<Text<Colour>>,
        /// The same in dark mode, on `#182120`.
        accent_dark: Option<Text<Colour>>,
        /// A CSS file of your own (at most 256 KiB), loaded after ours. The content security policy lets it load
        /// nothing from elsewhere.
        style: Option<Text<FilePath>>,
        /// Links below every page: imprint, privacy, help.
        links: Vec<branding::Link>,
        /// A folder with HTML of your own for fixed places of the pages: `header.html`, `footer.html`, `login.html`,
        /// `code.html`, `account.html`, `error.html`; for one language alone, such as `login.de.html`.
        templates: Option<Text<FilePath>>,
    }
}

impl Portal {
    pub(super) fn to_settings(
        &self,
        server: &Server,
        session: &session::Settings,
        mistakes: &mut MistakeCollector<'_>,
    ) -> web::Settings {
        let keys = branding::BrandingKeys {
            logo: self.logo.as_ref(),
            accent: self.accent.as_ref(),
            accent_dark: self.accent_dark.as_ref(),
            style: self.style.as_ref(),
            links: &self.links,
            templates: self.templates.as_ref(),
        };
        web::Settings {
            branding: branding::to_settings(&keys, mistakes),
            path: self.path.0.0.clone(),
            name: self.name.0.0.clone(),
            persistence: session.persistence,
            cookie_domain: session.cookie_domain.clone(),
            portal: self.url.as_ref().map(|url| url.0.0.clone()),
            hsts: server.hsts(),
            plain_http: match server.insecure_http {
                Switch::On => PlainHttp::Anywhere,
                Switch::Off => PlainHttp::Loopback,
            },
        }
    }

    /// Checks `portal.url` together with other keys.
    pub(super) fn check(&self, server: &Server, cookie_domain: Option<&HostName>, mistakes: &mut MistakeCollector<'_>) {
        let at = KeyPath::of("portal").key("url");
        let Some(Text(PortalUrl(url))) = &self.url else { return };
        let host = url.authority().host();
        if url.scheme() == Scheme::Http && !host.is_loopback() && server.insecure_http == Switch::Off {
            let remedy = "write `https://`: people enter passwords and codes there";
            mistakes.mistake(&at, Fault::new("plain http to another machine", remedy));
        } else if url.scheme() == Scheme::Http && server.is_https_only() {
            let what = "plain http, but with `server.tls` every address speaks https";
            mistakes.mistake(&at, Fault::new(what, "write `https://`, or remove `server.tls`"));
        }
        if let Some(domain) = cookie_domain.filter(|domain| !belongs(host, domain)) {
            let what = format!("`{host}` is not below `session.cookie_domain`, `{domain}`");
            mistakes.mistake(&at, Fault::new(what, "change one of them: browsers would refuse the cookie"));
        }
    }
}
