//! Hard times for the real binary: visitors who take nothing or send nothing, crowds, few descriptors, a log that
//! cannot be written. Others are served meanwhile, and afterwards memory and descriptors are what they were.

mod crowds;
mod heads;
mod log;
mod untaken;
mod uploads;

use crate::house::{Installation, Plan};
use crate::process::Process;
use crate::visitor::Visitor;
use crate::wire::TlsClient;

/// Everything below /open is open to all.
const OPEN: &str = "[[sites.rules]]\npath = \"/open/**\"\nrequire = \"nothing\"\n";

/// A gateway that is patient for a second or two, started by a shell that sets limits first.
async fn limited(shell: &str, plan: Plan) -> Installation {
    let mut gate = Installation::start(Plan { site: OPEN.to_owned(), ..plan }).await;
    gate.process.kill().await;
    let script = format!("{shell}; exec \"$0\" \"$@\"");
    let arguments = ["-c", &script, crate::process::BINARY, "serve", "--config", &gate.config_file()];
    gate.process = Process::spawn(crate::process::command("sh", &arguments, &[]).current_dir(gate.dir()));
    let address = gate.process.listening().await;
    gate.front.moved_to(address);
    gate
}

/// Such a gateway with a certificate, a client that speaks HTTP/2 and one that speaks HTTP/1.
async fn tls_gate() -> (Installation, TlsClient, TlsClient) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let plan = Plan {
        server: "body_timeout = \"1s\"\ntls = [{ certificate = \"DIR/cert.pem\", key = \"DIR/key.pem\" }]".to_owned(),
        files: vec![("cert.pem", made.cert.pem()), ("key.pem", made.signing_key.serialize_pem())],
        ..Plan::default()
    };
    let gate = limited("true", plan).await;
    let trusted = [made.cert.der().clone()];
    (gate, TlsClient::new(&trusted, &["h2"]), TlsClient::new(&trusted, &["http/1.1"]))
}

async fn open(gate: &Installation) -> u16 {
    served(gate.visitor()).await
}

async fn served(mut visitor: Visitor) -> u16 {
    visitor.get("/open/x").await.status
}

/// How many files the process has open.
fn descriptors(process: &Process) -> usize {
    std::fs::read_dir(format!("/proc/{}/fd", process.id())).expect("it runs").count()
}
