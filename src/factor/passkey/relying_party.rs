//! The relying party: the domain that passkeys belong to, and the origins whose pages may use them.

use std::time::Duration;

use url::Url;
use webauthn_rs_core::WebauthnCore;

use crate::domain::origin::Origin;
use crate::store::OtherDomain;

/// How long the browser waits for the person. Longer than a challenge lives would be of no use.
const PATIENCE: Duration = Duration::from_mins(5);

/// The relying party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelyingParty {
    /// `passkeys.rp_id`: a domain without scheme and port. It never changes: passkeys work for one domain alone.
    pub id: String,
    /// `portal.name`, which browsers and password managers show.
    pub name: String,
    /// `passkeys.origins`: whole origins, compared with their port.
    pub origins: Vec<Origin>,
    /// `passkeys.passwordless`.
    pub passwordless: bool,
    /// `passkeys.accept_new_rp_id`.
    pub other_domain: OtherDomain,
}

impl RelyingParty {
    /// The ceremonies of a page. `None`: pages of this origin have none. A ceremony accepts the origin of the page alone,
    /// although the configuration may name several: an answer that was made elsewhere was not meant for this page.
    pub(super) fn at(&self, origin: &Origin) -> Option<WebauthnCore> {
        let known = self.origins.contains(origin);
        let url = Url::parse(&origin.to_string()).ok().filter(|_| known)?;
        Some(WebauthnCore::new_unsafe_experts_only(&self.name, &self.id, vec![url], PATIENCE, Some(false), Some(false)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_ceremonies_only_at_a_whole_origin_that_the_configuration_names() {
        let party = RelyingParty {
            id: "example.com".to_owned(),
            name: "Example".to_owned(),
            origins: vec!["https://auth.example.com".parse().unwrap()],
            passwordless: true,
            other_domain: OtherDomain::Refused,
        };
        let at = |origin: &str| party.at(&origin.parse().unwrap()).is_some();
        assert!(at("https://auth.example.com") && at("https://auth.example.com:443"));
        for origin in ["https://auth.example.com:8443", "http://auth.example.com", "https://app.example.com"] {
            assert!(!at(origin), "{origin}");
        }
    }
}
