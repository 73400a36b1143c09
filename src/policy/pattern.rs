//! Which paths a rule speaks about: `path` and `path_regex`.

mod sample;

use std::borrow::Cow;
use std::fmt;

use percent_encoding::{AsciiSet, utf8_percent_encode};
use regex::{Regex, RegexBuilder};

use crate::domain::path::{CanonicalPath, PathInterpretations, folded, is_below};
use crate::domain::target::RequestTarget;
use crate::policy::budget::{Budget, BudgetExceeded};

/// The paths of a rule.
#[derive(Debug, Clone)]
pub struct PathPattern(Shape);

#[derive(Debug, Clone)]
enum Shape {
    Any,
    /// One path.
    Exact(LiteralPath),
    /// What stands before `/**`.
    Below(LiteralPath),
    Regex {
        written: String,
        exact: Regex,
        folded: Regex,
    },
}

/// The path of a rule.
#[derive(Debug, Clone)]
struct LiteralPath {
    path: String,
    folded: String,
    /// Every other way in which a server could read it, and the same folded.
    others: Vec<(String, String)>,
}

/// How a path is compared with a pattern. Some servers tell `/Admin`, `/admin` and `/admin/` apart and some do not;
/// here it is the pattern that is read in the other way, together with the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Comparison {
    /// Byte for byte.
    Exact,
    /// Without letter case.
    Folded,
    /// Without a slash at the end.
    Stem,
    /// Without either.
    FoldedStem,
    /// The pattern's own path is read in every other way too: a rule for `/a%3Ab` closes `/a:b`.
    Reread,
    /// The same without letter case.
    FoldedReread,
}

impl Comparison {
    /// Every one, the exact one first.
    pub(crate) const ALL: [Self; 6] =
        [Self::Exact, Self::Folded, Self::Stem, Self::FoldedStem, Self::Reread, Self::FoldedReread];

    /// Whether letter case counts; where it does not, the path is handed in folded.
    pub(super) const fn letters(self) -> LetterCase {
        match self {
            Self::Exact | Self::Stem | Self::Reread => LetterCase::AsWritten,
            Self::Folded | Self::FoldedStem | Self::FoldedReread => LetterCase::Folded,
        }
    }

    /// Whether the pattern's own path is read in other ways.
    pub(super) const fn rereads(self) -> bool {
        matches!(self, Self::Reread | Self::FoldedReread)
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
        let written = LiteralPath::of(path);
        Ok(Self(if below { Shape::Below(written) } else { Shape::Exact(written) }))
    }

    /// Reads `path_regex`. It has to match the whole path; matching takes time linear in the path (the `regex` crate
    /// has no look-around and no back-references).
    pub fn regex(written: &str) -> Result<Self, String> {
        // By itself first: `a)|(b` is none, and would become one between our brackets.
        compile(&mut builder(written))?;
        let mut whole = builder(&format!(r"\A(?:{written})\z"));
        let exact = compile(&mut whole)?;
        let folded = compile(whole.case_insensitive(true))?;
        Ok(Self(Shape::Regex { written: written.to_owned(), exact, folded }))
    }

    /// Whether the path is one of these, byte for byte.
    pub fn matches(&self, path: &str) -> bool {
        match &self.0 {
            Shape::Any => true,
            Shape::Exact(written) => path == written.path,
            Shape::Below(written) => is_below(path, written.path.trim_end_matches('/')),
            Shape::Regex { exact, .. } => exact.is_match(path),
        }
    }

    /// Under which of the wanted sights the path is one of these: a regular expression is run once for all of them, and
    /// once more where the other end of the path is wanted too.
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
                // `/a/;x` without its parameter ends in a slash.
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

    /// Whether every sight sees the same in a path without capitals: then one look is enough for such a path.
    pub fn is_plain(&self) -> bool {
        match &self.0 {
            Shape::Any => true,
            Shape::Below(written) => written.path == written.folded && written.others.is_empty(),
            Shape::Exact(written) => written.path == "/",
            Shape::Regex { .. } => false,
        }
    }

    /// Whether every path of `other` is certainly one of these.
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

    /// Paths that are among these, to try rules with. An expression that is no path from its start has none.
    pub fn samples(&self) -> Vec<String> {
        let among = |path: &String| RequestTarget::parse(path).is_ok() && self.matches(path);
        let samples = match &self.0 {
            Shape::Any => vec!["/".to_owned(), "/x".to_owned()],
            Shape::Exact(written) => vec![written.path.clone()],
            Shape::Below(written) if written.path.is_empty() => vec!["/".to_owned(), "/x".to_owned()],
            Shape::Below(written) => vec![written.path.clone(), format!("{}/x", written.path)],
            // `.*` matches no path when it is shortest: a path starts with a slash.
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

    /// Whether it names one path and nothing below it.
    pub fn is_exact(&self) -> bool {
        matches!(self.0, Shape::Exact(_))
    }

    /// Other ways in which a server could read the rule's own path. Such a rule opens nothing: its paths have to pass
    /// under those readings as well.
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

    /// Whether the path or, where they are wanted, one of its other readings is the one.
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

/// One reading of a path, as patterns see it.
#[derive(Debug)]
pub(super) struct PathView<'a> {
    /// The path; folded, where letters are.
    pub(super) path: &'a str,
    /// The same with a slash at its end, or without it.
    other_end: Cow<'a, str>,
    letters: LetterCase,
}

/// Whether letter case counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LetterCase {
    AsWritten,
    Folded,
}

/// A choice among the three ways to see a view; folding is the view's.
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

    /// Of a pattern and the same folded, the one that this is compared with.
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

/// Characters of ASCII that are no characters of a path.
const UNWRITTEN: &AsciiSet =
    &AsciiSet::EMPTY.add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// Browsers send letters beyond ASCII percent-encoded (RFC 3986 §2.5), so rules are written so.
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
        // Of a syntax error the last line says what is wrong; those before it draw the place.
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
