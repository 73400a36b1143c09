//! "Your apps" on the account page.

use crate::gateway::{Gateway, Setup};
use crate::hosts::{setup, signed_in};

const SITES: &str = "[[sites]]\nhost = \"wiki.localhost\"\nname = \"The wiki\"\nupstream = [\"http://SITE\"]\n\
    [[sites]]\nhost = \"staff.localhost\"\nupstream = [\"http://SITE\"]\n\
    [[sites.rules]]\npath = \"/**\"\ngroups = [\"staff\"]\nrequire = \"two_factor\"\n\
    [[sites]]\nhost = \"*.below.localhost\"\nupstream = [\"http://SITE\"]\n";

#[tokio::test(flavor = "multi_thread")]
async fn the_portal_lists_the_sites_that_the_person_may_open_and_no_others() {
    let gateway = Gateway::with(Setup { more: SITES.to_owned(), ..setup() }).await;
    let mut browser = signed_in(&gateway).await;
    let page = browser.portal.get("/portcullis/").await;
    let text = page.text();
    let list = text.split("<ul class=\"apps\"").nth(1).unwrap().split("</ul>").next().unwrap();
    for part in ["href=\"http://app.localhost/\"", "href=\"http://wiki.localhost/\"", "The wiki"] {
        assert!(list.contains(part), "{part} is missing: {list}");
    }
    assert_eq!(list.matches("<li>").count(), 2, "neither the staff's nor the one with many hosts: {list}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_site_alone_needs_no_list() {
    let gateway = Gateway::start().await;
    let page = gateway.ada().await.get("/portcullis/").await;
    assert!(page.text().contains("Go to ") && !page.text().contains("Your apps"), "{page:?}");
}
