//! The one-time code that a visitor types.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// The characters of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alphabet {
    /// Digits.
    Numeric,
    /// ASCII letters and digits.
    Alphanumeric,
}

/// The shape of the codes that are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CodeShape {
    /// In characters: 4 to 10.
    pub length: u8,
    pub alphabet: Alphabet,
}

/// A typed code: 4 to 10 ASCII letters or digits (the range of the CPaaS codes API). Never printed.
#[derive(Clone)]
pub(crate) struct OneTimeCode(SecretString);

/// The input holds no code. The visitor sees the same message as for a wrong code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no code of this shape in the text")]
pub(crate) struct NotACode;

/// In characters. People paste a whole message, and a message is hardly longer than this.
const LONGEST_INPUT: usize = 600;

/// The digit zero of the scripts that people type in (Unicode 16, category Nd). The other nine follow it.
const ZEROS: [char; 14] = [
    '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}', '\u{c66}',
    '\u{ce6}', '\u{d66}', '\u{e50}', '\u{ff10}',
];

impl OneTimeCode {
    /// Finds a code of this shape in what a person typed or pasted: the code alone, in groups (`123 456`, `123-456`),
    /// with a `#`, or the whole message. Digits of other scripts are read as digits.
    pub(crate) fn read(typed: &str, shape: CodeShape) -> Result<Self, NotACode> {
        if typed.chars().count() > LONGEST_INPUT {
            return Err(NotACode);
        }
        let typed: Vec<char> = typed.chars().map(western).collect();
        let code = alone(&typed, shape).or_else(|| in_a_message(&typed, shape)).ok_or(NotACode)?;
        Ok(Self(SecretString::from(code)))
    }

    /// The code with exactly these characters.
    #[cfg(test)]
    pub(crate) fn exactly(code: &str) -> Self {
        Self(SecretString::from(code))
    }

    /// The characters, for the provider that checks or sends the code.
    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for OneTimeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OneTimeCode(hidden)")
    }
}

impl CodeShape {
    const fn has(self, letter: char) -> bool {
        match self.alphabet {
            Alphabet::Numeric => letter.is_ascii_digit(),
            Alphabet::Alphanumeric => letter.is_ascii_alphanumeric(),
        }
    }

    fn is_long(self, length: usize) -> bool {
        length == usize::from(self.length)
    }
}

/// The same digit in ASCII; a full-width letter in ASCII too, which input methods of East Asia produce.
fn western(letter: char) -> char {
    let digit = ZEROS.iter().find_map(|zero| {
        let value = u32::from(letter).checked_sub(u32::from(*zero)).filter(|value| *value < 10)?;
        char::from_digit(value, 10)
    });
    let letter = digit.unwrap_or(letter);
    match u32::from(letter) {
        wide @ 0xff21..=0xff5a => char::from_u32(wide - 0xfee0).unwrap_or(letter),
        _ => letter,
    }
}

/// What people put between the groups of a code, and what surrounds it when they copy it.
fn is_separator(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(letter, '-' | '.' | ',' | '#' | ':' | '"' | '\'' | '\u{2010}'..='\u{2015}' | '\u{200b}'..='\u{200f}')
        || matches!(letter, '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The code, if there is nothing else but separators.
fn alone(typed: &[char], shape: CodeShape) -> Option<String> {
    let code: String = typed.iter().filter(|letter| !is_separator(**letter)).collect();
    (shape.is_long(code.chars().count()) && code.chars().all(|letter| shape.has(letter))).then_some(code)
}

/// The code in a message: behind the `#` of its last line, else the first word that is one. A word of letters alone is
/// none, because every text has words of six letters.
fn in_a_message(typed: &[char], shape: CodeShape) -> Option<String> {
    let words = words(typed, shape);
    let behind_a_hash = |word: &&Word| word.start.checked_sub(1).and_then(|before| typed.get(before)) == Some(&'#');
    let word = words.iter().rev().find(behind_a_hash).or_else(|| words.first())?;
    Some(word.text.clone())
}

/// A run of letters and digits that has the shape of a code.
struct Word {
    start: usize,
    text: String,
}

fn words(typed: &[char], shape: CodeShape) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = 0;
    for run in typed.chunk_by(|before, after| before.is_alphanumeric() == after.is_alphanumeric()) {
        let is_code = shape.is_long(run.len())
            && run.iter().all(|letter| shape.has(*letter))
            && run.iter().any(char::is_ascii_digit);
        if is_code {
            words.push(Word { start, text: run.iter().collect() });
        }
        start += run.len();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIX_DIGITS: CodeShape = CodeShape { length: 6, alphabet: Alphabet::Numeric };
    const EIGHT: CodeShape = CodeShape { length: 8, alphabet: Alphabet::Alphanumeric };

    fn read(typed: &str, shape: CodeShape) -> Option<String> {
        OneTimeCode::read(typed, shape).ok().map(|code| code.expose().to_owned())
    }

    #[test]
    fn a_code_is_found_however_people_type_and_paste_it() {
        for typed in [
            "123456",
            " 123 456 ",
            "123-456",
            "12 34 56",
            "#123456",
            "123\u{a0}456",
            "\u{661}\u{662}\u{663}\u{664}\u{665}\u{666}",
            "\u{ff11}\u{ff12}\u{ff13}\u{ff14}\u{ff15}\u{ff16}",
            "\u{967}\u{968}\u{969}\u{96a}\u{96b}\u{96c}",
            "123456 is your Example sign-in code. Do not share it.\n\n@app.example.com #123456",
            "Example sign-in code. Do not share it.\n\n@app.example.com #123456",
            "Your code is 123456.",
            "Room 654321 … @app.example.com #123456",
            "\u{2066}123456\u{2069}",
        ] {
            assert_eq!(read(typed, SIX_DIGITS).as_deref(), Some("123456"), "{typed:?}");
        }
    }

    #[test]
    fn a_code_of_letters_is_not_taken_from_the_words_around_it() {
        for typed in ["AB12CD34", "ab12-cd34", "Password: AB12CD34", "@app.example.com #AB12CD34", "ABCDEFGH #AB12CD34"]
        {
            assert_eq!(
                read(typed, EIGHT).map(|code| code.to_ascii_uppercase()).as_deref(),
                Some("AB12CD34"),
                "{typed}"
            );
        }
        assert_eq!(read("ABCDEFGH", EIGHT).as_deref(), Some("ABCDEFGH"), "alone it is one");
        assert_eq!(read("Continue sign in", EIGHT), None);
    }

    #[test]
    fn what_holds_no_code_is_refused_and_nothing_is_printed() {
        for typed in ["", "123", "12345", "1234567", "12_456", "1234567890123", "abcdef", &" ".repeat(601)] {
            assert!(OneTimeCode::read(typed, SIX_DIGITS).is_err(), "{typed:?}");
        }
        assert!(!format!("{:?}", OneTimeCode::read("123456", SIX_DIGITS)).contains("123456"));
    }
}
