//! A key of the configuration, for the reference and for suggestions.

/// One key.
pub(super) struct Key {
    /// `server.listen`, or `sites[].host`.
    pub(super) path: String,
    /// The kind of its value, in words.
    pub(super) kind: String,
    /// The default as TOML. `None` if it has none.
    pub(super) default: Option<String>,
    /// The documentation from the section's doc comment.
    pub(super) meaning: String,
    /// The variable that sets it. `None` for tables and keys in lists.
    pub(super) variable: Option<String>,
}
