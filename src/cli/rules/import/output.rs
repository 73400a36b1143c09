//! Prints sites as TOML and findings as lines.

use std::fmt::Write as _;

use toml::Value;

use super::converted::{Conversion, ConvertedRule, ConvertedSite, Finding, Outcome};

/// The sites, to be put into the configuration.
pub(super) fn sites(sites: &[ConvertedSite]) -> String {
    let mut text = String::new();
    for site in sites {
        if !text.is_empty() {
            text.push('\n');
        }
        let _ = writeln!(text, "[[sites]]\nhost = {}", quoted(&site.host));
        match &site.upstream {
            Some(upstream) => _ = writeln!(text, "upstream = [{}]", quoted(upstream)),
            None => text.push_str("upstream = [\"http://127.0.0.1:3000\"]  # write the address of the app\n"),
        }
        for rule in &site.rules {
            add_rule(&mut text, rule);
        }
    }
    text
}

fn add_rule(text: &mut String, rule: &ConvertedRule) {
    // A comment is one line, whatever a name in the file holds.
    let comment: String = rule.comment.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let _ = writeln!(text, "\n[[sites.rules]]  # {comment}");
    if let Some(path) = &rule.path_regex {
        let _ = writeln!(text, "path_regex = {}", quoted(path));
    }
    let lists = [
        ("methods", &rule.methods),
        ("networks", &rule.networks),
        ("groups", &rule.groups),
        ("accounts", &rule.accounts),
    ];
    for (key, values) in lists.into_iter().filter(|(_, values)| !values.is_empty()) {
        let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
        let _ = writeln!(text, "{key} = [{}]", values.join(", "));
    }
    let _ = writeln!(text, "require = {}", quoted(rule.require.word()));
}

fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

/// A line for each finding.
pub(super) fn findings(conversion: &Conversion) -> Vec<String> {
    conversion.findings.iter().map(line).collect()
}

fn line(finding: &Finding) -> String {
    let subject = &finding.subject;
    match &finding.outcome {
        Outcome::Converted(how) => format!("{subject}: converted: {how}"),
        Outcome::Rejected(why) => format!("{subject}: refused: {why}"),
        Outcome::Note(what) => format!("{subject}: note: {what}"),
    }
}
