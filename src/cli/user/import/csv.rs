//! Tables: CSV as spreadsheets write it, with a line of names first. Which column holds what is told by its name.

use std::str::FromStr;

use csv::{ByteRecord, ReaderBuilder};
use zeroize::Zeroizing;

use super::entry::{Entry, ParsedFile, RawAccount, RawPhone};
use crate::cli::foreign_file::Location;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Username,
    Email,
    Name,
    Phone,
    Groups,
    Hash,
    Disabled,
}

impl Column {
    /// The names of columns, in lower case and without blanks and signs; the first is that of `--column`.
    const NAMES: [(Self, &[&str]); 7] = [
        (Self::Username, &["username", "user", "login", "loginname", "userid", "uid", "benutzer", "benutzername"]),
        (Self::Email, &["email", "mail", "emailaddress", "mailaddress", "emailadresse"]),
        (Self::Name, &["name", "displayname", "fullname", "cn", "anzeigename", "vollername"]),
        (
            Self::Phone,
            &["phone", "phonenumber", "telephone", "tel", "mobile", "telefon", "telefonnummer", "handy", "mobil"],
        ),
        (Self::Groups, &["groups", "group", "roles", "role", "gruppen", "gruppe"]),
        (Self::Hash, &["hash", "passwordhash", "password", "passwort", "kennwort"]),
        (Self::Disabled, &["disabled", "gesperrt", "deaktiviert"]),
    ];

    pub(super) fn of_header(header: &str) -> Option<Self> {
        let name: String = header.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        Self::NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(column, _)| *column)
    }
}

/// `--column phone=Handynummer`.
#[derive(Debug, Clone)]
pub(super) struct ColumnName {
    column: Column,
    header: String,
}

impl FromStr for ColumnName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known =
            || Column::NAMES.iter().filter_map(|(_, names)| names.first().copied()).collect::<Vec<_>>().join(", ");
        let usage = || format!("write FIELD=HEADER, with one of these fields: {}", known());
        let (field, header) = text.split_once('=').ok_or_else(usage)?;
        let column = Column::NAMES.iter().find(|(_, names)| names.first() == Some(&field)).ok_or_else(usage)?.0;
        Ok(Self { column, header: header.to_owned() })
    }
}

/// The separators of columns: the one that the first line has most often.
pub(super) const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

pub(super) fn separator(first: &[u8]) -> u8 {
    let count = |separator: u8| first.split(|byte| *byte == separator).count();
    SEPARATORS.into_iter().max_by_key(|separator| (count(*separator), *separator == b',')).unwrap_or(b',')
}

pub(super) fn parse(bytes: &[u8], named: &[ColumnName]) -> Result<ParsedFile, String> {
    // Excel writes its separator before the line of names.
    let (marked, body, skipped) = match bytes.strip_prefix(b"sep=") {
        Some([separator, rest @ ..]) => (Some(*separator), rest.trim_ascii_start(), 1),
        _ => (None, bytes, 0),
    };
    // The reader counts a line end of two bytes only with the next line.
    let body = Zeroizing::new(
        body.iter()
            .enumerate()
            .filter(|(at, byte)| **byte != b'\r' || body.get(at + 1) != Some(&b'\n'))
            .map(|(_, byte)| *byte)
            .collect::<Vec<u8>>(),
    );
    let first = body.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let mut reader = ReaderBuilder::new()
        .delimiter(marked.unwrap_or_else(|| separator(first)))
        .flexible(true)
        .from_reader(body.as_slice());
    let headers = reader.byte_headers().map_err(|error| format!("the first line cannot be read: {error}"))?.clone();
    let headers: Vec<String> = headers.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
    let columns = columns(&headers, named)?;
    let unknown = headers.iter().zip(&columns).filter(|(name, column)| column.is_none() && !name.is_empty());
    let notes = unknown.map(|(name, _)| format!("the column {name:?} is left out")).collect();
    let mut entries = Vec::new();
    for record in reader.byte_records() {
        let record = record.map_err(|error| format!("the table cannot be read: {error}"))?;
        let line = record.position().map_or(0, csv::Position::line);
        let at = Location::Line(usize::try_from(line).unwrap_or_default() + skipped);
        if record.iter().any(|cell| !cell.trim_ascii().is_empty()) {
            entries.push(entry(&record, &columns, at));
        }
    }
    Ok(ParsedFile { entries, notes, ..ParsedFile::default() })
}

/// What each column holds.
fn columns(headers: &[String], named: &[ColumnName]) -> Result<Vec<Option<Column>>, String> {
    if let Some(missing) = named.iter().find(|name| !headers.contains(&name.header)) {
        return Err(format!("there is no column {:?} among the {} of the first line", missing.header, headers.len()));
    }
    let column = |header: &String| {
        let told = named.iter().find(|name| name.header == *header).map(|name| name.column);
        told.or_else(|| Column::of_header(header).filter(|column| named.iter().all(|name| name.column != *column)))
    };
    let columns: Vec<Option<Column>> = headers.iter().map(column).collect();
    let count = |wanted: Column| columns.iter().flatten().filter(|column| **column == wanted).count();
    if let Some((_, names)) = Column::NAMES.iter().find(|(column, _)| count(*column) > 1) {
        let name = names.first().copied().unwrap_or_default();
        return Err(format!("several columns are `{name}`; say which one with --column {name}=HEADER"));
    }
    if count(Column::Username) + count(Column::Email) == 0 {
        // The first line is not quoted: without a header it is a person, with a password.
        let count = headers.len();
        return Err(format!(
            "no column of the first line ({count}) is `username` or `email`; say which one with --column"
        ));
    }
    Ok(columns)
}

fn entry(record: &ByteRecord, columns: &[Option<Column>], at: Location) -> Entry {
    let refused = |name: &str, why: &str, at| Entry {
        at,
        name: name.to_owned(),
        account: Err(why.to_owned()),
        notes: Vec::new(),
    };
    let cell = |wanted: Column| {
        let place = columns.iter().position(|column| *column == Some(wanted))?;
        record.get(place)
    };
    let shown = cell(Column::Username).or_else(|| cell(Column::Email)).unwrap_or_default();
    let shown = String::from_utf8_lossy(shown).into_owned();
    if record.len() > columns.len() {
        return refused(&shown, "it has more cells than the first line", at);
    }
    if record.iter().any(|cell| std::str::from_utf8(cell).is_err()) {
        return refused(&shown, "it is not UTF-8; save the table as UTF-8, or give --encoding latin-1", at);
    }
    let text = |wanted| {
        let text = cell(wanted).and_then(|cell| std::str::from_utf8(cell).ok()).map(str::trim);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let disabled = match text(Column::Disabled).map(|text| text.to_lowercase()).as_deref() {
        None | Some("false" | "no" | "0" | "nein") => None,
        Some("true" | "yes" | "1" | "x" | "ja") => Some("it is disabled in the file"),
        Some(_) => return refused(&shown, "`disabled` is true or false", at),
    };
    let email = text(Column::Email);
    let groups = text(Column::Groups).map(|groups| {
        groups.split([',', ';', '|']).map(|group| group.trim().to_owned()).filter(|group| !group.is_empty()).collect()
    });
    let raw = RawAccount {
        username: text(Column::Username).or_else(|| email.clone()).unwrap_or_default(),
        name: text(Column::Name),
        email,
        phone: text(Column::Phone).map_or(RawPhone::Missing, RawPhone::Strict),
        groups,
        hashes: text(Column::Hash).into_iter().collect(),
        disabled,
        ..RawAccount::default()
    };
    raw.into_entry(at)
}
