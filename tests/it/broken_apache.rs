//! `portcullis doctor` on a real Apache that is wrong in one place, and again once the lines that it advises stand
//! there.

use std::net::SocketAddr;
use std::path::Path;

use crate::fronts::program::program;
use crate::misconfigured::{Case, HOST, Proxy, ProxyUnderTest};
use crate::process::{Process, command};

/// What stands in the virtual host. Everything goes through the gateway, which passes it on to the app.
const SOUND: &str = r#"
TraceEnable off
ProxyRequests Off
ProxyPreserveHost On
AllowEncodedSlashes NoDecode
MergeSlashes Off
RequestHeader unset X-Forwarded-For early
RequestHeader unset X-Forwarded-Host early
RequestHeader unset Forwarded early
RequestHeader set X-Forwarded-Proto http
<LocationMatch "^/+portcullis/+authz">
    Redirect 404 /
</LocationMatch>
# before the gateway
ProxyPass / http://127.0.0.1:9091/ nocanon upgrade=websocket
"#;

const APACHE: Proxy = Proxy { name: "apache", sound: SOUND, start: apache };

fn apache(here: SocketAddr, site: &str, dir: &Path) -> Process {
    let modules = ["mpm_event", "authz_core", "alias", "headers", "proxy", "proxy_http"];
    let load = |name: &str| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n");
    let modules: String = modules.map(load).concat();
    let folder = dir.display();
    let whole = format!(
        "ServerRoot {folder}\nServerName localhost\nPidFile {folder}/apache-{}.pid\nErrorLog /dev/stderr\nUser nobody\nGroup nogroup\n\
         {modules}Listen {here}\n<VirtualHost *:{}>\nServerName {HOST}\n{site}\n</VirtualHost>\n",
        here.port(),
        here.port()
    );
    let file = dir.join("apache.conf");
    std::fs::write(&file, whole).unwrap();
    let apache = program("apache2", "apache2-bin (apt)");
    let arguments = ["-X", "-f", file.to_str().unwrap()];
    Process::spawn(command(apache.to_str().unwrap(), &arguments, &[]).current_dir(dir))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_apache_gets_wrong_is_found_and_the_advice_fixes_it() {
    let proxy = ProxyUnderTest::with(APACHE, &format!("host = \"{HOST}\"")).await;
    let before = |line: &str| SOUND.replace("# before the gateway", line);
    let own = "RequestHeader unset X-Forwarded-For early";
    let (static_files, none) =
        ("ProxyPassMatch \"\\.(css|js|png)$\" http://127.0.0.1:3000", "ProxyPass /portcullis/ !");
    let told = "ProxyPreserveHost On";
    proxy
        .finds_and_fixes(vec![
            Case {
                what: "static files go to the app",
                wrong: before(static_files),
                // Our own style sheet among them.
                codes: &["PD208", "PD314"],
                advice: vec![(
                    "# and no ProxyPassMatch, Alias or RewriteRule for static files before it",
                    static_files.to_owned(),
                )],
            },
            Case {
                what: "Apache appends to X-Forwarded-For",
                wrong: SOUND.replace(own, "# nothing"),
                codes: &["PD406"],
                advice: vec![(own, "# nothing".to_owned())],
            },
            Case {
                what: "our pages are kept back",
                wrong: before(none),
                codes: &["PD201"],
                advice: vec![(
                    "# and no ProxyPass, Alias or RewriteRule before it: the gateway passes requests on to the app",
                    none.to_owned(),
                )],
            },
            Case {
                what: "the gateway is told the name that Apache has for it",
                wrong: SOUND.replace(told, "ProxyPreserveHost Off\nProxyAddHeaders Off"),
                codes: &["PD203", "PD306"],
                advice: vec![(told, "ProxyPreserveHost Off".to_owned())],
            },
        ])
        .await;
}
