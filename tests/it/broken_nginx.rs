//! `portcullis doctor` on a real nginx that is wrong in one place, and again once the lines that it advises stand there.

use std::net::SocketAddr;
use std::path::Path;

use serde_json::Value;

use crate::fronts::program::program;
use crate::house::{House, Plan};
use crate::process::{Process, command, run, text};
use crate::wire::free_address;

/// The site. Plain http is served on hosts of this machine.
const HOST: &str = "app.localhost";

/// A sound configuration, with the addresses that the advised lines have as well.
const SOUND: &str = r#"
location / {
    auth_request /portcullis-question;
    auth_request_set $portcullis_sign_in $upstream_http_location;
    error_page 401 = @portcullis_refused;
    proxy_pass http://127.0.0.1:3000;
    proxy_set_header X-Forwarded-For $remote_addr;
}
location = /portcullis-question {
    internal;
    proxy_pass http://127.0.0.1:9091/portcullis/authz/auth-request;
    proxy_pass_request_body off;
    proxy_set_header Content-Length "";
    proxy_set_header X-Original-URL $scheme://$host$request_uri;
    proxy_set_header X-Original-Method $request_method;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Host $host;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header X-Forwarded-Uri "";
    proxy_set_header X-Original-URI "";
    proxy_set_header X-Rewrite-URL "";
    proxy_set_header Forwarded "";
}
location @portcullis_refused {
    add_header Cache-Control no-store always;
    if ($portcullis_sign_in = "") { return 401; }
    if ($request_method ~ "^(GET|HEAD|OPTIONS)$") { return 302 $portcullis_sign_in; }
    return 303 $portcullis_sign_in;
}
location ^~ /portcullis/ {
    proxy_pass http://127.0.0.1:9091;
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-Host $host;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header Forwarded "";
}
location ^~ /portcullis/authz { return 404; }
"#;

/// Our pages, as they stand in [`SOUND`].
fn pages() -> &'static str {
    let from = SOUND.find("location ^~ /portcullis/ {").unwrap();
    let to = SOUND.find("location ^~ /portcullis/authz").unwrap();
    SOUND[from..to].trim_end()
}

struct Front {
    house: House,
}

impl Front {
    async fn with(site: &str) -> Self {
        let server = "trusted_proxies = [\"127.0.0.1\"]".to_owned();
        Self { house: House::with(Plan { server, site: site.to_owned(), ..Plan::default() }).await }
    }

    /// Starts nginx with these locations and lets the doctor look at it: its exit status, and what it found.
    async fn doctor(&self, locations: &str) -> (Option<i32>, Vec<Value>) {
        let here = free_address();
        let _nginx = self.nginx(here, locations).await;
        let (url, place) = (format!("http://{HOST}/"), here.to_string());
        let output = run(&["doctor", "--json", "--url", &url, "--resolve", &place], &[], "").await;
        let report: Value = serde_json::from_str(&text(&output)).unwrap_or_else(|_| panic!("{}", text(&output)));
        assert_eq!(report["proxy"], "nginx");
        let findings = report["findings"].as_array().unwrap().iter().filter(|finding| !finding["code"].is_null());
        (output.status.code(), findings.cloned().collect())
    }

    async fn nginx(&self, here: SocketAddr, locations: &str) -> Process {
        let dir = self.house.dir();
        let path = |name: &str| dir.join(name).display().to_string();
        let locations = locations
            .replace("127.0.0.1:9091", &self.house.address().to_string())
            .replace("127.0.0.1:3000", &self.house.backend.address.to_string());
        let folders: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|kind| format!("{kind}_temp_path {};\n", path(kind)))
            .concat();
        let whole = format!(
            "daemon off;\nmaster_process off;\npid {};\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{folders}\
             server {{\nlisten {here};\nserver_name {HOST};\nmerge_slashes off;\nif ($request_method = TRACE) {{ return 405; }}\n\
             {locations}\n}}\n}}\n",
            path("nginx.pid")
        );
        let file = path("nginx.conf");
        std::fs::write(&file, whole).unwrap();
        let nginx = program("nginx", "nginx (apt)");
        let arguments = ["-c", &file, "-p", &path(""), "-e", "stderr"];
        let process = Process::spawn(command(nginx.to_str().unwrap(), &arguments, &[]).current_dir(Path::new(dir)));
        listens(here, &process).await;
        process
    }
}

/// Until somebody takes a connection there.
async fn listens(here: SocketAddr, process: &Process) {
    let open = async {
        while tokio::net::TcpStream::connect(here).await.is_err() {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    let listens = tokio::time::timeout(crate::wire::DEADLINE, open).await;
    assert!(listens.is_ok(), "nginx does not listen:\n{}", process.output());
}

/// What is wrong with a configuration: its locations, the code that names it, and lines of the advice with what each of
/// them takes the place of.
struct Case {
    what: &'static str,
    wrong: String,
    code: &'static str,
    severity: &'static str,
    advice: Vec<(&'static str, String)>,
}

fn codes(findings: &[Value]) -> Vec<&str> {
    findings.iter().filter_map(|finding| finding["code"].as_str()).collect()
}

/// Each is found by its code alone, and the advised lines, put where they belong, leave nothing to find.
async fn are_found_and_fixed(front: &Front, cases: Vec<Case>) {
    assert_eq!(front.doctor(SOUND).await, (Some(0), Vec::new()), "nothing is wrong with a sound configuration");
    for Case { what, wrong, code, severity, advice } in cases {
        let (status, findings) = front.doctor(&wrong).await;
        assert_eq!(status, Some(1), "{what}: {findings:#?}");
        let mut found = codes(&findings);
        found.dedup();
        assert_eq!(found, [code], "{what}: {findings:#?}");
        let mut fixed = wrong;
        for (lines, instead_of) in advice {
            let says =
                |finding: &&Value| finding["severity"] == severity && finding["fix"].as_str().unwrap().contains(lines);
            assert!(findings.iter().any(|finding| says(&finding)), "{what}: {lines}\n{findings:#?}");
            assert!(fixed.contains(&instead_of), "{what}: {instead_of}");
            fixed = fixed.replace(&instead_of, lines);
        }
        assert_eq!(front.doctor(&fixed).await, (Some(0), Vec::new()), "{what}, with the lines of the doctor:\n{fixed}");
    }
}

fn without_pages(instead: &str) -> String {
    SOUND.replace(pages(), instead)
}

#[tokio::test(flavor = "multi_thread")]
async fn static_files_forwarded_addresses_and_our_pages_that_nginx_gets_wrong_are_found_and_the_advice_fixes_them() {
    let front = Front::with(&format!("host = \"{HOST}\"")).await;
    let appended = "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;";
    let own = "proxy_set_header X-Forwarded-For $remote_addr;";
    let static_files = "location ~* \\.(css|js|png|ico)$ { proxy_pass http://127.0.0.1:3000; }\n";
    let portal = "location ^~ /portcullis/ {\n    proxy_pass http://127.0.0.1:9091;\n    proxy_set_header Host $host;\n    \
                  proxy_set_header X-Forwarded-Host $host;\n    proxy_set_header X-Forwarded-Proto $scheme;\n    \
                  proxy_set_header X-Forwarded-For $remote_addr;\n    proxy_set_header Forwarded \"\";\n}";
    let bare =
        "location ^~ /portcullis/ { proxy_pass http://127.0.0.1:9091; proxy_set_header X-Forwarded-For $remote_addr; }";
    let lost = |what, instead: &str| Case {
        what,
        wrong: without_pages(instead),
        code: "PD201",
        severity: "error",
        advice: vec![(portal, instead.to_owned())],
    };
    front.house.backend.answers_bytes("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone");
    are_found_and_fixed(
        &front,
        vec![
            Case {
                what: "a location for static files goes to the app",
                wrong: format!("{SOUND}{static_files}"),
                code: "PD314",
                severity: "error",
                advice: vec![("location ^~ / {\n", "location / {\n".to_owned())],
            },
            Case {
                what: "X-Forwarded-For is appended to",
                wrong: SOUND.replace(own, appended),
                code: "PD406",
                severity: "error",
                advice: vec![(own, appended.to_owned())],
            },
            lost("our pages fall to the location of the app", "# nothing"),
            lost("our pages are answered by nginx", "location ^~ /portcullis/ { return 404; }"),
            lost("our pages go to the app", "location ^~ /portcullis/ { proxy_pass http://127.0.0.1:3000; }"),
            Case {
                what: "the gateway is told the name that nginx has for it",
                wrong: without_pages(bare),
                code: "PD203",
                severity: "error",
                advice: vec![(portal, bare.to_owned())],
            },
            Case {
                what: "the question names another host",
                wrong: SOUND.replace(
                    "X-Original-URL $scheme://$host$request_uri",
                    "X-Original-URL $scheme://$proxy_host$request_uri",
                ),
                code: "PD302",
                severity: "error",
                advice: vec![(
                    "proxy_set_header X-Original-URL $scheme://$host$request_uri;",
                    "proxy_set_header X-Original-URL $scheme://$proxy_host$request_uri;".to_owned(),
                )],
            },
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_host_is_found_also_where_the_site_takes_every_host() {
    let front = Front::with("").await;
    let name = "proxy_set_header Host $proxy_host;";
    let bare = format!(
        "location ^~ /portcullis/ {{\n    proxy_pass http://127.0.0.1:9091;\n    {name}\n    proxy_set_header X-Forwarded-For $remote_addr;\n}}"
    );
    let right = "proxy_set_header Host $host;\n    proxy_set_header X-Forwarded-Host $host;";
    are_found_and_fixed(
        &front,
        vec![Case {
            what: "the gateway is told the name that nginx has for it",
            wrong: without_pages(&bare),
            code: "PD207",
            severity: "error",
            advice: vec![(right, name.to_owned())],
        }],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_fault_hides_no_other() {
    let front = Front::with(&format!("host = \"{HOST}\"")).await;
    let wrong = without_pages("location ^~ /portcullis/ { return 404; }")
        .replace("X-Forwarded-For $remote_addr", "X-Forwarded-For $proxy_add_x_forwarded_for")
        .replace("if ($portcullis_sign_in", "add_header X-Nothing 1;\n    if ($portcullis_sign_in");
    let wrong = format!("{wrong}location ~* \\.png$ {{ proxy_pass http://127.0.0.1:3000; }}\n");
    let (status, findings) = front.doctor(&wrong).await;
    let mut found = codes(&findings);
    found.dedup();
    assert_eq!((status, found), (Some(1), vec!["PD201", "PD406", "PD314"]), "{findings:#?}");
    for finding in &findings {
        assert!(
            finding["fix"].as_str().is_some_and(|fix| fix.len() > 20) && finding["verdict"] == "wrong",
            "{finding:#}"
        );
    }
}
