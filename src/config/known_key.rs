//! A key that the configuration knows.

/// One key, for the reference and for suggestions.
pub(super) struct Key {
    /// `server.listen`, or `sites[].host`.
    pub(super) path: String,
    /// What it takes, in words.
    pub(super) kind: String,
    /// What it is where nobody writes it, as TOML.
    pub(super) default: Option<String>,
    /// What it means.
    pub(super) meaning: String,
    /// The variable that sets it.
    pub(super) variable: Option<String>,
}
