//! Servers side by side: CPU time for each request from `/proc`, requests a second from `wrk`, in interleaved rounds.
#![expect(clippy::print_stdout, reason = "printing is what a bench is for")]

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::installation::{Client, Outcome, Prepared, Running, form};

/// The kernel's clock tick for `/proc/PID/stat` (`USER_HZ`), 100 on every Linux.
const TICK: f64 = 10_000.0;

/// One server, and what it is asked.
pub(crate) struct Contestant {
    /// What it is.
    pub name: &'static str,
    /// Where.
    pub address: SocketAddr,
    /// Whose time counts.
    pub processes: Vec<u32>,
    /// The path.
    pub path: &'static str,
    /// Fields of the request.
    pub fields: Vec<String>,
    /// Requests a second and CPU microseconds for each request, by round.
    pub rounds: Vec<(f64, f64)>,
}

/// Measures all of them in turn, round by round, and prints the figures beside those of the one named `measure`.
pub(crate) fn hold(contestants: &mut [Contestant], rounds: u32, seconds: u32, measure: &str) -> Outcome<()> {
    for round in 0..=rounds {
        for contestant in &mut *contestants {
            let figures = contestant.measure(seconds)?;
            // The first round warms up and does not count.
            if round > 0 {
                contestant.rounds.push(figures);
            }
        }
    }
    let floor =
        contestants.iter().find(|one| one.name == measure).map_or(f64::NAN, |one| one.figures(|(_, cpu)| *cpu).1);
    for one in contestants {
        let (low, median, high) = one.figures(|(_, cpu)| *cpu);
        let (slow, rate, fast) = one.figures(|(rate, _)| *rate);
        println!(
            "{:44} {median:6.1} µs CPU/request ({low:.1}–{high:.1}), {:.2} ×; {rate:.0} requests/s ({slow:.0}–{fast:.0})",
            one.name,
            median / floor
        );
    }
    println!("× is the CPU beside: {measure}");
    Ok(())
}

impl Contestant {
    fn measure(&self, seconds: u32) -> Outcome<(f64, f64)> {
        let before = self.ticks()?;
        let mut wrk = Command::new("wrk");
        wrk.args(["-t1", "-c64", &format!("-d{seconds}s")]);
        for field in &self.fields {
            wrk.args(["-H", field]);
        }
        let output = wrk.arg(format!("http://{}{}", self.address, self.path)).output()?;
        let ticks = self.ticks()? - before;
        let text = String::from_utf8(output.stdout)?;
        if text.contains("Non-2xx") || text.contains("Socket errors") {
            return Err(format!("{}: {text}", self.name).into());
        }
        let word = |mark: &str, at: usize| {
            let line = text.lines().find(|line| line.contains(mark)).ok_or("wrk said nothing")?;
            line.split_whitespace().nth(at).ok_or("wrk said less")?.parse::<f64>().map_err(|_| "no number of wrk")
        };
        Ok((word("Requests/sec", 1)?, ticks * TICK / word("requests in", 0)?))
    }

    /// User and system time of all processes.
    fn ticks(&self) -> Outcome<f64> {
        let mut sum = 0.0;
        for process in &self.processes {
            let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
            let (_, fields) = stat.rsplit_once(") ").ok_or("an odd stat")?;
            for time in fields.split(' ').skip(11).take(2) {
                sum += time.parse::<f64>()?;
            }
        }
        Ok(sum)
    }

    /// Least, median and greatest.
    fn figures(&self, of: impl Fn(&(f64, f64)) -> f64) -> (f64, f64, f64) {
        let mut values: Vec<f64> = self.rounds.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        let at = |place: usize| values.get(place).copied().unwrap_or(f64::NAN);
        (at(0), at(values.len() / 2), at(values.len().saturating_sub(1)))
    }
}

/// A gateway before this site, with the account of `ada`.
pub(crate) fn prepare(upstream: &str) -> Outcome<Prepared> {
    let prepared = Prepared::new("trusted_proxies = [\"127.0.0.1\"]", upstream)?;
    let add = ["add", "ada", "--email", "ada@example.com", "--phone", "+15005550074", "--password-stdin"];
    prepared.user(&add, "nine bridges and a half\n")?;
    Ok(prepared)
}

/// The newest code that the sandbox delivered.
fn code(sandbox: SocketAddr) -> Outcome<String> {
    let text = Client::open(sandbox)?.ask("GET", "/messages", &[], "")?.body;
    let mut runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 6);
    Ok(runs.next_back().ok_or("no code was delivered")?.to_owned())
}

/// The cookie of a live session.
pub(crate) fn signed_in(gate: &Running, sandbox: SocketAddr) -> Outcome<String> {
    let mut client = Client::open(gate.address)?;
    let page = client.ask("GET", "/portcullis/login", &[], "")?;
    let (csrf, rd) = (page.hidden("csrf")?, page.hidden("rd")?);
    let body = form(&[("csrf", &csrf), ("rd", &rd), ("username", "ada"), ("password", "nine bridges and a half")]);
    let answer = client.ask("POST", "/portcullis/login", &[("Cookie", &page.cookies().join("; "))], &body)?;
    let cookie = answer.cookies().join("; ");
    let page = client.ask("GET", "/portcullis/verify", &[("Cookie", &cookie)], "")?;
    let body = form(&[("csrf", &page.hidden("csrf")?), ("code", &code(sandbox)?)]);
    let answer = client.ask("POST", "/portcullis/verify", &[("Cookie", &cookie)], &body)?;
    let session = answer.cookies().into_iter().find(|cookie| cookie.starts_with("portcullis="));
    Ok(session.ok_or_else(|| format!("no session: status {}", answer.status))?)
}

/// An nginx with one server.
pub(crate) struct Nginx {
    /// Where it listens.
    pub address: SocketAddr,
    child: std::process::Child,
}

impl Nginx {
    /// Starts it with these lines in its `server`.
    pub(crate) fn start(dir: &Path, name: &str, server: &str) -> Outcome<Self> {
        let prefix = dir.join(name);
        std::fs::create_dir_all(prefix.join("www"))?;
        std::fs::write(prefix.join("www/1k"), [b'x'; 1024])?;
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let text = format!(
            "daemon off; worker_processes 2; pid nginx.pid; error_log stderr crit; worker_rlimit_nofile 8192;\n\
             events {{ worker_connections 2048; }}\nhttp {{ access_log off; keepalive_requests 1000000000;\n\
             client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;\n\
             server {{ listen {address}; {server} }} }}\n"
        );
        std::fs::write(prefix.join("nginx.conf"), text)?;
        // The worker runs as another user and must reach its files.
        for folder in [dir, prefix.as_path()] {
            std::fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
        }
        let mut command = Command::new("nginx");
        let child =
            command.arg("-p").arg(&prefix).args(["-c", "nginx.conf", "-e", "stderr"]).stdin(Stdio::null()).spawn()?;
        let started = Self { address, child };
        for _ in 0..200 {
            if Client::open(address).is_ok() {
                return Ok(started);
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        Err(format!("nginx {name} does not listen").into())
    }

    /// Its working processes.
    pub(crate) fn workers(&self) -> Outcome<Vec<u32>> {
        let id = self.child.id();
        let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children"))?;
        Ok(children.split_whitespace().map(str::parse).collect::<Result<_, _>>()?)
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // SIGTERM: the master ends its workers.
        drop(Command::new("kill").arg(self.child.id().to_string()).status());
        drop(self.child.wait());
    }
}
