//! The providers for SMS, one file each.

pub(super) mod cpaas;
pub(super) mod cpaas_message;
