//! Makes example paths for an expression from its parts. They are for trying rules, never for deciding.

use regex_syntax::hir::{Class, Hir, HirKind};

/// Which optional parts an example includes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Length {
    /// No optional part, and the first alternative.
    Short,
    /// Every optional part once, and the last alternative.
    Long,
}

/// Preferred examples for a character class, the plainest first.
const PLAIN: [char; 6] = ['x', 'a', 'X', '0', '-', '/'];

/// Maximum length of an example in bytes, so that `x{1000}{1000}` does not fill the memory.
const LONGEST: usize = 512;

/// At most two examples, the shorter one first. The caller has to check that the expression matches them, because
/// assertions such as `\b` and `$` are ignored.
pub(super) fn of(written: &str) -> Vec<String> {
    let Ok(expression) = regex_syntax::parse(written) else { return Vec::new() };
    let made = [Length::Short, Length::Long].into_iter().filter_map(|length| {
        let mut text = String::new();
        write(&expression, length, &mut text).map(|()| text)
    });
    let mut samples: Vec<String> = made.collect();
    samples.dedup();
    samples
}

/// Appends an example for this part; `None` if it cannot match any text.
fn write(piece: &Hir, length: Length, text: &mut String) -> Option<()> {
    match piece.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(Class::Unicode(class)) => {
            let holds =
                |letter: &char| class.ranges().iter().any(|range| (range.start()..=range.end()).contains(letter));
            let first = || class.ranges().first().map(regex_syntax::hir::ClassUnicodeRange::start);
            text.push(PLAIN.into_iter().find(holds).or_else(first)?);
        }
        HirKind::Class(Class::Bytes(_)) => return None,
        HirKind::Repetition(repeated) => {
            let least = u32::from(length == Length::Long && repeated.max != Some(0));
            for _ in 0..repeated.min.max(least) {
                write(&repeated.sub, length, text)?;
            }
        }
        HirKind::Capture(group) => write(&group.sub, length, text)?,
        HirKind::Concat(pieces) => pieces.iter().try_for_each(|piece| write(piece, length, text))?,
        HirKind::Alternation(words) => {
            let word = if length == Length::Short { words.first() } else { words.last() };
            write(word?, length, text)?;
        }
    }
    (text.len() <= LONGEST).then_some(())
}

#[cfg(test)]
mod tests {
    use super::of;

    proptest::proptest! {
        #[test]
        fn a_sample_of_pieces_is_matched_by_their_expression(
            pieces in proptest::collection::vec("/[a-z]{1,4}|\\(/x\\|/y\\)|\\[a-c\\]\\+|/\\.\\*|\\(\\?:/v\\)\\?|/w\\{2,3\\}", 1..6)
        ) {
            let written = pieces.concat();
            let whole = regex::Regex::new(&format!("^(?:{written})$")).unwrap();
            let samples = of(&written);
            assert!(!samples.is_empty() && samples.iter().all(|sample| whole.is_match(sample)), "{written} {samples:?}");
        }
    }

    #[test]
    fn an_expression_is_tried_at_its_shortest_and_with_everything_that_may_be_left_out() {
        for (written, samples) in [
            ("/admin", &["/admin"][..]),
            ("/admin(/.*)?", &["/admin", "/admin/x"]),
            ("/api/v[0-9]+/.*", &["/api/v0/", "/api/v0/x"]),
            ("/(?:css|js)/[^/]+", &["/css/x", "/js/x"]),
            (".*", &["", "x"]),
            (r"/a\.b{2}$", &["/a.bb"]),
            ("/[^\\s\\S]", &[]),
            ("/x{1000}", &[]),
            ("/(", &[]),
        ] {
            assert_eq!(of(written), samples, "{written}");
        }
    }
}
