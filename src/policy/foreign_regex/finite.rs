//! The texts of an expression that matches only a few: `^(app|www)\.example\.com$`.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// More hosts than anybody writes as alternatives.
const MOST: usize = 64;

/// Every text that the expression matches, if it is anchored at both ends and there are at most 64. Letter case is that
/// of the expression.
pub(crate) fn all_matches(written: &str) -> Option<Vec<String>> {
    let hir = regex_syntax::parse(written).ok()?;
    let HirKind::Concat(parts) = hir.kind() else { return None };
    let [first, middle @ .., last] = parts.as_slice() else { return None };
    let anchored =
        matches!(first.kind(), HirKind::Look(Look::Start)) && matches!(last.kind(), HirKind::Look(Look::End));
    if !anchored {
        return None;
    }
    let mut texts = append(vec![String::new()], middle)?;
    texts.sort();
    texts.dedup();
    Some(texts)
}

fn append(mut texts: Vec<String>, parts: &[Hir]) -> Option<Vec<String>> {
    for part in parts {
        let ends = ends(part)?;
        texts = texts.iter().flat_map(|text| ends.iter().map(move |end| format!("{text}{end}"))).collect();
        if texts.len() > MOST {
            return None;
        }
    }
    Some(texts)
}

fn ends(part: &Hir) -> Option<Vec<String>> {
    match part.kind() {
        HirKind::Empty => Some(vec![String::new()]),
        HirKind::Literal(literal) => Some(vec![std::str::from_utf8(&literal.0).ok()?.to_owned()]),
        HirKind::Class(Class::Unicode(class)) => {
            let letters = class.ranges().iter().flat_map(|range| range.start()..=range.end());
            let letters: Vec<String> = letters.take(MOST + 1).map(String::from).collect();
            (letters.len() <= MOST).then_some(letters)
        }
        HirKind::Class(Class::Bytes(_)) | HirKind::Look(_) => None,
        HirKind::Capture(group) => ends(&group.sub),
        HirKind::Concat(parts) => append(vec![String::new()], parts),
        HirKind::Alternation(words) => {
            let mut all = Vec::new();
            for word in words {
                all.extend(ends(word)?);
            }
            (all.len() <= MOST).then_some(all)
        }
        HirKind::Repetition(repeated) => {
            let most = repeated.max.filter(|most| *most <= 4)?;
            let mut all = Vec::new();
            for count in repeated.min..=most {
                let copies = vec![(*repeated.sub).clone(); usize::try_from(count).ok()?];
                all.extend(append(vec![String::new()], &copies)?);
            }
            (all.len() <= MOST).then_some(all)
        }
    }
}
