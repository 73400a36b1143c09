//! What an attacker tried before a release and got away with once.

use crate::house::House;
use crate::visitor::Request;

/// lighttpd and others turn every byte of a field name that is no letter or digit into `_` for CGI: `Remote~User` is
/// `HTTP_REMOTE_USER` there.
#[tokio::test(flavor = "multi_thread")]
async fn no_spelling_with_another_mark_tells_the_site_who_asks() {
    let house = House::start().await;
    let mut visitor = house.ada().await;
    for mark in "!#$%&'*+^`|~".chars() {
        for name in ["Remote-User", "Remote-Groups", "X-Forwarded-For", "X-Real-IP", "Transfer-Encoding"] {
            let spelled = name.replace('-', &mark.to_string());
            let answer = visitor.send(Request::get("/").header(&spelled, "eve")).await;
            assert_eq!(answer.status, 200, "{spelled}: {answer:?}");
            let seen = house.backend.last().await;
            assert!(seen.headers_named(&spelled.to_lowercase()).is_empty(), "{spelled} reached the site");
        }
    }
}
