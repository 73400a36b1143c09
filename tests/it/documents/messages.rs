//! What the documents quote of our programs and pages is what these say.
//!
//! Quoted are the headings of the chapter on troubleshooting, and every block of `text`. A value that differs from case to
//! case is written `…`, in the documents and, for the comparison, in the sources.

use super::page::Page;
use super::{files, pages, read};

const CHAPTER: &str = "docs/troubleshooting.md";

/// Fewer would not be a chapter.
const AT_LEAST: usize = 30;

/// A source as one line: continued strings joined, quotes plain, what is put in as `…`.
fn flattened(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    // A backslash at the end of a line joins it with the next one.
    while let Some((before, after)) = rest.split_once("\\\n") {
        plain.push_str(before);
        rest = after.trim_start();
    }
    plain.push_str(rest);
    let plain = plain.replace("\\\"", "\"").replace("\\n", " ");
    let mut out = String::new();
    let mut rest = plain.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        match after.split_once('}') {
            Some((name, after)) if name.len() <= 40 && !name.contains('\n') => {
                out.push('…');
                rest = after;
            }
            Some(_) | None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sources() -> Vec<String> {
    let mut names = files("src", &["rs"]);
    names.retain(|name| !name.contains("/tests/") && !name.ends_with("/tests.rs"));
    names.extend(files("static/locales/en", &["ftl"]));
    names.iter().map(|name| flattened(&read(name))).collect()
}

/// The text between the backquotes of a heading that is nothing else.
fn quoted(title: &str) -> Option<&str> {
    title.strip_prefix('`')?.strip_suffix('`').filter(|text| !text.contains('`'))
}

#[test]
fn every_message_in_the_chapter_on_troubleshooting_exists() {
    let sources = sources();
    let page = Page::read(CHAPTER);
    let headings = page.headings();
    let entries: Vec<&String> = headings.iter().filter(|(level, _)| *level == 3).map(|(_, title)| title).collect();
    assert!(entries.len() >= AT_LEAST, "{} entries", entries.len());
    for entry in entries {
        // Backquotes of a message stand doubled around it: `` `x` is wrong ``.
        let inner = entry.strip_prefix("`` ").and_then(|rest| rest.strip_suffix(" ``")).or_else(|| quoted(entry));
        let message = inner.unwrap_or_else(|| panic!("{CHAPTER}: {entry} is no message in backquotes"));
        assert!(sources.iter().any(|source| source.contains(message)), "{CHAPTER}: nothing says: {message}");
    }
}

#[test]
fn what_the_documents_show_of_a_programs_output_is_what_it_prints() {
    let sources = sources();
    for page in pages() {
        for block in page.blocks.iter().filter(|block| block.kind == "text") {
            for line in block.text.lines().map(str::trim).filter(|line| !line.is_empty()) {
                let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
                let found = sources.iter().any(|source| source.contains(&line));
                assert!(found, "{}:{}: nothing prints: {line}", page.name, block.line);
            }
        }
    }
}

#[test]
fn strings_that_go_on_in_the_next_line_and_values_are_compared() {
    assert_eq!(flattened("\"one \\\n    two {name:?} \\\"three\\\"\""), "\"one two … \"three\"\"");
}
