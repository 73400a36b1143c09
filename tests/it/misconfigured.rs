//! A real proxy before the gateway that is wrong in one place: what `portcullis doctor` finds, and what is left to find
//! once the lines that it advises stand there.

use std::net::SocketAddr;

use serde_json::Value;

use crate::gateway::{Gateway, Setup};
use crate::process::{Process, run, text};
use crate::wire::{DEADLINE, free_address};

/// The site. Plain http is served on hosts of this machine.
pub const HOST: &str = "app.localhost";

/// A proxy: its name, a sound configuration with the addresses that the advised lines have as well, and how it starts.
pub struct Proxy {
    pub name: &'static str,
    pub sound: &'static str,
    /// Where it listens, its configuration, and the folder for its files.
    pub start: fn(SocketAddr, &str, &std::path::Path) -> Process,
}

/// What is wrong with a configuration: the codes that name it, and lines of the advice with what each takes the place
/// of.
pub struct Case {
    pub what: &'static str,
    pub wrong: String,
    pub codes: &'static [&'static str],
    pub advice: Vec<(&'static str, String)>,
}

/// A gateway that believes the proxy on this machine.
pub struct ProxyUnderTest {
    pub gateway: Gateway,
    proxy: Proxy,
}

impl ProxyUnderTest {
    pub async fn with(proxy: Proxy, site: &str) -> Self {
        let server = "trusted_proxies = [\"127.0.0.1\"]".to_owned();
        let gateway = Gateway::with(Setup { server, site: site.to_owned(), ..Setup::default() }).await;
        // What the app says of files that nobody has.
        gateway.backend.answers_bytes("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone");
        Self { gateway, proxy }
    }

    /// Starts the proxy with this configuration and lets the doctor look at it: its exit status, and what it found.
    pub async fn doctor(&self, configuration: &str) -> (Option<i32>, Vec<Value>) {
        let here = free_address();
        let configuration = configuration
            .replace("127.0.0.1:9091", &self.gateway.address().to_string())
            .replace("127.0.0.1:3000", &self.gateway.backend.address.to_string());
        let process = (self.proxy.start)(here, &configuration, self.gateway.dir());
        listens(here, &process).await;
        let (url, place) = (format!("http://{HOST}/"), here.to_string());
        let output = run(&["doctor", "--json", "--url", &url, "--resolve", &place], &[], "").await;
        let report: Value = serde_json::from_str(&text(&output)).unwrap_or_else(|_| panic!("{}", text(&output)));
        assert_eq!(report["proxy"], self.proxy.name);
        let findings = report["findings"].as_array().unwrap().iter().filter(|finding| !finding["code"].is_null());
        (output.status.code(), findings.cloned().collect())
    }

    /// Each is found by these codes alone, and the advised lines, put where they belong, leave nothing to find.
    pub async fn finds_and_fixes(&self, cases: Vec<Case>) {
        assert_eq!(self.doctor(self.proxy.sound).await, (Some(0), Vec::new()), "nothing is wrong with what is sound");
        for Case { what, wrong, codes: expected, advice } in cases {
            let (status, findings) = self.doctor(&wrong).await;
            assert_eq!(status, Some(1), "{what}: {findings:#?}");
            assert_eq!(codes(&findings), expected, "{what}: {findings:#?}");
            let mut fixed = wrong;
            for (lines, instead_of) in advice {
                let said = |finding: &Value| {
                    finding["severity"] == "error" && finding["fix"].as_str().unwrap().contains(lines)
                };
                assert!(findings.iter().any(said), "{what}: {lines}\n{findings:#?}");
                assert!(fixed.contains(&instead_of), "{what}: {instead_of}");
                fixed = fixed.replace(&instead_of, lines);
            }
            let left = self.doctor(&fixed).await;
            assert_eq!(left, (Some(0), Vec::new()), "{what}, with the lines of the doctor:\n{fixed}");
        }
    }
}

/// The codes, each once for findings in a row.
pub fn codes(findings: &[Value]) -> Vec<&str> {
    let mut codes: Vec<&str> = findings.iter().filter_map(|finding| finding["code"].as_str()).collect();
    codes.dedup();
    codes
}

/// Until somebody takes a connection there.
async fn listens(here: SocketAddr, process: &Process) {
    let open = async {
        while tokio::net::TcpStream::connect(here).await.is_err() {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    let listens = tokio::time::timeout(DEADLINE, open).await;
    assert!(listens.is_ok(), "it does not listen:\n{}", process.output());
}
