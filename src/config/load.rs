//! Finds the file, merges the layers, reads the sections and checks the result.

use std::path::PathBuf;

use figment::value::{Dict, Value};

pub(crate) use super::layer::flags::Flags;
pub(crate) use super::value::log::Format as LogFormat;

use super::effects::certificates::CertificateKeys;
use super::effects::{self, certificates};
use super::file_search::FileSearch;
use super::key_path::KeyPath;
use super::layer::file::{FileLayer, Readers};
use super::layer::person::PersonLayer;
use super::layer::{Variables, environment};
use super::mistake::{Mistake, Mistakes};
use super::mistakes::MistakeCollector;
use super::origin::{Layer, Origins};
use super::place::KeyPlaces;
use super::reader::ConfigSection as _;
use super::schema;
use super::section::{Document, Sites};
use super::settings::{Person, Settings};
use super::show;
use crate::platform::clock::Timestamp;
use crate::platform::secret::{ExposeSecret as _, SecretString};

/// The sources to load from.
pub struct Sources {
    search: FileSearch,
    flags: Flags,
    variables: Variables,
    sites: Sites,
    /// The text of the file, if it is not written yet.
    draft: Option<String>,
}

/// A configuration without mistakes.
pub struct Config {
    /// The settings of the rooms.
    pub settings: Settings,
    /// Settings of the log.
    pub log: Log,
    /// Warnings: allowed but rarely intended settings, one line each.
    pub warnings: Vec<String>,
    /// Where each rule of each site was written: `portcullis.toml line 30`.
    pub rule_origins: Vec<Vec<String>>,
    /// The keys, with the places where they were set.
    pub(crate) places: KeyPlaces,
    shown: String,
    certificate_keys: CertificateKeys,
}

/// The settings of `[log]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// The format of log lines.
    pub format: LogFormat,
    /// Directives for the filter of `tracing`, checked.
    pub level: String,
}

impl Sources {
    /// The file from `--config`, else the one at a default location; the environment of this process; the flags.
    pub fn of_process(file: Option<PathBuf>, flags: Flags) -> Self {
        let variables = std::env::vars_os().collect();
        Self { search: FileSearch::start(file), flags, variables, sites: Sites::Needed, draft: None }
    }

    /// For a command that works on the store and the keys: `[[sites]]` is optional.
    #[must_use]
    pub fn without_sites(self) -> Self {
        Self { sites: Sites::Optional, ..self }
    }

    /// For a command that needs sites and takes no flags.
    #[must_use]
    pub(crate) fn without_flags(self) -> Self {
        Self { sites: Sites::NeededInConfiguration, flags: Flags::default(), ..self }
    }

    /// Only this file, without the environment: the demo must not be affected by variables of the shell.
    pub fn of_file(file: PathBuf) -> Self {
        let search = FileSearch::of(Some(file));
        let variables = Variables::default();
        Self { search, flags: Flags::default(), variables, sites: Sites::Needed, draft: None }
    }

    /// The text that `file` will have. `secrets` are variables for what will stand in files of their own.
    pub(crate) fn of_draft(file: PathBuf, text: String, secrets: &[(&str, &SecretString)]) -> Self {
        let variables = secrets.iter().map(|(name, secret)| (name.into(), secret.expose_secret().into())).collect();
        Self { draft: Some(text), variables, ..Self::of_file(file) }
    }

    /// Only these sources, for tests.
    #[cfg(test)]
    pub(super) fn of(file: Option<&std::path::Path>, flags: Flags, variables: &[(&str, &str)]) -> Self {
        let variables = variables.iter().map(|(name, value)| (name.into(), value.into())).collect();
        let search = FileSearch::of(file.map(ToOwned::to_owned));
        Self { search, flags, variables, sites: Sites::Needed, draft: None }
    }
}

impl Config {
    /// Certificates that no browser accepts now, one line each: `config check` fails on them.
    pub fn certificate_faults(&self, now: Timestamp) -> Vec<String> {
        [self.outdated_certificates(now), self.uncovered_hosts()].concat()
    }

    /// Certificates that are over or not yet valid, one line each: `serve` warns of them.
    pub(crate) fn outdated_certificates(&self, now: Timestamp) -> Vec<String> {
        certificates::outdated_ones(&self.settings, &self.certificate_keys, now)
    }

    /// Hosts that no certificate is for, one line each: `serve` does not start with them.
    pub(crate) fn uncovered_hosts(&self) -> Vec<String> {
        certificates::uncovered_hosts(&self.settings, &self.certificate_keys)
    }

    /// The effective settings as TOML, secrets hidden, each value that is not a default with its origin.
    pub fn show(&self) -> &str {
        &self.shown
    }
}

/// Reads all sources, then checks them; returns all mistakes if there are any.
pub fn load(sources: &Sources) -> Result<Config, Mistakes> {
    let path = sources.search.file.as_deref();
    let name = path.map(|path| path.display().to_string()).unwrap_or_default();
    let file = match (path, &sources.draft) {
        (_, Some(text)) => FileLayer::parse(text, &name),
        (Some(path), None) => FileLayer::read(path, &name),
        (None, None) => Ok(FileLayer::default()),
    };
    // If the file cannot be read, any other mistake would be a guess.
    let file = file.map_err(Mistakes)?;
    let (variables, mut mistakes) = environment::read(&sources.variables);
    let flags = sources.flags.values();
    let configured = configured_cpaas([&file.values, &variables]);
    let person = PersonLayer::read(&sources.variables, &configured);
    mistakes.extend(person.mistakes);
    let replaced = replaced_sites(&file.values, &flags);
    let layers = vec![
        (Layer::Default, defaults()),
        (Layer::Person, person.values),
        (Layer::File, file.values),
        (Layer::Environment, variables),
        (Layer::Flag, flags),
    ];
    let origins = Origins::merge(layers, name, file.lines);
    let incomplete = person.incomplete.iter().map(Mistake::observation);
    let known: Vec<String> = schema::keys().into_iter().filter_map(|key| key.variable).collect();
    let misspelt = environment::likely_ours(&sources.variables, &known);
    match judge(origins, person.person, sources.sites, mistakes, file.readers) {
        Ok(mut config) => {
            let stray = sources.search.warning();
            let before = stray.into_iter().chain(misspelt);
            config.warnings.splice(0..0, before.chain(incomplete).chain(person.warnings).chain(replaced));
            Ok(config)
        }
        // If one of the variables is misspelt or forgotten, "`[cpaas]` is missing" alone would be misleading.
        Err(mut mistakes) => {
            mistakes.0.extend(person.incomplete.filter(|_| configured.is_empty()));
            let lacking = mistakes.0.iter().any(Mistake::is_missing);
            mistakes.0.splice(0..0, sources.search.mistake().filter(|_| lacking));
            Err(mistakes)
        }
    }
}

fn judge(
    origins: Origins,
    person: Option<Person>,
    sites: Sites,
    earlier: Vec<Mistake>,
    readers: Readers,
) -> Result<Config, Mistakes> {
    let mut mistakes = MistakeCollector::new(&origins, schema::keys);
    for mistake in earlier {
        mistakes.mistake_in(&KeyPath::of(&mistake.key), mistake.origin, mistake.fault);
    }
    let document = Document::read(origins.merged(), &KeyPath::root(), &mut mistakes).unwrap_or_default();
    let settings = document.to_settings(person, sites, &mut mistakes);
    match readers {
        Readers::Everybody => warn_of_open_secrets(&mut mistakes),
        Readers::Few => {}
    }
    // Effects are judged only if there are no mistakes.
    if !mistakes.is_mistaken(&KeyPath::root()) {
        effects::judge(&document, &settings, &mut mistakes);
    }
    let warnings = mistakes.finish()?;
    let log = Log { format: document.log.format.0, level: document.log.level.0.0.clone() };
    let shown = show::toml(&document, &origins, settings.person.as_ref());
    let rule_origins = rule_origins(&settings, &origins);
    let certificate_keys = CertificateKeys::of(&settings, &origins);
    let places = KeyPlaces::new(origins);
    Ok(Config { settings, log, warnings, rule_origins, places, shown, certificate_keys })
}

fn rule_origins(settings: &Settings, origins: &Origins) -> Vec<Vec<String>> {
    let sites = settings.sites.iter().enumerate();
    let of_site = |(site, settings): (usize, &crate::policy::SiteSettings)| {
        let at = KeyPath::of("sites").index(site).key("rules");
        (0..settings.rules.len()).map(|rule| origins.of(&at.index(rule))).collect()
    };
    sites.map(of_site).collect()
}

/// The lowest layer: the default of every key.
fn defaults() -> Dict {
    match Value::serialize(Document::default().write()) {
        Ok(Value::Dict(_, values)) => values,
        // Not reached: a document is a table. Without this layer each key takes its default when it is read.
        Ok(_) | Err(_) => Dict::new(),
    }
}

/// The keys of `[cpaas]` that the file or a variable sets.
fn configured_cpaas(layers: [&Dict; 2]) -> Vec<String> {
    let keys = |values: &Dict| {
        values.get("cpaas").and_then(Value::as_dict).map(|keys| keys.keys().cloned().collect::<Vec<_>>())
    };
    layers.into_iter().filter_map(keys).flatten().collect()
}

fn replaced_sites(file: &Dict, flags: &Dict) -> Option<String> {
    (file.contains_key("sites") && flags.contains_key("sites"))
        .then(|| "sites (--upstream): replaces every `[[sites]]` of the file".to_owned())
}

fn warn_of_open_secrets(mistakes: &mut MistakeCollector<'_>) {
    let origins = mistakes.origins();
    let fixed = [("cpaas", "client_secret"), ("cpaas", "password"), ("smtp", "password")];
    let fixed = fixed.map(|(section, key)| KeyPath::of(section).key(key));
    let webhooks = KeyPath::of("events").key("webhook");
    let written = origins.value(&webhooks).and_then(Value::as_array).map_or(0, <[Value]>::len);
    let secrets = (0..written).map(|index| webhooks.index(index).key("secret"));
    for at in fixed.into_iter().chain(secrets) {
        let key = at.names().last().copied().unwrap_or_default();
        if origins.layers_with(&at).contains(&Layer::File) {
            let file = origins.file();
            mistakes.warning(
                &at,
                format!("everybody on this machine can read it: run `chmod o-rwx {file}`, or use `{key}_file`"),
            );
        }
    }
}

/// The secret that a variable of this process holds, and the name of that variable.
#[expect(clippy::disallowed_methods, reason = "this is the room that reads the environment")]
pub(crate) fn secret_variable(section: &str, key: &str) -> (String, Option<SecretString>) {
    let name = KeyPath::of(section).key(key).variable();
    let value = std::env::var(&name).ok().filter(|value| !value.is_empty()).map(SecretString::from);
    (name, value)
}
