//! The path of a key in the configuration: `sites[1].upstream[0]`.

use std::fmt;

/// The path from the root to one value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct KeyPath(Vec<Segment>);

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Segment {
    /// A key of a table.
    Key(String),
    /// An index into a list.
    Index(usize),
}

impl KeyPath {
    /// The root: the whole configuration.
    pub(super) const fn root() -> Self {
        Self(Vec::new())
    }

    /// A key at the root.
    pub(super) fn of(section: &str) -> Self {
        Self::root().key(section)
    }

    /// This path extended by a key.
    pub(super) fn key(&self, key: &str) -> Self {
        self.step(Segment::Key(key.to_owned()))
    }

    /// This path extended by an index.
    pub(super) fn index(&self, index: usize) -> Self {
        self.step(Segment::Index(index))
    }

    /// Another key of the same table.
    pub(super) fn sibling(&self, key: &str) -> Self {
        Self(self.0.split_last().map(|(_, table)| table.to_vec()).unwrap_or_default()).key(key)
    }

    fn step(&self, segment: Segment) -> Self {
        let mut segments = self.0.clone();
        segments.push(segment);
        Self(segments)
    }

    /// The steps from the root.
    pub(super) fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// Whether this is `other` or is below it.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }

    /// The keys without the indexes: `sites.upstream`.
    pub(super) fn names(&self) -> Vec<&str> {
        self.0.iter().filter_map(Segment::name).collect()
    }

    /// The variable that sets this key: `PORTCULLIS_SERVER__LISTEN`. A list is set whole, so its elements share it.
    pub(super) fn variable(&self) -> String {
        format!("PORTCULLIS_{}", self.names().join("__").to_uppercase())
    }
}

impl Segment {
    fn name(&self) -> Option<&str> {
        match self {
            Self::Key(key) => Some(key),
            Self::Index(_) => None,
        }
    }
}

impl fmt::Display for KeyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(key) if at == 0 => write!(f, "{key}")?,
                Segment::Key(key) => write!(f, ".{key}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}
