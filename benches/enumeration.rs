//! Whether the time of a refused login tells a stranger that an account exists: `cargo bench --bench enumeration [n]`.
//!
//! Asks the real gateway in turn with a name that no account has, a wrong password of an account, and any password of
//! a disabled account; every name is used four times and every attempt comes from an address of its own (named by a
//! trusted proxy), so that no counter holds one back. Prints medians, quartiles and, for each pair, the gap of the
//! medians and the p value of a Mann-Whitney test. It asserts nothing.
#![expect(clippy::print_stdout, reason = "printing is what a bench is for")]
#![expect(clippy::disallowed_methods, reason = "a bench measures real time")]
#![expect(clippy::cast_precision_loss, reason = "counts and microseconds stay far below 2^52")]

mod installation;

use std::time::Instant;

use installation::{Client, Outcome, Prepared, Running, form};

/// The first waits begin after five failures.
const ATTEMPTS_PER_NAME: usize = 4;
const KINDS: [&str; 3] = ["unknown name", "wrong password", "disabled account"];

fn main() -> Outcome<()> {
    let count = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(500_usize);
    let prepared = prepare(count.div_ceil(ATTEMPTS_PER_NAME))?;
    let gate = prepared.serve()?;
    let mut times = measure(&gate, count)?;
    for (kind, times) in KINDS.iter().zip(&mut times) {
        times.sort_by(f64::total_cmp);
        let [q1, median, q3] = [0.25, 0.5, 0.75].map(|part| quantile(times, part));
        println!("{kind:17} n = {count}: median {median:.2} ms, quartiles {q1:.2} and {q3:.2} ms");
    }
    for (first, second) in [(0, 1), (0, 2), (1, 2)] {
        let (Some(a), Some(b)) = (times.get(first), times.get(second)) else { continue };
        let gap = (quantile(b, 0.5) / quantile(a, 0.5) - 1.0) * 100.0;
        let names = [first, second].map(|kind| KINDS.get(kind).copied().unwrap_or_default()).join(" / ");
        println!("{names:34}: gap of the medians {gap:+.2} %, Mann-Whitney p = {:.3}", mann_whitney(a, b));
    }
    Ok(())
}

fn prepare(accounts: usize) -> Outcome<Prepared> {
    let prepared = Prepared::new("trusted_proxies = [\"127.0.0.1\"]", "http://127.0.0.1:9")?;
    for number in 0..accounts {
        for kind in ["active", "closed"] {
            let (name, mail) = (format!("{kind}{number}"), format!("{kind}{number}@example.com"));
            prepared.user(&["add", &name, "--email", &mail, "--password-stdin"], "nine bridges and a half\n")?;
        }
        prepared.user(&["disable", &format!("closed{number}")], "")?;
    }
    Ok(prepared)
}

/// Milliseconds of each attempt, by kind.
fn measure(gate: &Running, count: usize) -> Outcome<[Vec<f64>; 3]> {
    let mut client = Client::open(gate.address)?;
    let page = client.ask("GET", "/portcullis/login", &[], "")?;
    let (cookie, csrf, rd) = (page.cookies().join("; "), page.hidden("csrf")?, page.hidden("rd")?);
    let mut times = [const { Vec::new() }; 3];
    let mut address: u32 = 0x0a00_0000;
    // The first rounds warm up and do not count.
    for attempt in 0..count + 20 {
        for offset in 0..3 {
            // Each kind comes first, second and last equally often.
            let kind = (attempt + offset) % 3;
            let number = attempt.saturating_sub(20) / ATTEMPTS_PER_NAME;
            let warming = attempt < 20;
            let name = match kind {
                _ if warming => format!("warm{attempt}x{kind}"),
                // Names without an account share counters; one attempt each keeps them all below the first wait.
                0 => format!("absent{attempt}"),
                1 => format!("active{number}"),
                _ => format!("closed{number}"),
            };
            let password = if kind == 2 { "nine bridges and a half" } else { "nine bridges and a third" };
            let body = form(&[("csrf", &csrf), ("rd", &rd), ("username", &name), ("password", password)]);
            address += 1;
            let from = std::net::Ipv4Addr::from(address).to_string();
            let fields = [("Cookie", cookie.as_str()), ("X-Forwarded-For", &from)];
            let begun = Instant::now();
            let answer = client.ask("POST", "/portcullis/login", &fields, &body)?;
            let taken = begun.elapsed().as_secs_f64() * 1000.0;
            if !answer.body.contains("Invalid credentials") {
                return Err(format!("{name}: status {}", answer.status).into());
            }
            if let (false, Some(times)) = (warming, times.get_mut(kind)) {
                times.push(taken);
            }
        }
    }
    Ok(times)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a short list")]
fn quantile(sorted: &[f64], part: f64) -> f64 {
    let place = (sorted.len().saturating_sub(1) as f64 * part).round() as usize;
    sorted.get(place).copied().unwrap_or(f64::NAN)
}

/// The two-sided p value, by the normal approximation; ties among measured times are too rare to correct for.
fn mann_whitney(a: &[f64], b: &[f64]) -> f64 {
    let smaller = |time: &f64| b.partition_point(|other| other < time) as f64;
    let equal = |time: &f64| b.iter().filter(|other| other.total_cmp(time).is_eq()).count() as f64;
    let wins: f64 = a.iter().map(|time| smaller(time) + equal(time) / 2.0).sum();
    let (first, second) = (a.len() as f64, b.len() as f64);
    let deviation = (first * second * (first + second + 1.0) / 12.0).sqrt();
    let z = ((wins - first * second / 2.0) / deviation).abs();
    2.0 * upper_tail(z)
}

/// The standard normal's upper tail (Abramowitz and Stegun 26.2.17; the error is below 1e-7).
fn upper_tail(z: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * z);
    let factors = [0.319_381_530, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
    let sum = factors.iter().rev().fold(0.0, |sum, factor| (sum + factor) * t);
    sum * (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt()
}
