//! The real npm client against Verdaccio, a registry of npm packages.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Output;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Behind, folder, listens, node, noise};
use crate::process::{Process, finish, text};
use crate::visitor::Request;
use crate::wire::free_address;

/// Everybody who reaches it may read and publish: the gateway decides who does.
const VERDACCIO: &str = "storage: ./storage
uplinks: {}
web: {title: The shelf}
packages: {\"**\": {access: $all, publish: $all}}
log: {type: stdout, format: json, level: http}
";

/// npm writes the separator inside a name as `%2f`, which a site has to allow. What is closed is written here as a
/// person writes it.
const RULES: &str = "ambiguous_paths = \"pass\"\n[[sites.rules]]\npath = \"/@closed/**\"\nrequire = \"deny\"\n";

/// Where the machine's own resolver knows no names below `localhost`.
const RESOLVER: &str = "const dns = require('dns'), { lookup } = dns;
dns.lookup = (name, ...rest) => lookup(name === 'app.localhost' ? '127.0.0.1' : name, ...rest);
";

const LARGE: usize = 4 * 1024 * 1024;

async fn start(home: &Path) -> (Process, SocketAddr) {
    let address = free_address();
    std::fs::write(home.join("config.yaml"), VERDACCIO).unwrap();
    let process = node::start("verdaccio", &["--config", "config.yaml", "--listen", &address.to_string()], home);
    listens(address).await;
    (process, address)
}

/// A person's folder, with npm's settings in it.
struct Workplace<'a> {
    home: PathBuf,
    behind: &'a Behind,
}

impl<'a> Workplace<'a> {
    /// `credential` is npm's setting for this registry; `HOST` in it stands for it.
    fn new(home: PathBuf, behind: &'a Behind, credential: &str) -> Self {
        std::fs::create_dir_all(&home).unwrap();
        let host = behind.ada.host();
        let settings = "audit=false\nfund=false\nupdate-notifier=false\nfetch-retries=0\ngit-tag-version=false\n";
        let registry = format!("registry=http://{host}/\n{settings}{credential}\n");
        std::fs::write(home.join(".npmrc"), registry.replace("HOST", &format!("//{host}/"))).unwrap();
        std::fs::write(home.join("resolver.cjs"), RESOLVER).unwrap();
        Self { home, behind }
    }

    async fn tries(&self, folder: &str, arguments: &[&str]) -> Output {
        let mut npm = node::node("npm", arguments, &self.home);
        // Settings of the machine may name another registry, or a proxy.
        npm.env("NPM_CONFIG_GLOBALCONFIG", self.home.join("none"));
        npm.env("NODE_OPTIONS", format!("--require={}", self.home.join("resolver.cjs").display()));
        finish(npm.current_dir(self.home.join(folder)), "").await
    }

    async fn npm(&self, folder: &str, arguments: &[&str]) -> String {
        let output = self.tries(folder, arguments).await;
        assert!(output.status.success(), "npm {arguments:?}: {}", text(&output));
        String::from_utf8(output.stdout).expect("text")
    }

    /// npm fails and names this mistake.
    async fn fails(&self, folder: &str, arguments: &[&str], mistake: &str) {
        let output = self.tries(folder, arguments).await;
        assert!(!output.status.success(), "npm {arguments:?}: {}", text(&output));
        assert!(text(&output).contains(mistake), "npm {arguments:?}: {}", text(&output));
    }

    fn package(&self, folder: &str, name: &str, version: &str, length: usize) {
        let place = self.home.join(folder);
        std::fs::create_dir_all(&place).unwrap();
        let described = serde_json::json!({ "name": name, "version": version, "description": "A box with a lid" });
        std::fs::write(place.join("package.json"), described.to_string()).unwrap();
        std::fs::write(place.join("README.md"), "# How to open it").unwrap();
        std::fs::write(place.join("large.bin"), noise(length)).unwrap();
    }

    /// Installs into a folder that holds nothing yet and looks at what came.
    async fn installs(&self, wanted: &str, version: &str) {
        let folder = format!("fresh-{version}");
        std::fs::create_dir_all(self.home.join(&folder)).unwrap();
        std::fs::write(self.home.join(&folder).join("package.json"), "{\"private\": true}").unwrap();
        self.npm(&folder, &["install", wanted]).await;
        let come = self.home.join(&folder).join("node_modules/@shelf/box");
        let described = std::fs::read_to_string(come.join("package.json")).unwrap();
        assert!(described.contains(&format!("\"version\":\"{version}\"")), "{described}");
        assert!(std::fs::read(come.join("large.bin")).unwrap() == noise(LARGE));
        let lock = std::fs::read_to_string(self.home.join(&folder).join("package-lock.json")).unwrap();
        let from = format!("{}/@shelf/box/-/box-{version}.tgz", self.behind.ada.origin());
        assert!(lock.contains(&from), "the way back leads through the gateway: {lock}");
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "heavy: ./tests/run --all"]
async fn npm_publishes_and_installs_a_scoped_package_with_an_access_token_in_every_place_it_has_for_one() {
    let home = folder();
    let (verdaccio, address) = start(home.path()).await;
    let behind = Behind::start(address, RULES).await;
    behind.is_closed().await;
    let token = &behind.token;
    let pair = STANDARD.encode(format!("ada:{token}"));
    let at = |name: &str, credential: &str| Workplace::new(home.path().join(name), &behind, credential);
    let bearer = at("bearer", &format!("HOST:_authToken={token}"));
    let basic = at("basic", &format!("HOST:_auth={pair}"));
    let password = at("password", &format!("HOST:username=ada\nHOST:_password={}", STANDARD.encode(token)));

    bearer.package("box", "@shelf/box", "1.0.0", LARGE);
    bearer.npm("box", &["publish"]).await;
    basic.package("box", "@shelf/box", "1.1.0", LARGE);
    basic.npm("box", &["publish"]).await;
    password.npm("", &["dist-tag", "add", "@shelf/box@1.0.0", "old"]).await;
    bearer.installs("@shelf/box@1.1.0", "1.1.0").await;
    basic.installs("@shelf/box@old", "1.0.0").await;
    password.installs("@shelf/box@latest", "1.1.0").await;
    assert_eq!(basic.npm("", &["view", "@shelf/box", "versions", "--json"]).await, "[\n  \"1.0.0\",\n  \"1.1.0\"\n]\n");

    // The separator inside the name arrives as npm wrote it, and the credential does not arrive.
    for arrived in ["PUT /@shelf%2fbox", "PUT /-/package/@shelf%2fbox/dist-tags/old", "GET /@shelf/box/-/box-1.1.0.tgz"]
    {
        verdaccio.has_written(&format!("requested '{arrived}'")).await;
    }

    // A rule for the name as people write it holds for the name as npm writes it.
    bearer.package("closed", "@closed/box", "1.0.0", 100);
    bearer.fails("closed", &["publish"], "E403").await;
    for (name, credential) in [("made-up", "HOST:_authToken=portcullis_made-up"), ("nobody", "")] {
        at(name, credential).fails("", &["view", "@shelf/box", "versions"], "E401").await;
    }
    behind.by_token(Request::get("/-/ping")).await;
    verdaccio.has_written("requested 'GET /-/ping'").await;
    let log = verdaccio.output();
    assert!(!log.contains("/@closed"), "{log}");
    assert!(!log.contains("authorization") && !log.contains(token.as_str()), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "heavy: ./tests/run --all"]
async fn a_person_reads_in_the_browser_about_a_package_that_npm_published() {
    let home = folder();
    let (_verdaccio, address) = start(home.path()).await;
    let behind = Behind::start(address, RULES).await;
    let workplace = Workplace::new(home.path().join("ada"), &behind, &format!("HOST:_authToken={}", behind.token));
    workplace.package("box", "@shelf/box", "1.0.0", LARGE);
    workplace.npm("box", &["publish"]).await;

    let tarball = format!("{}/@shelf/box/-/box-1.0.0.tgz", behind.ada.origin());
    for target in ["/@shelf%2fbox", "/@shelf%2Fbox", "/@shelf/box"] {
        for answer in behind.both(|| Request::get(target), 200).await {
            let read: serde_json::Value = serde_json::from_slice(&answer.body).expect("JSON");
            assert_eq!(read["versions"]["1.0.0"]["dist"]["tarball"], tarball, "{target}");
        }
    }
    let browser = behind.in_chromium("/-/web/detail/@shelf/box").await;
    browser.reads("How to open it").await;
    browser.close().await;
}
