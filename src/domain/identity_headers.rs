//! The header names that tell a site who is signed in.

use http::header::HeaderName;

/// The account's user name.
pub(crate) const REMOTE_USER: HeaderName = HeaderName::from_static("remote-user");
/// The person's name.
pub(crate) const REMOTE_NAME: HeaderName = HeaderName::from_static("remote-name");
/// The person's e-mail address.
pub(crate) const REMOTE_EMAIL: HeaderName = HeaderName::from_static("remote-email");
/// The account's groups, separated by commas.
pub(crate) const REMOTE_GROUPS: HeaderName = HeaderName::from_static("remote-groups");

/// One site's header names (`sites.identity_headers`), and the foreign identity headers that it accepts from visitors
/// (`sites.keep_headers`). All lower case; `config` checks that they differ in every spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityHeaders {
    /// Name of the header with the user name.
    pub user: HeaderName,
    /// Name of the header with the display name.
    pub name: HeaderName,
    /// Name of the header with the e-mail address.
    pub email: HeaderName,
    /// Name of the header with the groups.
    pub groups: HeaderName,
    /// Identity headers of common apps that are not removed from a visitor's request.
    pub kept: Vec<HeaderName>,
}

impl IdentityHeaders {
    /// The default names, in the order of [`Self::names`].
    pub const DEFAULTS: [HeaderName; 4] = [REMOTE_USER, REMOTE_NAME, REMOTE_EMAIL, REMOTE_GROUPS];

    /// User, name, e-mail, groups.
    pub const fn names(&self) -> [&HeaderName; 4] {
        [&self.user, &self.name, &self.email, &self.groups]
    }
}

impl Default for IdentityHeaders {
    fn default() -> Self {
        Self { user: REMOTE_USER, name: REMOTE_NAME, email: REMOTE_EMAIL, groups: REMOTE_GROUPS, kept: Vec::new() }
    }
}
