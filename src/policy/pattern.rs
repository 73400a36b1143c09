//! The paths that a rule applies to: `path` and `path_regex`.

mod sample;

use std::borrow::Cow;
use std::fmt;

use percent_encoding::{AsciiSet, utf8_percent_encode};
use regex::{Regex, RegexBuilder};

use crate::domain::path::{CanonicalPath, PathInterpretations, folded, is_below};
use crate::domain::target::RequestTarget;
use crate::policy::budget::{Budget, BudgetExceeded};

/// The set of paths that a rule applies to.
#[derive(Debug, Clone)]
pub struct PathPattern(Shape);

#[derive(Debug, Clone)]
enum Shape {
    Any,
    /// A single path.
    Exact(LiteralPath),
    /// The part before `/**`: this path and everything below it.
    Below(LiteralPath),
    Regex {
        written: String,
        exact: Regex,
        folded: Regex,
    },
}

/// A path as written in a rule, not a regular expression.
#[derive(Debug, Clone)]
struct LiteralPath {
    path: String,
    folded: String,
    /// Every other interpretation of `path`, as written and folded.
    others: Vec<(String, String)>,
}

/// How a path is compared with a pattern. Some servers distinguish `/Admin`, `/admin` and `/admin/` and some do not.
/// These comparisons apply the looser reading to the pattern as well as to the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Comparison {
    /// Byte for byte.
    Exact,
    /// Ignoring letter case.
    Folded,
    /// Ignoring a slash at the end.
    Stem,
    /// Ignoring letter case and a slash at the end.
    FoldedStem,
    /// Under every other interpretation of the pattern's own path too: a rule for `/a%3Ab` also closes `/a:b`.
    Reread,
    /// As `Reread`, ignoring letter case.
    FoldedReread,
}

impl Comparison {
    /// All comparisons, the exact one first.
    pub(crate) const ALL: [Self; 6] =
        [Self::Exact, Self::Folded, Self::Stem, Self::FoldedStem, Self::Reread, Self::FoldedReread];

    /// Whether letter case matters. If not, callers pass the path folded.
    pub(super) const fn letters(self) -> LetterCase {
        match self {
            Self::Exact | Self::Stem | Self::Reread => LetterCase::AsWritten,
            Self::Folded | Self::FoldedStem | Self::FoldedReread => LetterCase::Folded,
        }
    }

    /// Whether other interpretations of the pattern's own path are compared too.
    pub(super) const fn rereads(self) -> bool {
        matches!(self, Self::Reread | Self::FoldedReread)
    }
}

/// Why a text is not a valid path for a rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathFault {
    /// It does not start with a slash.
    #[error("a path starts with a slash")]
    Relative,
    /// It contains a query or a fragment.
    #[error("a path ends before `?` and `#`: rules never see the query")]
    Query,
    /// It contains a `*` other than in `/**` at the end.
    #[error("`*` is allowed only as `/**` at the end")]
    Star,
    /// It contains spaces or control characters.
    #[error("a path holds no blanks and no control characters")]
    NoPath,
    /// It is not in canonical form; the value is the canonical form.
    #[error("this is not the canonical form of the path (RFC 3986 §6.2.2)")]
    NotCanonical(String),
}

/// Maximum size of a compiled regular expression, in bytes. It also bounds what a look-up may cost.
const LARGEST_REGEX: usize = 1 << 20;

/// The suffix of a path that includes everything below it.
const BELOW: &str = "/**";

impl PathPattern {
    /// Every path.
    pub const ANY: Self = Self(Shape::Any);

    /// Parses `path`: an exact path, or a prefix that ends in `/**` (`/a/**` is `/a`, `/a/` and everything below).
    pub fn parse(text: &str) -> Result<Self, PathFault> {
        let (path, below) = text.strip_suffix(BELOW).map_or((text, false), |path| (path, true));
        match check(path, below) {
            Err(PathFault::NotCanonical(form)) if below => {
                return Err(PathFault::NotCanonical(format!("{form}{BELOW}")));
            }
            judged => judged?,
        }
        let written = LiteralPath::of(path);
        Ok(Self(if below { Shape::Below(written) } else { Shape::Exact(written) }))
    }

    /// Parses `path_regex`. It has to match the whole path. Matching takes time linear in the path (the `regex` crate
    /// has no look-around and no back-references).
    pub fn regex(written: &str) -> Result<Self, String> {
        // Compiled alone first: `a)|(b` is invalid, but would become valid inside the group below.
        compile(&mut builder(written))?;
        let mut whole = builder(&format!(r"\A(?:{written})\z"));
        let exact = compile(&mut whole)?;
        let folded = compile(whole.case_insensitive(true))?;
        Ok(Self(Shape::Regex { written: written.to_owned(), exact, folded }))
    }

    /// Whether the pattern contains this path, byte for byte.
    pub fn matches(&self, path: &str) -> bool {
        match &self.0 {
            Shape::Any => true,
            Shape::Exact(written) => path == written.path,
            Shape::Below(written) => is_below(path, written.path.trim_end_matches('/')),
            Shape::Regex { exact, .. } => exact.is_match(path),
        }
    }

    /// Which of the `wanted` comparisons match. A regular expression runs once for all of them, and a second time for
    /// the path with its final slash added or removed, if a wanted comparison needs that.
    pub(super) fn matched(
        &self,
        view: &PathView<'_>,
        wanted: ComparisonSet,
        budget: &mut Budget,
    ) -> Result<ComparisonSet, BudgetExceeded> {
        match &self.0 {
            Shape::Any => {
                budget.look(0)?;
                Ok(ComparisonSet { exact: true, stem: true, reread: true })
            }
            Shape::Exact(written) => {
                let reread = written.looked_at(view, wanted.reread, budget, |path, own| stem(path) == stem(own))?;
                let own = written.seen(view);
                Ok(ComparisonSet { exact: view.path == own, stem: stem(view.path) == stem(own), reread })
            }
            Shape::Below(written) => {
                // Without its parameter, `/a/;x` ends in a slash.
                let below = |path: &str, own: &str| is_below(path, own.trim_end_matches('/'));
                let reread = written.looked_at(view, wanted.reread, budget, below)?;
                let own = below(view.path, written.seen(view));
                Ok(ComparisonSet { exact: own, stem: own, reread })
            }
            Shape::Regex { exact, folded, .. } => {
                let regex = view.choose(exact, folded);
                let mut run = |path: &str| budget.look(path.len()).map(|()| regex.is_match(path));
                let exact = run(view.path)?;
                let stem = exact || ((wanted.stem || wanted.reread) && run(&view.other_end)?);
                Ok(ComparisonSet { exact, stem, reread: stem })
            }
        }
    }

    /// Whether all comparisons give the same result for a path without capitals. One comparison is then enough.
    pub fn is_plain(&self) -> bool {
        match &self.0 {
            Shape::Any => true,
            Shape::Below(written) => written.path == written.folded && written.others.is_empty(),
            Shape::Exact(written) => written.path == "/",
            Shape::Regex { .. } => false,
        }
    }

    /// Whether the pattern certainly contains every path of `other`.
    pub fn covers(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Shape::Any, _) => true,
            (Shape::Below(outer), Shape::Any | Shape::Regex { .. }) => outer.path.is_empty(),
            (Shape::Below(outer), Shape::Below(inner) | Shape::Exact(inner)) => is_below(&inner.path, &outer.path),
            (Shape::Exact(outer), Shape::Exact(inner)) => outer.path == inner.path,
            (Shape::Regex { exact, .. }, Shape::Exact(inner)) => exact.is_match(&inner.path),
            (Shape::Regex { written, .. }, Shape::Regex { written: inner, .. }) => written == inner,
            (Shape::Exact(_), Shape::Any | Shape::Below(_) | Shape::Regex { .. })
            | (Shape::Regex { .. }, Shape::Any | Shape::Below(_)) => false,
        }
    }

    /// Examples of matching paths, to try rules with. Empty for an expression that cannot match a path from its start.
    pub fn samples(&self) -> Vec<String> {
        let among = |path: &String| RequestTarget::parse(path).is_ok() && self.matches(path);
        let samples = match &self.0 {
            Shape::Any => vec!["/".to_owned(), "/x".to_owned()],
            Shape::Exact(written) => vec![written.path.clone()],
            Shape::Below(written) if written.path.is_empty() => vec!["/".to_owned(), "/x".to_owned()],
            Shape::Below(written) => vec![written.path.clone(), format!("{}/x", written.path)],
            // The shortest match of `.*` is empty, and a path starts with a slash.
            Shape::Regex { written, .. } => {
                let made = sample::of(written).into_iter();
                made.flat_map(
                    |made| if made.starts_with('/') { vec![made] } else { vec!["/".to_owned(), format!("/{made}")] },
                )
                .collect()
            }
        };
        samples.into_iter().filter(among).collect()
    }

    /// Whether the pattern is a single path, without those below it.
    pub fn is_exact(&self) -> bool {
        matches!(self.0, Shape::Exact(_))
    }

    /// Other interpretations of the rule's own path. A rule with such a path opens nothing by itself: requests for it
    /// also have to pass under these interpretations.
    pub fn other_readings(&self) -> impl Iterator<Item = &str> {
        let others = match &self.0 {
            Shape::Any | Shape::Regex { .. } => [].as_slice(),
            Shape::Exact(written) | Shape::Below(written) => written.others.as_slice(),
        };
        others.iter().map(|(path, _)| path.as_str())
    }
}

impl LiteralPath {
    fn of(path: &str) -> Self {
        let others = PathInterpretations::of(path);
        let others = others.further().iter().map(|other| (other.clone(), folded(other).into_owned())).collect();
        Self { path: path.to_owned(), folded: folded(path).into_owned(), others }
    }

    fn seen(&self, view: &PathView<'_>) -> &str {
        view.choose(&self.path, &self.folded)
    }

    /// Whether `is_the_one` accepts the rule's path or, if `others` is set, one of its other interpretations.
    fn looked_at(
        &self,
        view: &PathView<'_>,
        others: bool,
        budget: &mut Budget,
        is_the_one: impl Fn(&str, &str) -> bool,
    ) -> Result<bool, BudgetExceeded> {
        budget.look(self.path.len().min(view.path.len()))?;
        if is_the_one(view.path, self.seen(view)) {
            return Ok(true);
        }
        for (path, folded) in self.others.iter().filter(|_| others) {
            let own = view.choose(path, folded);
            budget.look(own.len().min(view.path.len()))?;
            if is_the_one(view.path, own) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// One interpretation of a request's path, prepared for comparison with patterns.
#[derive(Debug)]
pub(super) struct PathView<'a> {
    /// The path, folded if `letters` is `Folded`.
    pub(super) path: &'a str,
    /// The path with its final slash removed, or with one added.
    other_end: Cow<'a, str>,
    letters: LetterCase,
}

/// Whether letter case matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LetterCase {
    AsWritten,
    Folded,
}

/// A set of comparisons; letter case is decided by the `PathView`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct ComparisonSet {
    exact: bool,
    stem: bool,
    reread: bool,
}

impl<'a> PathView<'a> {
    pub(super) fn new(path: &'a str, letters: LetterCase) -> Self {
        let other_end = match path.strip_suffix('/') {
            Some(stem) => Cow::Borrowed(stem),
            None => Cow::Owned(format!("{path}/")),
        };
        Self { path, other_end, letters }
    }

    /// Returns `folded` if this view is folded, else `as_written`.
    fn choose<'b, T: ?Sized>(&self, as_written: &'b T, folded: &'b T) -> &'b T {
        match self.letters {
            LetterCase::AsWritten => as_written,
            LetterCase::Folded => folded,
        }
    }
}

impl ComparisonSet {
    pub(super) const fn holds(self, comparison: Comparison) -> bool {
        match comparison {
            Comparison::Exact | Comparison::Folded => self.exact,
            Comparison::Stem | Comparison::FoldedStem => self.stem,
            Comparison::Reread | Comparison::FoldedReread => self.reread,
        }
    }

    pub(super) const fn add(&mut self, comparison: Comparison) {
        match comparison {
            Comparison::Exact | Comparison::Folded => self.exact = true,
            Comparison::Stem | Comparison::FoldedStem => self.stem = true,
            Comparison::Reread | Comparison::FoldedReread => self.reread = true,
        }
    }
}

/// Checks a path, or the part before `/**`, which may be empty.
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

/// ASCII characters that a path cannot contain unencoded.
const UNWRITTEN: &AsciiSet =
    &AsciiSet::EMPTY.add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// Browsers percent-encode characters beyond ASCII (RFC 3986 §2.5), so rules have to be written that way.
fn encoded(path: &str) -> String {
    utf8_percent_encode(path, UNWRITTEN).to_string()
}

fn builder(pattern: &str) -> RegexBuilder {
    let mut builder = RegexBuilder::new(pattern);
    builder.size_limit(LARGEST_REGEX).dfa_size_limit(LARGEST_REGEX);
    builder
}

fn compile(builder: &mut RegexBuilder) -> Result<Regex, String> {
    builder.build().map_err(|error| {
        // The last line of a syntax error says what is wrong; the lines before it draw the position.
        let text = error.to_string();
        text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
    })
}

fn stem(path: &str) -> &str {
    path.strip_suffix('/').unwrap_or(path)
}

impl fmt::Display for PathPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Shape::Any => f.write_str(BELOW),
            Shape::Exact(written) => f.write_str(&written.path),
            Shape::Below(written) => write!(f, "{}{BELOW}", written.path),
            Shape::Regex { written, .. } => f.write_str(written),
        }
    }
}
