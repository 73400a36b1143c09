//! YAML as a tree of texts. Nothing is guessed about types: `1001` and `No` stay what is written there, and whoever reads a
//! value says what it should be. Size, depth and the copies that aliases make are bounded.

use std::collections::{HashMap, HashSet};

use saphyr_parser::{Event, Parser, ScalarStyle};

/// Authelia's files have a depth of six.
const DEEPEST: usize = 32;

/// Values in all, those that aliases repeat included: an alias of an alias of an alias would fill the memory.
const MOST_VALUES: usize = 1_000_000;

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct Node {
    /// The line where it begins.
    pub(in crate::cli) line: usize,
    value: Value,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    /// `quoted`: it is a text whatever it says.
    Scalar {
        text: String,
        quoted: bool,
    },
    List(Vec<Node>),
    Map(Vec<Field>),
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct Field {
    pub(in crate::cli) key: String,
    /// The line of the key.
    pub(in crate::cli) line: usize,
    pub(in crate::cli) value: Node,
}

/// A file that is not read. `Display` is a sentence with the line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub(in crate::cli) struct YamlError {
    line: usize,
    what: String,
}

/// Parses one document.
pub(in crate::cli) fn parse(text: &str) -> Result<Node, YamlError> {
    let mut tree = Tree::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| YamlError {
            line: error.marker().line(),
            what: format!("this is not YAML: {}", error.info()),
        })?;
        tree.add(event, span.start.line())?;
    }
    tree.root.ok_or(YamlError { line: 1, what: "the file is empty".to_owned() })
}

/// What comes next in a list or mapping.
enum Expected {
    Item,
    Key,
    /// The value of this key, which stands in this line.
    Value {
        key: String,
        line: usize,
    },
}

/// A list or mapping that has not ended yet.
struct Open {
    anchor: usize,
    line: usize,
    expects: Expected,
    list: Vec<Node>,
    map: Vec<Field>,
    /// The keys that are written in the mapping itself.
    own: HashSet<String>,
    /// The keys that `<<` brought.
    merged: HashSet<String>,
}

#[derive(Default)]
struct Tree {
    open: Vec<Open>,
    anchors: HashMap<usize, Node>,
    values: usize,
    root: Option<Node>,
}

impl Tree {
    fn add(&mut self, event: Event<'_>, line: usize) -> Result<(), YamlError> {
        match event {
            Event::DocumentStart(_) if self.root.is_some() => fault(line, "a second document begins here"),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {
                Ok(())
            }
            Event::Alias(anchor) => match self.anchors.get(&anchor).cloned() {
                Some(node) => {
                    self.count(size(&node), line)?;
                    self.place(Node { line, ..node })
                }
                None => fault(line, "this alias names nothing"),
            },
            Event::Scalar(text, style, anchor, _) => {
                self.count(1, line)?;
                let quoted = style != ScalarStyle::Plain;
                self.end(anchor, Node { line, value: Value::Scalar { text: text.into_owned(), quoted } })
            }
            Event::SequenceStart(anchor, _) => self.begin(anchor, line, Expected::Item),
            Event::MappingStart(anchor, _) => self.begin(anchor, line, Expected::Key),
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(open) = self.open.pop() else { return fault(line, "this ends nothing") };
                let is_list = matches!(open.expects, Expected::Item);
                let value = if is_list { Value::List(open.list) } else { Value::Map(open.map) };
                self.end(open.anchor, Node { line: open.line, value })
            }
        }
    }

    fn begin(&mut self, anchor: usize, line: usize, expects: Expected) -> Result<(), YamlError> {
        self.count(1, line)?;
        if self.open.len() >= DEEPEST {
            return fault(line, "the file is nested too deeply");
        }
        let own = HashSet::new();
        let merged = HashSet::new();
        self.open.push(Open { anchor, line, expects, list: Vec::new(), map: Vec::new(), own, merged });
        Ok(())
    }

    fn end(&mut self, anchor: usize, node: Node) -> Result<(), YamlError> {
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        self.place(node)
    }

    fn place(&mut self, node: Node) -> Result<(), YamlError> {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match std::mem::replace(&mut open.expects, Expected::Key) {
            Expected::Item => {
                open.expects = Expected::Item;
                open.list.push(node);
            }
            Expected::Key => match node.value {
                Value::Scalar { text, .. } => open.expects = Expected::Value { key: text, line: node.line },
                Value::List(_) | Value::Map(_) => return fault(node.line, "a key is a single text"),
            },
            Expected::Value { key, .. } if key == "<<" => return merge(open, node),
            Expected::Value { key, line } => {
                if !open.own.insert(key.clone()) {
                    return fault(line, &format!("the key {key:?} is there twice"));
                }
                if open.merged.remove(&key) {
                    open.map.retain(|field| field.key != key);
                }
                open.map.push(Field { key, line, value: node });
            }
        }
        Ok(())
    }

    fn count(&mut self, more: usize, line: usize) -> Result<(), YamlError> {
        self.values = self.values.saturating_add(more);
        if self.values > MOST_VALUES {
            fault(line, "the file has too many values, or aliases repeat them")
        } else {
            Ok(())
        }
    }
}

/// `<<: *anchor`: the fields of another mapping, where this one has none of that name.
fn merge(open: &mut Open, node: Node) -> Result<(), YamlError> {
    let line = node.line;
    let sources = match node.value {
        Value::List(list) => list,
        value @ (Value::Map(_) | Value::Scalar { .. }) => vec![Node { line, value }],
    };
    for source in sources {
        let Value::Map(fields) = source.value else { return fault(line, "`<<` takes a mapping") };
        for field in fields {
            if !open.own.contains(&field.key) && open.merged.insert(field.key.clone()) {
                open.map.push(field);
            }
        }
    }
    Ok(())
}

fn size(node: &Node) -> usize {
    match &node.value {
        Value::Scalar { .. } => 1,
        Value::List(list) => list.iter().map(size).sum::<usize>() + 1,
        Value::Map(map) => map.iter().map(|field| size(&field.value)).sum::<usize>() + 1,
    }
}

fn fault<T>(line: usize, what: &str) -> Result<T, YamlError> {
    Err(YamlError { line, what: what.to_owned() })
}

impl Node {
    /// The fields of a mapping; `None`: it is something else.
    pub(in crate::cli) fn fields(&self) -> Option<&[Field]> {
        if let Value::Map(fields) = &self.value { Some(fields) } else { None }
    }

    /// The value of a key, unless it is null.
    pub(in crate::cli) fn get(&self, key: &str) -> Option<&Self> {
        let field = self.fields()?.iter().find(|field| field.key == key)?;
        Some(&field.value).filter(|value| !value.is_null())
    }

    /// The items of a list; `None`: it is something else.
    pub(in crate::cli) fn items(&self) -> Option<&[Self]> {
        if let Value::List(items) = &self.value { Some(items) } else { None }
    }

    /// A text, a number or a truth value, as it is written.
    pub(in crate::cli) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } if !self.is_null() => Some(text),
            Value::Scalar { .. } | Value::List(_) | Value::Map(_) => None,
        }
    }

    /// A list of texts, or a single one.
    pub(in crate::cli) fn texts(&self) -> Option<Vec<&str>> {
        match self.items() {
            Some(items) => items.iter().map(Self::text).collect(),
            None => self.text().map(|text| vec![text]),
        }
    }

    /// A truth value of YAML 1.1 or 1.2.
    pub(in crate::cli) fn truth(&self) -> Option<bool> {
        match self.text()?.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "y" => Some(true),
            "false" | "no" | "off" | "n" => Some(false),
            _ => None,
        }
    }

    /// Whether nothing is there.
    pub(in crate::cli) fn is_null(&self) -> bool {
        match &self.value {
            Value::Scalar { text, quoted: false } => matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"),
            Value::Scalar { quoted: true, .. } | Value::List(_) | Value::Map(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn values_stay_as_they_are_written_and_know_their_lines() {
        let root = parse("---\nusers:\n  1001: {name: No, on: yes, none: ~, empty: '', list: [a, 0123]}\n").unwrap();
        let users = root.get("users").unwrap().fields().unwrap();
        assert_eq!((users[0].key.as_str(), users[0].line), ("1001", 3));
        let user = &users[0].value;
        assert_eq!(user.get("name").and_then(Node::text), Some("No"));
        assert_eq!(user.get("on").and_then(Node::truth), Some(true));
        assert_eq!(user.get("none"), None);
        assert_eq!(user.get("empty").and_then(Node::text), Some(""));
        assert_eq!(user.get("list").and_then(Node::texts), Some(vec!["a", "0123"]));
    }

    #[test]
    fn aliases_and_merges_are_followed() {
        let root = parse("base: &b {x: 1, y: 2}\nuse: {<<: *b, y: 3}\nsame: *b\nbefore: {y: 4, <<: *b}\n").unwrap();
        let text = |path: [&str; 2]| root.get(path[0]).and_then(|node| node.get(path[1])).and_then(Node::text);
        assert_eq!((text(["use", "x"]), text(["use", "y"])), (Some("1"), Some("3")));
        assert_eq!((text(["before", "x"]), text(["before", "y"])), (Some("1"), Some("4")));
        assert_eq!(text(["same", "y"]), Some("2"));
    }

    #[test]
    fn what_would_fill_the_memory_or_is_ambiguous_is_refused() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..=9 {
            let last = level - 1;
            let copies = vec![format!("*a{last}"); 10].join(", ");
            let line = format!("a{level}: &a{level} [{copies}]\n");
            bomb.push_str(&line);
        }
        let deep = format!("{}x{}", "[".repeat(200), "]".repeat(200));
        for (text, said) in [
            (bomb.as_str(), "line 6: the file has too many values, or aliases repeat them"),
            (deep.as_str(), "line 1: the file is nested too deeply"),
            ("a: 1\na: 2\n", "line 2: the key \"a\" is there twice"),
            ("a: 1\n---\nb: 2\n", "line 2: a second document begins here"),
            ("", "line 1: the file is empty"),
            ("? [a]\n: 1\n", "line 1: a key is a single text"),
        ] {
            assert_eq!(parse(text).unwrap_err().to_string(), said);
        }
        assert!(parse("a: [1\n").is_err() && parse("a: 'x\n").is_err() && parse("a: *b\n").is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[ -~\n\t]{0,200}") {
            let _ = parse(&text);
        }

        #[test]
        fn any_structure_is_read_or_refused(text in "[a:\\-\\[\\]{},&*<|>'\" \n#!?%@]{0,120}") {
            let _ = parse(&text);
        }
    }
}
