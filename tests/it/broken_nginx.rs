//! `portcullis doctor` on a real nginx that is wrong in one place, and again once the lines that it advises stand
//! there.

use std::net::SocketAddr;
use std::path::Path;

use crate::fronts::program::program;
use crate::misconfigured::{Case, HOST, Proxy, ProxyUnderTest, codes};
use crate::process::{Process, command};

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
    proxy_set_header X-HTTP-Path-Override "";
    proxy_set_header X-Override-URL "";
    proxy_set_header X-Script-Name "";
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

const NGINX: Proxy = Proxy { name: "nginx", sound: SOUND, start: nginx };

fn nginx(here: SocketAddr, locations: &str, dir: &Path) -> Process {
    let path = |name: &str| dir.join(name).display().to_string();
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
    Process::spawn(command(nginx.to_str().unwrap(), &arguments, &[]).current_dir(dir))
}

fn without_pages(instead: &str) -> String {
    SOUND.replace(pages(), instead)
}

#[tokio::test(flavor = "multi_thread")]
async fn static_files_forwarded_addresses_and_our_pages_that_nginx_gets_wrong_are_found_and_the_advice_fixes_them() {
    let proxy = ProxyUnderTest::with(NGINX, &format!("host = \"{HOST}\"")).await;
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
        codes: &["PD201"],
        advice: vec![(portal, instead.to_owned())],
    };
    proxy
        .finds_and_fixes(vec![
            Case {
                what: "a location for static files goes to the app",
                wrong: format!("{SOUND}{static_files}"),
                codes: &["PD314"],
                advice: vec![("location ^~ / {\n", "location / {\n".to_owned())],
            },
            Case {
                what: "X-Forwarded-For is appended to",
                wrong: SOUND.replace(own, appended),
                codes: &["PD406"],
                advice: vec![(own, appended.to_owned())],
            },
            lost("our pages fall to the location of the app", "# nothing"),
            lost("our pages are answered by nginx", "location ^~ /portcullis/ { return 404; }"),
            lost("our pages go to the app", "location ^~ /portcullis/ { proxy_pass http://127.0.0.1:3000; }"),
            Case {
                what: "the gateway is told the name that nginx has for it",
                wrong: without_pages(bare),
                codes: &["PD203"],
                advice: vec![(portal, bare.to_owned())],
            },
            Case {
                what: "a header that replaces the path is passed on",
                wrong: SOUND.replace("proxy_set_header X-Override-URL \"\";", "# nothing"),
                codes: &["PD405"],
                advice: vec![("proxy_set_header X-Override-URL \"\";", "# nothing".to_owned())],
            },
            Case {
                what: "the question names another host",
                wrong: SOUND.replace(
                    "X-Original-URL $scheme://$host$request_uri",
                    "X-Original-URL $scheme://$proxy_host$request_uri",
                ),
                codes: &["PD302"],
                advice: vec![(
                    "proxy_set_header X-Original-URL $scheme://$host$request_uri;",
                    "proxy_set_header X-Original-URL $scheme://$proxy_host$request_uri;".to_owned(),
                )],
            },
        ])
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_host_is_found_also_where_the_site_takes_every_host() {
    let proxy = ProxyUnderTest::with(NGINX, "").await;
    let name = "proxy_set_header Host $proxy_host;";
    let bare = format!(
        "location ^~ /portcullis/ {{\n    proxy_pass http://127.0.0.1:9091;\n    {name}\n    proxy_set_header X-Forwarded-For $remote_addr;\n}}"
    );
    let right = "proxy_set_header Host $host;\n    proxy_set_header X-Forwarded-Host $host;";
    proxy
        .finds_and_fixes(vec![Case {
            what: "the gateway is told the name that nginx has for it",
            wrong: without_pages(&bare),
            codes: &["PD207"],
            advice: vec![(right, name.to_owned())],
        }])
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_fault_hides_no_other() {
    let proxy = ProxyUnderTest::with(NGINX, &format!("host = \"{HOST}\"")).await;
    let wrong = without_pages("location ^~ /portcullis/ { return 404; }")
        .replace("X-Forwarded-For $remote_addr", "X-Forwarded-For $proxy_add_x_forwarded_for")
        .replace("if ($portcullis_sign_in", "add_header X-Nothing 1;\n    if ($portcullis_sign_in");
    let wrong = format!("{wrong}location ~* \\.png$ {{ proxy_pass http://127.0.0.1:3000; }}\n");
    let (status, findings) = proxy.doctor(&wrong).await;
    assert_eq!((status, codes(&findings)), (Some(1), vec!["PD201", "PD406", "PD314"]), "{findings:#?}");
    for finding in &findings {
        assert!(
            finding["fix"].as_str().is_some_and(|fix| fix.len() > 20) && finding["verdict"] == "wrong",
            "{finding:#}"
        );
    }
}
