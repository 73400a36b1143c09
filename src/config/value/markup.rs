//! The operator's own HTML on our pages: a strict subset, checked element by element.
//!
//! It is read as XML, which has one way to be read and says where it is wrong, and written again as HTML. Forms, scripts,
//! frames and styles are refused: the pages ask for passwords and codes, and their content security policy would block
//! most of it in silence.

use roxmltree::{Attribute, Document, Node};
use url::Url;

/// Checked HTML, ready to stand inside a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::config) struct Markup(pub(in crate::config) String);

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::config) struct MarkupFault {
    /// Counted from 1.
    pub(in crate::config) line: u32,
    pub(in crate::config) what: String,
    pub(in crate::config) remedy: String,
}

/// Elements without content (HTML §13.1.2).
const VOID: [&str; 3] = ["br", "hr", "img"];

const ELEMENTS: [&str; 25] = [
    "a", "abbr", "b", "br", "code", "dd", "details", "div", "dl", "dt", "em", "h2", "h3", "hr", "i", "img", "kbd",
    "li", "ol", "p", "small", "span", "strong", "summary", "ul",
];

/// Attributes of every element. An `id` could be one of ours.
const ATTRIBUTES: [&str; 4] = ["class", "dir", "lang", "title"];

/// Attributes of one element.
const OWN_ATTRIBUTES: [(&str, &[&str]); 2] =
    [("a", &["href", "hreflang", "rel", "target"]), ("img", &["alt", "height", "src", "width"])];

/// The element that the text is put into to be read. It stands on the first line, so lines keep their numbers.
const ROOT: &str = "markup";

impl Markup {
    /// Reads and checks a fragment of HTML.
    pub(in crate::config) fn read(text: &str) -> Result<Self, MarkupFault> {
        let whole = format!("<{ROOT}>{text}</{ROOT}>");
        let document = Document::parse(&whole).map_err(|error| MarkupFault {
            line: error.pos().row,
            what: format!("not well-formed: {error}"),
            remedy: "close every element, put attributes in quotes, write `&amp;` for `&` and `&#160;` for a \
                     non-breaking space"
                .to_owned(),
        })?;
        let mut html = String::with_capacity(text.len());
        for child in document.root_element().children() {
            write(child, &mut html)?;
        }
        Ok(Self(html.trim().to_owned()))
    }
}

fn write(node: Node<'_, '_>, html: &mut String) -> Result<(), MarkupFault> {
    if node.is_text() {
        escape(node.text().unwrap_or_default(), html);
    }
    if node.is_pi() {
        return Err(fault(node, "a processing instruction".to_owned(), "remove it".to_owned()));
    }
    if !node.is_element() {
        return Ok(());
    }
    let name = node.tag_name().name();
    if node.tag_name().namespace().is_some() || !ELEMENTS.contains(&name) {
        return Err(fault(node, format!("`<{name}>` is not allowed"), format!("use only {}", words(&ELEMENTS))));
    }
    html.push('<');
    html.push_str(name);
    for attribute in node.attributes() {
        check(node, attribute)?;
        html.push(' ');
        html.push_str(attribute.name());
        html.push_str("=\"");
        escape(attribute.value(), html);
        html.push('"');
    }
    html.push('>');
    if name == "img" && node.attribute("alt").is_none() {
        let remedy = "describe it for people who do not see it; `alt=\"\"` if it is decoration (WCAG 1.1.1)";
        return Err(fault(node, "an image without `alt`".to_owned(), remedy.to_owned()));
    }
    for child in node.children() {
        write(child, html)?;
    }
    if !VOID.contains(&name) {
        html.push_str("</");
        html.push_str(name);
        html.push('>');
    }
    Ok(())
}

fn check(node: Node<'_, '_>, attribute: Attribute<'_, '_>) -> Result<(), MarkupFault> {
    let element = node.tag_name().name();
    let name = attribute.name();
    let value = attribute.value();
    let own = OWN_ATTRIBUTES.iter().find(|(of, _)| *of == element).map_or(&[][..], |(_, own)| own);
    if attribute.namespace().is_some() || !(ATTRIBUTES.contains(&name) || own.contains(&name)) {
        let allowed: Vec<&str> = ATTRIBUTES.iter().chain(own).copied().collect();
        let what = format!("`{name}` is not allowed on `<{element}>`");
        return Err(fault(node, what, format!("use only {}", words(&allowed))));
    }
    if name == "href" && !is_link(value) {
        let remedy = "write an http, https, mailto or tel URL, or a path that starts with `/`";
        return Err(fault(node, "a link that leads elsewhere".to_owned(), remedy.to_owned()));
    }
    if name == "src" && !value.starts_with("data:image/") {
        let remedy = "write the image itself, as `data:image/png;base64,…`; pages load nothing from elsewhere";
        return Err(fault(node, "an image from elsewhere".to_owned(), remedy.to_owned()));
    }
    Ok(())
}

fn is_link(value: &str) -> bool {
    let here = value.starts_with('/') && !value.starts_with("//") && !value.contains('\\');
    here || Url::parse(value).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "mailto" | "tel"))
}

fn fault(node: Node<'_, '_>, what: String, remedy: String) -> MarkupFault {
    MarkupFault { line: node.document().text_pos_at(node.range().start).row, what, remedy }
}

fn words(list: &[&str]) -> String {
    format!("`{}`", list.join("`, `"))
}

/// Writes text so that it is text in an element and in a quoted attribute.
fn escape(text: &str, html: &mut String) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            other => html.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        Markup::read(text).map_or_else(|fault| panic!("{fault:?}"), |markup| markup.0)
    }

    fn refused(text: &str) -> (u32, String) {
        let fault = Markup::read(text).expect_err(text);
        (fault.line, fault.what)
    }

    #[test]
    fn what_is_allowed_is_written_as_html() {
        let text = "<!-- note -->\n<p class='hint'>A &amp; B<br/>C &lt;D&gt; <a href=\"https://example.com/?a=1&amp;b\">E</a></p><div/>\n";
        let html = "<p class=\"hint\">A &amp; B<br>C &lt;D&gt; <a href=\"https://example.com/?a=1&amp;b\">E</a></p><div></div>";
        assert_eq!(read(text), html);
        assert_eq!(read(&html.replace("<br>", "<br/>")), html, "what was written is read again");
    }

    #[test]
    fn what_could_ask_run_or_load_is_refused_with_its_line() {
        for (text, line, what) in [
            ("<script>x</script>", 1, "`<script>` is not allowed"),
            ("<p>a</p>\n<form/>", 2, "`<form>` is not allowed"),
            ("<input/>", 1, "`<input>` is not allowed"),
            ("<P>a</P>", 1, "`<P>` is not allowed"),
            ("<svg xmlns='http://www.w3.org/2000/svg'/>", 1, "`<svg>` is not allowed"),
            ("<p onclick='x'>a</p>", 1, "`onclick` is not allowed on `<p>`"),
            ("<p style='x'>a</p>", 1, "`style` is not allowed on `<p>`"),
            ("<p id='csrf'>a</p>", 1, "`id` is not allowed on `<p>`"),
            ("<p href='/'>a</p>", 1, "`href` is not allowed on `<p>`"),
            ("<a href='javascript:x'>a</a>", 1, "a link that leads elsewhere"),
            ("<a href=' javascript:x'>a</a>", 1, "a link that leads elsewhere"),
            ("<a href='//evil.test/'>a</a>", 1, "a link that leads elsewhere"),
            ("<a href='/\\evil.test/'>a</a>", 1, "a link that leads elsewhere"),
            ("<img src='data:image/png;base64,x'/>", 1, "an image without `alt`"),
            ("<img src='https://example.com/x.png' alt=''/>", 1, "an image from elsewhere"),
            ("<?php x ?>", 1, "a processing instruction"),
        ] {
            assert_eq!(refused(text), (line, what.to_owned()), "{text}");
        }
        for text in ["<p>a", "a & b", "<p class=x>a</p>", "</markup><script/><markup>", "&nbsp;", "<br>"] {
            assert!(refused(text).1.starts_with("not well-formed: "), "{text}");
        }
    }
}
