//! The first account: who it is, how codes reach them, and a code to see that one arrives.

use std::str::FromStr;

use crate::account::NewAccount;
use crate::cli::generated_password;
use crate::cli::init::dialogue::{Confirmation, Dialogue, is_none};
use crate::cli::init::plan::{Codes, PasswordOrigin, Person, Plan};
use crate::cli::init::sent_code::SentCode;
use crate::cli::init::taken;
use crate::cli::init::trial::{self, Trials, Verdict};
use crate::config::load::Config;
use crate::domain::email::EmailAddress;
use crate::domain::identity::DisplayName;
use crate::domain::method::CodeMethod;
use crate::domain::phone::PhoneNumber;
use crate::domain::username::Username;
use crate::platform::random::Random;
use crate::platform::secret::SecretString;

/// How often the code may be typed.
const ATTEMPTS: usize = 3;

pub(super) async fn ask(dialogue: &mut Dialogue, plan: &Plan, trials: Trials) -> anyhow::Result<Person> {
    let config = plan.draft()?;
    dialogue.say("The first account:")?;
    let username = username(dialogue, &config).await?;
    let name = dialogue.until("Name; may be empty", Some(""), if_any::<DisplayName>)?;
    let mut account = NewAccount {
        username,
        name,
        email: None,
        code_email: None,
        phone: None,
        groups: Vec::new(),
        default_method: None,
    };
    loop {
        destinations(dialogue, plan, &mut account, &config).await?;
        if code_arrives(dialogue, plan, &account, &config, trials).await? == Verdict::Settled {
            break;
        }
    }
    let (password, origin) = password(dialogue, &account, &config)?;
    Ok(Person { account, password, origin })
}

/// Asks until no account has the name.
async fn username(dialogue: &mut Dialogue, config: &Config) -> anyhow::Result<Username> {
    loop {
        let name = dialogue.until("User name", None, parsed::<Username>)?;
        match taken::username(&config.settings.store, &name).await {
            None => return Ok(name),
            Some(taken) => dialogue.say(format!("  {taken}; write another"))?,
        }
    }
}

/// Asks until no account has the address.
async fn email(dialogue: &mut Dialogue, default: &str, config: &Config) -> anyhow::Result<Option<EmailAddress>> {
    loop {
        let email = dialogue.until("E-mail address", Some(default), if_any::<EmailAddress>)?;
        match taken::email(&config.settings.store, email.as_ref()).await {
            None => return Ok(email),
            Some(taken) => dialogue.say(format!("  {taken}; write another"))?,
        }
    }
}

/// Asks until codes can reach the person.
async fn destinations(
    dialogue: &mut Dialogue,
    plan: &Plan,
    account: &mut NewAccount,
    config: &Config,
) -> anyhow::Result<()> {
    loop {
        let before = account.email.as_ref().map(|email| email.as_str().to_owned()).unwrap_or_default();
        account.email = email(dialogue, &before, config).await?;
        if matches!(plan.codes, Codes::MailServer(_)) {
            account.default_method = Some(CodeMethod::Email);
        } else {
            let phone = account.phone.as_ref().map(|phone| phone.as_str().to_owned()).unwrap_or_default();
            account.phone = dialogue.until(
                "Telephone number for codes, such as +15005550074",
                Some(&phone),
                if_any::<PhoneNumber>,
            )?;
        }
        match account.method() {
            Ok(_) => return Ok(()),
            Err(error) => dialogue.say(format!("  {error}"))?,
        }
    }
}

/// Sends a code, if the operator wants it, and asks for it.
async fn code_arrives(
    dialogue: &mut Dialogue,
    plan: &Plan,
    account: &NewAccount,
    config: &Config,
    trials: Trials,
) -> anyhow::Result<Verdict> {
    // The sandbox is started after this.
    if trials == Trials::Off || plan.is_for_trial() {
        return Ok(Verdict::Settled);
    }
    if dialogue.confirm("Send them a code now, to see that it arrives?", Confirmation::Yes)? == Confirmation::No {
        return Ok(Verdict::Settled);
    }
    let code = match SentCode::send(config, account).await {
        Ok(code) => code,
        Err(error) => return trial::after(dialogue, vec![format!("the code cannot be sent: {error:#}")]),
    };
    for _ in 0..ATTEMPTS {
        let typed = dialogue.line(&format!("The code that came by {}; empty if none came", code.method()), Some(""))?;
        if typed.is_empty() {
            return trial::after(dialogue, vec!["no code came".to_owned()]);
        }
        match code.is_right(&typed).await {
            Ok(true) => {
                dialogue.say("  That is the code.")?;
                return Ok(Verdict::Settled);
            }
            Ok(false) => dialogue.say("  That is another code.")?,
            Err(error) => return trial::after(dialogue, vec![format!("the code cannot be checked: {error:#}")]),
        }
    }
    trial::after(dialogue, vec!["none of these was the code".to_owned()])
}

fn password(
    dialogue: &mut Dialogue,
    account: &NewAccount,
    config: &Config,
) -> anyhow::Result<(SecretString, PasswordOrigin)> {
    let options = ["type one", "generate one, which is shown at the end"];
    if dialogue.choose("Their password:", &options, 0)? == 1 {
        return Ok((generated_password::draw(&mut Random::system())?, PasswordOrigin::Generated));
    }
    loop {
        let Some(password) = dialogue.new_password()? else { continue };
        match account.check_password(&password, &config.settings.password) {
            Ok(()) => return Ok((password, PasswordOrigin::Given)),
            Err(why) => dialogue.say(format!("  {why}"))?,
        }
    }
}

fn parsed<T: FromStr<Err: std::fmt::Display>>(answer: &str) -> Result<T, String> {
    answer.parse().map_err(|error: T::Err| error.to_string())
}

fn if_any<T: FromStr<Err: std::fmt::Display>>(answer: &str) -> Result<Option<T>, String> {
    if is_none(answer) { Ok(None) } else { parsed(answer).map(Some) }
}
