//! The configuration file: TOML, with the line of every key.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io;
use std::path::Path;

use figment::value::{Dict, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::config::file_mode::{readable_by_all, writable_by_all};
use crate::config::key_path::KeyPath;
use crate::config::mistake::{Fault, Mistake, reason};

/// The contents of a file.
#[derive(Default)]
pub(in crate::config) struct FileLayer {
    pub(in crate::config) values: Dict,
    pub(in crate::config) lines: BTreeMap<KeyPath, usize>,
    pub(in crate::config) readers: Readers,
}

/// Who on this machine can read a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::config) enum Readers {
    /// At most its owner and its group.
    #[default]
    Few,
    Everybody,
}

/// More than any configuration needs: a larger file is the wrong file.
const LARGEST: u64 = 1 << 20;

impl FileLayer {
    /// Reads a file. `name` is its name in messages.
    pub(in crate::config) fn read(path: &Path, name: &str) -> Result<Self, Vec<Mistake>> {
        let (metadata, text) = content(path).map_err(|fault| vec![mistake(name, "configuration file", fault)])?;
        let mut layer = Self::parse(&text, name)?;
        if readable_by_all(&metadata) {
            layer.readers = Readers::Everybody;
        }
        Ok(layer)
    }

    /// Parses TOML. Every syntax error is a mistake; the message never repeats the line, which may contain a secret.
    pub(in crate::config) fn parse(text: &str, name: &str) -> Result<Self, Vec<Mistake>> {
        let (document, errors) = DeTable::parse_recoverable(text);
        let line_at = |offset: usize| text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1;
        if !errors.is_empty() {
            let mistakes = errors.iter().map(|error| {
                let origin =
                    error.span().map_or_else(|| "TOML".to_owned(), |span| format!("line {}", line_at(span.start)));
                let fault = Fault::new(format!("not TOML: {}", error.message()), "see https://toml.io for the syntax");
                mistake(name, &origin, fault)
            });
            return Err(mistakes.collect());
        }
        let mut layer = Self::default();
        layer.values = table(document.get_ref(), &KeyPath::root(), &mut |path, offset| {
            layer.lines.insert(path, line_at(offset));
        });
        Ok(layer)
    }
}

fn mistake(name: &str, origin: &str, fault: Fault) -> Mistake {
    Mistake { key: name.to_owned(), origin: origin.to_owned(), fault }
}

fn content(path: &Path) -> Result<(Metadata, String), Fault> {
    let unreadable = |error: io::Error| {
        Fault::new(format!("cannot be read ({})", reason(&error)), "name an existing, readable UTF-8 file")
    };
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() || metadata.len() > LARGEST {
        return Err(Fault::new("not a configuration file", "name a TOML file of at most 1 MiB"));
    }
    if writable_by_all(&metadata) {
        let remedy = format!("run `chmod o-w {}`", path.display());
        return Err(Fault::new("everybody on this machine can change it", remedy));
    }
    Ok((metadata, fs::read_to_string(path).map_err(unreadable)?))
}

fn table(entries: &DeTable<'_>, at: &KeyPath, note: &mut dyn FnMut(KeyPath, usize)) -> Dict {
    let read = |(key, entry): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
        let key: &std::borrow::Cow<'_, str> = key.get_ref();
        let path = at.key(key);
        (key.clone().into_owned(), value(entry, &path, note))
    };
    entries.iter().map(read).collect()
}

fn value(written: &Spanned<DeValue<'_>>, at: &KeyPath, note: &mut dyn FnMut(KeyPath, usize)) -> Value {
    note(at.clone(), written.span().start);
    match written.get_ref() {
        DeValue::String(text) => Value::from(text.as_ref()),
        // A number too large for any key is still a number: the mistake is its range, not its type.
        DeValue::Integer(number) => {
            Value::from(i64::from_str_radix(number.as_str(), number.radix()).unwrap_or(i64::MAX))
        }
        DeValue::Float(number) => Value::from(number.as_str().parse::<f64>().unwrap_or(f64::NAN)),
        DeValue::Boolean(truth) => Value::from(*truth),
        DeValue::Datetime(moment) => Value::from(moment.to_string()),
        DeValue::Array(items) => {
            let read = |(index, item)| value(item, &at.index(index), note);
            Value::from(items.iter().enumerate().map(read).collect::<Vec<_>>())
        }
        DeValue::Table(entries) => Value::from(table(entries, at, note)),
    }
}
