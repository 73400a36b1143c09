//! Answers that several checks use, requested once at the start.

use super::super::wire::Answer;
use super::outcome::Outcome;
use super::probe::{Heard, Probe};
use super::probe_request::ProbeRequest;
use super::proxy::Proxy;
use crate::domain::origin::Scheme;
use crate::platform::secret::SecretString;

/// The deployment and its answers to the common requests.
pub(super) struct Examination {
    pub(super) probe: Probe,
    /// The proxy in front: from `--proxy`, or guessed from its answers.
    pub(super) proxy: Option<Proxy>,
    /// `--echo`: a path of the app that shows its request headers.
    pub(super) echo: Option<String>,
    /// The protected page as a browser requests it, without a session; requested twice to detect caching.
    pub(super) page: Heard,
    pub(super) page_again: Heard,
    /// The same page as a script requests it.
    pub(super) program: Heard,
    /// The sign-in page, also requested twice.
    pub(super) login: Heard,
    pub(super) login_again: Heard,
    /// The answer to a malformed request, which no proxy passes on: it identifies the proxy.
    malformed: Heard,
    /// The `Cookie` field that opens the page, or why there is none.
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

    /// Tries whether the session of `--cookie-file` opens the page.
    async fn sign_in(&self, page: &ProbeRequest) -> Result<SecretString, String> {
        let Some(session) = &self.probe.session else {
            return Err("this check needs a session (--cookie-file)".to_owned());
        };
        let cookie = session.cookie(&self.cookie_name());
        let answer = self.probe.ask_with(page, &cookie).await?;
        if answer.status < 300 || answer.first("location").is_none() && !matches!(answer.status, 401 | 403) {
            return Ok(cookie);
        }
        Err(format!("the session of --cookie-file does not open the page: it answers {}", answer.status))
    }

    /// The name of the session cookie: that of the sign-in cookie, which the sign-in page sets, without `-login`.
    fn cookie_name(&self) -> String {
        let usual = match self.probe.deployment.scheme() {
            Scheme::Https => "__Host-portcullis",
            Scheme::Http => "portcullis",
        };
        let lines = self.login.iter().flat_map(|login| login.all("set-cookie"));
        let mut names = lines.filter_map(|line| line.split_once('=')).map(|(name, _)| name);
        names.find_map(|name| name.strip_suffix("-login")).unwrap_or(usual).to_owned()
    }

    /// The answer to a stranger's request for the page, if it is anything but the page: enough to see whether something
    /// else opens it, even if the refusal itself is wrong.
    pub(super) fn closed(&self) -> Result<&Answer, Outcome> {
        match &self.page {
            Ok(answer) if answer.status >= 300 => Ok(answer),
            Ok(answer) => Err(Outcome::NotChecked(format!(
                "the page answers {} without a session: fix that first, or name a protected page with --url",
                answer.status
            ))),
            Err(silence) => Err(Outcome::NotChecked(silence.clone())),
        }
    }

    /// The refusal of a stranger's request for the page. Without one, the checks that need it are skipped.
    pub(super) fn refusal(&self) -> Result<&Answer, Outcome> {
        match &self.page {
            Ok(answer) if matches!(answer.status, 300..=399 | 401) => Ok(answer),
            Ok(answer) => Err(Outcome::NotChecked(format!(
                "the page answers {} without a session: fix that first, or name a protected page with --url",
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
