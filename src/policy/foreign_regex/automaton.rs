//! Decides for an expression whether the query behind a path can change what it matches. Every state of its automaton is
//! looked at, so the answer holds for all paths and all queries.

use std::collections::{HashMap, HashSet};

use regex_automata::Input;
use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Cache, Config, DFA};
use regex_automata::util::syntax;

/// Memory of the automaton. An expression that needs more is refused.
const LARGEST: usize = 8 << 20;

/// Steps of the search in all.
const MOST_STEPS: usize = 4_000_000;

/// Whether a query can change the outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum QueryEffect {
    None,
    Decides,
}

pub(super) struct Automaton {
    dfa: DFA,
    cache: Cache,
    steps: usize,
}

/// Where the search stands behind some text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum State {
    /// The expression was found; what follows does not matter.
    Found,
    Open(LazyStateID),
}

impl Automaton {
    /// Bytes, not characters: paths and queries are ASCII on the wire, and `\d` of other programs is ASCII as well.
    pub(super) fn of(written: &str) -> Result<Self, String> {
        let mut builder = DFA::builder();
        builder.configure(Config::new().cache_capacity(LARGEST).skip_cache_capacity_check(true));
        builder.syntax(syntax::Config::new().unicode(false).utf8(false));
        let dfa = builder.build(written).map_err(|error| error.to_string())?;
        let cache = dfa.create_cache();
        Ok(Self { dfa, cache, steps: 0 })
    }

    /// `None`: the automaton is too large.
    pub(super) fn query_effect(&mut self) -> Option<QueryEffect> {
        let start = self.dfa.start_state_forward(&mut self.cache, &Input::new("")).ok()?;
        let start = Self::state(start)?;
        // A path begins with a slash.
        let root = self.step(start, b'/')?;
        let paths = self.reachable(root, Self::is_of_path)?;
        let mut judged: HashMap<State, Option<bool>> = HashMap::new();
        for path in paths {
            let alone = self.is_found(path)?;
            let mark = self.step(path, b'?')?;
            let with_query = if let Some(known) = judged.get(&mark) {
                *known
            } else {
                let outcome = self.outcome_with_query(mark)?;
                judged.insert(mark, outcome);
                outcome
            };
            if with_query != Some(alone) {
                return Some(QueryEffect::Decides);
            }
        }
        Some(QueryEffect::None)
    }

    /// What every query has as its outcome behind this `?`; `Some(None)`: not all have the same.
    #[expect(clippy::option_option, reason = "the outer one ends the search: the automaton is too large")]
    fn outcome_with_query(&mut self, mark: State) -> Option<Option<bool>> {
        let mut outcomes = HashSet::new();
        // A query is not empty.
        for first in (u8::MIN..=u8::MAX).filter(|byte| Self::is_of_query(*byte)) {
            let first = self.step(mark, first)?;
            for state in self.reachable(first, Self::is_of_query)? {
                outcomes.insert(self.is_found(state)?);
            }
            if outcomes.len() > 1 {
                return Some(None);
            }
        }
        Some(outcomes.into_iter().next())
    }

    const fn is_of_path(byte: u8) -> bool {
        byte.is_ascii_graphic() && !matches!(byte, b'?' | b'#')
    }

    const fn is_of_query(byte: u8) -> bool {
        byte.is_ascii_graphic() && byte != b'#'
    }

    /// The states behind every text of these bytes, the empty one included.
    fn reachable(&mut self, from: State, allowed: fn(u8) -> bool) -> Option<HashSet<State>> {
        let mut known = HashSet::from([from]);
        let mut waiting = vec![from];
        while let Some(state) = waiting.pop() {
            for byte in (u8::MIN..=u8::MAX).filter(|byte| allowed(*byte)) {
                let next = self.step(state, byte)?;
                if known.insert(next) {
                    waiting.push(next);
                }
            }
        }
        Some(known)
    }

    fn step(&mut self, state: State, byte: u8) -> Option<State> {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return None;
        }
        let State::Open(id) = state else { return Some(State::Found) };
        let next = self.dfa.next_state(&mut self.cache, id, byte).ok()?;
        // States are known by numbers, which mean something else once the memory was emptied.
        if self.cache.clear_count() > 0 { None } else { Self::state(next) }
    }

    fn state(id: LazyStateID) -> Option<State> {
        match id {
            _ if id.is_quit() => None,
            _ if id.is_match() => Some(State::Found),
            _ => Some(State::Open(id)),
        }
    }

    /// Whether the expression is found in a text that ends here.
    fn is_found(&mut self, state: State) -> Option<bool> {
        let State::Open(id) = state else { return Some(true) };
        let end = self.dfa.next_eoi_state(&mut self.cache, id).ok()?;
        Some(end.is_match())
    }
}
