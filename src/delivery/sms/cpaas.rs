//! Codes by SMS through the codes API of the CPaaS.

use std::sync::Arc;

use crate::delivery::cpaas::codes::{self, CodeAddress};
use crate::delivery::cpaas::{CodesBy, Cpaas};
use crate::delivery::provider::{CodeRequest, DeliveryError, Destination, Sent};

/// The provider `cpaas` of `delivery.sms`.
pub(crate) fn codes(cpaas: Arc<Cpaas>) -> CodesBy {
    CodesBy { cpaas, address }
}

fn address(request: &CodeRequest) -> Result<CodeAddress<'_>, DeliveryError> {
    match &request.to {
        Destination::Phone(number) => Ok(CodeAddress::Sms(number.as_str())),
        Destination::Email(_) => Err(DeliveryError {
            provider: codes::NAME,
            reason: "an SMS cannot go to an e-mail address".to_owned(),
            sent: Sent::No,
        }),
    }
}
