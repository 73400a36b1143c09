//! Ways of a mail: one file each.

pub(super) mod cpaas;
