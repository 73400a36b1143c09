//! What the trail says about remembered browsers.

use crate::domain::identifier::DeviceId;

/// The browsers that are no longer remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ForgottenBrowsers {
    /// A single browser.
    One(DeviceId),
    /// All browsers of the account.
    All,
}

/// Why a browser is no longer remembered. A changed password, number or address and a disabled account forget all
/// browsers too; those have events of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ForgettingReason {
    /// The person asked for it.
    Request,
    /// An operator ended the session that began in it.
    SessionRevoked,
    /// An earlier cookie of it was shown with the right password: somebody holds a copy, or an answer was lost.
    EarlierCookie,
}

impl ForgottenBrowsers {
    pub(super) fn text(self) -> String {
        match self {
            Self::One(device) => device.short(),
            Self::All => "all".to_owned(),
        }
    }
}

impl ForgettingReason {
    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::Request => "request of the person",
            Self::SessionRevoked => "session revoked",
            Self::EarlierCookie => "an earlier cookie was shown",
        }
    }
}
