//! `--listen` and `--upstream`: the strongest layer.

use figment::value::{Dict, Value};

/// The flags of `portcullis serve`.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// `--listen`: replaces `server.listen`.
    pub listen: Vec<String>,
    /// `--upstream`: one site for every host, replaces `sites`.
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
