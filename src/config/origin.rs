//! Tracks where each value was set, so that a mistake can name the line, the variable or the flag.

use std::collections::BTreeMap;

use figment::value::{Dict, Value};
use figment::{Figment, Profile, Provider};

use super::key_path::{KeyPath, Segment};

/// The sources of values, in ascending precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Layer {
    /// Defaults.
    Default,
    /// `CLIENT_ID`, `TEST_EMAIL` and the other names of the one-person environment.
    Person,
    /// The configuration file.
    File,
    /// `PORTCULLIS_SECTION__KEY`.
    Environment,
    /// `--listen`, `--upstream`.
    Flag,
}

/// The merged configuration and the origin of each of its values.
pub(super) struct Origins {
    figment: Figment,
    merged: Value,
    file: String,
    lines: BTreeMap<KeyPath, usize>,
    layers: Vec<(Layer, Dict)>,
}

/// The variables of the one-person environment and the keys they set.
pub(super) const PERSON_KEYS: [(&str, &str); 4] = [
    ("CLIENT_ID", "client_id"),
    ("CLIENT_SECRET", "client_secret"),
    ("BASE_URL", "base_url"),
    ("SENDER_NUMBER", "sender_number"),
];

impl Layer {
    /// The name of the layer in figment's metadata.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Person => "one-person environment",
            Self::File => "file",
            Self::Environment => "environment",
            Self::Flag => "flag",
        }
    }

    const ALL: [Self; 5] = [Self::Default, Self::Person, Self::File, Self::Environment, Self::Flag];
}

impl Origins {
    /// Merges the layers, given in ascending precedence.
    pub(super) fn merge(layers: Vec<(Layer, Dict)>, file: String, lines: BTreeMap<KeyPath, usize>) -> Self {
        let figment =
            layers.iter().fold(Figment::new(), |figment, (layer, values)| figment.merge(LayerValues(*layer, values)));
        // The layers use only the default profile and our providers never fail, so it is always found.
        let merged =
            figment.data().ok().and_then(|mut profiles| profiles.remove(&Profile::Default)).unwrap_or_default();
        Self { merged: Value::from(merged), figment, file, lines, layers }
    }

    /// The merged configuration.
    pub(super) const fn merged(&self) -> &Value {
        &self.merged
    }

    /// The path of the file as given.
    pub(super) fn file(&self) -> &str {
        &self.file
    }

    /// The layer that a value comes from.
    pub(super) fn layer(&self, value: &Value) -> Layer {
        let name = self.figment.get_metadata(value.tag()).map(|metadata| metadata.name.as_ref());
        Layer::ALL.into_iter().find(|layer| Some(layer.word()) == name).unwrap_or(Layer::Default)
    }

    /// The merged value of a key.
    pub(super) fn value(&self, path: &KeyPath) -> Option<&Value> {
        find(&self.merged, path)
    }

    /// The layers that set a key, in ascending precedence.
    pub(super) fn layers_with(&self, path: &KeyPath) -> Vec<Layer> {
        let says = |values: &Dict| find(&Value::from(values.clone()), path).is_some();
        self.layers.iter().filter(|(_, values)| says(values)).map(|(layer, _)| *layer).collect()
    }

    /// Where a key was set: `portcullis.toml line 4`, `PORTCULLIS_SERVER__LISTEN`, `--listen`.
    pub(super) fn of(&self, path: &KeyPath) -> String {
        match self.value(path) {
            Some(value) => self.of_layer(self.layer(value), path),
            None => "not set".to_owned(),
        }
    }

    /// The same for one layer, even if a stronger one overrides it.
    pub(super) fn of_layer(&self, layer: Layer, path: &KeyPath) -> String {
        match layer {
            Layer::Default => "not set".to_owned(),
            Layer::Person => person_variable(path),
            Layer::File => match self.lines.get(path) {
                Some(line) => format!("{} line {line}", self.file),
                None => self.file.clone(),
            },
            Layer::Environment => path.variable(),
            Layer::Flag => if path.is_within(&KeyPath::of("sites")) { "--upstream" } else { "--listen" }.to_owned(),
        }
    }
}

fn person_variable(path: &KeyPath) -> String {
    let names = path.names();
    let known = PERSON_KEYS.iter().find(|(_, key)| names.last() == Some(key));
    known.map_or_else(|| Layer::Person.word().to_owned(), |(variable, _)| (*variable).to_owned())
}

fn find<'a>(root: &'a Value, path: &KeyPath) -> Option<&'a Value> {
    path.segments().iter().try_fold(root, |value, segment| match segment {
        Segment::Key(key) => value.as_dict()?.get(key),
        Segment::Index(index) => match value {
            Value::Array(_, items) => items.get(*index),
            // A variable sets a whole list.
            Value::String(..) => Some(value),
            Value::Char(..) | Value::Bool(..) | Value::Num(..) | Value::Empty(..) | Value::Dict(..) => None,
        },
    })
}

/// One layer as a figment provider.
struct LayerValues<'a>(Layer, &'a Dict);

impl Provider for LayerValues<'_> {
    fn metadata(&self) -> figment::Metadata {
        figment::Metadata::named(self.0.word())
    }

    fn data(&self) -> Result<figment::value::Map<Profile, Dict>, figment::Error> {
        Ok(Profile::Default.collect(self.1.clone()))
    }
}
