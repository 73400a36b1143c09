//! `portal.templates`.

use std::fs;

use super::mistakes_beside;

fn with(files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let path = folder.path().display().to_string();
    let lines = mistakes_beside(&format!("[portal]\ntemplates = \"{path}\"\n"));
    lines.into_iter().map(|line| line.replace(&path, "DIR")).collect()
}

#[test]
fn a_template_that_cannot_be_used_is_named_with_line_and_remedy() {
    let at = "portal.templates (portcullis.toml line 2): ";
    for (name, text, says) in [
        (
            "login.html",
            "<p>a</p>\n<script>x</script>",
            "`DIR/login.html` line 2: `<script>` is not allowed; use only `a`, `abbr`, `b`, `br`, `code`, `dd`, `details`, \
             `div`, `dl`, `dt`, `em`, `h2`, `h3`, `hr`, `i`, `img`, `kbd`, `li`, `ol`, `p`, `small`, `span`, `strong`, \
             `summary`, `ul`",
        ),
        (
            "signin.html",
            "<p>a</p>",
            "`DIR/signin.html` is at no place of our pages; name it after one of header, footer, login, code, account, \
             error, with a language if it is for that one alone, such as `login.de.html`",
        ),
        (
            "login.xx.html",
            "<p>a</p>",
            "`DIR/login.xx.html` is at no place of our pages; name it after one of header, footer, login, code, account, \
             error, with a language if it is for that one alone, such as `login.de.html`",
        ),
        ("code.html", "", "`DIR/code.html` is empty; name another file"),
    ] {
        assert_eq!(with(&[(name, text)]), [format!("{at}{says}")], "{name}");
    }
    assert_eq!(with(&[("login.html", "<p>a</p>"), ("login.html~", "<script>"), (".login.html.swp", "x")]), [""; 0]);
}

#[test]
fn a_folder_that_is_not_there_is_a_mistake() {
    assert_eq!(
        mistakes_beside("[portal]\ntemplates = \"nowhere\"\n"),
        ["portal.templates (portcullis.toml line 2): `nowhere` cannot be read: no such file; name a readable folder"]
    );
}
