//! Ways of an SMS: one file each.

pub mod cpaas;
pub mod cpaas_message;
