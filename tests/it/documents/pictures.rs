//! The pictures of the documents, made from fixed data: the same person, hosts, codes and moments each time.
//!
//! Each run writes fresh ones to `target/pictures`, with the words of each page in `pages.txt`. Dots differ from machine
//! to machine, so `docs/images` is compared by these words: when a page says something else than at the moment of its
//! picture, the test fails and says how to renew both.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::read;
use crate::browser::{Browser, CODE, PASSWORD, Scheme, Screen};
use crate::gateway::{Gateway, Setup};
use crate::wire::eventually;

const WORDS: &str = "docs/images/pages.txt";
const RENEW: &str = "the pictures in docs/images are older than the pages; look at the ones in target/pictures, then: \
    cp target/pictures/* docs/images/";

const PORTAL: &str = "url = \"https://auth.example.com\"\nname = \"Our house\"\n";
const SITES: &str = "[[sites]]\nhost = \"wiki.example.com\"\nname = \"Family wiki\"\nupstream = [\"http://SITE\"]\n\
    [[sites.rules]]\npath = \"/admin/**\"\ngroups = [\"admins\"]\nrequire = \"two_factor\"\n\
    [[sites]]\nhost = \"photos.example.com\"\nname = \"Photos\"\nupstream = [\"http://SITE\"]\n";

/// Of the two dots of the screen to each pixel of the page: a picture beside text need not be as large as a window.
const SCALE: f64 = 0.6;

const TYPED: &str = "nine quiet bridges";

/// What differs from run to run, and what stands in its place: codes, moments, the clock that counts down, references to
/// the log. The cursor does not blink in a picture.
const FIXED: &str = r"(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = texts.currentNode, place = text.parentElement;
        if (place.matches('.reference code')) text.data = '3fa94c01';
        else if (place.matches('.message time')) text.data = '08:15 UTC';
        else if (place.matches('time')) text.data = 'January 5, 2027 at 8:15 AM';
        else text.data = text.data.replace(/\b\d{6}\b/g, '123456').replace(/\b0:\d\d\b/g, '0:30');
    }
    document.activeElement.blur();
    return document.body.innerText;
})()";

/// Where fresh pictures are written.
fn folder() -> PathBuf {
    let binary = PathBuf::from(crate::process::BINARY);
    binary.ancestors().nth(2).expect("target").join("pictures")
}

/// Takes pictures and remembers what each page says.
struct Album {
    words: String,
}

impl Album {
    async fn add(&mut self, browser: &Browser, name: &str) {
        // The page's own script writes into it first.
        eventually("the page is complete", || async { browser.value("document.readyState").await == "complete" }).await;
        let said = browser.value(FIXED).await;
        let lines = said.as_str().expect("a text").lines().map(str::trim).filter(|line| !line.is_empty());
        let lines = lines.collect::<Vec<_>>().join("\n");
        let _ = writeln!(self.words, "== {name}\n{lines}");
        browser.answer("Emulation.setScrollbarsHidden", json!({ "hidden": true })).await;
        let size = browser.value("[innerWidth, innerHeight]").await;
        let clip = json!({ "x": 0, "y": 0, "width": size[0], "height": size[1], "scale": SCALE });
        let wanted = json!({ "format": "webp", "quality": 90, "clip": clip });
        let answer = browser.answer("Page.captureScreenshot", wanted).await;
        let picture = STANDARD.decode(answer["data"].as_str().expect("a picture")).expect("base64");
        fs::write(folder().join(format!("{name}.webp")), picture).expect("a file");
    }
}

async fn house() -> Gateway {
    let key = rcgen::KeyPair::generate().expect("a key");
    let params = rcgen::CertificateParams::new(vec!["*.example.com".to_owned()]).expect("a name");
    let certificate = params.self_signed(&key).expect("a certificate").pem();
    let gateway = Gateway::with(Setup {
        server: "tls = [{ certificate = \"DIR/cert.pem\", key = \"DIR/key.pem\" }]".to_owned(),
        portal: PORTAL.to_owned(),
        site: "host = \"cloud.example.com\"\nname = \"Cloud\"".to_owned(),
        more: SITES.to_owned(),
        files: vec![("cert.pem", certificate), ("key.pem", key.serialize_pem())],
        ..Setup::default()
    })
    .await;
    let grace = ["add", "grace", "--name", "Grace Hopper", "--email", "grace@example.com", "--phone", "+15005550174"];
    gateway.user(&[&grace[..], &["--password-stdin"]].concat(), &format!("{TYPED}\n")).await;
    gateway
}

async fn password(browser: &Browser) {
    browser.gives_password("grace", TYPED).await;
    browser.find(CODE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pictures_in_the_documents_show_what_the_pages_say_today() {
    fs::create_dir_all(folder()).expect("a folder");
    let gateway = house().await;
    let mut album = Album { words: String::new() };
    let browser = Browser::of_example_com(gateway.address(), Screen::Desktop, Scheme::Light).await;
    browser.shows(560, 600, Screen::Desktop).await;
    browser.open_url("https://cloud.example.com/").await;
    browser.find(PASSWORD).await;
    album.add(&browser, "login").await;
    password(&browser).await;
    browser.shows(560, 800, Screen::Desktop).await;
    album.add(&browser, "code").await;
    let code = gateway.sandbox.last_code("+15005550174").await;
    browser.open_url("https://auth.example.com/portcullis/verify").await;
    browser.type_into(CODE, &code).await;
    browser.reads(crate::backend::WELCOME).await;
    browser.open_url("https://auth.example.com/portcullis/").await;
    browser.reads("Your apps").await;
    browser.shows(560, 1240, Screen::Desktop).await;
    album.add(&browser, "account").await;
    browser.open_url("https://wiki.example.com/admin/").await;
    browser.reads("You are signed in as Grace Hopper.").await;
    browser.shows(560, 540, Screen::Desktop).await;
    album.add(&browser, "denied").await;
    browser.shows(960, 640, Screen::Desktop).await;
    browser.open_url(&format!("http://{}/", gateway.sandbox.address)).await;
    browser.reads(&code).await;
    album.add(&browser, "phone").await;
    browser.close().await;
    let browser = Browser::of_example_com(gateway.address(), Screen::Phone, Scheme::Dark).await;
    browser.shows(390, 900, Screen::Phone).await;
    browser.open_url("https://photos.example.com/").await;
    password(&browser).await;
    album.add(&browser, "code-on-a-phone").await;
    browser.close().await;
    fs::write(folder().join("pages.txt"), &album.words).expect("a file");
    assert!(read(WORDS) == album.words, "{RENEW}\n{}", album.words);
}
