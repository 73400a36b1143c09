//! `--listen` and `--upstream`: the last word.

use figment::value::{Dict, Value};

/// What the flags of `portcullis serve` say.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// `--listen`: takes the place of `server.listen`.
    pub listen: Vec<String>,
    /// `--upstream`: one site for every host, in the place of `sites`.
    pub upstream: Vec<String>,
}

impl Flags {
    pub(in crate::config) fn values(&self) -> Dict {
        let list =
            |texts: &[String]| Value::from(texts.iter().map(|text| Value::from(text.as_str())).collect::<Vec<_>>());
        let table = |key: &str, value: Value| Value::from(Dict::from([(key.to_owned(), value)]));
        let mut values = Dict::new();
        if !self.listen.is_empty() {
            values.insert("server".to_owned(), table("listen", list(&self.listen)));
        }
        if !self.upstream.is_empty() {
            values.insert("sites".to_owned(), Value::from(vec![table("upstream", list(&self.upstream))]));
        }
        values
    }
}
