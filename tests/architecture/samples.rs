//! The checks must be able to fail: wrong samples, and right ones that they leave alone.

use super::cycles::cycles;
use super::exposure::unused_outside;
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
    finds("domain.rs", "mod a { use super::super::keys::Key; }", "names `keys`");
    finds("attic/mod.rs", "", "`attic` has no floor");
}

#[test]
fn a_crate_outside_its_room_is_found() {
    finds("login/a.rs", "use sqlx::Row;", "`sqlx` outside [\"store\"]");
    finds("web/a.rs", "#[derive(askama::Template)] struct Page;", "`askama` outside");
    finds("delivery/sms.rs", "fn f() { reqwest::get(); }", "`reqwest` outside [\"delivery/outbound\"]");
    finds("server/a.rs", "fn f() { vec![subtle::Choice::from(1)]; }", "`subtle` outside");
}

#[test]
fn a_clock_or_a_generator_made_below_the_start_is_found() {
    finds("login/a.rs", "fn f() { Random::system(); }", "`Random::system` outside");
    finds("server/a.rs", "fn f() { g(&Clock::system()); }", "`Clock::system` outside");
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

fn cycles_in(files: &[(&str, &str)]) -> Vec<String> {
    let source = |(path, text): &(&str, &str)| Source { path: (*path).to_owned(), text: (*text).to_owned() };
    cycles(&files.iter().map(source).collect::<Vec<_>>())
}

#[test]
fn a_cycle_is_found_however_it_is_written() {
    let two =
        [("keys/a.rs", "\nuse super::b::B; pub struct A;"), ("keys/b.rs", "use crate::keys::a::A; pub struct B;")];
    assert_eq!(
        cycles_in(&two),
        [
            "2 modules of `keys` name one another: src/keys/a.rs:2 -> src/keys/b.rs:1 -> src/keys/a.rs; move what both need \
          to a file of its own, or invert a call"
        ]
    );
    for files in [
        // By a path in code, by a macro, and by a module that was imported.
        [("keys/a.rs", "fn a() { super::b::b() }"), ("keys/b.rs", "fn b() { vec![crate::keys::a::a()]; }")],
        [("keys/a.rs", "use super::b; fn a() { b::b() }"), ("keys/b.rs", "use crate::keys::{a::*, c}; fn b() {}")],
        // A contents page with a type of its own, and one that uses what it exports.
        [("keys/mod.rs", "mod a; pub struct Key; fn f() { a::g() }"), ("keys/a.rs", "use super::Key; fn g() {}")],
        [
            ("keys/mod.rs", "pub use a::A; pub struct Key; fn f(a: A) {}"),
            ("keys/a.rs", "use super::Key; pub struct A;"),
        ],
        // Through a contents page.
        [("keys/a/b.rs", "use crate::keys::c::C; pub struct B;"), ("keys/c.rs", "use super::a::b::B; pub struct C;")],
    ] {
        assert_eq!(cycles_in(&files).len(), 1, "{files:?}");
    }
}

#[test]
fn a_contents_page_a_name_alone_and_a_test_make_no_cycle() {
    for files in [
        [("keys/mod.rs", "mod a; mod b; pub use a::A; pub use b::B;"), ("keys/a.rs", "use super::B; pub struct A;")],
        [("keys/mod.rs", "mod a; pub struct Key;"), ("keys/a.rs", "use super::Key;")],
        [
            ("keys/a.rs", "use super::b::B; pub struct A;"),
            ("keys/b.rs", "#[cfg(test)] mod tests { use super::super::a::A; }"),
        ],
        [("keys/a.rs", "use super::b::B; pub struct A;"), ("keys/b_tests.rs", "use super::a::A; pub struct B;")],
        [("keys/a.rs", "use super::b::B; pub struct A;"), ("keys/b.rs", "use super::a; pub struct B;")],
    ] {
        assert_eq!(cycles_in(&files), Vec::<String>::new(), "{files:?}");
    }
}

#[test]
fn a_way_around_the_limits_of_a_function_is_found() {
    finds("proxy.rs", "fn f((a, b): (u8, u8)) {}", "`f` takes a tuple");
    finds("proxy.rs", "impl A { fn f(&self, pair: &(u8, u8)) {} }", "`f` takes a tuple");
    finds("proxy.rs", "trait A { fn f(&self, pair: (u8, u8)); }", "`f` takes a tuple");
    finds("proxy.rs", "fn f() {\n let (a, mut b) = (x.clone(), 1); }", "proxy.rs:2: a `let` of a tuple");
    finds(
        "proxy.rs",
        "fn f(method: Method) { let (method, account) = (rule.method, rule.account); }",
        "a `let` of a tuple",
    );
}

#[test]
fn a_retired_word_is_found() {
    finds("proxy.rs", "struct Asker;", "the glossary retired `Asker`; say Principal");
    finds("proxy.rs", "impl A { fn mint(&self) {} }", "retired `mint`; say issue_session");
    finds("proxy.rs", "fn way_in() {}", "retired `way_in`; say login_url");
    finds("proxy/gate.rs", "", "retired `gate`; say proxy");
}

#[test]
fn a_public_function_that_only_its_room_uses_is_found() {
    let unused = |outside: &str| {
        let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
        let room = "impl A {\npub fn a(&self) {} pub(super) fn b() {} #[cfg(test)] pub fn c() {} } pub struct A;";
        unused_outside(&[source("keys/a.rs", room), source("keys/b.rs", "fn f(a: A) { a.a() }")], &[outside.to_owned()])
    };
    assert_eq!(unused("fn f() { b() }").len(), 1);
    assert!(unused("")[0].starts_with("src/keys/a.rs:2: `a` is public and nothing outside `keys` names it"));
    assert_eq!(unused("fn f(x: A) { assert!(x.a()) }"), Vec::<String>::new());
}

#[test]
fn what_is_right_is_left_alone() {
    let text = "use crate::domain::x; use crate::login::y; fn f(on: bool) {}
        fn g(pairs: &[(u8, u8)]) -> (u8, u8) { let (a, b) = pair(); let (a, b) = (b, a); (a, b) }
        #[cfg(test)] mod tests { use super::*; use sqlx::Row; use toml::Value; pub fn g(on: bool) {} }";
    let findings = Source { path: "login/a.rs".to_owned(), text: text.to_owned() }.check();
    assert_eq!(findings, Vec::<String>::new());
}
