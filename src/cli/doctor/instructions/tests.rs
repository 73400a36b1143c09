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
