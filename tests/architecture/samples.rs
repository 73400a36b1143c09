//! The checks must be able to fail: wrong samples, and right ones that they leave alone.

use super::source::Source;

/// Wrong samples: the check itself must be able to fail.
fn finds(path: &str, text: &str, expected: &str) {
    let findings = Source { path: path.to_owned(), text: text.to_owned() }.check();
    assert!(findings.len() == 1 && findings[0].contains(expected), "{path}: {text}\n{findings:#?}");
}

#[test]
fn a_wrong_direction_is_found_however_it_is_written() {
    finds("domain/a.rs", "use crate::store::Store;", "src/domain/a.rs:1: `domain` (floor 1) names `store` (floor 3)");
    finds("login/mod.rs", "\nuse crate::{domain::x, authn};", "mod.rs:2: `login` (floor 6) names `authn`");
    finds("proxy.rs", "fn f() -> crate::server::Settings { loop {} }", "names `server`");
    finds("proxy.rs", "fn f() { format!(\"{}\", crate::cli::NAME); }", "names `cli`");
    finds("store/sqlite/a.rs", "use super::super::super::web::App;", "names `web`");
    finds("i18n.rs", "mod a { use super::super::keys::Key; }", "names `keys`");
    finds("attic/mod.rs", "", "`attic` has no floor");
}

#[test]
fn a_crate_outside_its_room_is_found() {
    finds("login/a.rs", "use sqlx::Row;", "`sqlx` outside [\"store\"]");
    finds("web/a.rs", "#[derive(askama::Template)] struct Page;", "`askama` outside");
    finds("delivery/sms.rs", "fn f() { reqwest::get(); }", "`reqwest` outside [\"delivery/outbound\"]");
    finds("server/a.rs", "fn f() { vec![sha2::Sha256::new()]; }", "`sha2` outside");
}

#[test]
fn sizes_names_flags_and_unfinished_work_are_found() {
    let long = format!("fn f() {{\n{}}}", "    g();\n".repeat(61));
    finds("proxy.rs", &long, "proxy.rs:1: `f` has 61 lines");
    finds("proxy.rs", &"// x\n".repeat(401), "the file has 401 lines");
    finds("web/util.rs", "", "a module named `util`");
    finds("proxy.rs", "impl A { pub(crate) fn f(&self, on: bool) {} }", "`f` takes a bool");
    finds("proxy.rs", "\nfn f() { todo!() }", "proxy.rs:2: unfinished work");
    finds("proxy.rs", "fn f( {", "cannot be parsed");
}

#[test]
fn what_is_right_is_left_alone() {
    let text = "use crate::domain::x; use crate::login::y; fn f(on: bool) {}
        #[cfg(test)] mod tests { use super::*; use sqlx::Row; use toml::Value; pub fn g(on: bool) {} }";
    let findings = Source { path: "login/a.rs".to_owned(), text: text.to_owned() }.check();
    assert_eq!(findings, Vec::<String>::new());
}
