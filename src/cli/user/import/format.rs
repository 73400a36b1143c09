//! The formats, and which of them a file has.

use super::csv::{Column, ColumnName, separator};
use super::entry::ParsedFile;
use super::{authelia, authelia_totp, caddy, csv, htpasswd, ldif, tinyauth};
use crate::cli::foreign_file::ForeignFile;

/// A format that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// Authelia's users file
    Authelia,
    /// What `authelia storage user totp export` writes
    AutheliaTotp,
    /// htpasswd of Apache and nginx
    Htpasswd,
    /// A table with a line of names
    Csv,
    /// The users file of caddy-security
    CaddySecurity,
    /// An LDAP directory as `slapcat` writes it
    Ldif,
    /// Users of tinyauth, as a variable or a file
    Tinyauth,
}

/// How the bytes of a table are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Encoding {
    #[value(name = "utf-8")]
    Utf8,
    #[value(name = "latin-1")]
    Latin1,
}

/// Parses the file.
pub(super) fn parse(
    file: &ForeignFile,
    format: Format,
    encoding: Encoding,
    columns: &[ColumnName],
) -> Result<ParsedFile, String> {
    let text = || match encoding {
        Encoding::Utf8 => file.text().ok_or_else(|| "the file is not UTF-8".to_owned()),
        Encoding::Latin1 => Ok(file.latin1()),
    };
    match format {
        Format::Authelia => authelia::parse(&text()?),
        Format::AutheliaTotp => authelia_totp::parse(&text()?),
        Format::CaddySecurity => caddy::parse(&text()?),
        Format::Ldif => Ok(ldif::parse(&text()?)),
        Format::Tinyauth => Ok(tinyauth::parse(&text()?)),
        // Lines that are not UTF-8 are refused one by one.
        Format::Htpasswd => {
            Ok(text().map_or_else(|_| htpasswd::parse(file.bytes()), |text| htpasswd::parse(text.as_bytes())))
        }
        Format::Csv => {
            text().map_or_else(|_| csv::parse(file.bytes(), columns), |text| csv::parse(text.as_bytes(), columns))
        }
    }
}

/// Tells the format by what the file contains.
pub(super) fn detect(file: &ForeignFile) -> Result<Format, String> {
    let text = file.text().unwrap_or_else(|| file.latin1());
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let first = lines().next().ok_or("the file is empty")?;
    let has = |start: &str| text.lines().any(|line| line.starts_with(start));
    let is_table = first.starts_with("sep=") || {
        let separator = char::from(separator(first.as_bytes()));
        first.split(separator).any(|name| Column::of_header(name.trim_matches('"')).is_some())
    };
    let oauth2 = ["skip_auth_routes", "skip_auth_regex", "cookie_secret", "email_domains", "htpasswd_file"];
    if text.trim_start().starts_with('{') {
        Ok(Format::CaddySecurity)
    } else if has("totp_configurations:") {
        Ok(Format::AutheliaTotp)
    } else if has("dn:") || first.starts_with("version:") {
        Ok(Format::Ldif)
    } else if lines().any(|line| tinyauth::variable(line).is_some() || tinyauth::has_secret(line)) {
        Ok(Format::Tinyauth)
    } else if has("users:") || has("authentication_backend:") || has("access_control:") {
        Ok(Format::Authelia)
    } else if oauth2.iter().any(|key| has(&format!("{key} =")) || has(&format!("{key}="))) {
        Err("this is the configuration of oauth2-proxy, which has no accounts; those of its `htpasswd_file` can be \
             imported, and its routes are read by `portcullis rules import`"
            .to_owned())
    } else if first.contains(':') && !first.contains(": ") {
        Ok(Format::Htpasswd)
    } else if is_table {
        Ok(Format::Csv)
    } else {
        Err("the format is not recognised; name it with --format".to_owned())
    }
}
