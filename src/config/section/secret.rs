//! A secret of another system, which stands by value or in a file of its own.

use crate::config::key_path::KeyPath;
use crate::config::mistake::Fault;
use crate::config::mistakes::MistakeCollector;
use crate::config::origin::Layer;
use crate::config::reader::Text;
use crate::config::value::path::FilePath;
use crate::config::value::secret::Secret;

/// The secret at `at` or in the file that the key with `_file` names; written twice, nobody knows which one counts.
pub(super) fn one_of(
    value: Option<&Text<Secret>>,
    file: Option<&Text<FilePath>>,
    at: &KeyPath,
    mistakes: &mut MistakeCollector<'_>,
) -> Option<Secret> {
    let file_key = at.sibling(&format!("{}_file", at.names().last().copied().unwrap_or_default()));
    let origins = mistakes.origins();
    let mut places: Vec<String> = Vec::new();
    for path in [at, &file_key] {
        let layers = origins.layers_with(path).into_iter().filter(|layer| *layer != Layer::Default);
        places.extend(layers.map(|layer| origins.of_layer(layer, path)));
    }
    if places.len() > 1 {
        let what = format!("set more than once: {}", places.join(", "));
        mistakes.mistake_in(at, origins.of(at), Fault::new(what, "keep one of them"));
        return None;
    }
    let Some(Text(file)) = file else {
        return value.map(|value| value.0.clone());
    };
    Secret::of_file(&file.0).map_err(|fault| mistakes.mistake(&file_key, fault)).ok()
}
