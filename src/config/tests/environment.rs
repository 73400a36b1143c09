use super::{Folder, RIGHT};
use crate::config::load::{Config, Flags, Sources, load};
use crate::server::ListenAddress;

fn with(variables: &[(&str, &str)]) -> Result<Config, Vec<String>> {
    Folder::with(RIGHT).load(variables, Flags::default())
}

#[test]
fn every_key_outside_the_elements_of_an_array_has_a_variable_that_sets_it() {
    let keys = crate::config::schema::keys();
    let settable: Vec<_> =
        keys.iter().filter_map(|key| key.variable.as_deref().map(|variable| (key, variable))).collect();
    let outside = keys.iter().filter(|key| !key.path.contains('[') && key.kind != "list of tables");
    assert_eq!(settable.len(), outside.count());
    for (key, variable) in settable {
        // An invalid value for every key: the mistake proves that the variable reached its key.
        let lines = with(&[(variable, "\u{7f}")]).err().unwrap_or_default();
        let reached = lines
            .iter()
            .any(|line| line.starts_with(&format!("{} ({variable}): ", key.path)) || line.contains(variable));
        let takes_any_text = key.kind.ends_with("the path of a file");
        assert!(reached || takes_any_text, "{variable}: {lines:?}");
    }
}

#[test]
fn a_variable_outweighs_the_file_and_a_flag_outweighs_both() {
    let folder = Folder::with(&format!("[server]\nlisten = [\"127.0.0.1:1\"]\nmax_connections = 5\n{RIGHT}"));
    let variables =
        [("PORTCULLIS_SERVER__LISTEN", "127.0.0.1:2, [::1]:2"), ("PORTCULLIS_SERVER__MAX_CONNECTIONS", "7")];
    let config = folder.load(&variables, Flags::default()).unwrap();
    let tcp = |text: &str| ListenAddress::Tcp(text.parse().unwrap());
    assert_eq!(config.settings.server.listen, [tcp("127.0.0.1:2"), tcp("[::1]:2")]);
    assert_eq!(config.settings.server.max_connections, 7);
    assert!(config.show().contains("listen = [\"127.0.0.1:2\", \"[::1]:2\"]  # PORTCULLIS_SERVER__LISTEN\n"));
    let flags = Flags { listen: vec!["127.0.0.1:3".to_owned()], upstream: Vec::new() };
    assert_eq!(folder.load(&variables, flags).unwrap().settings.server.listen, [tcp("127.0.0.1:3")]);
}

#[test]
fn a_variable_gets_its_type_from_its_key() {
    let config = with(&[
        ("PORTCULLIS_CPAAS__SENDER_NUMBER", "+15005550006"),
        ("PORTCULLIS_CPAAS__CLIENT_ID", "123456"),
        ("PORTCULLIS_SERVER__INSECURE_HTTP", "true"),
        ("PORTCULLIS_SERVER__TRUSTED_PROXIES", ""),
        ("PORTCULLIS_PORTAL__NAME", "true"),
    ]);
    let settings = config.unwrap().settings;
    assert_eq!(settings.delivery.cpaas.unwrap().sender_number.unwrap().as_str(), "+15005550006");
    assert_eq!(settings.web.name, "true");
    assert_eq!(settings.web.plain_http, crate::web::PlainHttp::Anywhere);
    assert_eq!(
        with(&[("PORTCULLIS_PASSWORD__THREADS", "+2"), ("PORTCULLIS_SERVER__INSECURE_HTTP", "yes")]).err().unwrap(),
        [
            "server.insecure_http (PORTCULLIS_SERVER__INSECURE_HTTP): found a string; write true or false, without quotes",
            "password.threads (PORTCULLIS_PASSWORD__THREADS): found a string; write a whole number from 1 to 64, without quotes",
        ]
    );
}

#[test]
fn a_variable_of_ours_that_names_no_key_is_a_mistake() {
    assert_eq!(
        with(&[
            ("PORTCULLIS_SERVER__LISEN", "a"),
            ("PORTCULLIS_SEVRER__LISTEN", "a"),
            ("PORTCULLIS_SITES__HOST", "a"),
            ("PORTCULLIS_SERVER__TLS", "a"),
            ("PORTCULLIS_SITES__0__HOST", "a"),
        ])
        .err()
        .unwrap(),
        [
            "PORTCULLIS_SITES__0__HOST (environment): not the name of a key; write `PORTCULLIS_`, the section, two underscores and the key, in capital letters",
            "sevrer.listen (PORTCULLIS_SEVRER__LISTEN): unknown key; did you mean `PORTCULLIS_SERVER__LISTEN`?",
            "server.lisen (PORTCULLIS_SERVER__LISEN): unknown key; did you mean `PORTCULLIS_SERVER__LISTEN`?",
            "server.tls (PORTCULLIS_SERVER__TLS): a list of tables cannot be set by a variable; write it into the configuration file",
            "sites.host (PORTCULLIS_SITES__HOST): a list of tables cannot be set by a variable; write it into the configuration file",
        ]
    );
    assert!(with(&[("PORTCULLIS_PORT", "tcp://10.0.0.1:80"), ("PORTCULLIS_SERVICE_HOST", "10.0.0.1")]).is_ok());
}

#[test]
fn variables_alone_are_enough_beside_an_upstream() {
    let flags = Flags { listen: Vec::new(), upstream: vec!["http://127.0.0.1:3000".to_owned()] };
    let variables = [
        ("PORTCULLIS_CPAAS__BASE_URL", "http://127.0.0.1:9"),
        ("PORTCULLIS_CPAAS__CLIENT_ID", "PRIV-1"),
        ("PORTCULLIS_CPAAS__CLIENT_SECRET", "123456"),
    ];
    let settings = load(&Sources::of(None, flags, &variables)).unwrap().settings;
    let site = crate::upstream::UpstreamAddress::Url("http://127.0.0.1:3000".parse().unwrap());
    assert_eq!(settings.upstream.sites[0].addresses, [site]);
    assert_eq!(settings.sites[0].host, crate::domain::host::HostPattern::Any);
}
