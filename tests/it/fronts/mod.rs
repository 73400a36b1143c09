//! Real proxies in front of the gateway, each with the very files of `config/` that we hand out.
//!
//! `program` starts one, `deployment` puts gateway, proxy and app together, `traveller` is a browser that goes from host
//! to host. `cases` are written once and run for each proxy and for both places of the portal; `chromium` is the real
//! browser, `table` holds what they found against docs/proxies.md. `files` checks those files that no program here can
//! run.

mod cases;
mod chromium;
mod deployment;
mod examined;
mod files;
mod headers;
mod http2;
mod lasting;
mod outages;
mod paths;
pub mod program;
mod table;
mod targets;
mod traffic;
mod traveller;

use deployment::{Deployment, Portal};
use program::Proxy;
use table::Table;

/// What a case found: the words of its cell, or what went wrong.
type Finding = Result<String, String>;

/// Every case in the order of the table. They share one deployment; the last ones take the gateway away.
macro_rules! cases {
    ($deployment:expr, $($title:literal => $case:path),+ $(,)?) => {
        [$(($title, $case($deployment).await)),+]
    };
}

async fn judge(proxy: Proxy, portal: Portal) {
    let mut deployment = Deployment::open(proxy, portal).await;
    let deployment = &mut deployment;
    let found = cases!(deployment,
        "A person is sent to sign in and comes back to the same address" => cases::deep_link,
        "A form without a session" => cases::form_without_session,
        "A program without a session" => cases::program_without_session,
        "What fits the open rule" => cases::open_path,
        "A person outside the group" => cases::wrong_group,
        "A WebSocket without a session" => cases::socket_without_session,
        "A WebSocket with a session" => cases::socket_with_session,
        "A WebSocket of another site's page" => cases::socket_of_another_site,
        "Another upgrade (h2c)" => cases::another_upgrade,
        "A copied cookie after log-out" => cases::copied_cookie,
        "Another port than 443" => traffic::another_port,
        "A body of a signed-in person" => cases::body,
        "Identity headers of a visitor, with a session" => headers::identity_with_session,
        "Identity headers of a visitor, on an open path" => headers::identity_on_open_path,
        "Identity headers of common apps" => headers::identity_of_common_apps,
        "Forwarding headers of a visitor" => headers::forwarding,
        "Another method claimed in a header" => headers::claimed_method,
        "Where `Destination` leads" => targets::destination,
        "Headers named in `Connection`" => headers::named_in_connection,
        "Identity headers behind a body (trailers)" => headers::trailers,
        "Our own cookies at the app" => headers::own_cookies,
        "A script with an access token" => headers::access_token,
        "A script with a password (Basic)" => headers::password,
        "A cookie in pieces over HTTP/2" => http2::cookie_in_pieces,
        "A WebSocket of another site's page inside HTTP/2" => http2::socket_of_another_site,
        "Two readings of a path, with a session" => paths::tricks_with_session,
        "Two readings of a path, without" => paths::tricks_without_session,
        "A literal percent sign in a path" => targets::percent_sign,
        "Our own pages in other spellings" => targets::own_pages,
        "Questions from outside" => paths::questions_from_outside,
        "What `portcullis doctor` finds wrong" => examined::doctor,
        "Portcullis is gone" => outages::gateway_gone,
        "Portcullis is back" => outages::gateway_back,
        "Its store is gone" => outages::store_gone,
    );
    table::report(proxy, Table::Portal(portal), &found);
}

/// Traffic as apps have it. Where people sign in makes no difference to it.
async fn carry(proxy: Proxy) {
    let mut deployment = Deployment::open(proxy, Portal::OnTheSite).await;
    let deployment = &mut deployment;
    let found = cases!(deployment,
        "An upload of 100 MB" => traffic::large_upload,
        "An upload that is refused" => traffic::refused_upload,
        "Many cookies of the app" => traffic::many_cookies,
        "Large cookies in an answer" => traffic::large_answer_head,
        "An upload, many cookies and another port over HTTP/2" => http2::large_and_on_another_port,
        "Server-sent events" => traffic::events,
        "A refusal shows our page" => traffic::refusal_page,
    );
    table::report(proxy, Table::Traffic, &found);
}

/// The same paths and targets where the site says `ambiguous_paths = "pass"`: the rules alone hold then.
async fn judge_leniently(proxy: Proxy) {
    let mut deployment = Deployment::lenient(proxy).await;
    let deployment = &mut deployment;
    let found = cases!(deployment,
        "Where `Destination` leads" => targets::destination,
        "Two readings of a path, with a session" => paths::tricks_with_session,
        "Two readings of a path, without" => paths::tricks_without_session,
        "Our own pages in other spellings" => targets::own_pages,
    );
    // The statuses of the refusals, some of which are the proxy's own.
    let [destination, with_session, without, own_pages] = match proxy {
        Proxy::Nginx | Proxy::Caddy | Proxy::Haproxy => ["400, 403", "400, 403", "400", "400, 404"],
        Proxy::Traefik | Proxy::Envoy => ["400, 403", "400, 403, 404", "400, 404", "400, 404"],
        Proxy::Apache => ["400, 403", "400, 403, 404, 421", "400, 404, 421", "400, 404"],
        Proxy::IngressNginx => ["403, 500", "400, 403, 500", "400, 500", "400, 404, 500, 503"],
    };
    let wanted = [
        format!("judged ({destination})"),
        format!("never the forbidden one ({with_session})"),
        format!("never the forbidden one ({without})"),
        format!("never the app's ({own_pages})"),
    ];
    assert_eq!(found.map(|(_, finding)| finding), wanted.map(Ok), "{}", proxy.name());
}

macro_rules! fronts {
    ($($on_the_site:ident, $own_host:ident, $lenient:ident, $traffic:ident => $proxy:ident),+ $(,)?) => {
        $(
            #[tokio::test]
            async fn $traffic() {
                carry(Proxy::$proxy).await;
            }

            #[tokio::test]
            async fn $lenient() {
                judge_leniently(Proxy::$proxy).await;
            }

            #[tokio::test]
            async fn $on_the_site() {
                judge(Proxy::$proxy, Portal::OnTheSite).await;
            }

            #[tokio::test]
            async fn $own_host() {
                judge(Proxy::$proxy, Portal::OwnHost).await;
            }
        )+
    };
}

fronts! {
    behind_nginx, behind_nginx_with_a_portal_host, behind_nginx_where_ambiguous_paths_pass, nginx_carries_real_traffic => Nginx,
    behind_ingress_nginx, behind_ingress_nginx_with_a_portal_host, behind_ingress_nginx_where_ambiguous_paths_pass, ingress_nginx_carries_real_traffic => IngressNginx,
    behind_traefik, behind_traefik_with_a_portal_host, behind_traefik_where_ambiguous_paths_pass, traefik_carries_real_traffic => Traefik,
    behind_caddy, behind_caddy_with_a_portal_host, behind_caddy_where_ambiguous_paths_pass, caddy_carries_real_traffic => Caddy,
    behind_haproxy, behind_haproxy_with_a_portal_host, behind_haproxy_where_ambiguous_paths_pass, haproxy_carries_real_traffic => Haproxy,
    behind_envoy, behind_envoy_with_a_portal_host, behind_envoy_where_ambiguous_paths_pass, envoy_carries_real_traffic => Envoy,
    behind_apache, behind_apache_with_a_portal_host, behind_apache_where_ambiguous_paths_pass, apache_carries_real_traffic => Apache,
}
