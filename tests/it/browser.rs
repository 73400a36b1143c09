//! A headless Chromium of its own for each test, driven by chromedriver. It speaks to loopback alone.

use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::wd::{WebDriverCompatibleCommand, WindowHandle};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::process::Command;

use crate::process::Process;
use crate::wire::within;

// What a visitor types into and presses, as CSS selectors.
pub const NAME: &str = "input[name=username]";
pub const PASSWORD: &str = "input[name=password]";
pub const CODE: &str = "input[name=code]";
pub const LOGIN_BUTTON: &str = "form[action$='/login'] button[type=submit]";
pub const CODE_BUTTON: &str = "form[action$='/verify'] button[type=submit]";
pub const LOGOUT_BUTTON: &str = "form[action$='/logout'] button";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    Desktop,
    Phone,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    Light,
    Dark,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scripts {
    On,
    Off,
}

/// A browser window.
pub struct Browser {
    pub page: Client,
    _driver: Process,
    profile: TempDir,
}

impl Browser {
    pub async fn start(screen: Screen, scheme: Scheme, scripts: Scripts) -> Self {
        Self::reaching("MAP *.localhost 127.0.0.1", screen, scheme, scripts).await
    }

    /// One that finds `*.example.com` at this address, and takes its certificate as it is.
    pub async fn in_front_of(address: SocketAddr) -> Self {
        Self::of_example_com(address, Screen::Desktop, Scheme::Light).await
    }

    /// The same on another screen.
    pub async fn of_example_com(address: SocketAddr, screen: Screen, scheme: Scheme) -> Self {
        let hosts = format!("MAP *.example.com:443 {address}");
        Self::reaching(&hosts, screen, scheme, Scripts::On).await
    }

    async fn reaching(hosts: &str, screen: Screen, scheme: Scheme, scripts: Scripts) -> Self {
        let profile = TempDir::new().unwrap();
        let mut command = Command::new("chromedriver");
        command.arg("--port=0").env("HOME", profile.path()).kill_on_drop(true);
        let mut driver = Process::spawn(&mut command);
        let line = driver.line_with("started successfully on port").await;
        let port: u16 =
            line.trim_end_matches('.').rsplit(' ').next().and_then(|port| port.parse().ok()).expect("a port");
        let capabilities = capabilities(hosts, screen, scripts, &profile);
        let url = format!("http://127.0.0.1:{port}");
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let connecting = builder.capabilities(capabilities.as_object().expect("an object").clone());
        let page = within("Chromium", connecting.connect(&url)).await.expect("Chromium starts under chromedriver");
        let browser = Self { page, _driver: driver, profile };
        // A window that nobody sees may lose the focus with a new page.
        browser.tools("Emulation.setFocusEmulationEnabled", json!({ "enabled": true })).await;
        if screen == Screen::Phone {
            browser.shows(390, 844, Screen::Phone).await;
        }
        if scheme == Scheme::Dark {
            browser.emulates(json!([{ "name": "prefers-color-scheme", "value": "dark" }])).await;
        }
        browser
    }

    /// Media features as a person has set them in their system.
    pub async fn emulates(&self, features: Value) {
        self.tools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// A window of this many CSS pixels, two dots of the screen to each, on a phone with the viewport rules of phones.
    /// The driver's own emulation of phones is not used: it taps instead of clicking, and after a tap it waits for a
    /// timer in the page, which never fires where scripts are off.
    pub async fn shows(&self, width: u32, height: u32, screen: Screen) {
        let mobile = screen == Screen::Phone;
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 2, "mobile": mobile });
        self.tools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// What the browser has complained about since it was asked last. Pages with an error status are named here too.
    pub async fn complaints(&self) -> Vec<String> {
        let log = DriverCommand { path: "se/log", body: json!({ "type": "browser" }) };
        let log = done("the console", self.page.issue_cmd(log)).await;
        let entries = log.as_array().expect("a list").iter().filter(|entry| entry["level"] != "INFO");
        entries.map(|entry| entry["message"].as_str().expect("a text").to_owned()).collect()
    }

    /// A command of the browser's developer tools.
    async fn tools(&self, command: &str, parameters: Value) {
        self.answer(command, parameters).await;
    }

    /// What a command of the browser's developer tools answers.
    pub async fn answer(&self, command: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        done(command, self.page.issue_cmd(DriverCommand { path: "goog/cdp/execute", body })).await
    }

    pub async fn open(&self, at: SocketAddr, path: &str) {
        self.open_url(&format!("http://{at}{path}")).await;
    }

    pub async fn open_url(&self, url: &str) {
        done("opening a page", self.page.goto(url)).await;
    }

    /// The element, once it is there.
    pub async fn find(&self, css: &str) -> Element {
        let wait = self.page.wait().at_most(Duration::from_secs(20)).for_element(Locator::Css(css));
        match within(css, wait).await {
            Ok(element) => element,
            Err(error) => panic!("{css} is not on this page ({error}):\n{}", self.text().await),
        }
    }

    pub async fn has(&self, css: &str) -> bool {
        !done(css, self.page.find_all(Locator::Css(css))).await.is_empty()
    }

    pub async fn type_into(&self, css: &str, text: &str) {
        done(&format!("typing into {css}"), self.find(css).await.send_keys(text)).await;
    }

    /// Keys for whatever has the focus.
    pub async fn press(&self, keys: &str) {
        let focused = done("the focus", self.page.active_element()).await;
        done("keys", focused.send_keys(keys)).await;
    }

    pub async fn click(&self, css: &str) {
        done(&format!("a click on {css}"), self.find(css).await.click()).await;
    }

    /// Fills in the sign-in page that is open, and sends it.
    pub async fn gives_password(&self, name: &str, password: &str) {
        self.type_into(NAME, name).await;
        self.type_into(PASSWORD, password).await;
        self.click(LOGIN_BUTTON).await;
    }

    /// Another window beside this one, to be gone on in; gives the one that was left.
    pub async fn in_a_new_window(&self) -> WindowHandle {
        let left = done("the window", self.page.window()).await;
        let new = done("another window", self.page.new_window(false)).await;
        self.back_in(new.handle).await;
        left
    }

    pub async fn back_in(&self, window: WindowHandle) {
        done("the other window", self.page.switch_to_window(window)).await;
    }

    /// What a person reads on the page.
    pub async fn text(&self) -> String {
        let reading = async { self.page.find(Locator::Css("body")).await?.text().await };
        // A page that is just being replaced has no text yet.
        within("the text of the page", reading).await.unwrap_or_default()
    }

    /// Waits until the page says `words`.
    pub async fn reads(&self, words: &str) {
        let reading = async {
            while !self.text().await.contains(words) {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        let read = tokio::time::timeout(Duration::from_secs(20), reading).await;
        assert!(read.is_ok(), "the page does not say {words:?} but:\n{}", self.text().await);
    }

    pub async fn path(&self) -> String {
        done("the address", self.page.current_url()).await.path().to_owned()
    }

    /// The value of an expression in the page.
    pub async fn value(&self, expression: &str) -> Value {
        done(expression, self.page.execute(&format!("return {expression};"), Vec::new())).await
    }

    /// Runs a script in the page.
    pub async fn run(&self, script: &str) {
        done("a script", self.page.execute(script, Vec::new())).await;
    }

    /// Runs a script that calls its last argument when it is done; gives what it passes.
    pub async fn run_until_done(&self, script: &str) -> Value {
        done("a script that waits", self.page.execute_async(script, Vec::new())).await
    }

    /// A picture in `target/screenshots`, to be looked at.
    pub async fn screenshot(&self, name: &str) {
        let folder = screenshots();
        std::fs::create_dir_all(&folder).expect("a folder");
        let picture = done("a picture", self.page.screenshot()).await;
        assert!(picture.len() > 1000, "an empty picture");
        std::fs::write(folder.join(format!("{name}.png")), picture).expect("a file");
    }

    pub async fn close(self) {
        done("closing the window", self.page.clone().close()).await;
    }
}

/// A test that failed leaves no Chromium behind: it would outlive its driver. The lock of the profile names its
/// process.
impl Drop for Browser {
    fn drop(&mut self) {
        let lock = std::fs::read_link(self.profile.path().join("SingletonLock")).unwrap_or_default();
        if let Some((_, process)) = lock.to_string_lossy().rsplit_once('-') {
            let _ = std::process::Command::new("kill").args(["-s", "KILL", process]).output();
        }
    }
}

/// What a command to the browser gives. None may hang: Chromium answers within the deadline or the test fails by name.
async fn done<T>(what: &str, command: impl Future<Output = Result<T, CmdError>>) -> T {
    within(what, command).await.unwrap_or_else(|error| panic!("{what}: {error}"))
}

/// `screenshots` beside the folder that holds the test binaries.
fn screenshots() -> PathBuf {
    let binary = PathBuf::from(crate::process::BINARY);
    binary.ancestors().nth(2).expect("target").join("screenshots")
}

fn capabilities(hosts: &str, screen: Screen, scripts: Scripts, profile: &TempDir) -> Value {
    let size = if screen == Screen::Desktop { "--window-size=1280,900" } else { "--window-size=390,844" };
    let profile = format!("--user-data-dir={}", profile.path().display());
    let hosts = format!("--host-resolver-rules={hosts}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost");
    let arguments = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-domain-reliability",
        "--disable-default-apps",
        "--disable-client-side-phishing-detection",
        "--no-pings",
        "--no-default-browser-check",
        "--metrics-recording-only",
        "--ignore-certificate-errors",
        &hosts,
        size,
        &profile,
    ];
    let options = json!({
        "args": arguments,
        "prefs": {
            "safebrowsing.enabled": false,
            "credentials_enable_service": false,
            "search.suggest_enabled": false,
            "profile.managed_default_content_settings.javascript": if scripts == Scripts::On { 1 } else { 2 },
        },
    });
    json!({ "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" } })
}

/// A command that chromedriver knows beyond the standard.
#[derive(Debug)]
struct DriverCommand {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for DriverCommand {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Backend;

    #[tokio::test(flavor = "multi_thread")]
    async fn scripts_and_colours_are_as_the_test_says() {
        let site = Backend::start().await;
        let page = "<!doctype html><title>t</title><p id=said>as written</p><input name=a><script>said.textContent = \
            matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'</script>";
        let length = page.len();
        site.answers_bytes(format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\n\r\n{page}"
        ));
        for (scheme, scripts, said) in [
            (Scheme::Dark, Scripts::On, "dark"),
            (Scheme::Light, Scripts::On, "light"),
            (Scheme::Dark, Scripts::Off, "as written"),
        ] {
            let browser = Browser::start(Screen::Phone, scheme, scripts).await;
            browser.open(site.address, "/x?y=1").await;
            browser.reads(said).await;
            browser.type_into("input[name=a]", "typed").await;
            assert_eq!((browser.path().await.as_str(), browser.has("input[name=b]").await), ("/x", false));
            browser.close().await;
        }
        assert!(site.seen().iter().all(|seen| seen.headers_named("host") == [site.address.to_string()]));
    }
}
