//! The codes API as a provider: the same for every way, but for where a code goes.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use super::client::Cpaas;
use super::codes::{self, CodeAddress};
use crate::delivery::provider::{CodeProvider, CodeReference, CodeRequest, CodeVerdict, DeliveryError};
use crate::domain::code::OneTimeCode;

/// The provider `cpaas` of one way.
pub(crate) struct CodesBy {
    /// The account, shared by all ways.
    pub cpaas: Arc<Cpaas>,
    /// Where a code of this way goes; an error where the request names no such place.
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
