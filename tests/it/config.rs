//! The configuration: every mistake at once, before a port is bound; and what happens at the start.

use std::process::Output;

use tempfile::TempDir;

use crate::gateway::{GatewayProcess, Setup, only_for_us};
use crate::process::{Process, run, text};
use crate::response::expect_redirect;
use crate::visitor::{SharedAddress, Visitor};

struct File {
    dir: TempDir,
}

impl File {
    fn with(toml: &str) -> Self {
        let dir = TempDir::new().unwrap();
        let toml = toml.replace("DIR", dir.path().to_str().unwrap());
        std::fs::write(dir.path().join("portcullis.toml"), toml).unwrap();
        only_for_us(&dir.path().join("portcullis.toml"));
        Self { dir }
    }

    fn name(&self) -> String {
        self.dir.path().join("portcullis.toml").to_str().unwrap().to_owned()
    }

    async fn run(&self, arguments: &[&str]) -> Output {
        run(&[arguments, &["--config", &self.name()]].concat(), &[], "").await
    }
}

const SIX_MISTAKES: &str = r#"
[server]
listen = ["127.0.0.1:0"]
header_timeout = "soon"
lissten = ["0.0.0.0:1"]
[session]
idle = "2 fortnights"
[store]
url = "mysql://root:canary-pass@db/x"
[cpaas]
base_url = "http://cpaas.example.com"
client_id = "PRIV-x"
client_secret = "canary-value"
[[sites]]
host = "a b"
upstream = ["http://127.0.0.1:1"]
"#;

#[tokio::test(flavor = "multi_thread")]
async fn six_mistakes_are_six_lines_and_no_port_is_bound() {
    let file = File::with(SIX_MISTAKES);
    let keys = ["server.header_timeout", "server.lissten", "session.idle", "store.url", "cpaas.base_url", "host"];
    for arguments in [&["serve"][..], &["config", "check"]] {
        let output = file.run(arguments).await;
        assert_eq!(output.status.code(), Some(78), "{arguments:?}: {}", text(&output));
        let said = text(&output);
        for key in keys {
            assert_eq!(said.lines().filter(|line| line.contains(key)).count(), 1, "{key} has one line in:\n{said}");
        }
        let mistakes = said.lines().filter(|line| keys.iter().any(|key| line.contains(key))).count();
        assert_eq!(mistakes, 6, "{said}");
        assert!(!said.contains("canary-") && !said.contains("listening"), "{said}");
    }
    assert!(!file.dir.path().join("portcullis.db").exists() && !file.dir.path().join("portcullis.keys").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_gateway_on_the_same_port_says_so_and_ends() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let address = gateway.listening.address().to_string();
    let output = run(&["serve", "--config", &gateway.config_file(), "--listen", &address], &[], "").await;
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    assert!(text(&output).contains(&address), "the address is named: {}", text(&output));
    assert_eq!(gateway.visitor().get("/portcullis/health/live").await.status, 200, "the first one lives");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_file_is_called_good_and_can_be_shown() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let file = gateway.config_file();
    let check = run(&["config", "check", "--config", &file], &[], "").await;
    assert_eq!(check.status.code(), Some(0), "{}", text(&check));
    let variables = [("PORTCULLIS_SESSION__IDLE", "17m"), ("PORTCULLIS_PORT", "tcp://10.0.0.1:80")];
    let show = run(&["config", "show", "--config", &file], &variables, "").await;
    assert_eq!(show.status.code(), Some(0), "{}", text(&show));
    assert!(text(&show).contains("17m"), "the environment counts: {}", text(&show));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_variable_is_named() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let variables = [("PORTCULLIS_SESSION__IDLE", "soon"), ("PORTCULLIS_SESSION__IDEL", "1h")];
    let output = run(&["config", "check", "--config", &gateway.config_file()], &variables, "").await;
    assert_eq!(output.status.code(), Some(78));
    for (name, _) in variables {
        assert!(text(&output).contains(name), "{name}: {}", text(&output));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_not_there_or_no_toml_is_a_wrong_configuration() {
    let output = run(&["serve", "--config", "/nowhere/portcullis.toml"], &[], "").await;
    assert_eq!(output.status.code(), Some(78), "{}", text(&output));
    let output = File::with("[server\nlisten = 1").run(&["serve"]).await;
    assert_eq!(output.status.code(), Some(78), "{}", text(&output));
}

#[tokio::test(flavor = "multi_thread")]
async fn weak_and_example_secrets_are_refused() {
    let sites = "[[sites]]\nupstream = [\"http://127.0.0.1:1\"]\n";
    let cpaas = |secret: &str| {
        format!("[cpaas]\nbase_url = \"https://cpaas.example.com\"\nclient_id = \"PRIV-x\"\n{secret}\n{sites}")
    };
    for (what, toml) in [
        ("an empty secret", cpaas("client_secret = \"\"")),
        (
            "a secret twice",
            cpaas("client_secret = \"a-secret-of-some-length\"\nclient_secret_file = \"/etc/hostname\""),
        ),
        ("a file that is not there", cpaas("client_secret_file = \"DIR/nothing\"")),
        ("no secret", cpaas("")),
    ] {
        let output =
            File::with(&format!("[store]\nurl = \"sqlite://DIR/p.db\"\n{toml}")).run(&["config", "check"]).await;
        assert_eq!(output.status.code(), Some(78), "{what}: {}", text(&output));
        assert!(text(&output).contains("cpaas.client_secret"), "{what}: {}", text(&output));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn reference_and_schema_are_complete() {
    let reference = run(&["config", "reference"], &[], "").await;
    let schema = run(&["config", "schema"], &[], "").await;
    assert!(reference.status.success() && schema.status.success());
    let schema: serde_json::Value = serde_json::from_slice(&schema.stdout).expect("a JSON schema");
    let sections: Vec<_> = schema["properties"].as_object().expect("properties").keys().collect();
    let all = "server portal keys session store password cpaas smtp delivery factors passkeys events throttle upstream \
               log sites";
    assert_eq!(sections, all.split(' ').collect::<Vec<_>>());
    for key in
        ["trusted_proxies", "header_timeout", "idle", "lifetime", "base_url", "client_secret_file", "ambiguous_paths"]
    {
        assert!(text(&reference).contains(key), "{key}");
        assert!(schema.to_string().contains(key), "{key}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_explains_itself_and_wrong_arguments_end_with_two() {
    let commands = [
        &["demo"][..],
        &["serve"],
        &["config", "check"],
        &["config", "show"],
        &["config", "reference"],
        &["config", "schema"],
        &["user", "add"],
        &["user", "list"],
        &["user", "show"],
        &["user", "disable"],
        &["user", "enable"],
        &["user", "remove"],
        &["user", "password"],
        &["sandbox"],
        &["health"],
        &["completions"],
    ];
    for command in commands {
        let help = run(&[command, &["--help"]].concat(), &[], "").await;
        assert!(help.status.success() && text(&help).contains("Usage"), "{command:?}: {}", text(&help));
        let wrong = run(&[command, &["--no-such-flag"]].concat(), &[], "").await;
        assert_eq!(wrong.status.code(), Some(2), "{command:?}: {}", text(&wrong));
    }
    assert_eq!(run(&["no-such-command"], &[], "").await.status.code(), Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_needs_a_few_variables_and_a_site() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let dir = TempDir::new().unwrap();
    let (base, site) = (format!("http://{}", gateway.sandbox.address), format!("http://{}", gateway.backend.address));
    let variables = [
        ("CLIENT_ID", crate::gateway::CLIENT_ID),
        ("CLIENT_SECRET", crate::gateway::CLIENT_SECRET),
        ("BASE_URL", base.as_str()),
        ("DESTINATION_NUMBER", "+15005550777"),
        ("TEST_EMAIL", "one@example.com"),
        ("TEST_PASSWORD", "a walk over one bridge"),
    ];
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--upstream", &site];
    let mut process = Process::start(&arguments, &variables, dir.path());
    let listening = SharedAddress::at(process.listening().await);
    let mut visitor = Visitor::new(&listening);
    let answer = visitor.password("/", "one@example.com", "a walk over one bridge").await;
    visitor.follow(answer).await;
    let code = gateway.sandbox.code("+15005550777", 1).await;
    expect_redirect(&visitor.code(&code).await, "/", "the right code");
    assert!(visitor.is_in().await);
    let without: Vec<_> = variables.into_iter().filter(|(name, _)| *name != "CLIENT_SECRET").collect();
    let output = run(&["serve", "--listen", "127.0.0.1:0", "--upstream", &site], &without, "").await;
    assert_eq!(output.status.code(), Some(78), "{}", text(&output));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_installation_lets_nobody_in() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    gateway.user(&["remove", "ada", "--yes"], "").await;
    for (name, password) in
        [("admin", "admin"), ("admin", "password"), ("root", ""), ("test", "test"), ("demo", "demo")]
    {
        let answer = gateway.visitor().password("/", name, password).await;
        assert_eq!(answer.status, 422, "{name}: {answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn passwords_that_are_too_short_or_too_common_are_refused_with_a_reason() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let config = gateway.config_file();
    let crabs = "\u{1f980}".repeat(7);
    let longest = "x y".repeat(100);
    for (weak, why) in [
        ("short7!", "too short: it needs at least 8 characters"),
        (&crabs, "too short: it needs at least 8 characters"),
        ("password", "one of the most common ones"),
        ("12345678", "one of the most common ones"),
        ("bob@example.com", "too close to your name, your address, the name of this service or the host of a site"),
        ("portcullis", "too close to your name, your address, the name of this service or the host of a site"),
        (&longest, "too long: it may have at most 256 characters"),
        ("", "standard input has no password in its first line"),
    ] {
        let arguments = ["user", "add", "bob", "--email", "bob@example.com", "--password-stdin", "--config", &config];
        let output = run(&arguments, &[], &format!("{weak}\n")).await;
        assert_eq!(output.status.code(), Some(1), "{weak:?}: {}", text(&output));
        assert!(text(&output).contains(why), "{weak:?}: {}", text(&output));
    }
    let arguments = ["user", "add", "bob", "--email", "bob@example.com", "--password-stdin", "--config", &config];
    let good = run(&arguments, &[], &format!("{}\n", "\u{1f980}".repeat(8))).await;
    assert!(good.status.success(), "eight letters of any kind: {}", text(&good));
}

#[tokio::test(flavor = "multi_thread")]
async fn health_is_told_without_a_session() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let url = format!("http://{}", gateway.listening.address());
    assert!(run(&["health", "--url", &url], &[], "").await.status.success());
    assert_eq!(run(&["health", "--url", "http://127.0.0.1:1"], &[], "").await.status.code(), Some(1));
    for path in ["/portcullis/health/live", "/portcullis/health/ready"] {
        let answer = gateway.visitor().get(path).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.text(), "", "nothing but the status: {answer:?}");
    }
}
