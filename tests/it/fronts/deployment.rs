//! A gateway, a proxy in front of it and an app, for one way of putting them together.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpStream;

use super::program::{Addresses, Proxy, config_file, run};
use super::traveller::Traveller;
use crate::backend::Seen;
use crate::gateway::{Account, Gateway, Setup};
use crate::process::Process;
use crate::response::Response;
use crate::visitor::{Request, SharedAddress, Visitor};
use crate::wire::{DEADLINE, TlsClient, TlsWire, free_address};

pub const SITE: &str = "app.example.com";
pub const PORTAL: &str = "auth.example.com";

/// Rules that no file has, since few need them.
const MORE_RULES: &str = "

[[sites.rules]]
path = \"/read/**\"
methods = [\"GET\"]
require = \"nothing\"

[[sites.rules]]
path = \"/calendar/**\"
require = \"one_factor\"
credentials = [\"session\", \"basic\"]";

/// Where people sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Portal {
    OnTheSite,
    OwnHost,
}

impl Portal {
    pub const fn host(self) -> &'static str {
        match self {
            Self::OnTheSite => SITE,
            Self::OwnHost => PORTAL,
        }
    }
}

/// One proxy in front of one gateway. `grace` is an admin; `ada` and `bob` are not.
pub struct Deployment {
    pub proxy: Proxy,
    pub portal: Portal,
    pub gateway: Gateway,
    pub bob: Account,
    pub grace: Account,
    /// A browser in which bob is signed in, made once: codes are not sent without end.
    pub bobs: Option<Traveller>,
    tls: TlsClient,
    http2: TlsClient,
    listening: SharedAddress,
    process: Process,
}

impl Deployment {
    pub async fn open(proxy: Proxy, portal: Portal) -> Self {
        Self::with(proxy, portal, |addresses| run(proxy, addresses)).await
    }

    /// With a site that says `ambiguous_paths = "pass"`.
    pub async fn lenient(proxy: Proxy) -> Self {
        let (here, listen) = (free_address(), free_address());
        let mut setup = setup(proxy, Portal::OnTheSite, listen);
        setup.site.insert_str(0, "ambiguous_paths = \"pass\"\n");
        Self::of(setup, proxy, Portal::OnTheSite, here, |addresses| run(proxy, addresses)).await
    }

    /// With a portal on a host of its own, at the port on which the proxy really listens.
    pub async fn with_its_port(proxy: Proxy) -> Self {
        let (here, listen) = (free_address(), free_address());
        let mut setup = setup(proxy, Portal::OwnHost, listen);
        setup.portal = setup.portal.replace(PORTAL, &format!("{PORTAL}:{}", here.port()));
        Self::of(setup, proxy, Portal::OwnHost, here, |addresses| run(proxy, addresses)).await
    }

    /// With a proxy that is started otherwise.
    pub async fn with(proxy: Proxy, portal: Portal, start: impl FnOnce(&Addresses<'_>) -> Process) -> Self {
        let (here, listen) = (free_address(), free_address());
        Self::of(setup(proxy, portal, listen), proxy, portal, here, start).await
    }

    async fn of(
        setup: Setup,
        proxy: Proxy,
        portal: Portal,
        here: SocketAddr,
        start: impl FnOnce(&Addresses<'_>) -> Process,
    ) -> Self {
        let listen = setup.listen.expect("where the proxy finds the gateway");
        let gateway = Gateway::with(setup).await;
        let bob = gateway.add_account("bob").await;
        let grace = Account::new("grace");
        let Account { name, email, phone, password } = &grace;
        let arguments = ["add", name, "--email", email, "--phone", phone, "--group", "admins", "--password-stdin"];
        gateway.user(&arguments, &format!("{password}\n")).await;
        let made = rcgen::generate_simple_self_signed([SITE.to_owned(), PORTAL.to_owned()]).expect("a certificate");
        let (certificate, key) = (made.cert.pem(), made.signing_key.serialize_pem());
        for (name, text) in [("app.pem", &certificate), ("app.key", &key), ("both.pem", &format!("{certificate}{key}"))]
        {
            std::fs::write(gateway.path(name), text).expect("a file");
        }
        let addresses =
            Addresses { dir: gateway.dir(), proxy: here, gateway: listen, app: gateway.backend.address, portal };
        let process = start(&addresses);
        let trusted = [made.cert.der().clone()];
        let (tls, http2) = (TlsClient::new(&trusted, &["http/1.1"]), TlsClient::new(&trusted, &["h2"]));
        let mut deployment = Self {
            proxy,
            portal,
            gateway,
            bob,
            grace,
            bobs: None,
            tls,
            http2,
            listening: SharedAddress::at(here),
            process,
        };
        deployment.ready().await;
        deployment
    }

    /// Until the proxy passes on that the gateway lives. A proxy may listen before it knows its routes.
    async fn ready(&mut self) {
        let answers = async {
            loop {
                if TcpStream::connect(self.listening.address()).await.is_ok()
                    && let Ok(mut opened) = self.tls.open(self.listening.address(), SITE).await
                {
                    let request = Request::get("/portcullis/health/live");
                    opened.wire.send(self.visitor().bytes(&request)).await;
                    if opened.wire.answer("GET").await.is_some_and(|answer| answer.status == 200) {
                        return;
                    }
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let ready = tokio::time::timeout(DEADLINE, answers).await;
        assert!(ready.is_ok(), "{} is not ready:\n{}", self.proxy.name(), self.process.output());
    }

    /// Where the proxy listens.
    pub fn address(&self) -> std::net::SocketAddr {
        self.listening.address()
    }

    /// A browser without cookies, at the site.
    pub fn visitor(&self) -> Visitor {
        self.at(SITE)
    }

    pub fn at(&self, host: &str) -> Visitor {
        let mut visitor = Visitor::new(&self.listening);
        visitor.host = Some(host.to_owned());
        visitor.tls = Some(self.tls.clone());
        visitor
    }

    pub fn traveller(&self) -> Traveller {
        Traveller::new(self.at(SITE), self.at(PORTAL))
    }

    /// A browser in which bob, who is no admin, is signed in; the cookies of the site.
    pub async fn bob(&mut self) -> Visitor {
        if self.bobs.is_none() {
            let mut traveller = self.traveller();
            let bob = self.bob.clone();
            traveller.sign_in(&self.gateway.sandbox, &bob, "https://app.example.com/").await;
            self.bobs = Some(traveller);
        }
        self.bobs.as_ref().expect("just made").site.clone()
    }

    /// A connection of HTTP/2 to the site.
    pub async fn http2(&self) -> std::io::Result<TlsWire> {
        self.http2.open(self.listening.address(), SITE).await
    }

    /// What reaches the app from one request, and the answer. Closing without an answer is an answer.
    pub async fn sends(&self, visitor: &Visitor, request: &Request) -> (Option<Response>, Vec<Seen>) {
        let before = self.gateway.backend.count();
        let answer = visitor.clone().try_send(request).await;
        (answer, self.gateway.backend.seen().split_off(before))
    }
}

/// The gateway as `portcullis.toml` beside the proxy's file has it, without what belongs to this machine.
fn setup(proxy: Proxy, portal: Portal, listen: SocketAddr) -> Setup {
    let file = config_file(&format!("{}/portcullis.toml", proxy.folder()));
    let section = |from: &str, to: &str| {
        let rest = file.split_once(from).unwrap_or_else(|| panic!("{from} in {}", proxy.folder())).1;
        rest.split_once(to).map_or(rest, |(section, _)| section).to_owned()
    };
    let without = |section: String, key: &str| {
        let lines: Vec<_> = section.lines().filter(|line| !line.starts_with(key)).collect();
        assert_eq!(lines.len() + 1, section.lines().count(), "{key} stands once in {}", proxy.folder());
        lines.join("\n")
    };
    // In a cluster the proxy is another machine.
    let server = without(section("[server]\n", "\n["), "listen");
    let server = if proxy == Proxy::IngressNginx {
        assert_eq!(server.matches("\"10.42.0.0/16\"").count(), 1, "the network of the controller");
        server.replace("10.42.0.0/16", "127.0.0.1")
    } else {
        server
    };
    let url = "# url = \"https://auth.example.com\"";
    let own = section("[portal]\n", "\n[");
    assert_eq!(own.matches(url).count(), 1, "the commented portal.url");
    let own = if portal == Portal::OwnHost { own.replace(url, &url[2..]) } else { own };
    Setup {
        listen: Some(listen),
        server,
        portal: own,
        // To the end of the file.
        site: without(section("[[sites]]\n", "\u{0}"), "upstream") + MORE_RULES,
        ..Setup::default()
    }
}
