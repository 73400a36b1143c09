//! `portcullis serve`: reads the configuration, starts the gateway, and handles signals.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tracing_subscriber::filter::EnvFilter;

use super::code_ways::CodeWays;
use super::exit_status::WRONG_CONFIGURATION;
use super::flags::FlagArguments;
use super::reachable::Reachable;
use super::runtime::block_on;
use super::taken_address::of_gateway;
use super::terminal;
use crate::config::load::{Config, Flags, Log, LogFormat, Sources, load};
use crate::platform::clock::Clock;
use crate::platform::log_writer::{LogWriter, LostLines, Report};
use crate::platform::telemetry::GATEWAY;
use crate::startup::{self, Gateway};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    flags: FlagArguments,
}

pub(super) fn run(file: Option<PathBuf>, arguments: Arguments) -> anyhow::Result<ExitCode> {
    let flags = Flags::from(arguments.flags);
    let named = file.clone();
    let sources = move || Sources::of_process(file.clone(), flags.clone());
    let config = load(&sources())?;
    let uncovered = config.uncovered_hosts();
    if !uncovered.is_empty() {
        uncovered.iter().for_each(terminal::tell);
        return Ok(ExitCode::from(WRONG_CONFIGURATION));
    }
    let log = start_log(&config.log)?;
    let add = CodeWays::of(&config.settings.delivery).add_command(named.as_deref());
    let outcome = block_on(serve(config, &add, sources));
    log.flush();
    outcome
}

/// `add`: the command that adds an account.
async fn serve(config: Config, add: &str, sources: impl Fn() -> Sources) -> anyhow::Result<ExitCode> {
    // Installed before the first port is bound: the default action of a signal would end the process at once.
    let mut signals = Signals::listen()?;
    warn(&config);
    let reachable = Reachable::of(&config.settings);
    let gateway = startup::serve(config.settings, Clock::system()).await;
    let gateway = gateway.map_err(|error| of_gateway(error, "`server.listen` or --listen"))?;
    introduce(&gateway, &reachable, add).await;
    announce(&gateway);
    while let SignalAction::Reload = signals.next().await {
        reload(&gateway, &sources()).await;
    }
    tracing::info!(target: GATEWAY, "draining");
    tokio::select! {
        () = gateway.shutdown() => {
            tracing::info!(target: GATEWAY, "ended");
            Ok(ExitCode::SUCCESS)
        }
        // A second signal: the operator does not want to wait for the active requests.
        () = signals.end() => Ok(ExitCode::FAILURE),
    }
}

/// Reports the addresses that the gateway listens on. Scripts and containers wait for this line, so it is written at
/// any log level.
fn announce(gateway: &Gateway) {
    for address in gateway.addresses() {
        if tracing::enabled!(target: GATEWAY, tracing::Level::INFO) {
            tracing::info!(target: GATEWAY, %address, "listening");
        } else {
            terminal::tell(&format!("listening {address}"));
        }
    }
}

/// Says in a few lines what an operator wants to know after a start. Before `listening`, which stays the last line of a
/// start: whoever waits for it has read everything.
async fn introduce(gateway: &Gateway, reachable: &Reachable, add: &str) {
    tracing::info!(target: GATEWAY, "{}", reachable.line(gateway.addresses()));
    match gateway.accounts().await {
        Ok(accounts) => {
            tracing::info!(target: GATEWAY, "{}", reachable.count(accounts));
            if accounts == 0 {
                tracing::warn!(
                    target: GATEWAY,
                    "nobody can sign in: there are no accounts; add one with `{add}`"
                );
            }
        }
        Err(error) => tracing::error!(target: GATEWAY, %error, "the accounts cannot be counted"),
    }
    if let Some(refused) = reachable.refused() {
        tracing::warn!(target: GATEWAY, "{refused}");
    }
}

fn warn(config: &Config) {
    let outdated = config.outdated_certificates(Clock::system().now());
    for warning in config.warnings.iter().chain(&outdated) {
        tracing::warn!(target: GATEWAY, "{warning}");
    }
}

/// Reads the key file and the certificates again, and checks the configuration, so that mistakes are reported before
/// the next start. A mistake changes nothing: the running gateway continues.
async fn reload(gateway: &Gateway, sources: &Sources) {
    let judged = load(sources).map_err(|mistakes| mistakes.lines().collect::<Vec<String>>()).and_then(|config| {
        let uncovered = config.uncovered_hosts();
        if uncovered.is_empty() { Ok(config) } else { Err(uncovered) }
    });
    let config = match judged {
        Ok(config) => config,
        Err(mistakes) => {
            for mistake in mistakes {
                tracing::error!(target: GATEWAY, "{mistake}");
            }
            tracing::error!(target: GATEWAY, "not reloaded: the previous configuration stays in effect");
            return;
        }
    };
    warn(&config);
    match gateway.reload().await {
        Ok(()) => tracing::info!(target: GATEWAY, "reloaded"),
        Err(error) => {
            tracing::error!(target: GATEWAY, %error, "not reloaded: the previous configuration stays in effect");
        }
    }
}

fn start_log(log: &Log) -> anyhow::Result<LogWriter> {
    let filter = EnvFilter::builder().parse(&log.level)?;
    let report: Report = match log.format {
        LogFormat::Json => lost_lines_json,
        LogFormat::Text => lost_lines_text,
    };
    let writer = LogWriter::start(io::stderr(), Clock::system(), report)?;
    let lines = writer.clone();
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        // It would report to standard error, which may be what fails.
        .log_internal_errors(false)
        .with_writer(move || lines.clone());
    let started = match log.format {
        LogFormat::Json => builder.json().flatten_event(true).with_current_span(false).with_span_list(false).try_init(),
        LogFormat::Text => builder.with_ansi(io::IsTerminal::is_terminal(&io::stderr())).try_init(),
    };
    started.map_err(|error| anyhow::anyhow!("the log cannot be started: {error}"))?;
    Ok(writer)
}

fn lost_lines_text(lost: &LostLines) -> String {
    format!("{}  WARN {GATEWAY}: {}", lost.until, lost_lines(lost))
}

fn lost_lines_json(lost: &LostLines) -> String {
    let timestamp = lost.until.to_string();
    let message = lost_lines(lost);
    serde_json::json!({ "timestamp": timestamp, "level": "WARN", "message": message, "target": GATEWAY }).to_string()
}

fn lost_lines(lost: &LostLines) -> String {
    let lines = if lost.count == 1 { "line was" } else { "lines were" };
    format!("{} log {lines} lost between {} and {}", lost.count, lost.from, lost.until)
}

/// What a signal requests.
enum SignalAction {
    Reload,
    End,
}

struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hang_up: Signal,
}

impl Signals {
    fn listen() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    async fn next(&mut self) -> SignalAction {
        tokio::select! {
            _ = self.terminate.recv() => SignalAction::End,
            _ = self.interrupt.recv() => SignalAction::End,
            _ = self.hang_up.recv() => SignalAction::Reload,
        }
    }

    async fn end(&mut self) {
        while !matches!(self.next().await, SignalAction::End) {}
    }
}
