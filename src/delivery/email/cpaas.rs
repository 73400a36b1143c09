//! Codes by mail through the codes API of the CPaaS.

use std::sync::Arc;

use crate::delivery::cpaas::codes::{self, CodeAddress};
use crate::delivery::cpaas::{CodesBy, Cpaas};
use crate::delivery::provider::{CodeRequest, DeliveryError, Destination, Sent};

/// The provider `cpaas` of `delivery.email`.
pub(crate) fn codes(cpaas: Arc<Cpaas>) -> CodesBy {
    CodesBy { cpaas, address }
}

fn address(request: &CodeRequest) -> Result<CodeAddress<'_>, DeliveryError> {
    let refuse = |reason: &str| DeliveryError { provider: codes::NAME, reason: reason.to_owned(), sent: Sent::No };
    let subject = request.subject.as_deref().filter(|subject| !subject.trim().is_empty());
    match &request.to {
        Destination::Email(address) => {
            let subject = subject.ok_or_else(|| refuse("a mail needs a subject"))?;
            Ok(CodeAddress::Email { address: address.as_str(), subject })
        }
        Destination::Phone(_) => Err(refuse("a mail cannot go to a telephone number")),
    }
}
