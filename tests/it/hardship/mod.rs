//! Hard times for the real binary: visitors who take nothing or send nothing, crowds, few descriptors, a log that
//! cannot be written. Others are served meanwhile, and afterwards memory and descriptors are what they were.

mod crowds;
mod heads;
mod log;
mod untaken;
mod uploads;

use crate::gateway::{GatewayProcess, Setup};
use crate::process::Process;
use crate::visitor::Visitor;
use crate::wire::TlsClient;

/// Everything below /open is open to all.
const OPEN: &str = "[[sites.rules]]\npath = \"/open/**\"\nrequire = \"nothing\"\n";

/// A gateway that is patient for a second or two, started by a shell that sets limits first.
async fn limited(shell: &str, setup: Setup) -> GatewayProcess {
    let mut gateway = GatewayProcess::start(Setup { site: OPEN.to_owned(), ..setup }).await;
    gateway.process.kill().await;
    let script = format!("{shell}; exec \"$0\" \"$@\"");
    let arguments = ["-c", &script, crate::process::BINARY, "serve", "--config", &gateway.config_file()];
    gateway.process = Process::spawn(crate::process::command("sh", &arguments, &[]).current_dir(gateway.dir()));
    let address = gateway.process.listening().await;
    gateway.listening.moved_to(address);
    gateway
}

/// Such a gateway with a certificate, a client that speaks HTTP/2 and one that speaks HTTP/1.
async fn tls_gate() -> (GatewayProcess, TlsClient, TlsClient) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let setup = Setup {
        server: "body_timeout = \"1s\"\ntls = [{ certificate = \"DIR/cert.pem\", key = \"DIR/key.pem\" }]".to_owned(),
        files: vec![("cert.pem", made.cert.pem()), ("key.pem", made.signing_key.serialize_pem())],
        ..Setup::default()
    };
    let gateway = limited("true", setup).await;
    let trusted = [made.cert.der().clone()];
    (gateway, TlsClient::new(&trusted, &["h2"]), TlsClient::new(&trusted, &["http/1.1"]))
}

async fn open(gateway: &GatewayProcess) -> u16 {
    served(gateway.visitor()).await
}

async fn served(mut visitor: Visitor) -> u16 {
    visitor.get("/open/x").await.status
}

/// How many files the process has open.
fn descriptors(process: &Process) -> usize {
    std::fs::read_dir(format!("/proc/{}/fd", process.id())).expect("it runs").count()
}
