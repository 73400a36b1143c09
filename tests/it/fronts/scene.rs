//! A gateway, a proxy in front of it and an app, for one way of putting them together.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpStream;

use super::program::{Front as Program, Places, config_file, run};
use super::traveller::Traveller;
use crate::backend::Seen;
use crate::house::{Account, House, Plan};
use crate::process::Process;
use crate::response::Response;
use crate::visitor::{Front, Request, Visitor};
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
pub struct Scene {
    pub front: Program,
    pub portal: Portal,
    pub house: House,
    pub bob: Account,
    pub grace: Account,
    /// A browser in which bob is signed in, made once: codes are not sent without end.
    pub bobs: Option<Traveller>,
    tls: TlsClient,
    http2: TlsClient,
    way_in: Front,
    process: Process,
}

impl Scene {
    pub async fn open(front: Program, portal: Portal) -> Self {
        Self::with(front, portal, |places| run(front, places)).await
    }

    /// With a site that says `ambiguous_paths = "pass"`.
    pub async fn lenient(front: Program) -> Self {
        let (here, gateway) = (free_address(), free_address());
        let mut plan = plan(front, Portal::OnTheSite, gateway);
        plan.site.insert_str(0, "ambiguous_paths = \"pass\"\n");
        Self::of(plan, front, Portal::OnTheSite, here, |places| run(front, places)).await
    }

    /// With a portal on a host of its own, at the port on which the proxy really listens.
    pub async fn with_its_port(front: Program) -> Self {
        let (here, gateway) = (free_address(), free_address());
        let mut plan = plan(front, Portal::OwnHost, gateway);
        plan.portal = plan.portal.replace(PORTAL, &format!("{PORTAL}:{}", here.port()));
        Self::of(plan, front, Portal::OwnHost, here, |places| run(front, places)).await
    }

    /// With a proxy that is started otherwise.
    pub async fn with(front: Program, portal: Portal, start: impl FnOnce(&Places<'_>) -> Process) -> Self {
        let (here, gateway) = (free_address(), free_address());
        Self::of(plan(front, portal, gateway), front, portal, here, start).await
    }

    async fn of(
        plan: Plan,
        front: Program,
        portal: Portal,
        here: SocketAddr,
        start: impl FnOnce(&Places<'_>) -> Process,
    ) -> Self {
        let gateway = plan.listen.expect("where the proxy finds the gateway");
        let house = House::with(plan).await;
        let bob = house.add_account("bob").await;
        let grace = Account::new("grace");
        let Account { name, email, phone, password } = &grace;
        let arguments = ["add", name, "--email", email, "--phone", phone, "--group", "admins", "--password-stdin"];
        house.user(&arguments, &format!("{password}\n")).await;
        let made = rcgen::generate_simple_self_signed([SITE.to_owned(), PORTAL.to_owned()]).expect("a certificate");
        let (certificate, key) = (made.cert.pem(), made.signing_key.serialize_pem());
        for (name, text) in [("app.pem", &certificate), ("app.key", &key), ("both.pem", &format!("{certificate}{key}"))]
        {
            std::fs::write(house.path(name), text).expect("a file");
        }
        let places = Places { dir: house.dir(), front: here, gateway, app: house.backend.address, portal };
        let process = start(&places);
        let trusted = [made.cert.der().clone()];
        let (tls, http2) = (TlsClient::new(&trusted, &["http/1.1"]), TlsClient::new(&trusted, &["h2"]));
        let mut scene =
            Self { front, portal, house, bob, grace, bobs: None, tls, http2, way_in: Front::at(here), process };
        scene.ready().await;
        scene
    }

    /// Until the proxy passes on that the gateway lives. A proxy may listen before it knows its routes.
    async fn ready(&mut self) {
        let answers = async {
            loop {
                if TcpStream::connect(self.way_in.address()).await.is_ok()
                    && let Ok(mut opened) = self.tls.open(self.way_in.address(), SITE).await
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
        assert!(ready.is_ok(), "{} is not ready:\n{}", self.front.name(), self.process.output());
    }

    /// Where the proxy listens.
    pub fn way_in(&self) -> std::net::SocketAddr {
        self.way_in.address()
    }

    /// A browser without cookies, at the site.
    pub fn visitor(&self) -> Visitor {
        self.at(SITE)
    }

    pub fn at(&self, host: &str) -> Visitor {
        let mut visitor = Visitor::new(&self.way_in);
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
            traveller.sign_in(&self.house.sandbox, &bob, "https://app.example.com/").await;
            self.bobs = Some(traveller);
        }
        self.bobs.as_ref().expect("just made").site.clone()
    }

    /// A connection of HTTP/2 to the site.
    pub async fn http2(&self) -> std::io::Result<TlsWire> {
        self.http2.open(self.way_in.address(), SITE).await
    }

    /// What reaches the app from one request, and the answer. Closing without an answer is an answer.
    pub async fn sends(&self, visitor: &Visitor, request: &Request) -> (Option<Response>, Vec<Seen>) {
        let before = self.house.backend.count();
        let answer = visitor.clone().try_send(request).await;
        (answer, self.house.backend.seen().split_off(before))
    }
}

/// The gateway as `portcullis.toml` beside the proxy's file has it, without what belongs to this machine.
fn plan(front: Program, portal: Portal, gateway: std::net::SocketAddr) -> Plan {
    let file = config_file(&format!("{}/portcullis.toml", front.folder()));
    let section = |from: &str, to: &str| {
        let rest = file.split_once(from).unwrap_or_else(|| panic!("{from} in {}", front.folder())).1;
        rest.split_once(to).map_or(rest, |(section, _)| section).to_owned()
    };
    let without = |section: String, key: &str| {
        let lines: Vec<_> = section.lines().filter(|line| !line.starts_with(key)).collect();
        assert_eq!(lines.len() + 1, section.lines().count(), "{key} stands once in {}", front.folder());
        lines.join("\n")
    };
    // In a cluster the proxy is another machine.
    let server = without(section("[server]\n", "\n["), "listen");
    let server = if front == Program::IngressNginx {
        assert_eq!(server.matches("\"10.42.0.0/16\"").count(), 1, "the network of the controller");
        server.replace("10.42.0.0/16", "127.0.0.1")
    } else {
        server
    };
    let url = "# url = \"https://auth.example.com\"";
    let own = section("[portal]\n", "\n[");
    assert_eq!(own.matches(url).count(), 1, "the commented portal.url");
    let own = if portal == Portal::OwnHost { own.replace(url, &url[2..]) } else { own };
    Plan {
        listen: Some(gateway),
        server,
        portal: own,
        // To the end of the file.
        site: without(section("[[sites]]\n", "\u{0}"), "upstream") + MORE_RULES,
        ..Plan::default()
    }
}
