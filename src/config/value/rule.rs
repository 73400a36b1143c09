//! The values of `[[sites.rules]]`.

use http::Method;

use super::{ConfigValue, name_of, not_a, quoted, word};
use crate::config::mistake::Fault;
use crate::domain::identity::Group;
use crate::domain::network::Network;
use crate::domain::username::Username;
use crate::policy::{Credential, PathFault, PathPattern, Requirement};

const REQUIREMENTS: [(&str, Requirement); 4] = [
    ("nothing", Requirement::Nothing),
    ("one_factor", Requirement::OneFactor),
    ("two_factor", Requirement::TwoFactor),
    ("deny", Requirement::Deny),
];
const CREDENTIALS: [(&str, Credential); 3] =
    [("session", Credential::Session), ("token", Credential::Token), ("basic", Credential::Basic)];

/// `path`.
pub(in crate::config) struct RulePath(pub(in crate::config) PathPattern);

/// `path_regex`.
pub(in crate::config) struct RuleRegex(pub(in crate::config) PathPattern);

impl ConfigValue for RulePath {
    const EXAMPLE: &'static str = "/public/**";

    fn kind() -> String {
        "a path, or a prefix that ends in `/**`".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        PathPattern::parse(text).map(Self).map_err(|fault| {
            let remedy = match &fault {
                PathFault::NotCanonical(form) => format!("write `{form}`"),
                PathFault::Star => "use `path_regex` for other patterns".to_owned(),
                PathFault::Query => "write only the path".to_owned(),
                PathFault::NoPath => "write a blank as `%20`".to_owned(),
                PathFault::Relative => format!("write one such as `{}`", Self::EXAMPLE),
            };
            Fault::new(format!("{}: {fault}", quoted(text)), remedy)
        })
    }

    fn text(&self) -> String {
        self.0.to_string()
    }
}

impl ConfigValue for RuleRegex {
    const EXAMPLE: &'static str = "/api/v[0-9]+/.*";

    fn kind() -> String {
        "a regular expression".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let remedy = "see https://docs.rs/regex for the syntax";
        PathPattern::regex(text).map(Self).map_err(|what| Fault::new(format!("{}: {what}", quoted(text)), remedy))
    }

    fn text(&self) -> String {
        self.0.to_string()
    }
}

impl ConfigValue for Requirement {
    const EXAMPLE: &'static str = "two_factor";
    const WORDS: &'static [&'static str] = &["nothing", "one_factor", "two_factor", "deny"];

    fn kind() -> String {
        "`nothing`, `one_factor`, `two_factor` or `deny`".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        word(text, &REQUIREMENTS)
    }

    fn text(&self) -> String {
        name_of(*self, &REQUIREMENTS)
    }
}

impl ConfigValue for Credential {
    const EXAMPLE: &'static str = "session";
    const WORDS: &'static [&'static str] = &["session", "token", "basic"];

    fn kind() -> String {
        "`session`, `token` or `basic`".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        word(text, &CREDENTIALS)
    }

    fn text(&self) -> String {
        name_of(*self, &CREDENTIALS)
    }
}

impl ConfigValue for Method {
    const EXAMPLE: &'static str = "GET";

    fn kind() -> String {
        "a method".to_owned()
    }

    /// Rejects methods that never reach a rule: the gateway refuses other spellings and these three.
    fn parse(text: &str) -> Result<Self, Fault> {
        let spelled = text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
        let known = Self::from_bytes(text.as_bytes()).ok().filter(|_| spelled);
        let Some(method) = known else {
            let remedy = format!("write it in capital letters, such as `{}`", Self::EXAMPLE);
            return Err(Fault::new(format!("{} is not a method", quoted(text)), remedy));
        };
        if matches!(text, "CONNECT" | "TRACE" | "TRACK") {
            return Err(Fault::new(format!("`{text}` never passes the gateway"), "remove it"));
        }
        Ok(method)
    }

    fn text(&self) -> String {
        self.to_string()
    }
}

impl ConfigValue for Network {
    const EXAMPLE: &'static str = "10.0.0.0/8";

    fn kind() -> String {
        "an address or a network".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        text.parse().map_err(|_| not_a::<Self>(text))
    }

    fn text(&self) -> String {
        self.to_string()
    }
}

impl ConfigValue for Group {
    const EXAMPLE: &'static str = "admins";

    fn kind() -> String {
        "a group".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        text.parse().map_err(|_| not_a::<Self>(text))
    }

    fn text(&self) -> String {
        self.as_str().to_owned()
    }
}

impl ConfigValue for Username {
    const EXAMPLE: &'static str = "ada";

    fn kind() -> String {
        "a user name".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        text.parse().map_err(|_| not_a::<Self>(text))
    }

    fn text(&self) -> String {
        self.as_str().to_owned()
    }
}
