//! `portcullis version`: what this binary is, for bug reports and scripts. `portcullis --version` prints one line of it.

use std::process::ExitCode;

use serde_json::json;

use super::table::{Form, FormArguments, json};
use super::terminal;
use crate::store::SCHEMA_VERSION;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    form: FormArguments,
}

/// The optional Cargo features, and whether this build has them.
const FEATURES: [(&str, bool); 2] = [("demo", cfg!(feature = "demo")), ("doctor", cfg!(feature = "doctor"))];

/// What whoever builds it may say (the scripts of `config/` do): a build needs no git and no history.
const COMMIT: Option<&str> = option_env!("PORTCULLIS_COMMIT");

/// What a binary knows about its build. The target and the compiler come from `build.rs`.
struct Build {
    version: &'static str,
    commit: Option<&'static str>,
    target: &'static str,
    rust: &'static str,
    features: Vec<&'static str>,
    schema: usize,
}

impl Build {
    fn own() -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION"),
            commit: COMMIT.filter(|commit| !commit.is_empty()),
            target: env!("PORTCULLIS_BUILD_TARGET"),
            rust: env!("PORTCULLIS_BUILD_RUST"),
            features: FEATURES.iter().filter(|(_, built)| *built).map(|(name, _)| *name).collect(),
            schema: SCHEMA_VERSION,
        }
    }

    fn to_text(&self) -> String {
        let features = if self.features.is_empty() { "none".to_owned() } else { self.features.join(", ") };
        format!(
            "portcullis {}\ncommit    {}\ntarget    {}\nrust      {}\nfeatures  {features}\nschema    {}\n",
            self.version,
            self.commit.unwrap_or("unknown"),
            self.target,
            self.rust,
            self.schema
        )
    }

    fn to_json(&self) -> String {
        json(&json!({
            "version": self.version,
            "commit": self.commit,
            "target": self.target,
            "rust": self.rust,
            "features": self.features,
            "schema": self.schema,
        }))
    }
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let build = Build::own();
    terminal::print(&match arguments.form.form() {
        Form::Text => build.to_text(),
        Form::Json => build.to_json(),
    })?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_without_commit_and_features_says_so() {
        let build = Build { commit: None, features: Vec::new(), ..Build::own() };
        let text = build.to_text();
        assert!(text.contains("\ncommit    unknown\n") && text.contains("\nfeatures  none\n"), "{text}");
        let shown: serde_json::Value = serde_json::from_str(&build.to_json()).unwrap();
        assert_eq!((&shown["commit"], &shown["features"]), (&serde_json::Value::Null, &json!([])));
    }
}
