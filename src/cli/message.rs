//! `portcullis message preview`: the messages that people get, in every language, with what an SMS costs.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use serde_json::json;

use super::{configuration, terminal};
use crate::config::settings::Settings;
use crate::domain::host::HostPattern;
use crate::domain::language::Language;
use crate::i18n::{self, Segments};

/// `portcullis message …`
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Show the SMS and the mail with a code, in every language, and in how many parts the SMS is sent.
    Preview(Preview),
}

#[derive(Debug, clap::Args)]
pub(super) struct Preview {
    /// The host in the last line of the SMS. Default: the host of portal.url, else that of the first site that has one.
    #[arg(long)]
    host: Option<String>,
    /// Show this language only (`de`); repeat it for several.
    #[arg(long, value_name = "TAG")]
    language: Vec<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// A code of the usual length, for the preview alone.
const CODE: &str = "123456";

/// The messages in one language.
struct Messages {
    language: Language,
    sms: String,
    segments: Segments,
    subject: String,
    mail: String,
}

pub(super) fn run(command: Command, file: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    let Command::Preview(preview) = command;
    let settings = configuration::without_sites(file)?.settings;
    let host = preview.host.clone().or_else(|| host(&settings));
    let languages = languages(&preview.language)?;
    let messages = languages.into_iter().map(|language| Messages::of(language, &settings.web.name, host.as_deref()));
    if preview.json {
        let list: Vec<_> = messages.map(|messages| messages.json()).collect();
        terminal::print(&format!("{}\n", serde_json::Value::from(list)))?;
    } else {
        let text: Vec<String> = messages.map(|messages| messages.text()).collect();
        terminal::print(&text.join("\n"))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn host(settings: &Settings) -> Option<String> {
    if let Some(portal) = &settings.web.portal {
        return Some(portal.authority().host().to_string());
    }
    settings.sites.iter().find_map(|site| match &site.host {
        HostPattern::Exact(host) => Some(host.to_string()),
        HostPattern::Below(_) | HostPattern::Any => None,
    })
}

fn languages(tags: &[String]) -> anyhow::Result<Vec<Language>> {
    if tags.is_empty() {
        return Ok(Language::ALL.to_vec());
    }
    let mut languages = Vec::new();
    for tag in tags {
        let Some(language) = Language::of_tag(tag) else {
            let known: Vec<&str> = Language::ALL.iter().map(|language| language.tag()).collect();
            bail!("there is no language `{tag}`; there are {}", known.join(", "));
        };
        languages.push(language);
    }
    Ok(languages)
}

impl Messages {
    fn of(language: Language, product: &str, host: Option<&str>) -> Self {
        let line = i18n::origin_line(host).map(|line| format!("\n\n{line}")).unwrap_or_default();
        let sms = format!("{}{line}", i18n::sms_text(language, product)).replace("{code}", CODE);
        let (subject, mail) = i18n::email_text(language, product, host);
        Self { language, segments: Segments::of(&sms), sms, subject, mail: mail.replace("{code}", CODE) }
    }

    fn json(&self) -> serde_json::Value {
        let Self { language, sms, segments, subject, mail } = self;
        let Segments { alphabet, length, count } = segments;
        json!({
            "language": language.tag(),
            "sms": { "text": sms, "alphabet": alphabet.word(), "length": length, "segments": count },
            "email": { "subject": subject, "text": mail },
        })
    }

    fn text(&self) -> String {
        let Self { language, sms, segments, subject, mail } = self;
        let Segments { alphabet, length, count } = segments;
        let parts = if *count == 1 { "segment" } else { "segments" };
        format!(
            "{} ({})\n\nSMS: {} characters in {}, {count} {parts}\n{}\nMail: {subject}\n{}",
            language.name(),
            language.tag(),
            length,
            alphabet.word(),
            indented(sms),
            indented(mail)
        )
    }
}

fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}
