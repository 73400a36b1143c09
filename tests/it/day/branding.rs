//! The operator's logo, colours, styles and links.

use crate::gateway::{Gateway, Setup};
use crate::visitor::{LOGIN, Request};

const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
const STYLE: &str = ".card { border-radius: 0; }\n";

#[tokio::test(flavor = "multi_thread")]
async fn pages_show_the_logo_the_colours_and_the_links_of_the_operator() {
    let portal = "name = \"Our house\"\nlogo = \"DIR/logo.svg\"\naccent = \"#7a1f5c\"\naccent_dark = \"#f0a0d0\"\n\
        style = \"DIR/own.css\"\n[[portal.links]]\ntext = \"Imprint & <contact>\"\n\
        url = \"https://example.com/imprint?a=1&b=2\"\n";
    let files = vec![("logo.svg", LOGO.to_owned()), ("own.css", STYLE.to_owned())];
    let gateway = Gateway::with(Setup { portal: portal.to_owned(), files, ..Setup::default() }).await;
    let mut visitor = gateway.visitor();
    let page = visitor.get(LOGIN).await.text();
    let logo = page.split("<img src=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let found = visitor.get(&logo).await;
    assert_eq!((found.status, found.header("content-type"), found.text().as_str()), (200, Some("image/svg+xml"), LOGO));
    assert!(found.header("content-security-policy").unwrap().starts_with("default-src 'none'"), "{found:?}");
    let styles: Vec<&str> =
        page.split("rel=\"stylesheet\" href=\"").skip(1).map(|part| part.split('"').next().unwrap()).collect();
    assert_eq!(styles.len(), 2, "ours and theirs: {page}");
    let own = visitor.get(styles[1]).await;
    assert_eq!(
        own.text(),
        format!(
            ":root {{ --accent: #7a1f5c; --accent-strong: #7a1f5c; --on-accent: #ffffff; }}\n\
             @media (prefers-color-scheme: dark) {{\n:root {{ --accent: #f0a0d0; --accent-strong: #f0a0d0; \
             --on-accent: #000000; }}\n}}\n{STYLE}"
        )
    );
    assert!(
        page.contains("<a href=\"https://example.com/imprint?a=1&#38;b=2\">Imprint &#38; &#60;contact&#62;</a>"),
        "{page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_hold_the_operators_own_html_at_its_places_and_in_its_language() {
    let files = vec![
        ("header.html", "<p>Systems of the house</p>".to_owned()),
        ("footer.html", "<p>Call <a href=\"tel:+15005550100\">the desk</a></p>".to_owned()),
        ("login.html", "<p>Use your house account.<br/>&lt;b&gt;</p>".to_owned()),
        ("login.de.html", "<p>Mit dem Hauskonto.</p>".to_owned()),
        ("error.html", "<p>Ask the desk.</p>".to_owned()),
        ("notes.txt", "not a template".to_owned()),
    ];
    let gateway = Gateway::with(Setup { portal: "templates = \"DIR\"".to_owned(), files, ..Setup::default() }).await;
    let mut visitor = gateway.visitor();
    let page = visitor.get(LOGIN).await.text();
    for html in [
        "<div class=\"own\"><p>Systems of the house</p></div>",
        "<div class=\"own\"><p>Call <a href=\"tel:+15005550100\">the desk</a></p></div>",
        "<div class=\"own\"><p>Use your house account.<br>&lt;b&gt;</p></div>",
    ] {
        assert_eq!(page.matches(html).count(), 1, "{html}: {page}");
    }
    assert!(!page.contains("Ask the desk"), "{page}");
    let page = visitor.get("/portcullis/nowhere").await.text();
    assert!(page.contains("<p>Ask the desk.</p>") && !page.contains("house account"), "{page}");
    let page = visitor.send(Request::get(LOGIN).header("Accept-Language", "de")).await.text();
    assert!(page.contains("<p>Mit dem Hauskonto.</p>") && page.contains("<p>Systems of the house</p>"), "{page}");
}
