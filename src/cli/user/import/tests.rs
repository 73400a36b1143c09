//! Every parser, on any bytes. What each format means is tested through the command, in `tests/it/import`.

use proptest::prelude::*;

use super::format::{self, Encoding, Format};
use crate::cli::foreign_file::ForeignFile;

const FORMATS: [Format; 7] = [
    Format::Authelia,
    Format::AutheliaTotp,
    Format::Htpasswd,
    Format::Csv,
    Format::CaddySecurity,
    Format::Ldif,
    Format::Tinyauth,
];

/// Parts that files are made of, so that generated texts come far.
const PARTS: [&str; 28] = [
    "users:\n",
    "  ada:\n",
    "    password: ",
    "$6$saltsalt$abc",
    "ada:$2y$10$abc\n",
    "dn: uid=ada,dc=x\n",
    "uid: ada\n",
    "objectClass: person\n",
    "userPassword:: e1NTSEF9\n",
    " folded\n",
    "\n",
    "email;name\n",
    "\"a\"\"b\";",
    "c;d\n",
    "=cmd()\n",
    "{\"users\": [",
    "{\"username\": \"ada\"}",
    "]}",
    "totp_configurations:\n",
    "- {username: ada, secret: SkJT}\n",
    "USERS=",
    "ada:hash:JBSWY3DP,",
    "member: uid=ada,dc=x\n",
    "cn: ops\n",
    "objectClass: posixGroup\n",
    "\t",
    "&a [*a]\n",
    "sep=;\n",
];

fn parts() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        8 => (0..PARTS.len()).prop_map(|index| PARTS[index].as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..4),
    ];
    prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
}

fn parse_all(bytes: &[u8]) {
    let file = ForeignFile::from(bytes);
    let _ = format::detect(&file);
    for format in FORMATS {
        for encoding in [Encoding::Utf8, Encoding::Latin1] {
            let _ = format::parse(&file, format, encoding, &[]);
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_are_parsed_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        parse_all(&bytes);
    }

    #[test]
    fn any_parts_of_files_are_parsed_or_refused(bytes in parts()) {
        parse_all(&bytes);
    }

    #[test]
    fn a_table_has_one_entry_for_each_line_that_says_something(
        names in prop::collection::vec("[a-z]{1,8}", 0..20), separator in prop::sample::select(vec![",", ";", "\t"]),
    ) {
        let lines: Vec<String> = names.iter().map(|name| format!("{name}{separator}\"{name}, x\"\n")).collect();
        let lines = lines.concat();
        let text = format!("username{separator}name\n{lines}");
        let file = ForeignFile::from(text.as_bytes());
        let parsed = format::parse(&file, Format::Csv, Encoding::Utf8, &[]).unwrap();
        let found: Vec<&str> = parsed.entries.iter().map(|entry| entry.name.as_str()).collect();
        prop_assert_eq!(found, names.iter().map(String::as_str).collect::<Vec<_>>());
    }
}
