//! Turns a search for an expression into an expression for the whole path.

use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{AssertionKind, Ast, RepetitionKind, RepetitionRange};

use super::automaton::{Automaton, QueryEffect};
use crate::policy::PathPattern;

/// What the other program searches in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SearchedText {
    /// The path alone, as rules do.
    Path,
    /// The path, and `?` and the query if there is one.
    PathAndQuery,
}

/// Why no expression for the path alone is equal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoEqual {
    /// The expression cannot be read, or is too large.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    /// The query decides whether it matches.
    #[error("whether it matches depends on the query, which rules here never see")]
    Query,
    /// A path has these characters only in their encoding, and the other program looks for them decoded.
    #[error("it names characters that a path holds only encoded")]
    Encoded,
}

/// An expression that matches a whole path exactly where `written` is found in the text.
pub(crate) fn anchored(written: &str, searched: SearchedText) -> Result<String, NoEqual> {
    let ast = Parser::new().parse(written).map_err(|error| NoEqual::Unreadable(error.kind().to_string()))?;
    if !written.bytes().all(|byte| byte.is_ascii_graphic()) || written.contains('%') {
        return Err(NoEqual::Encoded);
    }
    let mut automaton = Automaton::of(written).map_err(NoEqual::Unreadable)?;
    if searched == SearchedText::PathAndQuery {
        match automaton.query_effect().ok_or_else(too_large)? {
            QueryEffect::None => {}
            QueryEffect::Decides => return Err(NoEqual::Query),
        }
    }
    let whole = whole(written, &ast);
    PathPattern::regex(&whole).map_err(NoEqual::Unreadable)?;
    Ok(whole)
}

fn too_large() -> NoEqual {
    NoEqual::Unreadable("it is too large".to_owned())
}

/// The same expression for the whole text. Without `^` in front anything may stand before, without `$` anything behind.
fn whole(written: &str, ast: &Ast) -> String {
    let anything = ".*";
    if is_anything(ast) {
        return written.to_owned();
    }
    let Ast::Concat(concat) = ast else { return format!("{anything}(?:{written}){anything}") };
    // A flag that is set inside reaches to the end, and can change what the anchors mean.
    if concat.asts.iter().any(|part| matches!(part, Ast::Flags(_))) {
        return format!("{anything}(?:{written}){anything}");
    }
    let starts =
        concat.asts.first().filter(|part| is_anchor(part, &[AssertionKind::StartLine, AssertionKind::StartText]));
    let ends = concat.asts.last().filter(|part| is_anchor(part, &[AssertionKind::EndLine, AssertionKind::EndText]));
    let from = starts.map_or(0, |anchor| anchor.span().end.offset);
    let to = ends.map_or(written.len(), |anchor| anchor.span().start.offset);
    let core = written.get(from..to).unwrap_or_default();
    let open_end = ends.is_none() && !concat.asts.last().is_some_and(is_anything);
    let open_start = starts.is_none() && !concat.asts.first().is_some_and(is_anything);
    format!("{}{core}{}", if open_start { anything } else { "" }, if open_end { anything } else { "" })
}

fn is_anchor(part: &Ast, kinds: &[AssertionKind]) -> bool {
    matches!(part, Ast::Assertion(assertion) if kinds.contains(&assertion.kind))
}

/// `.*`
fn is_anything(part: &Ast) -> bool {
    let Ast::Repetition(repeated) = part else { return false };
    let any = matches!(repeated.op.kind, RepetitionKind::ZeroOrMore)
        || matches!(repeated.op.kind, RepetitionKind::Range(RepetitionRange::AtLeast(0)));
    any && matches!(*repeated.ast, Ast::Dot(_))
}
