//! LDIF (RFC 2849), as `slapcat` and `ldapsearch` write it: people of inetOrgPerson and posixAccount, and the groups that
//! name them as members.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::entry::{Entry, ParsedFile, RawAccount, RawPhone};
use crate::cli::foreign_file::Location;

/// Object classes of people.
const PEOPLE: [&str; 8] = [
    "inetorgperson",
    "posixaccount",
    "account",
    "person",
    "organizationalperson",
    "shadowaccount",
    "user",
    "simplesecurityobject",
];

/// Object classes of groups, which name their members.
const GROUPS: [&str; 5] = ["groupofnames", "groupofuniquenames", "posixgroup", "group", "groupofmembers"];

/// One record: a distinguished name and attributes in lower case.
struct Record {
    line: usize,
    dn: String,
    attributes: HashMap<String, Vec<String>>,
    /// Why it cannot be read.
    fault: Option<String>,
}

impl Record {
    fn values(&self, name: &str) -> &[String] {
        self.attributes.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    fn first(&self, names: &[&str]) -> Option<&String> {
        names.iter().find_map(|name| self.values(name).iter().find(|value| !value.trim().is_empty()))
    }

    fn is_one_of(&self, classes: &[&str]) -> bool {
        self.values("objectclass").iter().any(|class| classes.contains(&class.to_lowercase().as_str()))
    }

    fn username(&self) -> Option<&String> {
        self.first(&["uid", "samaccountname"])
    }
}

pub(super) fn parse(text: &str) -> ParsedFile {
    let records = records(text);
    let is_person =
        |record: &&Record| record.is_one_of(&PEOPLE) && !record.is_one_of(&["computer"]) && record.username().is_some();
    let mut members: HashMap<String, Vec<String>> = HashMap::new();
    for group in records.iter().filter(|record| record.is_one_of(&GROUPS)) {
        let Some(name) = group.first(&["cn"]) else { continue };
        let named = ["member", "uniquemember", "memberuid"].iter().flat_map(|kind| group.values(kind));
        for member in named {
            members.entry(key(member)).or_default().push(name.clone());
        }
    }
    let left = records.iter().filter(|record| {
        record.fault.is_none() && !is_person(record) && !record.is_one_of(&GROUPS) && !record.attributes.is_empty()
    });
    let left = left.count();
    let notes = (left > 0).then(|| format!("{left} records are neither people with a `uid` nor groups; left out"));
    let entries = records.iter().filter(|record| record.fault.is_some() || is_person(record));
    let entries = entries.map(|record| entry(record, &members)).collect();
    ParsedFile { entries, notes: notes.into_iter().collect(), ..ParsedFile::default() }
}

/// Names of members are compared without letter case and the blanks behind commas (RFC 4514 §2).
fn key(name: &str) -> String {
    name.split(',').map(|part| part.trim().to_lowercase()).collect::<Vec<_>>().join(",")
}

fn entry(record: &Record, members: &HashMap<String, Vec<String>>) -> Entry {
    let at = Location::Line(record.line);
    if let Some(why) = &record.fault {
        return Entry { at, name: record.dn.clone(), account: Err(why.clone()), notes: Vec::new() };
    }
    let username = record.username().cloned().unwrap_or_default();
    let own = record.values("memberof").iter().filter_map(|dn| first_name(dn));
    let given = [key(&record.dn), key(&username)].into_iter().filter_map(|name| members.get(&name)).flatten().cloned();
    let mut groups: Vec<String> = own.chain(given).collect();
    groups.sort();
    groups.dedup();
    let mut notes = Vec::new();
    if record.values("mail").len() > 1 {
        notes.push("it has several addresses; the first is taken".to_owned());
    }
    let raw = RawAccount {
        name: record.first(&["displayname", "cn", "gecos"]).cloned(),
        email: record.first(&["mail"]).cloned(),
        phone: record.first(&["mobile", "telephonenumber"]).cloned().map_or(RawPhone::Missing, RawPhone::Loose),
        groups: Some(groups),
        hashes: record.values("userpassword").to_vec(),
        disabled: disabled(record),
        notes,
        username,
        ..RawAccount::default()
    };
    raw.into_entry(at)
}

fn disabled(record: &Record) -> Option<&'static str> {
    let control = record.first(&["useraccountcontrol"]).and_then(|flags| flags.parse::<u32>().ok());
    let locked = record.first(&["nsaccountlock"]).is_some_and(|lock| lock.eq_ignore_ascii_case("true"));
    let locked = locked || record.first(&["pwdaccountlockedtime"]).is_some();
    // ACCOUNTDISABLE of Active Directory.
    (locked || control.is_some_and(|flags| flags & 2 != 0)).then_some("it is locked in the directory")
}

/// The value of the first part of a distinguished name: `ops` of `cn=ops,ou=groups,dc=example`.
fn first_name(dn: &str) -> Option<String> {
    let (_, rest) = dn.split_once('=')?;
    let mut name = Vec::new();
    let mut bytes = rest.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b',' | b'+' => break,
            // RFC 4514 §2.4: a sign, or a byte in two hexadecimal digits.
            b'\\' => {
                let first = bytes.next()?;
                name.push(match digit(first) {
                    Some(high) => high * 16 + digit(bytes.next()?)?,
                    None => first,
                });
            }
            _ => name.push(byte),
        }
    }
    Some(String::from_utf8(name).ok()?.trim().to_owned())
}

/// The value of a hexadecimal digit.
fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

fn records(text: &str) -> Vec<Record> {
    let mut records = Vec::new();
    let mut current: Option<Record> = None;
    for (number, line) in unfolded(text) {
        if line.is_empty() {
            records.extend(current.take());
            continue;
        }
        if line.starts_with('#')
            || line.starts_with("version:")
            || line.starts_with("search:")
            || line.starts_with("result:")
        {
            continue;
        }
        let record = current.get_or_insert_with(|| Record {
            line: number,
            dn: String::new(),
            attributes: HashMap::new(),
            fault: None,
        });
        if let Err(why) = add(record, &line) {
            record.fault.get_or_insert_with(|| format!("line {number}: {why}"));
        }
    }
    records.extend(current);
    records
}

/// Lines with their numbers; one that begins with a blank continues the one before.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        match (line.strip_prefix(' '), lines.last_mut()) {
            (Some(rest), Some((_, before))) if !before.is_empty() => before.push_str(rest),
            _ => lines.push((index + 1, line.trim_end_matches('\r').to_owned())),
        }
    }
    lines
}

fn add(record: &mut Record, line: &str) -> Result<(), String> {
    let (name, value) = line.split_once(':').ok_or("there is no `:` behind the name of an attribute")?;
    // Options such as `;lang-de` or `;binary` do not change which attribute it is.
    let name = name.split(';').next().unwrap_or_default().trim().to_lowercase();
    let value = if let Some(encoded) = value.strip_prefix(':') {
        let bytes = STANDARD.decode(encoded.trim()).map_err(|_| format!("the base64 of `{name}` cannot be read"))?;
        match String::from_utf8(bytes) {
            Ok(text) => text,
            // Photographs and certificates.
            Err(_) if !is_used(&name) => return Ok(()),
            Err(_) => return Err(format!("`{name}` is not UTF-8")),
        }
    } else if value.starts_with('<') {
        return if is_used(&name) { Err(format!("`{name}` names a file, which is not read")) } else { Ok(()) };
    } else {
        value.trim_start().to_owned()
    };
    match name.as_str() {
        "dn" => record.dn = value,
        "changetype" if value.trim() != "add" => return Err("it is a change, not a record".to_owned()),
        _ => record.attributes.entry(name).or_default().push(value),
    }
    Ok(())
}

fn is_used(name: &str) -> bool {
    const USED: [&str; 17] = [
        "dn",
        "objectclass",
        "uid",
        "samaccountname",
        "cn",
        "displayname",
        "gecos",
        "mail",
        "mobile",
        "telephonenumber",
        "memberof",
        "member",
        "uniquemember",
        "memberuid",
        "userpassword",
        "useraccountcontrol",
        "nsaccountlock",
    ];
    USED.contains(&name)
}
