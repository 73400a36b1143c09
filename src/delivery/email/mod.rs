//! The providers for mail, one file each.

pub(super) mod cpaas;
