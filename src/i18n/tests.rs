//! What every language must bring.

use std::collections::BTreeSet;

use fluent_bundle::FluentResource;

use super::catalogue::Catalogue;
use super::factor_pages::{FactorsTexts, ProofTexts};
use super::messages::{origin_line, sms_text};
use super::pages::{
    AccountTexts, CodeTexts, CommonTexts, ConfirmTexts, ConsentTexts, FramedTexts, LoginTexts, LogoutTexts,
    ProblemKind, ProblemTexts, UnsentTexts,
};
use super::segments::{Segments, SmsAlphabet};
use super::text_group::key;
use super::texts::Texts;
use crate::domain::language::Language;

fn page_texts() -> Vec<(String, Vec<&'static str>)> {
    let groups = [
        CommonTexts::LIST,
        LoginTexts::LIST,
        CodeTexts::LIST,
        ProofTexts::LIST,
        FactorsTexts::LIST,
        ConfirmTexts::LIST,
        AccountTexts::LIST,
        ConsentTexts::LIST,
        LogoutTexts::LIST,
        UnsentTexts::LIST,
        FramedTexts::LIST,
        ProblemTexts::LIST,
    ];
    let named = groups.into_iter().flatten().map(|(group, name, gaps)| (key(group, name), gaps.to_vec()));
    let problems = ProblemKind::ALL.into_iter().flat_map(ProblemKind::keys).map(|key| (key, Vec::new()));
    named.chain(problems).collect()
}

#[test]
fn every_language_has_every_text_and_fills_every_gap() {
    for language in Language::ALL {
        for (key, gaps) in page_texts() {
            let values: Vec<_> = gaps.iter().map(|gap| (*gap, format!("<{gap}>").into())).collect();
            let text =
                Catalogue::of(language).page_text(&key, &values).unwrap_or_else(|| panic!("{language:?}: {key}"));
            assert!(!text.trim().is_empty(), "{language:?}: {key}");
            // A number chooses a plural form and a month its name; every other value is shown.
            for gap in gaps.iter().filter(|gap| !matches!(**gap, "count" | "month")) {
                assert!(text.contains(&format!("<{gap}>")), "{language:?}: {key} leaves out {gap}: {text}");
            }
        }
    }
}

#[test]
fn no_language_has_a_text_that_nothing_shows() {
    let known: BTreeSet<String> = page_texts().into_iter().map(|(key, _)| key).collect();
    for language in Language::ALL {
        let path = format!("{}/static/locales/{}/pages.ftl", env!("CARGO_MANIFEST_DIR"), language.tag());
        let source = std::fs::read_to_string(path).unwrap();
        let resource = FluentResource::try_new(source).unwrap_or_else(|(_, errors)| panic!("{language:?}: {errors:?}"));
        let written: BTreeSet<String> = resource.entries().filter_map(message_key).collect();
        assert_eq!(written, known, "{language:?}");
    }
}

fn message_key(entry: &fluent_syntax::ast::Entry<&str>) -> Option<String> {
    if let fluent_syntax::ast::Entry::Message(message) = entry { Some(message.id.name.to_owned()) } else { None }
}

#[test]
fn an_sms_in_every_language_has_the_segments_that_the_documents_say() {
    for language in Language::ALL {
        let line = origin_line(Some("sign-in.example-company.com")).unwrap();
        let text = format!("{}\n\n{line}", sms_text(language, "Example Company")).replace("{code}", "123456");
        let Segments { alphabet, count, .. } = Segments::of(&text);
        let expected = if alphabet == SmsAlphabet::Gsm { 1 } else { 2 };
        assert_eq!(count, expected, "{language:?}: {text}");
    }
}

#[test]
fn a_wait_is_rounded_up_to_a_unit_that_people_think_in() {
    let common = Texts::of(Language::English).common;
    let said = |millis| common.duration(std::time::Duration::from_millis(millis));
    assert_eq!(said(0), "1 second");
    assert_eq!(said(1001), "2 seconds");
    assert_eq!(said(90_000), "90 seconds");
    assert_eq!(said(90_001), "2 minutes");
    assert_eq!(said(900_000), "15 minutes");
    assert_eq!(said(86_400_000), "24 hours");
}

#[test]
fn a_moment_is_written_in_words_and_in_utc() {
    let moment = crate::platform::clock::Timestamp::from_millis(1_795_412_052_000);
    assert_eq!(Texts::of(Language::English).common.moment_of(moment), "23 November 2026, 05:34 UTC");
}
