//! `portal.templates`: the operator's own HTML at fixed places of our pages.
//!
//! Pages themselves are not replaced: a copy of the sign-in form would lack what the next version puts into it, and nobody
//! could sign in after an upgrade.

use std::fs;
use std::path::Path;

use crate::config::key_path::KeyPath;
use crate::config::mistake::{Fault, reason};
use crate::config::mistakes::MistakeCollector;
use crate::config::section::brand_file;
use crate::config::value::markup::Markup;
use crate::config::value::path::FilePath;
use crate::domain::language::Language;
use crate::web::{TemplatePlace, Templates};

/// Reads every template of the folder; one that cannot be used is a mistake.
pub(super) fn to_settings(folder: Option<&FilePath>, mistakes: &mut MistakeCollector<'_>) -> Templates {
    let mut templates = Templates::default();
    let Some(folder) = folder else { return templates };
    let at = KeyPath::of("portal").key("templates");
    let entries = fs::read_dir(&folder.0).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut files: Vec<_> = match entries {
        Ok(entries) => entries.into_iter().map(|entry| entry.path()).collect(),
        Err(error) => {
            let what = format!("`{}` cannot be read: {}", folder.0.display(), reason(&error));
            mistakes.mistake(&at, Fault::new(what, "name a readable folder"));
            return templates;
        }
    };
    files.sort();
    for file in files {
        match read(&file, &at, mistakes) {
            Ok(Some((place, language, markup))) => templates.insert(place, language, markup.0),
            Ok(None) => {}
            Err(fault) => mistakes.mistake(&at, fault),
        }
    }
    templates
}

type Template = (TemplatePlace, Option<Language>, Markup);

/// `None`: a file that is none of ours, such as what an editor leaves, or one that could not be read.
fn read(file: &Path, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) -> Result<Option<Template>, Fault> {
    let Some(name) = file.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".html")) else {
        return Ok(None);
    };
    let (place, language) = place_of(name).ok_or_else(|| {
        let places: Vec<&str> = TemplatePlace::ALL.iter().map(|place| place.word()).collect();
        let what = format!("`{}` is at no place of our pages", file.display());
        let remedy = format!(
            "name it after one of {}, with a language if it is for that one alone, such as `login.de.html`",
            places.join(", ")
        );
        Fault::new(what, remedy)
    })?;
    let Some(content) = brand_file::read(&FilePath(file.to_owned()), at, mistakes) else { return Ok(None) };
    let text = String::from_utf8(content)
        .map_err(|_| Fault::new(format!("`{}` is not UTF-8 text", file.display()), "save it as UTF-8"))?;
    let markup = Markup::read(&text).map_err(|fault| {
        Fault::new(format!("`{}` line {}: {}", file.display(), fault.line, fault.what), fault.remedy)
    })?;
    Ok(Some((place, language, markup)))
}

/// Place and language of a name such as `login` or `login.de`.
fn place_of(name: &str) -> Option<(TemplatePlace, Option<Language>)> {
    let (place, language) = match name.split_once('.') {
        Some((place, tag)) => (place, Some(Language::of_tag(tag)?)),
        None => (name, None),
    };
    let place = TemplatePlace::ALL.into_iter().find(|known| known.word() == place)?;
    Some((place, language))
}
