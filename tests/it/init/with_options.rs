//! Without questions: `portcullis init --yes`.

use super::{Machine, PASSWORD, gets_in, gives_password, serve};
use crate::gateway::{CLIENT_ID, CLIENT_SECRET};
use crate::mail_server::MailServer;
use crate::phone::{Phone, code_in};
use crate::process::{Process, text};
use crate::wire::free_address;

const PHONE: &str = "+15005550074";
const ADA: [&str; 7] = ["--user", "ada", "--email", "ada@example.com", "--phone", PHONE, "--password-stdin"];

/// The options that every call has, and more.
fn init<'a>(upstream: &'a str, listen: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let usual = ["init", "--yes", "--directory", "gate", "--upstream", upstream, "--listen", listen];
    [&usual[..], more].concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_printed_starts_the_sandbox_and_the_gateway_and_ada_gets_in() {
    let machine = Machine::bare().await;
    let (upstream, listen) = (machine.upstream(), free_address().to_string());
    let sandbox = format!("http://{}", free_address());
    let more = ["--host", "app.localhost", "--cpaas-url", &sandbox, "--user", "ada", "--phone", PHONE];
    let said = machine.folder.done(&init(&upstream, &listen, &more), "").await;
    let password = said.lines().find_map(|line| line.strip_prefix("The password of ada, shown only now: "));
    let commands: Vec<Vec<&str>> = said
        .lines()
        .filter_map(|line| line.strip_prefix("  portcullis "))
        .map(|line| line.split('#').next().unwrap().split_whitespace().collect())
        .collect();
    assert_eq!(commands.iter().map(|command| command[0]).collect::<Vec<_>>(), ["sandbox", "serve"], "{said}");
    assert!(said.ends_with(&format!("\nThen open http://app.localhost:{}/\n", listen.split_once(':').unwrap().1)));
    let mut phone = Process::start(&commands[0], &[], machine.folder.dir());
    let phone = Phone::of(phone.listening().await);
    let mut gateway = Process::start(&commands[1], &[], machine.folder.dir());
    let address = gateway.listening().await;
    for missing in ["nobody can sign in", "cannot be reached"] {
        assert!(!gateway.output().contains(missing), "{}", gateway.output());
    }
    let host = format!("app.localhost:{}", address.port());
    let visitor = gives_password(address, &host, "ada", password.expect("a password")).await;
    gets_in(visitor, &phone.code(PHONE, 1).await).await;
    gateway.terminate().await;
    assert_eq!(gateway.status().await, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_secret_comes_from_a_file_a_variable_or_standard_input_and_the_password_follows_it() {
    let (file, variable) = ("own.secret", ("PORTCULLIS_CPAAS__CLIENT_SECRET", CLIENT_SECRET));
    let password = format!("{PASSWORD}\n");
    let both = format!("{CLIENT_SECRET}\n{password}");
    for (options, environment, typed, written) in [
        (&["--secret-file", file][..], &[][..], &password, false),
        (&[], &[variable], &password, true),
        (&["--secret-stdin"], &[], &both, true),
    ] {
        let machine = Machine::bare().await;
        machine.folder.write(file, CLIENT_SECRET);
        let (upstream, listen, cpaas) = (machine.upstream(), free_address().to_string(), machine.cpaas());
        let codes = ["--host", "app.localhost", "--codes", "cpaas", "--cpaas-url", &cpaas, "--client-id", CLIENT_ID];
        let arguments = init(&upstream, &listen, &[&codes[..], &ADA, options].concat());
        let output = machine.folder.run_with(&arguments, environment, typed).await;
        assert_eq!(output.status.code(), Some(0), "{options:?}: {}", text(&output));
        assert!(!text(&output).contains(CLIENT_SECRET) && !text(&output).contains(PASSWORD), "{}", text(&output));
        assert_eq!(machine.folder.path("gate/cpaas.secret").exists(), written, "{options:?}");
        let (_process, address) = machine.serve().await;
        let visitor = gives_password(address, "app.localhost", "ada@example.com", PASSWORD).await;
        gets_in(visitor, &machine.phone.code(PHONE, 1).await).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_go_through_a_mail_server() {
    let machine = Machine::bare().await;
    let server = MailServer::with_tls("starttls", &["--account", "gate:canary-mail-password"]).await;
    machine.folder.write("ca.pem", &server.authority);
    let (upstream, listen) = (machine.upstream(), free_address().to_string());
    let port = server.address.port().to_string();
    let mail = ["--codes", "smtp", "--smtp-host", "localhost", "--smtp-port", &port, "--smtp-username", "gate"];
    let more = ["--smtp-from", "gate@example.com", "--root-certificate", "ca.pem", "--secret-stdin"];
    let arguments = init(&upstream, &listen, &[&["--host", "app.localhost"][..], &mail, &more, &ADA].concat());
    let output = machine.folder.run(&arguments, &format!("canary-mail-password\n{PASSWORD}\n")).await;
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(server.mails().is_empty());
    let (_process, address) = serve(&machine.config(), machine.folder.path("gate").as_path()).await;
    let visitor = gives_password(address, "app.localhost", "ada", PASSWORD).await;
    gets_in(visitor, &code_in(&server.mail().await.content)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_reached_ends_with_status_1_and_nothing_written_unless_offline() {
    let machine = Machine::bare().await;
    let (upstream, listen) = (format!("http://{}", free_address()), machine.app.address.to_string());
    let cpaas = machine.cpaas();
    let codes = ["--host", "app.localhost", "--codes", "cpaas", "--cpaas-url", &cpaas, "--client-id", CLIENT_ID];
    let arguments = init(&upstream, &listen, &[&codes[..], &["--secret-stdin"]].concat());
    let output = machine.folder.run(&arguments, "canary-of-another-project\n").await;
    let said = text(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for line in [
        "sites[0].upstream[0]: the app cannot be reached: ",
        "cpaas.client_secret: the CPaaS refuses it: token: refused with status 401",
        "server.listen: ",
        "portcullis: nothing was written; correct the options, or write it untried with --offline",
    ] {
        assert_eq!(said.lines().filter(|said| said.starts_with(line)).count(), 1, "{line}: {said}");
    }
    assert!(machine.has_written_nothing());
    let output = machine.folder.run(&[&arguments[..], &["--offline"]].concat(), "canary-of-another-project\n").await;
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert_eq!(machine.folder.done(&["config", "check", "--config", &machine.config()], "").await, "ok\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_of_other_people_gets_a_certificate_or_a_proxy_in_front() {
    let machine = Machine::bare().await;
    let (upstream, listen) = (machine.upstream(), free_address().to_string());
    let identity = rcgen::generate_simple_self_signed(vec!["app.example.com".to_owned()]).unwrap();
    machine.folder.write("cert.pem", &identity.cert.pem());
    machine.folder.write("key.pem", &identity.signing_key.serialize_pem());
    let pair = ["--certificate", "cert.pem", "--key", "key.pem"];
    let (port, host) = (listen.split_once(':').unwrap().1, "app.example.com");
    for (options, host, expected) in [
        (&pair[..], host, format!("Then open https://app.example.com:{port}/\n")),
        (&[], host, "Then open https://app.example.com/\n".to_owned()),
        (&["--trusted-proxy", "10.0.0.7"], host, "Then open https://app.example.com/\n".to_owned()),
    ] {
        let arguments = init(&upstream, &listen, &[&["--force", "--host", host][..], options].concat());
        let said = machine.folder.done(&arguments, "").await;
        assert!(said.ends_with(&expected), "{options:?}: {said}");
        assert_eq!(machine.folder.done(&["config", "check", "--config", &machine.config()], "").await, "ok\n");
        let (mut process, _) = machine.serve().await;
        process.line_with("reachable at https://app.example.com").await;
    }
    let wrong = init(&upstream, &listen, &[&["--force", "--host", "other.example.com"][..], &pair].concat());
    let (status, said) = machine.folder.said(&wrong).await;
    assert_eq!(status, Some(1));
    assert!(said.contains("no certificate is for other.example.com"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_options_are_told_before_anything_else() {
    let machine = Machine::bare().await;
    let (upstream, listen) = (machine.upstream(), free_address().to_string());
    for (more, status, part) in [
        (&["--host", "a b"][..], 2, "`a b` is not a host"),
        (&["--host", "app.localhost", "--client-secret", "canary-value"], 2, "unexpected argument"),
        (&["--host", "app.localhost", "--codes", "cpaas"], 1, "--codes cpaas needs --cpaas-url and --client-id"),
        (
            &["--host", "app.localhost", "--cpaas-url", "https://cpaas.example.com"],
            1,
            "--cpaas-url: the sandbox listens",
        ),
        (&["--host", "app.localhost", "--codes", "smtp"], 1, "--codes smtp needs --smtp-host and --smtp-from"),
        (&["--host", "app.localhost", "--smtp-host", "mail.example.com"], 1, "--smtp-host needs --codes smtp"),
        (&["--host", "app.localhost", "--client-id", "x"], 1, "--client-id needs --codes cpaas"),
        (&["--host", "app.localhost", "--secret-stdin"], 1, "a secret needs --codes cpaas or --codes smtp"),
        (&["--host", "app.localhost", "--user", "ada"], 1, "an account needs a telephone number or an e-mail address"),
        (&["--host", "app.localhost", "--user", "ada", "--phone", "123"], 2, "international form"),
    ] {
        let (ended, said) = machine.folder.said(&init(&upstream, &listen, more)).await;
        assert_eq!(ended, Some(status), "{more:?}: {said}");
        assert!(said.contains(part), "{more:?}: {said}");
    }
    let weak = init(&upstream, &listen, &[&["--host", "app.localhost"][..], &ADA].concat());
    let output = machine.folder.run(&weak, "password\n").await;
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    assert!(text(&output).contains("most common"), "{}", text(&output));
    assert!(machine.has_written_nothing());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_account_the_printed_command_adds_one_that_codes_can_reach() {
    let smtp = ["--codes", "smtp", "--smtp-host", "mail.example.com", "--smtp-from", "gate@example.com", "--offline"];
    for (codes, destination) in [(&smtp[..], "--email ADDRESS"), (&["--codes", "sandbox"], "--phone NUMBER")] {
        let machine = Machine::bare().await;
        let (upstream, listen) = (machine.upstream(), free_address().to_string());
        let more = [&["--host", "app.localhost"], codes].concat();
        let said = machine.folder.done(&init(&upstream, &listen, &more), "").await;
        assert!(said.contains(&format!("\n  portcullis user add NAME {destination} --config ")), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_alone_is_the_app_on_this_machine_and_that_is_said() {
    let machine = Machine::bare().await;
    let (port, listen) = (machine.app.address.port().to_string(), free_address().to_string());
    let usual = ["init", "--yes", "--directory", "gate", "--host", "app.localhost", "--listen", &listen];
    let said = machine.folder.done(&[&usual[..], &["--upstream", &port]].concat(), "").await;
    assert!(said.contains(&format!("--upstream: understood as {}\n", machine.upstream())), "{said}");
    let config = std::fs::read_to_string(machine.config()).unwrap();
    assert!(config.contains(&format!("\"{}\"", machine.upstream())), "{config}");
}
