//! Radicale, a calendar server that believes `X-Remote-User`, behind the gateway.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tempfile::TempDir;

use crate::gateway::{Gateway, Setup, half_way};
use crate::process::{Process, command, text};
use crate::response::Response;
use crate::visitor::{Request, Visitor};
use crate::wire::{Wire, eventually, free_address};

const EVENT: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Test//EN\r\nBEGIN:VEVENT\r\nUID:one\r\n\
    DTSTAMP:20260101T000000Z\r\nDTSTART:20260101T100000Z\r\nSUMMARY:Bridges\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

const SYNC: &str = "<?xml version=\"1.0\"?><d:sync-collection xmlns:d=\"DAV:\"><d:sync-token/>\
    <d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>";

struct Calendars {
    folder: TempDir,
    address: std::net::SocketAddr,
    _radicale: Process,
}

impl Calendars {
    async fn start() -> Self {
        let (folder, address) = (TempDir::new().unwrap(), free_address());
        let settings = format!(
            "[server]\nhosts = {address}\n[auth]\ntype = http_x_remote_user\n[rights]\ntype = owner_only\n\
             [storage]\nfilesystem_folder = {}\n",
            folder.path().join("collections").display()
        );
        let file = folder.path().join("radicale.conf");
        std::fs::write(&file, settings).unwrap();
        let python = crate::sdk::python();
        let arguments = ["-m", "radicale", "--config", file.to_str().unwrap()];
        let mut radicale = Process::spawn(&mut command(python.to_str().unwrap(), &arguments, &[]));
        radicale.line_with("server ready").await;
        Self { folder, address, _radicale: radicale }
    }

    /// Whether a calendar of this person holds this event.
    fn holds(&self, person: &str, event: &str) -> bool {
        let root = self.folder.path().join("collections/collection-root");
        Path::new(&root).join(person).join("work").join(event).exists()
    }

    /// What a request straight to Radicale is answered: past the gateway its word is the client's.
    async fn directly(&self, head: &str) -> Response {
        let mut wire = Wire::open(self.address).await;
        wire.send(format!("{head}\r\nHost: calendars\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")).await;
        wire.answer("MKCALENDAR").await.expect("an answer")
    }
}

/// The gateway with the calendars as `dav.localhost`.
async fn gateway(calendars: &Calendars) -> Gateway {
    let more = format!(
        "[[sites]]\nhost = \"dav.localhost\"\nupstream = [\"http://{}\"]\nidentity_headers = {{ user = \"X-Remote-User\" }}\n\
         [[sites.rules]]\npath = \"/bob/work/open.ics\"\nrequire = \"nothing\"\n\
         [[sites.rules]]\nrequire = \"two_factor\"\ncredentials = [\"session\", \"token\"]\n",
        calendars.address
    );
    Gateway::with(Setup { more, ..Setup::default() }).await
}

fn at_the_calendars(gateway: &Gateway) -> Visitor {
    let mut visitor = gateway.visitor();
    visitor.host = Some("dav.localhost".to_owned());
    visitor
}

async fn sent(visitor: &Visitor, method: &str, target: &str, body: &str) -> Response {
    visitor.clone().send(Request::new(method, target).body(body)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_server_that_believes_a_header_is_written_by_the_person_who_signed_in() {
    let calendars = Calendars::start().await;
    let gateway = gateway(&calendars).await;
    let made = calendars.directly("MKCALENDAR /bob/work/ HTTP/1.1\r\nX-Remote-User: bob").await;
    assert_eq!(made.status, 201, "past the gateway everybody is believed: {made:?}");

    let (mut ada, code) = half_way(at_the_calendars(&gateway), &gateway.sandbox, &gateway.account).await;
    ada.code(&code).await;
    assert_eq!(sent(&ada, "MKCALENDAR", "/ada/work/", "").await.status, 201);
    assert_eq!(sent(&ada, "PUT", "/ada/work/one.ics", EVENT).await.status, 201);
    assert!(calendars.holds("ada", "one.ics"));
    let synced = sent(&ada, "REPORT", "/ada/work/", SYNC).await;
    assert!(synced.status == 207 && synced.text().contains("/ada/work/one.ics"), "{synced:?}");

    // The same person, who claims to be another one, and a stranger on a path that is open to all.
    for name in ["X-Remote-User", "X_Remote_User", "x-remote.user", "X_REMOTE-USER"] {
        let stranger = at_the_calendars(&gateway);
        for (visitor, target) in [(&ada, "/bob/work/two.ics"), (&stranger, "/bob/work/open.ics")] {
            let request = Request::new("PUT", target).header(name, "bob").body(EVENT);
            let answer = visitor.clone().send(request).await;
            assert_eq!(answer.status, 403, "{name}: {answer:?}");
        }
        assert!(!calendars.holds("bob", "two.ics") && !calendars.holds("bob", "open.ics"), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_client_that_knows_basic_alone_syncs_with_an_access_token() {
    let calendars = Calendars::start().await;
    let gateway = gateway(&calendars).await;
    let config = gateway.config_file();
    let arguments =
        ["token", "create", "--user", "ada", "--site", "dav.localhost", "--expires", "30d", "--config", &config];
    let output = crate::process::run(&arguments, &[], "").await;
    assert!(output.status.success(), "{}", text(&output));
    let token = String::from_utf8(output.stdout).unwrap().trim_end().to_owned();
    let visitor = at_the_calendars(&gateway);
    let basic = format!("Basic {}", STANDARD.encode(format!("whoever:{token}")));
    let shown = |method: &str, target: &str, body: &str| {
        let request = Request::new(method, target).header("Authorization", &basic).body(body).bare();
        let mut visitor = visitor.clone();
        async move { visitor.send(request).await }
    };
    eventually("the token opens", || async { shown("MKCALENDAR", "/ada/work/", "").await.status == 201 }).await;
    assert_eq!(shown("PUT", "/ada/work/one.ics", EVENT).await.status, 201);
    let synced = shown("REPORT", "/ada/work/", SYNC).await;
    assert!(synced.status == 207 && synced.text().contains("/ada/work/one.ics"), "{synced:?}");
    assert!(calendars.holds("ada", "one.ics"));
    assert_eq!(shown("PUT", "/bob/work/two.ics", EVENT).await.status, 403);
}
