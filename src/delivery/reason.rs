//! Sanitises a peer's text for the operator's log.
//!
//! A provider's error text is untrusted: it may contain line breaks that forge log lines, or echo the number, code or
//! token of the failed call. Everything that looks like one of these is masked, and the rest is shortened.

/// Maximum length of a peer's text in characters: enough for every known error, too little to flood a log.
const LONGEST: usize = 200;

/// This many digits in a row may be a code or a telephone number; a status or error id has fewer.
const TELLING_DIGITS: usize = 5;

/// A word of this many characters may be a token; words of a language are shorter.
const TELLING_WORD: usize = 40;

/// Returns `text` as one line of at most 200 characters, without control characters, runs of five or more digits,
/// addresses, token-like words, or any of the `hidden` texts.
pub(super) fn clean(text: &str, hidden: &[&str]) -> String {
    // Cut first, so that a megabyte of text is not processed, with room for what masking shortens.
    let mut line: String = text.chars().take(LONGEST * 4).map(|c| if is_forging(c) { ' ' } else { c }).collect();
    for secret in hidden.iter().filter(|secret| secret.chars().count() >= 4) {
        line = line.replace(*secret, "[hidden]");
    }
    let words: Vec<String> = line.split_whitespace().map(mask_word).collect();
    mask_digits(&words.join(" ")).chars().take(LONGEST).collect()
}

/// The words of our own message that may be its code: all that contain a digit.
pub(super) fn telling_words(message: &str) -> Vec<&str> {
    message.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().any(char::is_numeric)).collect()
}

/// Control characters end a line or control a terminal. Invisible characters change the reading direction (U+202A to
/// U+202E, U+2066 to U+2069) or break lines (U+2028, U+2029).
fn is_forging(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}'..='\u{200f}' | '\u{feff}')
}

fn mask_word(word: &str) -> String {
    if word.contains('@') {
        "[address]".to_owned()
    } else if word.chars().count() >= TELLING_WORD {
        "[hidden]".to_owned()
    } else {
        word.to_owned()
    }
}

/// Masks runs of digits. A single space, hyphen, dot, slash or bracket between two digits does not end a run, because
/// people write numbers that way.
fn mask_digits(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut run = String::new();
    for c in line.chars() {
        if c.is_numeric() || (!run.is_empty() && is_gap(c) && !run.ends_with(is_gap)) {
            run.push(c);
        } else {
            flush(&mut out, &mut run);
            out.push(c);
        }
    }
    flush(&mut out, &mut run);
    out
}

const fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '-' | '.' | '(' | ')' | '/')
}

fn flush(out: &mut String, run: &mut String) {
    if run.chars().filter(|c| c.is_numeric()).count() >= TELLING_DIGITS {
        out.push_str("[number]");
        // The gap after the last digit belongs to the text.
        if run.ends_with(is_gap) {
            out.push(' ');
        }
    } else {
        out.push_str(run);
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_codes_addresses_and_tokens_of_a_provider_text_never_reach_the_log() {
        let text = format!(
            "no route to +1 500-555-0006 or tel:+15005550007, code 123456, ada@example.com, {}",
            "x".repeat(60)
        );
        assert_eq!(clean(&text, &[]), "no route to +[number] or tel:+[number], code [number], [address] [hidden]");
        assert_eq!(clean("code a1B2 refused", &["a1B2"]), "code [hidden] refused");
        assert_eq!(clean("SVC0002 status 503 in part 2", &[]), "SVC0002 status 503 in part 2");
    }

    #[test]
    fn a_provider_cannot_forge_a_log_line() {
        assert_eq!(clean("one\r\ntwo\u{1b}[31m\u{2028}three\u{202e}", &[]), "one two [31m three");
        assert_eq!(clean(&"é ".repeat(5000), &[]).chars().count(), 200);
    }

    #[test]
    fn the_words_of_our_own_text_that_may_be_its_code_are_found() {
        assert_eq!(telling_words("Code A1B2C3 for Example\n\n@example.com #A1B2C3"), ["A1B2C3", "A1B2C3"]);
    }
}
