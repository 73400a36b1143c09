//! The providers for mail, one file or folder each.

pub(super) mod cpaas;
pub(super) mod smtp;
