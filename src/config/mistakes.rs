//! Collects mistakes and warnings while a configuration is read, so that reading does not stop at the first mistake.

use std::fmt::Display;

use figment::value::{Dict, Value};

use super::key_path::KeyPath;
use super::known_key::Key;
use super::mistake::{Fault, MISSING, Mistake, Mistakes};
use super::origin::{Layer, Origins};

/// The mistakes and warnings found so far, and the origins that give them their places.
pub(super) struct MistakeCollector<'a> {
    origins: &'a Origins,
    /// Lists every known key, for suggestions. Called only if a key is unknown.
    known_keys: fn() -> Vec<Key>,
    mistakes: Vec<(KeyPath, Mistake)>,
    warnings: Vec<String>,
}

/// Sections planned for later versions: reported as not supported instead of as a misspelling.
const LATER: [&str; 3] = ["twilio", "webhook", "security"];

impl<'a> MistakeCollector<'a> {
    pub(super) const fn new(origins: &'a Origins, known_keys: fn() -> Vec<Key>) -> Self {
        Self { origins, known_keys, mistakes: Vec::new(), warnings: Vec::new() }
    }

    pub(super) const fn origins(&self) -> &'a Origins {
        self.origins
    }

    /// The warnings, or every mistake when there is one.
    pub(super) fn finish(self) -> Result<Vec<String>, Mistakes> {
        if self.mistakes.is_empty() {
            return Ok(self.warnings);
        }
        Err(Mistakes(self.mistakes.into_iter().map(|(_, mistake)| mistake).collect()))
    }

    /// Reports a wrong value at a key.
    pub(super) fn mistake(&mut self, at: &KeyPath, fault: Fault) {
        let origin = self.origins.of(at);
        self.mistake_in(at, origin, fault);
    }

    /// The same with an explicit origin, if the merged configuration does not contain it.
    pub(super) fn mistake_in(&mut self, at: &KeyPath, origin: String, fault: Fault) {
        self.mistakes.push((at.clone(), Mistake { key: at.to_string(), origin, fault }));
    }

    /// Reports a missing key, unless another mistake is already reported for it: a value of the wrong type is one
    /// mistake, not two.
    pub(super) fn missing(&mut self, at: &KeyPath, remedy: impl Into<String>) {
        if !self.is_mistaken(at) {
            self.mistake(at, Fault::new(MISSING, remedy));
        }
    }

    /// Whether a mistake was reported at this key, below it or above it.
    pub(super) fn is_mistaken(&self, at: &KeyPath) -> bool {
        self.mistakes.iter().any(|(path, _)| path.is_within(at) || at.is_within(path))
    }

    /// Reports something that is allowed but that the operator should know.
    pub(super) fn warning(&mut self, at: &KeyPath, text: impl Display) {
        self.warnings.push(format!("{at} ({}): {text}", self.origins.of(at)));
    }

    /// Returns the table at a key; reports anything else as a mistake.
    pub(super) fn table<'v>(&mut self, value: &'v Value, at: &KeyPath) -> Option<&'v Dict> {
        match value {
            Value::Dict(_, table) => return Some(table),
            Value::String(..) if self.origins.layer(value) == Layer::Environment => {
                let remedy = "write it into the configuration file";
                self.mistake(at, Fault::new("a table cannot be set by a variable", remedy));
            }
            Value::String(..)
            | Value::Char(..)
            | Value::Bool(..)
            | Value::Num(..)
            | Value::Empty(..)
            | Value::Array(..) => {
                let what = format!("found {}", kind(value));
                let heading = at.names().join(".");
                self.mistake(at, Fault::new(what, format!("write a table, such as `[{heading}]` with keys below it")));
            }
        }
        None
    }

    /// Reports every key of a table that is not in `known`.
    pub(super) fn unknown_keys(&mut self, table: &Dict, at: &KeyPath, known: &[&str]) {
        for (key, value) in table.iter().filter(|(key, _)| !known.contains(&key.as_str())) {
            let path = at.key(key);
            match value {
                // An unknown section set by variables: each variable is a separate mistake.
                Value::Dict(_, keys) if self.origins.layer(value) == Layer::Environment => {
                    for key in keys.keys() {
                        self.unknown_variable(&path.key(key));
                    }
                }
                Value::Dict(..)
                | Value::String(..)
                | Value::Char(..)
                | Value::Bool(..)
                | Value::Num(..)
                | Value::Empty(..)
                | Value::Array(..) => match self.origins.layer(value) {
                    Layer::Environment => self.unknown_variable(&path),
                    Layer::Default | Layer::Person | Layer::File | Layer::Flag => self.unknown_key(&path, known),
                },
            }
        }
    }

    fn unknown_key(&mut self, path: &KeyPath, known: &[&str]) {
        let key = path.names().last().copied().unwrap_or_default().to_owned();
        let near = nearest(&key, known.iter().copied()).map(|near| path.sibling(near).to_string());
        let elsewhere = || {
            (self.known_keys)().into_iter().map(|known| known.path).find(|path| path.rsplit('.').next() == Some(&key))
        };
        self.unknown(path, near.or_else(elsewhere));
    }

    fn unknown_variable(&mut self, path: &KeyPath) {
        let known: Vec<String> = (self.known_keys)().into_iter().filter_map(|key| key.variable).collect();
        let near = nearest(&path.variable(), known.iter().map(String::as_str)).map(str::to_owned);
        self.unknown(path, near);
    }

    fn unknown(&mut self, path: &KeyPath, near: Option<String>) {
        let fault = if LATER.contains(&path.names().join(".").as_str()) {
            Fault::new("not supported by this version", "remove it")
        } else {
            let remedy = near.map(|near| format!("did you mean `{near}`?"));
            let list = || "remove it, or see `portcullis config reference` for all keys".to_owned();
            Fault::new("unknown key", remedy.unwrap_or_else(list))
        };
        self.mistake(path, fault);
    }
}

/// The candidate that a misspelling most likely means.
pub(super) fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let distance = |candidate: &str| strsim::damerau_levenshtein(&word.to_lowercase(), &candidate.to_lowercase());
    let scored = candidates.map(|candidate| (distance(candidate), candidate));
    // At most one typo in three letters, and three in all: `lisen` and `listne` mean `listen`; `url` and `tls` are
    // different words.
    scored
        .filter(|(slips, candidate)| *slips <= (candidate.len().max(3) / 3).min(3))
        .min()
        .map(|(_, candidate)| candidate)
}

/// The kind of a value, with its article.
pub(super) const fn kind(value: &Value) -> &'static str {
    match value {
        Value::String(..) | Value::Char(..) => "a string",
        Value::Bool(..) => "true or false",
        Value::Num(..) => "a number",
        Value::Empty(..) => "nothing",
        Value::Dict(..) => "a table",
        Value::Array(..) => "a list",
    }
}
