//! `sites.cors_origins`.

use super::mistakes_beside;

fn told(origin: &str) -> String {
    let site = format!("[[sites]]\nhost = \"a.test\"\nupstream = [\"http://a\"]\ncors_origins = [\"{origin}\"]\n");
    mistakes_beside(&site).pop().unwrap()
}

#[test]
fn an_origin_that_may_read_refusals_is_named_exactly() {
    for origin in ["*", "null"] {
        assert_eq!(
            told(origin),
            format!(
                "sites[0].cors_origins[0] (portcullis.toml line 4): `{origin}` would let every page on the web read \
                 what the site answers to its visitor; name each origin, such as `https://panel.example.com`"
            )
        );
    }
    assert_eq!(
        told("https://panel.example.com/x"),
        "sites[0].cors_origins[0] (portcullis.toml line 4): a URL with a path; write only scheme, host and port, such \
         as `https://panel.example.com`"
    );
}
