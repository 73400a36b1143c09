//! `PORTCULLIS_SECTION__KEY`: every key outside the elements of a list.
//!
//! Values stay text until their key gives them a type: `+15005550006` is a telephone number, not an integer, and
//! `123456` is a valid secret. Names without `__` belong to other programs: Kubernetes sets `PORTCULLIS_PORT` for a
//! service of that name.

use figment::value::{Dict, Value};

use super::Variables;
use crate::config::mistake::{Fault, Mistake};
use crate::config::mistakes::nearest;

const PREFIX: &str = "PORTCULLIS_";

/// Reads our variables. A name that is not section and key is a mistake.
pub(in crate::config) fn read(variables: &Variables) -> (Dict, Vec<Mistake>) {
    let mut values = Dict::new();
    let mut mistakes = Vec::new();
    for (name, value) in variables {
        let name = name.to_string_lossy();
        let Some(rest) = name.strip_prefix(PREFIX).filter(|rest| rest.contains("__")) else { continue };
        match (section_and_key(rest), value.to_str()) {
            (Some((section, key)), Some(text)) => insert(&mut values, section, key, text),
            (Some(_), None) => {
                mistakes.push(mistake(&name, Fault::new("not UTF-8", "set it to plain text, or unset it")));
            }
            (None, _) => {
                let remedy = "write `PORTCULLIS_`, the section, two underscores and the key, in capital letters";
                mistakes.push(mistake(&name, Fault::new("not the name of a key", remedy)));
            }
        }
    }
    (values, mistakes)
}

/// Warnings about variables that are ignored and probably meant for us: `PORTCULLIS_LISTEN`, `portcullis_LOG__LEVEL`.
/// `known` are the variables of all keys.
pub(in crate::config) fn likely_ours(variables: &Variables, known: &[String]) -> Vec<String> {
    let names = variables.keys().map(|name| name.to_string_lossy());
    names.filter_map(|name| intended(&name, known).map(|intended| warning(&name, &intended))).collect()
}

fn warning(name: &str, intended: &[&str]) -> String {
    let intended: Vec<String> = intended.iter().map(|name| format!("`{name}`")).collect();
    let name = name.escape_default();
    format!("{name} (environment): is ignored; did you mean {}?", intended.join(" or "))
}

/// The variables that an ignored name may stand for. `None`: it belongs to another program, or it is not ignored.
fn intended<'k>(name: &str, known: &'k [String]) -> Option<Vec<&'k str>> {
    let upper = name.to_ascii_uppercase();
    let rest = upper.strip_prefix(PREFIX)?;
    if name.strip_prefix(PREFIX).is_some_and(|rest| rest.contains("__")) || is_of_kubernetes(rest) {
        return None;
    }
    let key_of = |variable: &str| variable.rsplit("__").next().unwrap_or_default().to_owned();
    let flat = |variable: &str| variable.replace("__", "_");
    let exact = |variable: &&String| **variable == upper || flat(variable) == flat(&upper) || key_of(variable) == rest;
    let found: Vec<&str> = known.iter().filter(exact).map(String::as_str).collect();
    if !found.is_empty() {
        return Some(found);
    }
    let flattened: Vec<String> = known.iter().map(|variable| flat(variable)).collect();
    let keys: Vec<String> = known.iter().map(|variable| key_of(variable)).collect();
    let near = nearest(&flat(&upper), flattened.iter().map(String::as_str));
    let near = near.or_else(|| nearest(rest, keys.iter().map(String::as_str)))?;
    Some(
        known
            .iter()
            .filter(|variable| flat(variable) == near || key_of(variable) == near)
            .map(String::as_str)
            .collect(),
    )
}

/// Kubernetes sets these for a service that is called `portcullis`.
fn is_of_kubernetes(rest: &str) -> bool {
    rest == "PORT" || rest.starts_with("PORT_") || rest.starts_with("SERVICE_")
}

fn mistake(name: &str, fault: Fault) -> Mistake {
    Mistake { key: name.to_owned(), origin: "environment".to_owned(), fault }
}

/// Splits `SERVER__LISTEN` into `server` and `listen`. No key has two consecutive underscores.
fn section_and_key(rest: &str) -> Option<(String, String)> {
    let (section, key) = rest.split_once("__")?;
    let part = |part: &str| {
        let letters = part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
        letters && !part.is_empty() && !part.starts_with('_') && !part.ends_with('_') && !part.contains("__")
    };
    (part(section) && part(key)).then(|| (section.to_lowercase(), key.to_lowercase()))
}

fn insert(values: &mut Dict, section: String, key: String, text: &str) {
    let keys = values.entry(section).or_insert_with(|| Value::from(Dict::new()));
    if let Value::Dict(_, keys) = keys {
        keys.insert(key, Value::from(text));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(name: &str, value: &str) -> (Dict, usize) {
        let (values, mistakes) = read(&Variables::from([(name.into(), value.into())]));
        (values, mistakes.len())
    }

    fn text(values: &Dict, section: &str, key: &str) -> Option<String> {
        values.get(section)?.as_dict()?.get(key)?.as_str().map(str::to_owned)
    }

    #[test]
    fn a_value_stays_text_whatever_it_looks_like() {
        for value in ["+15005550006", "123456", "true", "1e3", "[1]", "\"x\"", ""] {
            let (values, mistakes) = of("PORTCULLIS_CPAAS__CLIENT_SECRET", value);
            assert_eq!((text(&values, "cpaas", "client_secret").as_deref(), mistakes), (Some(value), 0));
        }
    }

    #[test]
    fn variables_that_other_programs_set_are_not_ours() {
        for name in
            ["PORTCULLIS_PORT", "PORTCULLIS_SERVICE_HOST", "PORTCULLIS_PORT_8080_TCP_ADDR", "PATH", "SERVER__LISTEN"]
        {
            assert_eq!(of(name, "x"), (Dict::new(), 0), "{name}");
        }
    }

    #[test]
    fn a_name_that_was_probably_meant_for_us_is_warned_about_and_no_other() {
        let known = ["SERVER__LISTEN", "STORE__URL", "PORTAL__URL", "LOG__LEVEL"].map(|key| format!("{PREFIX}{key}"));
        for (name, expected) in [
            ("PORTCULLIS_LISTEN", Some("did you mean `PORTCULLIS_SERVER__LISTEN`?")),
            ("PORTCULLIS_SERVER_LISTEN", Some("did you mean `PORTCULLIS_SERVER__LISTEN`?")),
            ("PORTCULLIS_LISTNE", Some("did you mean `PORTCULLIS_SERVER__LISTEN`?")),
            ("portcullis_log__level", Some("did you mean `PORTCULLIS_LOG__LEVEL`?")),
            ("PORTCULLIS_URL", Some("did you mean `PORTCULLIS_STORE__URL` or `PORTCULLIS_PORTAL__URL`?")),
            ("PORTCULLIS_PORT", None),
            ("PORTCULLIS_PORT_8080_TCP", None),
            ("PORTCULLIS_SERVICE_HOST", None),
            ("PORTCULLIS_HOME_OF_ANOTHER", None),
            ("PORTCULLIS_LOG__LEVEL", None),
            ("LISTEN", None),
        ] {
            let said = likely_ours(&Variables::from([(name.into(), "x".into())]), &known);
            let expected: Vec<String> =
                expected.iter().map(|hint| format!("{name} (environment): is ignored; {hint}")).collect();
            assert_eq!(said, expected, "{name}");
        }
    }

    #[test]
    fn a_name_of_another_shape_is_a_mistake() {
        for name in [
            "PORTCULLIS___LISTEN",
            "PORTCULLIS_SERVER__",
            "PORTCULLIS_server__listen",
            "PORTCULLIS_SITES__0__HOST",
            "PORTCULLIS_A___B",
        ] {
            assert_eq!(of(name, "x"), (Dict::new(), 1), "{name}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_value_that_is_not_utf_8_is_a_mistake_only_where_the_name_is_ours() {
        use std::os::unix::ffi::OsStringExt as _;
        let odd = || std::ffi::OsString::from_vec(vec![0xff]);
        let (_, mistakes) = read(&Variables::from([("PORTCULLIS_LOG__LEVEL".into(), odd()), ("OTHER".into(), odd())]));
        assert_eq!(mistakes.len(), 1);
    }

    proptest! {
        #[test]
        fn every_name_of_two_parts_is_read_and_keeps_its_value(section in "[A-Z]([A-Z0-9]|_[A-Z0-9]){0,8}", key in "[A-Z]([A-Z0-9]|_[A-Z0-9]){0,8}", value in "[^\\x00]*") {
            let (values, mistakes) = of(&format!("PORTCULLIS_{section}__{key}"), &value);
            prop_assert_eq!(mistakes, 0);
            prop_assert_eq!(text(&values, &section.to_lowercase(), &key.to_lowercase()), Some(value));
        }

        #[test]
        fn no_name_makes_the_reader_fail(name in "[^=\\x00]*") {
            let (values, mistakes) = of(&format!("PORTCULLIS_{name}"), "x");
            prop_assert!(values.len() + mistakes <= 1);
        }
    }
}
