//! The operator's logo, colours, styles and links.

use crate::gateway::{Gateway, Setup};
use crate::visitor::LOGIN;

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
