//! The codes API as a provider. It is the same for every method, except for the destination of a code.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use super::client::Cpaas;
use super::codes::{self, CodeAddress};
use crate::delivery::provider::{CodeProvider, CodeReference, CodeRequest, CodeVerdict, DeliveryError};
use crate::domain::code::OneTimeCode;

/// The provider `cpaas` of one method.
pub(crate) struct CodesBy {
    /// The client, shared by all providers of the CPaaS.
    pub cpaas: Arc<Cpaas>,
    /// Reads the destination of a request. Fails if it does not fit this method.
    pub address: fn(&CodeRequest) -> Result<CodeAddress<'_>, DeliveryError>,
}

impl CodeProvider for CodesBy {
    fn create<'a>(&'a self, request: &'a CodeRequest) -> BoxFuture<'a, Result<CodeReference, DeliveryError>> {
        Box::pin(async move { codes::create(&self.cpaas, &(self.address)(request)?, request).await })
    }

    fn resend<'a>(
        &'a self,
        old: &'a CodeReference,
        request: &'a CodeRequest,
    ) -> BoxFuture<'a, Result<CodeReference, DeliveryError>> {
        Box::pin(async move { codes::resend(&self.cpaas, old, &(self.address)(request)?, request).await })
    }

    fn verify<'a>(
        &'a self,
        reference: &'a CodeReference,
        guess: &'a OneTimeCode,
    ) -> BoxFuture<'a, Result<CodeVerdict, DeliveryError>> {
        Box::pin(codes::verify(&self.cpaas, reference, guess))
    }

    fn delete<'a>(&'a self, reference: &'a CodeReference) -> BoxFuture<'a, Result<(), DeliveryError>> {
        Box::pin(codes::delete(&self.cpaas, reference))
    }
}
