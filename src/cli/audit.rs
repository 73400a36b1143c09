//! `portcullis audit list | show | export | verify`: reads the audit trail directly from the store, whether or not the gateway
//! runs.
//!
//! The permissions of the store's file (0600, the gateway's user) decide who may see the trail: anyone who can read the
//! file can read the trail, and the command asks for nothing else. It changes no event; the trail is append-only.
//! `verify` also needs the key file. Events that are only in the log ([`EventName::is_stored`](crate::audit::EventName::is_stored)) cannot be read here.

mod filter;
mod print;
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;

use super::configuration;
use super::runtime::block_on;
use super::stored;
use super::terminal::{self, Reader};
use crate::audit::event_object;
use crate::config::load::Config;
use crate::keys::KeyRing;
use crate::platform::clock::Clock;
use crate::store::{EventFilter, Store};
use filter::Filter;
use print::Format;
use verify::ChainHash;

/// How many events are read and written at once: a few hundred kilobytes, whatever the size of the trail.
const PAGE: u32 = 500;

/// A limit for reading on a terminal; `export` has none.
const LONGEST_LIST: i64 = 10_000;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// List the newest events, newest first.
    List {
        #[command(flatten)]
        filter: Filter,
        /// The maximum number of events.
        #[arg(long, value_name = "COUNT", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=LONGEST_LIST))]
        limit: u32,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show one event in full.
    Show {
        /// The number of the event, as `audit list` shows it.
        #[arg(value_parser = clap::value_parser!(i64).range(1..))]
        id: i64,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write all matching events, oldest first.
    Export {
        #[command(flatten)]
        filter: Filter,
        /// One JSON object per line, or CSV with a header line.
        #[arg(long, value_enum, default_value_t = Format::Json)]
        format: Format,
    },
    /// Verify the chain of the whole trail: exit status 0 intact, 1 broken, 3 a key to verify it is missing.
    Verify {
        /// A hash that was noted earlier, from the log, an export or a receiver of events: it must be in the trail. Without
        /// it, a trail whose newest events were cut off looks whole.
        #[arg(long, value_name = "HASH")]
        head: Option<ChainHash>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

pub(super) fn run(command: Command, file: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    let config = configuration::without_sites(file)?;
    block_on(async {
        let store = open(&command, &config).await?;
        let outcome = act(&store, command).await;
        store.close().await;
        outcome
    })
}

async fn open(command: &Command, config: &Config) -> anyhow::Result<Store> {
    match command {
        Command::List { .. } | Command::Show { .. } | Command::Export { .. } => stored::open(config).await,
        // New keys would verify nothing, and nobody would see that the right ones are lost.
        Command::Verify { .. } => {
            stored::check(config)?;
            let settings = &config.settings;
            let keys = KeyRing::open(&settings.keys).context("without its keys the trail cannot be verified")?;
            Ok(Store::open(&settings.store, &Arc::new(keys)).await?)
        }
    }
}

async fn act(store: &Store, command: Command) -> anyhow::Result<ExitCode> {
    let now = Clock::system().now();
    match command {
        Command::List { filter, limit, json } => list(store, &filter.resolve(store, now).await?, limit, json).await?,
        Command::Show { id, json } => show(store, id, json).await?,
        Command::Export { filter, format } => export(store, &filter.resolve(store, now).await?, format).await?,
        Command::Verify { head, json } => {
            let report = store.verify_trail(head.map(|ChainHash(hash)| hash)).await?;
            terminal::print(&if json { verify::json(&report) } else { verify::text(&report) })?;
            return Ok(verify::status(&report));
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(store: &Store, filter: &EventFilter, limit: u32, json: bool) -> anyhow::Result<()> {
    let mut events = store.events_before(i64::MAX, filter, limit.saturating_add(1)).await?;
    let more = events.len() > usize::try_from(limit)?;
    if more {
        events.pop();
    }
    terminal::print(&if json { print::array(&events)? } else { events.iter().map(print::line).collect() })?;
    if more {
        terminal::tell("there are older events: see --limit, --until and `audit export`");
    }
    Ok(())
}

async fn show(store: &Store, id: i64, json: bool) -> anyhow::Result<()> {
    let event = store.event(id).await?;
    let event = event
        .with_context(|| format!("there is no event {id}: it was never written, or has been deleted after 90 days"))?;
    terminal::print(&if json { event_object(&event) + "\n" } else { print::page(&event) })?;
    Ok(())
}

/// Works page by page, so that the trail may be larger than memory. Stops at the event that was the newest at the
/// start: on a busy gateway it would otherwise never end.
async fn export(store: &Store, filter: &EventFilter, format: Format) -> anyhow::Result<()> {
    let newest = store.events_before(i64::MAX, &EventFilter::default(), 1).await?;
    let last = newest.first().map_or(0, |event| event.id);
    let mut reader = terminal::print_part(format.heading())?;
    let mut after = 0;
    while reader == Reader::Reading {
        let mut page = store.events_after(after, filter, PAGE).await?;
        page.retain(|event| event.id <= last);
        let Some(end) = page.last() else { break };
        after = end.id;
        let text: String = page.iter().map(|event| format.record(event)).collect();
        reader = terminal::print_part(&text)?;
    }
    Ok(())
}
