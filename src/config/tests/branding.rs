//! `portal.logo`, `portal.accent`, `portal.style` and `portal.links`.

use super::mistakes_beside;

fn with(portal: &str) -> Vec<String> {
    mistakes_beside(&format!("[portal]\n{portal}"))
}

#[test]
fn a_colour_that_cannot_be_read_on_the_page_is_refused_with_its_contrast() {
    for (key, colour, contrast) in [("accent", "#63cbb5", "2.0"), ("accent_dark", "#0b6a5a", "2.5")] {
        let lines = with(&format!("{key} = \"{colour}\"\n"));
        let [line] = lines.as_slice() else { panic!("{lines:?}") };
        let what = format!("`{colour}` has a contrast of {contrast} to the page; choose a colour with at least 4.5");
        assert!(line.starts_with(&format!("portal.{key} (")) && line.contains(&what), "{line}");
    }
}

#[test]
fn a_file_that_cannot_be_shown_is_named_with_its_key() {
    let missing = "name a readable file";
    for (written, says) in [
        ("logo = \"nowhere.svg\"\n", format!("`nowhere.svg` cannot be read: no such file; {missing}")),
        ("style = \"nowhere.css\"\n", format!("`nowhere.css` cannot be read: no such file; {missing}")),
        (
            "logo = \"logo.tiff\"\n",
            "`logo.tiff` is not an image; name a file that ends in .svg, .png, .webp, .jpg, .gif, .ico".to_owned(),
        ),
        (
            "links = [{ text = \"Help\" }]\n",
            "missing; write where the link leads, such as `https://example.com/imprint`".to_owned(),
        ),
        (
            "links = [{ text = \"Help\", url = \"javascript:alert(1)\" }]\n",
            "`javascript:alert(1)` is not a URL for a link; write an http, https or mailto URL".to_owned(),
        ),
    ] {
        let lines = with(written);
        let [line] = lines.as_slice() else { panic!("{written}: {lines:?}") };
        assert!(line.ends_with(&says), "{written}: {line}");
    }
}
