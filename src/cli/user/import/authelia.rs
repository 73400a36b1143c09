//! Authelia's users file (`users_database.yml`).

use super::entry::{Entry, ParsedFile, RawAccount, RawPhone};
use crate::cli::foreign_file::Location;
use crate::cli::foreign_file::yaml::{self, Field, Node};

/// Keys of Authelia's configuration, which is another file.
const CONFIGURATION: [&str; 4] = ["authentication_backend", "access_control", "jwt_secret", "identity_validation"];

pub(super) fn parse(text: &str) -> Result<ParsedFile, String> {
    let root = yaml::parse(text).map_err(|error| error.to_string())?;
    let Some(users) = root.get("users") else { return Err(without_users(&root)) };
    let Some(users) = users.fields() else {
        return Err(format!("line {}: `users` is a mapping of user names", users.line));
    };
    let entries = users.iter().map(entry).collect();
    Ok(ParsedFile { entries, ..ParsedFile::default() })
}

fn without_users(root: &Node) -> String {
    if !CONFIGURATION.iter().any(|key| root.get(key).is_some()) {
        return "there is no `users`; this is not Authelia's users file".to_owned();
    }
    let backend = root.get("authentication_backend");
    if backend.and_then(|backend| backend.get("ldap")).is_some() {
        return "this is Authelia's configuration; its users are in LDAP: export them with `slapcat` and import the LDIF"
            .to_owned();
    }
    let file = backend.and_then(|backend| backend.get("file")).and_then(|file| file.get("path")).and_then(Node::text);
    let file = file.map(|file| format!(": {file:?}")).unwrap_or_default();
    format!(
        "this is Authelia's configuration; its users are in the file of `authentication_backend.file.path`{file}; \
         its rules are read by `portcullis rules import`"
    )
}

fn entry(user: &Field) -> Entry {
    let at = Location::Line(user.line);
    let mut raw = RawAccount { username: user.key.clone(), ..RawAccount::default() };
    match fill(&mut raw, &user.value) {
        Ok(()) => raw.into_entry(at),
        Err(why) => Entry { at, name: user.key.clone(), account: Err(why), notes: Vec::new() },
    }
}

fn fill(raw: &mut RawAccount, user: &Node) -> Result<(), String> {
    if user.fields().is_none() {
        return Err("it is not a mapping".to_owned());
    }
    let text = |key: &str| match user.get(key) {
        None => Ok(None),
        Some(value) => match value.text() {
            Some(text) => Ok(Some(text.to_owned())),
            None => Err(format!("line {}: `{key}` is a text", value.line)),
        },
    };
    raw.name = text("displayname")?;
    raw.email = text("email")?;
    raw.hashes.extend(text("password")?);
    let extension = text("phone_extension")?.filter(|extension| !extension.is_empty());
    match (text("phone_number")?, extension) {
        (Some(_), Some(_)) => raw.notes.push("its number has an extension, where no SMS arrives; left out".to_owned()),
        (Some(number), None) => raw.phone = RawPhone::Loose(number),
        (None, _) => {}
    }
    let groups = match user.get("groups") {
        None => Vec::new(),
        Some(groups) => groups.texts().ok_or_else(|| format!("line {}: `groups` is a list of names", groups.line))?,
    };
    raw.groups = Some(groups.into_iter().map(str::to_owned).collect());
    if let Some(disabled) = user.get("disabled") {
        let truth = disabled.truth();
        let disabled = truth.ok_or_else(|| format!("line {}: `disabled` is true or false", disabled.line))?;
        raw.disabled = disabled.then_some("it is disabled in the file");
    }
    Ok(())
}
