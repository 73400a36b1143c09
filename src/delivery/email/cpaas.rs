//! Codes by mail through the CPaaS codes API.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::delivery::cpaas::Cpaas;
use crate::delivery::cpaas::codes::{self, CodeAddress};
use crate::delivery::provider::{
    CodeProvider, CodeReference, CodeRequest, CodeVerdict, DeliveryError, Destination, Sent,
};
use crate::domain::code::OneTimeCode;

/// The provider `cpaas` of `delivery.email`.
pub struct EmailCodes(pub Arc<Cpaas>);

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

impl CodeProvider for EmailCodes {
    fn create<'a>(&'a self, request: &'a CodeRequest) -> BoxFuture<'a, Result<CodeReference, DeliveryError>> {
        Box::pin(async move { codes::create(&self.0, &address(request)?, request).await })
    }

    fn resend<'a>(
        &'a self,
        old: &'a CodeReference,
        request: &'a CodeRequest,
    ) -> BoxFuture<'a, Result<CodeReference, DeliveryError>> {
        Box::pin(async move { codes::resend(&self.0, old, &address(request)?, request).await })
    }

    fn verify<'a>(
        &'a self,
        reference: &'a CodeReference,
        guess: &'a OneTimeCode,
    ) -> BoxFuture<'a, Result<CodeVerdict, DeliveryError>> {
        Box::pin(codes::verify(&self.0, reference, guess))
    }

    fn delete<'a>(&'a self, reference: &'a CodeReference) -> BoxFuture<'a, Result<(), DeliveryError>> {
        Box::pin(codes::delete(&self.0, reference))
    }
}
