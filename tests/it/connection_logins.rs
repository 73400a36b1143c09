//! An app that authenticates the connection (NTLM, Negotiate): whoever speaks on an authenticated connection is the one
//! who logged in on it. Through the gateway each visitor is nobody but themselves.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::net::{TcpListener, TcpStream};

use crate::fronts::program::program;
use crate::gateway::{Gateway, Setup, all_the_way};
use crate::process::{Process, command};
use crate::response::Response;
use crate::visitor::{Request, SharedAddress, Visitor};
use crate::wire::{Wire, eventually, free_address};

/// The app. `/` is open; everything else wants a login in three steps, the last two on one connection.
struct App {
    address: SocketAddr,
    open: Arc<AtomicUsize>,
}

impl App {
    /// `scheme` is how the app writes its challenge.
    async fn start(scheme: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let open = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&open);
        tokio::spawn(async move {
            let mut number = 0;
            while let Ok((stream, _)) = listener.accept().await {
                number += 1;
                let count = Arc::clone(&count);
                tokio::spawn(async move {
                    count.fetch_add(1, Ordering::SeqCst);
                    connection(stream, number, scheme).await;
                    count.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Self { address, open }
    }

    fn setup(&self) -> Setup {
        let site = "[[sites.rules]]\npath = \"/open/**\"\nrequire = \"nothing\"".to_owned();
        Setup { upstream: Some(format!("http://{}", self.address)), site, ..Setup::default() }
    }

    fn open_connections(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }
}

async fn connection(stream: TcpStream, number: usize, scheme: &str) {
    let mut wire = Wire::over(stream);
    let mut person: Option<String> = None;
    while let Some(head) = wire.until(b"\r\n\r\n").await {
        let head = String::from_utf8(head).unwrap();
        let shown = head.lines().find_map(|line| line.strip_prefix("authorization: ")).map(str::to_owned);
        let token = shown.as_deref().and_then(|shown| shown.split_once(' ')).map(|(_, token)| token.to_owned());
        let answer = |status: &str, field: &str, text: &str| {
            format!("HTTP/1.1 {status}\r\n{field}Content-Length: {}\r\n\r\n{text}", text.len())
        };
        let said = match (&person, token.as_deref()) {
            (Some(name), _) => answer("200 OK", "", &format!("you are {name}")),
            (None, Some("hello")) => {
                answer("401 Unauthorized", &format!("WWW-Authenticate: {scheme} challenge{number}\r\n"), "go on")
            }
            (None, Some(token)) if token.ends_with(&format!("+challenge{number}")) => {
                let name = token.split('+').next().unwrap().to_owned();
                let text = format!("welcome {name}");
                person = Some(name);
                answer("200 OK", "", &text)
            }
            (None, None) if head.starts_with("GET / ") => answer("200 OK", "", "the open page"),
            (None, _) => answer("401 Unauthorized", &format!("WWW-Authenticate: {scheme}\r\n"), "who are you"),
        };
        wire.send(said).await;
    }
}

/// One connection of a visitor to the gateway, kept open.
struct Client {
    visitor: Visitor,
    wire: Wire,
}

impl Client {
    async fn new(visitor: Visitor) -> Self {
        Self { wire: visitor.connect().await, visitor }
    }

    async fn asks(&mut self, target: &str, authorization: Option<&str>) -> Response {
        let request = Request::get(target).header("Connection", "keep-alive");
        let request = match authorization {
            Some(value) => request.header("Authorization", value),
            None => request,
        };
        self.wire.send(self.visitor.bytes(&request)).await;
        self.wire.answer("GET").await.expect("an answer")
    }

    async fn says(&mut self, target: &str) -> String {
        self.asks(target, None).await.text()
    }

    /// The three steps; what the app says at the end.
    async fn logs_in(&mut self, target: &str, scheme: &str, name: &str) -> String {
        let answer = self.asks(target, None).await;
        assert_eq!((answer.status, answer.header("www-authenticate")), (401, Some(scheme)), "{answer:?}");
        let answer = self.asks(target, Some(&format!("{scheme} hello"))).await;
        assert_eq!(answer.status, 401);
        let challenge = answer.header("www-authenticate").unwrap().to_owned();
        let challenge = challenge.strip_prefix(&format!("{scheme} ")).expect("a challenge").to_owned();
        self.asks(target, Some(&format!("{scheme} {name}+{challenge}"))).await.text()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_visitors_of_an_app_that_authenticates_the_connection_are_each_served_as_themselves() {
    for scheme in ["NTLM", "Negotiate"] {
        let app = App::start(scheme).await;
        let gateway = Gateway::with(app.setup()).await;
        let bob = gateway.add_account("bob").await;
        let mut ada = Client::new(gateway.ada().await).await;
        let mut bob = Client::new(gateway.signed_in(&bob).await).await;
        assert_eq!(ada.logs_in("/files", scheme, "ada").await, "welcome ada");
        assert_eq!(ada.says("/files").await, "you are ada", "the login holds for the connection");
        assert_eq!(bob.says("/files").await, "who are you");
        assert_eq!(bob.logs_in("/files", scheme, "bob").await, "welcome bob");
        for _ in 0..5 {
            assert_eq!((ada.says("/files").await, bob.says("/").await), ("you are ada".into(), "you are bob".into()));
        }
        let mut third = Client::new(ada.visitor.clone()).await;
        assert_eq!(third.says("/").await, "the open page", "another connection of the same visitor begins anew");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_an_app_authenticated_ends_with_the_visitors_connection_and_serves_nobody_else() {
    let app = App::start("NTLM").await;
    let gateway = Gateway::with(app.setup()).await;
    let visitor = gateway.ada().await;
    let mut ada = Client::new(visitor.clone()).await;
    assert_eq!(ada.logs_in("/files", "NTLM", "ada").await, "welcome ada");
    let before = app.open_connections();
    drop(ada);
    eventually("the app sees the end of the login", || async { app.open_connections() < before }).await;
    for _ in 0..5 {
        assert_eq!(Client::new(visitor.clone()).await.says("/").await, "the open page");
    }
    // In one step, as Kerberos does it: no challenge was sent before.
    let mut ada = Client::new(visitor.clone()).await;
    assert_eq!(ada.asks("/files", Some("kerberos hello")).await.status, 401);
    assert_eq!(Client::new(visitor).await.says("/").await, "the open page");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_session_on_the_same_connection_does_not_get_the_login_of_the_first() {
    let app = App::start("NTLM").await;
    let gateway = Gateway::with(app.setup()).await;
    let bob = gateway.add_account("bob").await;
    let bob = gateway.signed_in(&bob).await;
    let mut client = Client::new(gateway.ada().await).await;
    assert_eq!(client.logs_in("/files", "NTLM", "ada").await, "welcome ada");
    let ada = std::mem::replace(&mut client.visitor, bob);
    assert_eq!(client.says("/").await, "the open page");
    client.visitor = ada;
    assert_eq!(client.says("/").await, "the open page", "what ada had ended when somebody else came");
    client.visitor = gateway.visitor();
    assert_eq!(client.logs_in("/open/x", "NTLM", "eve").await, "welcome eve", "an open path, nobody known");
    assert_eq!(client.says("/open/x").await, "you are eve");
    client.visitor = gateway.ada().await;
    assert_eq!(client.says("/").await, "the open page");
}

/// nginx with one kept connection to the gateway for all visitors.
fn nginx(gateway: &Gateway, front: SocketAddr) -> Process {
    let (dir, address) = (gateway.dir().display(), gateway.address());
    let folders: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("{kind}_temp_path {dir}/{kind};\n"))
        .concat();
    let text = format!(
        "daemon off;\nmaster_process off;\npid {dir}/nginx.pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n\
        {folders}upstream gateway {{ server {address}; keepalive 1; }}\nserver {{\nlisten {front};\nlocation / {{\n\
        proxy_pass http://gateway;\nproxy_http_version 1.1;\nproxy_set_header Connection \"\";\n\
        proxy_set_header Host $http_host;\nproxy_set_header X-Forwarded-Host $http_host;\n\
        proxy_set_header X-Forwarded-For $remote_addr;\nproxy_set_header X-Forwarded-Proto $scheme;\n}}\n}}\n}}\n"
    );
    let file = gateway.path("nginx.conf");
    std::fs::write(&file, text).unwrap();
    let arguments = ["-c", file.to_str().unwrap(), "-p", gateway.dir().to_str().unwrap(), "-e", "stderr"];
    Process::spawn(
        command(program("nginx", "nginx (apt)").to_str().unwrap(), &arguments, &[]).current_dir(gateway.dir()),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_a_proxy_that_brings_all_visitors_over_one_connection_each_has_their_own_login() {
    let app = App::start("NTLM").await;
    let server = "trusted_proxies = [\"127.0.0.1\"]".to_owned();
    let gateway = Gateway::with(Setup { server, ..app.setup() }).await;
    let bob = gateway.add_account("bob").await;
    let at = free_address();
    let _nginx = nginx(&gateway, at);
    eventually("nginx listens", || async { TcpStream::connect(at).await.is_ok() }).await;
    let front = SharedAddress::at(at);
    let ada = all_the_way(Visitor::new(&front), &gateway.sandbox, &gateway.account).await;
    let bob = all_the_way(Visitor::new(&front), &gateway.sandbox, &bob).await;
    let (mut ada, mut bob) = (Client::new(ada).await, Client::new(bob).await);
    let mut stranger = Client::new(Visitor::new(&front)).await;
    assert_eq!(ada.logs_in("/files", "NTLM", "ada").await, "welcome ada");
    assert_eq!(bob.says("/").await, "the open page");
    assert_eq!(bob.logs_in("/files", "NTLM", "bob").await, "welcome bob");
    assert_eq!((ada.says("/").await, bob.says("/").await), ("you are ada".into(), "you are bob".into()));
    assert_eq!(stranger.says("/open/x").await, "who are you");
    // Nobody can tell two strangers of one proxy apart: none of them keeps a login.
    let hello = stranger.asks("/open/x", Some("NTLM hello")).await;
    let challenge = hello.header("www-authenticate").unwrap().strip_prefix("NTLM ").unwrap().to_owned();
    let answer = stranger.asks("/open/x", Some(&format!("NTLM eve+{challenge}"))).await;
    assert_eq!((answer.status, answer.text().as_str()), (401, "who are you"));
    assert_eq!(stranger.says("/open/x").await, "who are you");
    assert_eq!((ada.says("/").await, bob.says("/").await), ("you are ada".into(), "you are bob".into()));
}
