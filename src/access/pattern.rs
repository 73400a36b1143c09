//! Which paths a rule speaks about: `path` and `path_regex`.

use std::fmt;

use regex::{Regex, RegexBuilder};

use crate::domain::path::{CanonicalPath, Readings, folded};
use crate::domain::target::RequestTarget;

/// The paths of a rule.
#[derive(Debug, Clone)]
pub struct PathPattern(Shape);

#[derive(Debug, Clone)]
enum Shape {
    Any,
    /// One path, and the same with its letters folded.
    Exact {
        path: String,
        folded: String,
    },
    /// What stands before `/**`, and the same folded.
    Below {
        path: String,
        folded: String,
    },
    Regex {
        written: String,
        exact: Regex,
        folded: Regex,
    },
}

/// How a path is compared with a pattern. Some servers tell `/Admin`, `/admin` and `/admin/` apart and some do not; here
/// it is the pattern that is read in the other way, together with the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sight {
    /// Byte for byte.
    Exact,
    /// Without letter case.
    Folded,
    /// Without a slash at the end.
    Stem,
    /// Without either.
    FoldedStem,
}

impl Sight {
    /// Every one, the exact one first.
    pub const ALL: [Self; 4] = [Self::Exact, Self::Folded, Self::Stem, Self::FoldedStem];

    /// Whether letters are folded: then the path is handed in folded.
    pub const fn folds(self) -> bool {
        matches!(self, Self::Folded | Self::FoldedStem)
    }
}

/// Why a text is no path for a rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathFault {
    /// It does not start with a slash.
    #[error("a path starts with a slash")]
    Relative,
    /// It holds a query or a fragment.
    #[error("a path ends before `?` and `#`: rules never see the query")]
    Query,
    /// A star stands elsewhere than in `/**` at the end.
    #[error("`*` stands for nothing but in `/**` at the end")]
    Star,
    /// It holds blanks or control characters.
    #[error("a path holds no blanks and no control characters")]
    NoPath,
    /// Another form of it is the canonical one, which this is.
    #[error("this is not the canonical form of the path (RFC 3986 §6.2.2)")]
    NotCanonical(String),
}

/// A rule with a larger automaton is no rule about paths. It also bounds what a look-up may cost.
const LARGEST_REGEX: usize = 1 << 20;

/// The end of a path that stands for everything below.
const BELOW: &str = "/**";

impl PathPattern {
    /// Every path.
    pub const ANY: Self = Self(Shape::Any);

    /// Reads `path`: exact, or a prefix that ends in `/**` (`/a/**` is `/a`, `/a/` and all below).
    pub fn parse(text: &str) -> Result<Self, PathFault> {
        let (path, below) = text.strip_suffix(BELOW).map_or((text, false), |path| (path, true));
        match check(path, below) {
            Err(PathFault::NotCanonical(form)) if below => {
                return Err(PathFault::NotCanonical(format!("{form}{BELOW}")));
            }
            judged => judged?,
        }
        let (path, folded) = (path.to_owned(), folded(path).into_owned());
        Ok(Self(if below { Shape::Below { path, folded } } else { Shape::Exact { path, folded } }))
    }

    /// Reads `path_regex`. It has to match the whole path; matching takes time linear in the path (the `regex` crate
    /// has no look-around and no back-references).
    pub fn regex(written: &str) -> Result<Self, String> {
        // By itself first: `a)|(b` is none, and would become one between our brackets.
        compile(&mut builder(written))?;
        let mut whole = builder(&format!(r"\A(?:{written})\z"));
        let (exact, folded) = (compile(&mut whole)?, compile(whole.case_insensitive(true))?);
        Ok(Self(Shape::Regex { written: written.to_owned(), exact, folded }))
    }

    /// Whether the path, in canonical form (and folded, where the sight folds), is one of these.
    pub fn matches(&self, path: &str, sight: Sight) -> bool {
        let own = |path, folded| if sight.folds() { folded } else { path };
        let stems = matches!(sight, Sight::Stem | Sight::FoldedStem);
        match &self.0 {
            Shape::Any => true,
            Shape::Exact { path: exact, folded } if stems => stem(path) == stem(own(exact, folded)),
            Shape::Exact { path: exact, folded } => path == own(exact, folded),
            Shape::Below { path: exact, folded } => below(path, own(exact, folded)),
            Shape::Regex { exact, folded, .. } => {
                let regex = if sight.folds() { folded } else { exact };
                regex.is_match(path)
                    || (stems && (regex.is_match(stem(path)) || regex.is_match(&format!("{}/", stem(path)))))
            }
        }
    }

    /// Whether every sight sees the same in a path without capitals: then one look is enough for such a path.
    pub fn is_plain(&self) -> bool {
        match &self.0 {
            Shape::Any => true,
            Shape::Below { path, folded } => path == folded,
            Shape::Exact { path, .. } => path == "/",
            Shape::Regex { .. } => false,
        }
    }

    /// Whether every path of `other` is certainly one of these.
    pub fn covers(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Shape::Any, _) => true,
            (Shape::Below { path, .. }, Shape::Any | Shape::Regex { .. }) => path.is_empty(),
            (Shape::Below { path, .. }, Shape::Below { path: inner, .. } | Shape::Exact { path: inner, .. }) => {
                below(inner, path)
            }
            (Shape::Exact { path, .. }, Shape::Exact { path: inner, .. }) => path == inner,
            (Shape::Regex { exact, .. }, Shape::Exact { path, .. }) => exact.is_match(path),
            (Shape::Regex { written, .. }, Shape::Regex { written: inner, .. }) => written == inner,
            (Shape::Exact { .. }, Shape::Any | Shape::Below { .. } | Shape::Regex { .. })
            | (Shape::Regex { .. }, Shape::Any | Shape::Below { .. }) => false,
        }
    }

    /// Other ways in which a server could read the rule's own path. Such a rule opens nothing: its paths have to pass
    /// under those readings as well.
    pub fn other_readings(&self) -> Vec<String> {
        match &self.0 {
            Shape::Any | Shape::Regex { .. } => Vec::new(),
            Shape::Exact { path, .. } | Shape::Below { path, .. } => Readings::of(path).further().to_vec(),
        }
    }
}

/// The path itself, or what stands before `/**`, where there may be nothing.
fn check(path: &str, below: bool) -> Result<(), PathFault> {
    if path.is_empty() && below {
        return Ok(());
    }
    if !path.starts_with('/') {
        return Err(PathFault::Relative);
    }
    if path.contains(['?', '#']) {
        return Err(PathFault::Query);
    }
    if path.contains('*') {
        return Err(PathFault::Star);
    }
    if RequestTarget::parse(path).is_err() {
        return Err(PathFault::NoPath);
    }
    let form = encoded(CanonicalPath::of(path).as_str());
    let form = if below { form.trim_end_matches('/') } else { &form };
    if form == path { Ok(()) } else { Err(PathFault::NotCanonical(form.to_owned())) }
}

/// Browsers send letters beyond ASCII percent-encoded (RFC 3986 §2.5), so rules are written so.
fn encoded(path: &str) -> String {
    let odd = |c: char| !c.is_ascii() || matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}');
    let mut text = String::with_capacity(path.len());
    for character in path.chars() {
        let mut room = [0; 4];
        let bytes = character.encode_utf8(&mut room);
        if odd(character) {
            text.extend(bytes.bytes().map(|byte| format!("%{byte:02X}")));
        } else {
            text.push(character);
        }
    }
    text
}

fn builder(pattern: &str) -> RegexBuilder {
    let mut builder = RegexBuilder::new(pattern);
    builder.size_limit(LARGEST_REGEX).dfa_size_limit(LARGEST_REGEX);
    builder
}

fn compile(builder: &mut RegexBuilder) -> Result<Regex, String> {
    builder.build().map_err(|error| {
        // Of a syntax error the last line says what is wrong; those before it draw the place.
        let text = error.to_string();
        text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
    })
}

fn stem(path: &str) -> &str {
    path.strip_suffix('/').unwrap_or(path)
}

fn below(path: &str, stem: &str) -> bool {
    path.strip_prefix(stem).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl fmt::Display for PathPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Shape::Any => f.write_str(BELOW),
            Shape::Exact { path, .. } => f.write_str(path),
            Shape::Below { path, .. } => write!(f, "{path}{BELOW}"),
            Shape::Regex { written, .. } => f.write_str(written),
        }
    }
}
