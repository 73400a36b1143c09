//! Codes by SMS through the CPaaS codes API.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::delivery::cpaas::Cpaas;
use crate::delivery::cpaas::codes::{self, CodeAddress};
use crate::delivery::provider::{
    CodeProvider, CodeReference, CodeRequest, CodeVerdict, DeliveryError, Destination, Sent,
};
use crate::domain::code::OneTimeCode;

/// The provider `cpaas` of `delivery.sms`.
pub struct SmsCodes(pub Arc<Cpaas>);

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

impl CodeProvider for SmsCodes {
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
