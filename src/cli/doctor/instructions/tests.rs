use clap::ValueEnum as _;

use super::*;
use crate::cli::doctor::deployment::Deployment;

fn deployment() -> Deployment {
    Deployment::new("https://app.test/admin".parse().unwrap(), "/gate".parse().unwrap(), None)
}

#[test]
fn every_proxy_has_lines_for_every_mend_with_the_deployments_own_names() {
    let proxies = Proxy::value_variants().iter().copied().map(Some).chain([None]);
    for proxy in proxies {
        for fix in Fix::ALL {
            let lines = lines(fix, proxy, &deployment());
            assert!(
                lines.len() > 10 && !lines.contains("PREFIX") && !lines.contains("HOST"),
                "{proxy:?} {fix:?}: {lines}"
            );
            assert!(
                !lines.contains('\t') && lines.lines().all(|line| line.trim_end() == line),
                "{proxy:?} {fix:?}: {lines}"
            );
        }
        let word = proxy.map_or("none", Proxy::word);
        assert_eq!(Proxy::from_str(word, false).ok(), proxy.or(Some(Proxy::None)), "the command line says {word} too");
    }
}

#[test]
fn the_lines_are_those_of_the_proxy() {
    let cases = [
        (Proxy::Nginx, Fix::Original, "proxy_set_header X-Forwarded-Proto $scheme;"),
        (Proxy::Nginx, Fix::Decisions, "location ^~ /gate/authz { return 404; }"),
        (Proxy::IngressNginx, Fix::Ask, "nginx.ingress.kubernetes.io/auth-url: \"http://"),
        (Proxy::Traefik, Fix::Portal, "rule: \"Host(`app.test`) && PathPrefix(`/gate/`)\""),
        (Proxy::Caddy, Fix::Ask, "forward_auth 127.0.0.1:9091 {\n        uri /gate/authz/forward-auth"),
        (Proxy::Haproxy, Fix::Decisions, "http-request deny deny_status 404 if"),
        (Proxy::Envoy, Fix::Ask, "failure_mode_allow: false"),
        (Proxy::Apache, Fix::Trace, "TraceEnable off"),
        (Proxy::None, Fix::Original, "trusted_proxies = []"),
    ];
    for (proxy, fix, expected) in cases {
        let lines = lines(fix, Some(proxy), &deployment());
        assert!(lines.contains(expected), "{proxy:?} {fix:?}: {lines}");
    }
    let both = lines(Fix::Believe, Some(Proxy::Nginx), &deployment());
    assert!(both.contains("X-Forwarded-Proto $scheme") && both.contains("trusted_proxies = [\"192.0.2.1\"]"), "{both}");
}

/// The instructions are shorter than the files: each fixes one fault in an existing configuration. The lines that both
/// contain must be what was tested, word for word. Envoy, Traefik and ingress-nginx write the same names in the form of
/// their own lists.
#[test]
fn headers_that_replace_a_path_are_removed_by_the_lines_of_the_tested_files() {
    let files = [
        (Proxy::Nginx, include_str!("../../../../config/nginx/portcullis-headers.conf")),
        (Proxy::Caddy, include_str!("../../../../config/caddy/Caddyfile")),
        (Proxy::Haproxy, include_str!("../../../../config/haproxy/haproxy.cfg")),
    ];
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    for (proxy, file) in files {
        let tested: Vec<Vec<String>> = file.lines().map(words).collect();
        let advice = lines(Fix::Replacements, Some(proxy), &deployment());
        let missing: Vec<&str> =
            advice.lines().filter(|line| !line.starts_with('#') && !tested.contains(&words(line))).collect();
        assert!(missing.is_empty(), "{proxy:?}: {missing:#?}");
    }
}
