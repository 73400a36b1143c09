//! What browsers ask without the session cookie by design, and a site answers without it.
//!
//! A browser fetches the manifest of a web app without cookies (W3C Web App Manifest: credentials mode `omit`), and
//! systems fetch home-screen icons by themselves. A CORS preflight never has cookies (Fetch §3.2.2); the gateway answers
//! it itself, so it is no matter of policy. Both options are off by default, need no rule, and never open what a rule with
//! `deny` closes.

use crate::domain::origin::Origin;
use crate::domain::target::RequestTarget;

/// The requests that a site answers without a session (`browser_assets`, `cors_origins`).
#[derive(Debug, Clone)]
pub struct WithoutSession {
    pub browser_assets: BrowserAssets,
    /// The origins whose preflights are answered and whose scripts may read our refusals.
    pub cors_origins: Vec<Origin>,
}

/// Whether the files by which a browser installs or decorates a web app need a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BrowserAssets {
    /// They are judged by the rules, like everything else.
    Protected,
    /// Everybody may read them.
    Open,
}

/// The files that `browser_assets = "open"` opens, at the root of the site. Icons with a size in their name are in
/// [`is_sized_icon`].
const BROWSER_ASSETS: [&str; 12] = [
    "/apple-touch-icon-precomposed.png",
    "/apple-touch-icon.png",
    "/browserconfig.xml",
    "/favicon.ico",
    "/favicon.png",
    "/favicon.svg",
    "/icon.png",
    "/icon.svg",
    "/manifest.json",
    "/manifest.webmanifest",
    "/safari-pinned-tab.svg",
    "/site.webmanifest",
];

/// What stands around the size in the names of icons.
const SIZED_ICONS: [(&str, &str); 7] = [
    ("/android-chrome-", ".png"),
    ("/apple-touch-icon-", "-precomposed.png"),
    ("/apple-touch-icon-", ".png"),
    ("/favicon-", ".png"),
    ("/icon-", ".png"),
    ("/maskable-icon-", ".png"),
    ("/mstile-", ".png"),
];

impl Default for WithoutSession {
    /// Nothing.
    fn default() -> Self {
        Self { browser_assets: BrowserAssets::Protected, cors_origins: Vec::new() }
    }
}

/// Whether `browser_assets` speaks of this target: an asset, without a query by which an app could take it for another
/// page (`?rest_route=…`).
pub(super) fn is_browser_asset(target: &RequestTarget) -> bool {
    let path = target.path();
    let query = target.as_str().get(path.len()..).unwrap_or_default();
    (query.is_empty() || is_version(query)) && is_asset_path(path)
}

/// `?v=1.2.3`, which makes browsers fetch a changed file again.
fn is_version(query: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    query.strip_prefix("?v=").is_some_and(|version| version.len() <= 64 && version.bytes().all(plain))
}

fn is_asset_path(path: &str) -> bool {
    BROWSER_ASSETS.contains(&path) || SIZED_ICONS.iter().any(|(before, after)| is_sized_icon(path, before, after))
}

/// Whether the path is `before`, a size such as `180x180` or `512`, and `after`.
fn is_sized_icon(path: &str, before: &str, after: &str) -> bool {
    let size = path.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
    let number = |text: &str| (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    size.is_some_and(|size| match size.split_once('x') {
        Some((width, height)) => number(width) && number(height),
        None => number(size),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assets_are_the_files_of_the_list_and_icons_with_a_size() {
        let sized = ["/apple-touch-icon-180x180.png", "/apple-touch-icon-120x120-precomposed.png", "/icon-512.png"];
        for path in BROWSER_ASSETS.into_iter().chain(sized) {
            assert!(is_asset_path(path), "{path}");
        }
        for path in [
            "/",
            "/manifest.json/",
            "/Manifest.json",
            "/a/manifest.json",
            "/manifest.jsonx",
            "/favicon-.png",
            "/favicon-x16.png",
            "/favicon-16x.png",
            "/favicon-16x16x16.png",
            "/favicon-12345.png",
            "/favicon-1a.png",
            "/icon-secret.png",
            "/apple-touch-icon-precomposed.png.bak",
        ] {
            assert!(!is_asset_path(path), "{path}");
        }
    }

    #[test]
    fn a_query_is_a_version_or_closes_the_asset() {
        let is = |target: &str| is_browser_asset(&RequestTarget::parse(target).unwrap());
        for target in ["/favicon.ico", "/favicon.ico?v=1.2.3-rc_4"] {
            assert!(is(target), "{target}");
        }
        let long = format!("/favicon.ico?v={}", "a".repeat(65));
        for target in [
            "/favicon.ico?",
            "/favicon.ico?title=Secret",
            "/favicon.ico?v=/a",
            "/favicon.ico?v=1&a=b",
            "/favicon.ico?v=%2F",
            &long,
        ] {
            assert!(!is(target), "{target}");
        }
    }
}
