//! What the benches measure: the real binary with a store of its own and the sandbox CPaaS, and a small HTTP client.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// What a bench gives back; it is run by hand and ends at the first thing that goes wrong.
pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

const BINARY: &str = env!("CARGO_BIN_EXE_portcullis");
const SECRET: &str = "benches-client-secret-5f1c0e";

/// A running child, killed and reaped at the end.
pub(crate) struct Running {
    /// The process.
    pub child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Running {
    /// Starts a command that writes a line with `listening` and its address on standard error.
    pub(crate) fn start(command: &mut Command) -> Outcome<Self> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        let mut lines = BufReader::new(child.stderr.take().ok_or("no standard error")?);
        let mut line = String::new();
        while !line.contains("listening") {
            line.clear();
            if lines.read_line(&mut line)? == 0 {
                return Err("it ended before it listened".into());
            }
        }
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        let pieces = line.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ':')));
        let address = pieces.map(|piece| piece.trim_matches(':')).find_map(|piece| piece.parse().ok());
        Ok(Self { child, address: address.ok_or_else(|| format!("no address in {line:?}"))? })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// What stands around a gateway: configuration, store, sandbox.
pub(crate) struct Prepared {
    /// The CPaaS.
    pub sandbox: Running,
    dir: TempDir,
}

impl Prepared {
    /// Writes a configuration with these lines under `[server]` and this site.
    pub(crate) fn new(server: &str, upstream: &str) -> Outcome<Self> {
        let dir = TempDir::new()?;
        let mut command = Command::new(BINARY);
        command.args(["sandbox", "--listen", "127.0.0.1:0", "--client-id", "PRIV-benches", "--client-secret", SECRET]);
        let prepared = Self { sandbox: Running::start(&mut command)?, dir };
        let (at, cpaas) = (prepared.dir.path().display(), prepared.sandbox.address);
        let text = format!(
            "[server]\nlisten = [\"127.0.0.1:0\"]\n{server}\n[log]\nlevel = \"warn\"\n[keys]\nfile = \"{at}/keys\"\n\
             [store]\nurl = \"sqlite://{at}/portcullis.db\"\n[cpaas]\nbase_url = \"http://{cpaas}\"\n\
             client_id = \"PRIV-benches\"\nclient_secret = \"{SECRET}\"\n[[sites]]\nupstream = [\"{upstream}\"]\n"
        );
        std::fs::write(prepared.config(), text)?;
        std::fs::set_permissions(prepared.config(), std::fs::Permissions::from_mode(0o600))?;
        Ok(prepared)
    }

    fn config(&self) -> PathBuf {
        self.dir.path().join("portcullis.toml")
    }

    /// `portcullis user …`.
    pub(crate) fn user(&self, arguments: &[&str], typed: &str) -> Outcome<()> {
        let mut command = Command::new(BINARY);
        command.arg("user").args(arguments).arg("--config").arg(self.config());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
        child.stdin.take().ok_or("no standard input")?.write_all(typed.as_bytes())?;
        if child.wait()?.success() { Ok(()) } else { Err(format!("user {arguments:?} failed").into()) }
    }

    /// Starts the gateway.
    pub(crate) fn serve(&self) -> Outcome<Running> {
        let mut command = Command::new(BINARY);
        Running::start(command.arg("serve").arg("--config").arg(self.config()))
    }
}

/// An answer.
pub(crate) struct Answer {
    /// The status code.
    pub status: u16,
    /// Lower-case names with values.
    pub headers: Vec<(String, String)>,
    /// The body as text.
    pub body: String,
}

impl Answer {
    /// The value of a hidden field of the page.
    pub(crate) fn hidden(&self, name: &str) -> Outcome<String> {
        let mark = format!("name=\"{name}\" value=\"");
        let (_, rest) = self.body.split_once(&mark).ok_or_else(|| format!("no field {name}: {}", self.body))?;
        let value = rest.split('"').next().unwrap_or_default();
        Ok(value.replace("&amp;", "&").replace("&#38;", "&"))
    }

    /// The `name=value` of every cookie that is set.
    pub(crate) fn cookies(&self) -> Vec<String> {
        let set = self.headers.iter().filter(|(name, _)| name == "set-cookie");
        set.filter_map(|(_, value)| value.split(';').next().map(str::to_owned)).collect()
    }
}

/// One connection that stays open.
pub(crate) struct Client {
    stream: BufReader<TcpStream>,
    address: SocketAddr,
}

impl Client {
    /// Connects.
    pub(crate) fn open(address: SocketAddr) -> Outcome<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), address })
    }

    /// Sends a request and reads the whole answer.
    pub(crate) fn ask(&mut self, method: &str, path: &str, fields: &[(&str, &str)], body: &str) -> Outcome<Answer> {
        let (host, length) = (self.address, body.len());
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\n");
        for (name, value) in fields {
            write!(head, "{name}: {value}\r\n")?;
        }
        if method != "GET" {
            write!(head, "Content-Length: {length}\r\nOrigin: http://{host}\r\n")?;
            head.push_str("Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n");
        }
        self.stream.get_mut().write_all(format!("{head}\r\n{body}").as_bytes())?;
        self.answer()
    }

    fn answer(&mut self) -> Outcome<Answer> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.get(9..12).ok_or("no status line")?.parse()?;
        let mut headers = Vec::new();
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let length = headers.iter().find(|(name, _)| name == "content-length");
        let mut body = vec![0; length.map_or(Ok(0), |(_, value)| value.parse())?];
        self.stream.read_exact(&mut body)?;
        Ok(Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() })
    }
}

/// `application/x-www-form-urlencoded`.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}
