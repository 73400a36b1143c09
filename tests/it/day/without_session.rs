//! Requests that browsers send without the session by design.

use crate::gateway::{Gateway, Setup};
use crate::visitor::Request;

/// The rules that `docs/rules.md` gives for them.
fn documented() -> String {
    let document = include_str!("../../../docs/rules.md");
    let (_, section) = document.split_once("## Requests without the session").unwrap();
    let example = section.split("```toml\n").nth(1).unwrap().split("\n```").next().unwrap();
    example.split_once("[[sites.rules]]").map(|(_, rules)| format!("[[sites.rules]]{rules}\n")).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_documented_rules_let_them_pass_and_nothing_else() {
    let gateway = Gateway::with(Setup { site: documented(), ..Setup::default() }).await;
    let visitor = gateway.visitor();
    let foreign =
        |request: Request| request.bare().header("Origin", "https://idp.example").header("Accept", "text/html");
    for (request, status) in [
        (foreign(Request::post("/saml/acs", &[("SAMLResponse", "x")])), 200),
        (foreign(Request::get("/manifest.json")), 200),
        (foreign(Request::get("/icons/icon-192.png")), 200),
        (foreign(Request::new("OPTIONS", "/api/items")), 200),
        (foreign(Request::get("/saml/acs")), 302),
        (foreign(Request::post("/saml/other", &[("SAMLResponse", "x")])), 303),
        (foreign(Request::get("/manifestxjson")), 302),
        (foreign(Request::get("/icons/../secret.png")), 400),
        (foreign(Request::get("/api/items")), 302),
    ] {
        let answer = visitor.clone().send(request.clone()).await;
        assert_eq!(answer.status, status, "{} {}: {answer:?}", request.method, request.target);
    }
}
