//! Ways of a mail: one file each.

pub mod cpaas;
