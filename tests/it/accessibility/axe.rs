//! axe-core, the accessibility checker, on every page: light and dark, forced colours, both directions, long words, desktop
//! and phone.

use serde_json::{Value, json};

use super::pages::{Look, walk};
use crate::browser::{Browser, Scheme, Screen};
use crate::fronts::program::program;

/// Rules of WCAG 2.0, 2.1 and 2.2 (A and AA) and good practice. `target-size` (2.5.8) is off unless named.
const RUN: &str = "const done = arguments[arguments.length - 1]; \
    axe.run(document, { \
        runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }, \
        rules: { 'target-size': { enabled: true } } \
    }).then((found) => done({ \
        passes: found.passes.map((rule) => rule.id), \
        violations: found.violations.flatMap((rule) => rule.nodes.map((node) => \
            rule.id + ': ' + node.html + ' ' + (node.failureSummary || ''))) \
    }), (error) => done({ violations: [String(error)] }));";

/// What axe finds wrong with the page that is open.
pub(super) async fn violations(browser: &Browser) -> Value {
    let found = found(browser).await;
    let passes = found["passes"].as_array().expect("the rules that passed");
    // A checker that judged nothing finds nothing.
    for rule in ["document-title", "html-has-lang", "page-has-heading-one"] {
        assert!(passes.contains(&json!(rule)), "axe did not judge {rule}: {found}");
    }
    found["violations"].clone()
}

async fn found(browser: &Browser) -> Value {
    let axe = std::fs::read_to_string(program("axe.min.js", "axe-core")).expect("a text");
    browser.run(&axe).await;
    browser.run_until_done(RUN).await
}

#[tokio::test(flavor = "multi_thread")]
async fn in_english_on_a_light_desktop() {
    walk(Look { screen: Screen::Desktop, scheme: Scheme::Light, forced_colours: false, language: "en" }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_arabic_on_a_dark_phone() {
    walk(Look { screen: Screen::Phone, scheme: Scheme::Dark, forced_colours: false, language: "ar" }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_german_with_forced_colours_on_a_phone() {
    walk(Look { screen: Screen::Phone, scheme: Scheme::Light, forced_colours: true, language: "de" }).await;
}
