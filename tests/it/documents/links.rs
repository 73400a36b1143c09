//! Every document has its place in the book, and every link in it leads somewhere.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use super::page::Page;
use super::{all_files, files, pages, read, root};

/// The contents of the book.
const SUMMARY: &str = "docs/SUMMARY.md";

/// Larger pictures make the repository heavy.
const LARGEST_PICTURE: u64 = 60 * 1024;

/// `a/b/../c` as `a/c`; nothing above the root.
fn joined(folder: &Path, target: &str) -> PathBuf {
    let mut path = PathBuf::new();
    for part in folder.join(target).components() {
        match part {
            Component::ParentDir => assert!(path.pop(), "{target} leads out of the repository"),
            Component::Normal(name) => path.push(name),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    path
}

/// What is wrong with a link of a document, if anything.
fn fault(page: &Page, target: &str, all: &[Page]) -> Option<String> {
    if target.starts_with("https://") {
        return None;
    }
    if target.contains("://") {
        return Some("neither https nor a file of the repository".to_owned());
    }
    let (file, anchor) = target.split_once('#').map_or((target, None), |(file, anchor)| (file, Some(anchor)));
    let own = Path::new(&page.name);
    let path = if file.is_empty() { own.to_owned() } else { joined(own.parent().expect("a folder"), file) };
    if !root().join(&path).exists() {
        return Some(format!("there is no {}", path.display()));
    }
    // The site holds the folder of the book and nothing above it.
    if page.name.starts_with("docs/") && !path.starts_with("docs") {
        return Some("leads out of the book".to_owned());
    }
    let anchor = anchor?;
    let named = all.iter().find(|page| Path::new(&page.name) == path);
    let found = named.is_some_and(|page| page.anchors().iter().any(|known| known == anchor));
    (!found).then(|| format!("no heading of {} is called #{anchor}", path.display()))
}

#[test]
fn every_link_and_every_anchor_in_the_documents_leads_somewhere() {
    let pages = pages();
    let mut faults = Vec::new();
    for page in &pages {
        for link in page.links() {
            let fault = fault(page, &link.target, &pages);
            faults.extend(fault.map(|fault| format!("{}:{}: {}: {fault}", page.name, link.line, link.target)));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_document_has_its_place_in_the_book_once() {
    let listed: Vec<String> =
        Page::read(SUMMARY).links().into_iter().map(|link| format!("docs/{}", link.target)).collect();
    let once: BTreeSet<&String> = listed.iter().collect();
    assert_eq!(once.len(), listed.len(), "a document is listed twice: {listed:?}");
    let there: BTreeSet<String> = files("docs", &["md"]).into_iter().filter(|name| name != SUMMARY).collect();
    assert_eq!(listed.iter().cloned().collect::<BTreeSet<_>>(), there, "{SUMMARY} and docs/*.md");
}

#[test]
fn every_picture_is_shown_small_and_described() {
    let mut shown = BTreeSet::new();
    for page in pages() {
        let folder = Path::new(&page.name).parent().expect("a folder").to_owned();
        shown.extend(page.links().into_iter().filter(|link| link.is_image).map(|link| joined(&folder, &link.target)));
        assert!(page.prose().all(|line| !line.contains("![]")), "{}: a picture without a text in its place", page.name);
    }
    let there: BTreeSet<PathBuf> =
        files("docs", &["png", "svg", "webp", "jpg"]).into_iter().map(PathBuf::from).collect();
    assert_eq!(shown, there, "pictures that are shown, and pictures that are there");
    for picture in there {
        let size = root().join(&picture).metadata().expect("a file").len();
        assert!(size <= LARGEST_PICTURE, "{}: {size} bytes; at most {LARGEST_PICTURE}", picture.display());
    }
}

#[test]
fn what_a_document_includes_is_there_and_no_file_for_a_proxy_is_left_out() {
    let mut included = BTreeSet::new();
    for page in pages() {
        for block in &page.blocks {
            for piece in block.text.split("{{#include ").skip(1) {
                let file = piece.split("}}").next().expect("an end");
                let path = joined(Path::new(&page.name).parent().expect("a folder"), file);
                assert!(root().join(&path).is_file(), "{}:{}: there is no {}", page.name, block.line, path.display());
                included.insert(path);
            }
        }
    }
    // A folder for a proxy has a configuration of ours in it; the package for Debian has one too.
    let all: Vec<PathBuf> = all_files("config").into_iter().map(PathBuf::from).collect();
    let of_a_proxy = |file: &&PathBuf| {
        file.parent().is_some_and(|folder| all.contains(&folder.join("portcullis.toml")) && !folder.ends_with("deb"))
    };
    let left: Vec<&PathBuf> = all.iter().filter(of_a_proxy).filter(|file| !included.contains(*file)).collect();
    assert!(left.is_empty() && included.len() > 15, "docs/files.md does not show {left:?}");
}

#[test]
fn the_book_is_searchable_and_loads_nothing_from_elsewhere() {
    let settings = read("docs/book.toml");
    for line in ["language = \"en\"", "src = \".\"", "build-dir = \"../target/book\""] {
        assert!(settings.lines().any(|written| written == line), "{line}");
    }
    let forbidden = ["http:", "https:", "mathjax", "additional-js", "enable = false"];
    for word in forbidden {
        assert!(!settings.to_lowercase().contains(word), "{word}");
    }
}
