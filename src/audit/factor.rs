//! What happens to the factors of an account.

use crate::audit::name::EventName;
use crate::domain::identifier::SessionId;

/// What happened to a factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FactorEdit {
    Added,
    Renamed,
    Removed,
}

/// Who changed an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChangedBy {
    /// Its person, in this session.
    Session(SessionId),
    /// An operator, on the command line.
    Operator,
}

impl FactorEdit {
    pub(super) const fn name(self) -> EventName {
        match self {
            Self::Added => EventName::FactorAdded,
            Self::Renamed => EventName::FactorRenamed,
            Self::Removed => EventName::FactorRemoved,
        }
    }
}

impl ChangedBy {
    pub(super) fn text(self) -> String {
        match self {
            Self::Session(session) => format!("session {}", session.short()),
            Self::Operator => "command line".to_owned(),
        }
    }
}
