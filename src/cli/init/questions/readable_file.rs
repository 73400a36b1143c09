//! A file that an answer names.

use std::fs::File;
use std::path::PathBuf;

use crate::config::answer::{AnswerKind, parse};

/// The path, absolute: the service is started elsewhere. Refused at the question if the file cannot be read.
pub(super) fn readable_file(answer: &str) -> Result<PathBuf, String> {
    let file = parse(AnswerKind::File, answer)?;
    let file = std::path::absolute(file).map_err(|error| error.to_string())?;
    match File::open(&file) {
        Ok(_) => Ok(file),
        Err(error) => Err(format!("{} cannot be read: {error}", file.display())),
    }
}
