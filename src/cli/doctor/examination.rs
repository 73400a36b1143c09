//! What several checks look at, asked once.

use super::super::wire::Answer;
use super::outcome::Outcome;
use super::probe::{Heard, Probe};
use super::probe_request::ProbeRequest;
use super::proxy::Proxy;
use crate::domain::origin::Scheme;
use crate::platform::secret::SecretString;

/// The deployment and its answers to what everybody asks.
pub(super) struct Examination {
    pub(super) probe: Probe,
    /// The proxy in front, as named or as its answers give it away.
    pub(super) proxy: Option<Proxy>,
    /// A path of the app that shows its request headers.
    pub(super) echo: Option<String>,
    /// A person opens the protected page without a session, and once more.
    pub(super) page: Heard,
    pub(super) page_again: Heard,
    /// A script asks for it.
    pub(super) program: Heard,
    /// The sign-in page, and once more.
    pub(super) login: Heard,
    pub(super) login_again: Heard,
    /// A request that is none, which no proxy passes on.
    malformed: Heard,
    /// The `Cookie` that opens the page, or why there is none.
    pub(super) session: Result<SecretString, String>,
}

impl Examination {
    pub(super) async fn begin(probe: Probe, proxy: Option<Proxy>, echo: Option<String>) -> Self {
        let person = ProbeRequest::person(&probe.deployment.page());
        let login = ProbeRequest::person(&probe.deployment.ours("/login"));
        let mut begun = Self {
            page: probe.ask(&person).await,
            page_again: probe.ask(&person).await,
            program: probe.ask(&ProbeRequest::program(&probe.deployment.page())).await,
            login: probe.ask(&login).await,
            login_again: probe.ask(&login).await,
            malformed: probe.ask_malformed().await,
            session: Err("--cookie-file gives no session".to_owned()),
            probe,
            proxy,
            echo,
        };
        begun.proxy = begun.proxy.or_else(|| begun.guess());
        begun.session = begun.sign_in(&person).await;
        begun
    }

    /// Whether the session opens the page.
    async fn sign_in(&self, page: &ProbeRequest) -> Result<SecretString, String> {
        let Some(session) = &self.probe.session else { return Err("it needs a session (--cookie-file)".to_owned()) };
        let cookie = session.cookie(&self.cookie_name());
        let answer = self.probe.ask_with(page, &cookie).await?;
        if answer.status < 300 || answer.first("location").is_none() && !matches!(answer.status, 401 | 403) {
            return Ok(cookie);
        }
        Err(format!("the session of --cookie-file opens nothing: the page answers {}", answer.status))
    }

    /// The session's cookie is named like that of the sign-in under way, which the sign-in page sets.
    fn cookie_name(&self) -> String {
        let usual = match self.probe.deployment.scheme() {
            Scheme::Https => "__Host-portcullis",
            Scheme::Http => "portcullis",
        };
        let lines = self.login.iter().flat_map(|login| login.all("set-cookie"));
        let mut names = lines.filter_map(|line| line.split_once('=')).map(|(name, _)| name);
        names.find_map(|name| name.strip_suffix("-login")).unwrap_or(usual).to_owned()
    }

    /// What a stranger gets for the page, if anything but the page: enough to see whether something else opens it, also
    /// where the refusal itself is not as it should be.
    pub(super) fn closed(&self) -> Result<&Answer, Outcome> {
        match &self.page {
            Ok(answer) if answer.status >= 300 => Ok(answer),
            Ok(answer) => Err(Outcome::NotChecked(format!(
                "the page answers {} without a session: mend that first, or name a protected page with --url",
                answer.status
            ))),
            Err(silence) => Err(Outcome::NotChecked(silence.clone())),
        }
    }

    /// The refusal that a stranger gets for the page. Without one, the checks that need it are left out.
    pub(super) fn refusal(&self) -> Result<&Answer, Outcome> {
        match &self.page {
            Ok(answer) if matches!(answer.status, 300..=399 | 401) => Ok(answer),
            Ok(answer) => Err(Outcome::NotChecked(format!(
                "the page answers {} without a session: mend that first, or name a protected page with --url",
                answer.status
            ))),
            Err(silence) => Err(Outcome::NotChecked(silence.clone())),
        }
    }

    fn guess(&self) -> Option<Proxy> {
        let answers = [&self.malformed, &self.page, &self.login];
        let signed = answers.into_iter().flatten().find_map(Proxy::signed);
        signed.or_else(|| self.malformed.as_ref().ok().and_then(Proxy::spoken))
    }
}
