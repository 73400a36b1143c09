//! Pages and messages in the visitor's language.

use crate::house::House;
use crate::visitor::{LOGIN, Request};

#[tokio::test(flavor = "multi_thread")]
async fn a_page_says_which_language_it_is_in_whatever_a_browser_asks_for() {
    let house = House::start().await;
    for asked in ["en-GB", "tlh", "", "*;q=0.5", "en;q=0", "\u{1f600}", &"x,".repeat(3000)] {
        let answer = house.visitor().send(Request::get(LOGIN).header("Accept-Language", asked)).await;
        assert_eq!(answer.status, 200, "{asked}");
        assert!(answer.text().contains("<html lang=\"en\" dir=\"ltr\">"), "{asked}: {answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_switch_of_languages_leads_back_to_this_host_alone() {
    let house = House::start().await;
    let mut visitor = house.visitor();
    let answer = visitor.get("/portcullis/language?to=en&rd=%2Fportcullis%2Flogin%3Frd%3D%252Fa").await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/portcullis/login?rd=%2Fa")), "{answer:?}");
    assert_eq!(visitor.jar.get("portcullis-language").map(String::as_str), Some("en"));
    let answer = visitor.get("/portcullis/language?to=en&rd=https%3A%2F%2Fevil.example%2F").await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/")), "{answer:?}");
    assert_eq!(visitor.get("/portcullis/language?to=xx&rd=%2F").await.status, 400);
}
