//! The kinds of fenced blocks, and what is true of each.
//!
//! `toml` of ours: `configurations`. `console`: `commands`. `text`, what a program of ours prints: `messages`. All others
//! are files of other programs: those of `config/` are included or quoted word for word, and those of apps are read as
//! far as something here can read them. Where the tests run the app, its settings are those of the test.

use std::path::Path;

use yaml_rust2::YamlLoader;

use super::page::{Block, Page};
use super::{all_files, pages, read};

/// Files of other programs, by the language behind the fence.
const FOREIGN: [&str; 14] = [
    "apache",
    "caddyfile",
    "dockerfile",
    "haproxy",
    "ini",
    "js",
    "lua",
    "nginx",
    "php",
    "properties",
    "python",
    "sh",
    "systemd",
    "yaml",
];

/// Settings of apps that the tests run, by section and language, and the test that writes them.
const TESTED: [(&str, &str, &str); 5] = [
    ("JupyterLab", "python", "tests/it/programs/jupyter.rs"),
    ("Node-RED", "js", "tests/it/programs/node_red.rs"),
    ("Radicale", "ini", "tests/it/identity_headers_radicale.rs"),
    ("Streamlit", "toml", "tests/it/programs/streamlit.rs"),
    ("Verdaccio", "yaml", "tests/it/programs/npm.rs"),
];

/// Whether a block of TOML is a file of Portcullis. One of another program begins with the name of that file.
pub fn is_ours(block: &Block) -> bool {
    let name = block.text.lines().next().and_then(|line| line.strip_prefix("# ")).map(Path::new);
    let foreign = name.filter(|name| name.extension().is_some_and(|ending| ending == "toml"));
    block.kind == "toml" && foreign.is_none_or(|name| name.ends_with("portcullis.toml"))
}

fn is_included(block: &Block) -> bool {
    block.text.trim().starts_with("{{#include ") && block.text.trim().ends_with("}}")
}

/// Whether a file of `config/` contains the block, word for word.
fn is_quoted(block: &Block) -> bool {
    all_files("config").iter().any(|name| read(name).contains(block.text.trim_end()))
}

/// Why the block is not one that something reads.
fn fault(page: &Page, block: &Block) -> Option<&'static str> {
    match block.kind.as_str() {
        "console" | "text" | "toml" if is_included(block) => None,
        "console" | "text" => None,
        "toml" if is_ours(block) || block.text.parse::<toml::Table>().is_ok() => None,
        "toml" => Some("is no TOML"),
        "yaml" if !is_included(block) && YamlLoader::load_from_str(&block.text).is_err() => Some("is no YAML"),
        kind if !FOREIGN.contains(&kind) => Some("is of a kind that no test knows: see tests/it/documents/blocks.rs"),
        _ if is_included(block) || page.name == "docs/apps.md" || is_quoted(block) => None,
        _ => Some("is no part of a file in config/, which the tests run: include it from there"),
    }
}

#[test]
fn every_block_is_of_a_kind_that_is_tested() {
    let pages = pages();
    let all = pages.iter().flat_map(|page| page.blocks.iter().map(move |block| (page, block)));
    let faults: Vec<String> = all
        .filter_map(|(page, block)| {
            let fault = fault(page, block)?;
            Some(format!("{}:{}: the block of {:?} {fault}", page.name, block.line, block.kind))
        })
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

/// The letters of a setting, without blanks and without the marks that languages write differently.
fn letters(text: &str) -> String {
    let text = text.replace("127.0.0.1:5232", "{address}").replace("jupyter.example.com", "app.localhost");
    text.replace("\\n", "").chars().filter(|letter| !letter.is_whitespace() && !"\"'\\{},".contains(*letter)).collect()
}

#[test]
fn the_settings_of_apps_that_the_tests_run_are_those_of_the_tests() {
    let text = read("docs/apps.md");
    for (section, kind, test) in TESTED {
        let (_, rest) = text.split_once(&format!("\n## {section}\n")).unwrap_or_else(|| panic!("no section {section}"));
        let section_text = rest.split("\n## ").next().expect("a section");
        let fence = format!("```{kind}\n");
        let page = section_text.split(&fence).skip(1);
        let blocks: Vec<&str> = page.filter_map(|block| block.split("\n```").next()).collect();
        let written = letters(&read(test));
        let foreign = blocks.iter().filter(|block| !block.contains("[[sites"));
        let lines: Vec<&str> = foreign
            .flat_map(|block| block.lines())
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with(['#', ';']) && !line.starts_with("//"))
            .filter(|line| !line.contains("npm.example.com"))
            .collect();
        assert!(!lines.is_empty(), "{section}: no block of {kind}");
        for line in lines {
            assert!(written.contains(&letters(line)), "{section}: {line:?} is not in {test}");
        }
    }
}

#[test]
fn the_versions_of_apps_that_are_called_checked_are_those_that_the_tests_install() {
    let lists = ["requirements.txt", "requirements-all.txt", "package.json"];
    let installed: String = lists.iter().map(|list| read(&format!("tests/peers/{list}"))).collect();
    let text = read("docs/apps.md");
    let cells = text.lines().filter(|line| line.starts_with("| [")).filter_map(|line| line.split(" | ").nth(2));
    let versions: Vec<&str> = cells
        .map(|cell| cell.trim_end_matches(" |"))
        .filter(|cell| cell.starts_with(|letter: char| letter.is_ascii_digit()))
        .collect();
    assert_eq!(versions.len(), 6, "{versions:?}");
    for version in versions {
        let pinned = [format!("=={version}\n"), format!(": \"{version}\"")];
        assert!(pinned.iter().any(|pin| installed.contains(pin)), "{version} is not what the tests install");
    }
}
