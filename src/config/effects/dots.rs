//! Warns about unescaped dots in `path_regex` that look like literal dots.

use crate::config::key_path::KeyPath;
use crate::config::mistakes::MistakeCollector;
use crate::config::section::sites::Site;
use crate::config::value::ConfigValue as _;

pub(super) fn judge(sites: &[Site], mistakes: &mut MistakeCollector<'_>) {
    for (site, rules) in sites.iter().map(|site| &site.rules).enumerate() {
        for (rule, regex) in
            rules.iter().enumerate().filter_map(|(rule, written)| Some((rule, written.path_regex.as_ref()?)))
        {
            if let Some(piece) = bare_dot(&regex.0.text()) {
                let at = KeyPath::of("sites").index(site).key("rules").index(rule).key("path_regex");
                mistakes.warning(&at, format!("the `.` in `{piece}` matches any character; write `[.]` for a dot"));
            }
        }
    }
}

/// The first unescaped dot that is followed by a word, with the word around it: `v1.0`, `.*.css`, `/.well-known`,
/// `.*.(js|css)`. An intended wildcard is followed by `*`, `+`, `{…}`, a slash or the end.
fn bare_dot(text: &str) -> Option<String> {
    let letters: Vec<char> = text.chars().collect();
    let word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let mut at = 0;
    let mut class = false;
    while let Some(letter) = letters.get(at) {
        match letter {
            '\\' => at += 1,
            '[' => class = true,
            ']' => class = false,
            '.' if !class => {
                let mut behind =
                    letters.iter().skip(at + 1).copied().skip_while(|letter| matches!(letter, '(' | '?' | ':'));
                // `.?` is optional, which a dot in a name is not.
                let optional = letters.get(at + 1) == Some(&'?');
                if behind.next().is_some_and(word) && !optional {
                    let from = letters.iter().take(at).rposition(|letter| !word(*letter)).map_or(0, |slash| slash + 1);
                    let to = letters
                        .iter()
                        .skip(at + 1)
                        .position(|letter| !word(*letter))
                        .map_or(letters.len(), |end| at + 1 + end);
                    return Some(letters.iter().take(to).skip(from).collect());
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::bare_dot;

    proptest::proptest! {
        #[test]
        fn whatever_is_written_is_read_to_its_end(text in "\\PC{0,40}") {
            if let Some(piece) = bare_dot(&text) {
                assert!(text.contains(&piece) && piece.contains('.'), "{text} {piece}");
            }
        }

        #[test]
        fn a_dot_between_words_is_found_unless_it_is_escaped(before in "(/[a-z_]{1,6}){1,3}", after in "[a-z0-9]{1,6}(/[a-z]{1,6})?") {
            assert!(bare_dot(&format!("{before}.{after}")).is_some());
            assert_eq!(bare_dot(&format!("{before}[.]{after}")), None);
            assert_eq!(bare_dot(&format!("{before}\\.{after}")), None);
        }
    }

    #[test]
    fn a_dot_before_a_word_was_meant_as_a_dot() {
        for (text, piece) in [
            ("/v1.0/.*", "v1.0"),
            ("/.*.css", ".css"),
            ("/.well-known/.*", ".well"),
            ("/a/.*.(js|css)", "."),
            ("/www.example.com/x", "www.example"),
        ] {
            assert_eq!(bare_dot(text).as_deref(), Some(piece), "{text}");
        }
        for text in [r"/v1\.0/.*", "/v1[.]0/.+", "/api/v./x", "/.*", "/.{3}/x", "/a.?b", r"/\\\.b", "/x."] {
            assert_eq!(bare_dot(text), None, "{text}");
        }
    }
}
