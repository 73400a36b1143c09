//! Forms and words out of a page, as far as our own pages need it: no error correction, so broken markup shows.

/// A form of a page.
#[derive(Debug, Clone)]
pub struct Form {
    pub action: String,
    pub method: String,
    /// Successful controls in page order: hidden, text, the checked radio.
    pub fields: Vec<(String, String)>,
    /// Every tag inside the form: name and attributes.
    pub tags: Vec<Tag>,
}

/// A start tag.
#[derive(Debug, Clone)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

impl Form {
    /// The form's fields with some of them typed over or added.
    pub fn filled(&self, typed: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut fields = self.fields.clone();
        for (name, value) in typed {
            match fields.iter_mut().find(|(key, _)| key == name) {
                Some(field) => (*value).clone_into(&mut field.1),
                None => fields.push(((*name).to_owned(), (*value).to_owned())),
            }
        }
        fields
    }

    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn input(&self, name: &str) -> Option<&Tag> {
        self.tags.iter().find(|tag| tag.get("name") == Some(name))
    }
}

/// Every start tag of a page, comments left out.
pub fn tags(page: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    walk(page, |tag, _| found.extend(tag));
    found
}

/// Every form of a page.
pub fn forms(page: &str) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let mut open = false;
    walk(page, |tag, end| match (tag, end) {
        (Some(tag), _) if tag.name == "form" => {
            open = true;
            let action = tag.get("action").unwrap_or_default().to_owned();
            let method = tag.get("method").unwrap_or("get").to_ascii_lowercase();
            forms.push(Form { action, method, fields: Vec::new(), tags: vec![tag] });
        }
        (None, Some("form")) => open = false,
        (Some(tag), _) if open => {
            if let Some(form) = forms.last_mut() {
                form.fields.extend(successful(&tag));
                form.tags.push(tag);
            }
        }
        _ => {}
    });
    forms
}

fn successful(tag: &Tag) -> Option<(String, String)> {
    let name = tag.get("name")?.to_owned();
    let kind = tag.get("type").unwrap_or("text");
    let counts = match tag.name.as_str() {
        "input" => match kind {
            "radio" | "checkbox" => tag.get("checked").is_some(),
            "submit" | "button" | "image" | "reset" => false,
            _ => true,
        },
        "textarea" | "select" => true,
        _ => false,
    };
    (counts && tag.get("disabled").is_none()).then(|| (name, tag.get("value").unwrap_or_default().to_owned()))
}

/// Calls `visit` for every start tag (with the tag) and every end tag (with its name).
fn walk(page: &str, mut visit: impl FnMut(Option<Tag>, Option<&str>)) {
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->").map_or("", |(_, after)| after);
        } else if let Some(after) = rest.strip_prefix("</") {
            let (name, after) = after.split_once('>').unwrap_or((after, ""));
            visit(None, Some(name.trim()));
            rest = after;
        } else {
            let length = tag_length(rest);
            if let Some(tag) = read_tag(&rest[1..length]) {
                let raw = matches!(tag.name.as_str(), "script" | "style");
                let closing = format!("</{}", tag.name);
                visit(Some(tag), None);
                rest = &rest[length..];
                if raw {
                    rest = rest.find(&closing).map_or("", |at| &rest[at..]);
                }
            } else {
                rest = &rest[length..];
            }
        }
    }
}

/// Up to and with the `>` that is in no quotes.
fn tag_length(text: &str) -> usize {
    let mut quote = None;
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), letter) if letter == open => quote = None,
            _ => {}
        }
    }
    text.len()
}

fn read_tag(inside: &str) -> Option<Tag> {
    let inside = inside.trim_end_matches('>').trim_end_matches('/');
    let end = inside.find(|c: char| c.is_ascii_whitespace()).unwrap_or(inside.len());
    let name = inside[..end].to_ascii_lowercase();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut attributes = Vec::new();
    let mut rest = inside[end..].trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_ascii_whitespace()).unwrap_or(rest.len());
        let key = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let Some(after) = rest.strip_prefix('=') else {
            attributes.push((key, String::new()));
            continue;
        };
        let after = after.trim_start();
        let (value, remainder) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
            _ => after.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((after, "")),
        };
        attributes.push((key, decode(value)));
        rest = remainder.trim_start();
    }
    Some(Tag { name, attributes })
}

/// Character references, as far as templates write them.
pub fn decode(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let letter = rest.find(';').and_then(|end| reference(&rest[1..end]).map(|letter| (letter, end + 1)));
        let (letter, length) = letter.unwrap_or(('&', 1));
        out.push(letter);
        rest = &rest[length..];
    }
    out + rest
}

fn reference(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        "bull" => Some('\u{2022}'),
        _ => {
            let digits = name.strip_prefix('#')?;
            let number = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(number)
        }
    }
}

/// The page as a person reads it.
pub fn words(page: &str) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        text.push(' ');
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let raw = ["script", "style", "title", "svg"].into_iter().find(|name| rest[1..].starts_with(name));
        let end = match raw {
            Some(name) => rest.find(&format!("</{name}>")).map_or(rest.len(), |at| at + name.len() + 3),
            None => tag_length(rest),
        };
        rest = &rest[end..];
    }
    text.push_str(rest);
    decode(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html><title>t</title><script>if (a < b) { "<form>" }</script>
        <!-- <form action="/no"> --><h1>Sign&nbsp;in &amp; out</h1><form method="POST" action='/a?x=1&amp;y=2'>
        <input type=hidden name="csrf" value="a&#x2f;&#47;&quot;"/><input name=username required autocomplete="username">
        <input type="radio" name="method" value="sms" checked><input type="radio" name="method" value="email">
        <button name="go" value="1">Go > on</button></form><form action="/b"></form>"#;

    #[test]
    fn a_form_is_read_as_a_browser_would() {
        let forms = forms(PAGE);
        assert_eq!(forms.len(), 2);
        assert_eq!((forms[0].action.as_str(), forms[0].method.as_str()), ("/a?x=1&y=2", "post"));
        let filled = forms[0].filled(&[("username", "ada"), ("more", "1")]);
        let expected = [("csrf", "a//\""), ("username", "ada"), ("method", "sms"), ("more", "1")];
        assert_eq!(filled, expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
        assert_eq!(forms[0].input("username").unwrap().get("autocomplete"), Some("username"));
    }

    #[test]
    fn words_are_what_is_read() {
        assert_eq!(words(PAGE), "Sign in & out Go > on");
    }
}
