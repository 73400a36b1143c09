//! Headers by which a visitor claims to be somebody else, somewhere else or at another address.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Finding;
use super::cases::{holds, values_of};
use super::deployment::Deployment;
use super::program::Proxy;
use portcullis::parts::known_identity;

use crate::backend::Seen;
use crate::process::{run, text};
use crate::visitor::{Request, Visitor};
use crate::wire::eventually;

/// The word that must never reach the app.
const EVIL: &str = "evil-4711";

/// What we tell an app about a person.
const IDENTITY: [&str; 5] = ["remote-user", "remote-name", "remote-email", "remote-groups", "x-portcullis-assertion"];

/// Our names as other programs could spell them, one by one and together.
fn spellings() -> Vec<Vec<String>> {
    let own = ["Remote-User", "Remote-Name", "Remote-Email", "Remote-Groups", "X-Portcullis-Assertion"];
    let mut all = Vec::new();
    for name in own {
        let dashes = [name.to_owned(), name.to_uppercase(), name.to_lowercase()];
        let others = ["_", ".", "~", "+"].map(|mark| name.replace('-', mark));
        let last = name.rfind('-').expect("a dash");
        let mixed = format!("{}_{}", &name[..last], &name[last + 1..]);
        all.extend(dashes.into_iter().chain(others).chain([mixed]).map(|name| vec![name]));
        all.push(vec![name.to_owned(), name.to_owned()]);
        all.push(vec![name.to_owned(), name.replace('-', "_"), name.replace('-', ".")]);
    }
    all.push(own.map(str::to_owned).to_vec());
    all
}

/// Where the app would hear the word, if anywhere.
fn heard(seen: &[Seen]) -> Result<(), String> {
    for seen in seen {
        holds!(!seen.head.contains(EVIL) && !seen.trailers.contains(EVIL), "the app saw {}", seen.head);
    }
    Ok(())
}

/// Sends all spellings to a path; the app may hear `name` alone, or nobody.
async fn identity(deployment: &Deployment, visitor: &Visitor, path: &str, name: &str) -> Finding {
    let mut refused = 0;
    for names in spellings() {
        let request = names.iter().fold(Request::get(path), |request, name| request.header(name, EVIL));
        let (answer, seen) = deployment.sends(visitor, &request).await;
        heard(&seen).map_err(|error| format!("{names:?}: {error}"))?;
        match answer.map_or(0, |answer| answer.status) {
            200 => {
                holds!(seen.len() == 1, "{names:?}: the app saw {} requests", seen.len());
                let told = seen[0].headers_named("remote-user");
                holds!(told.len() < 2 && told.concat() == name, "{names:?}: the app was told {told:?}");
                for other in IDENTITY {
                    holds!(seen[0].headers_named(other).len() < 2, "{names:?}: {other} twice: {}", seen[0].head);
                }
            }
            status => {
                holds!(seen.is_empty() && status == 400, "{names:?}: {status}, and the app saw {seen:?}");
                refused += 1;
            }
        }
    }
    Ok(if refused == 0 { "removed".to_owned() } else { "removed or refused".to_owned() })
}

pub async fn identity_with_session(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    identity(deployment, &bob, "/", "bob").await
}

pub async fn identity_on_open_path(deployment: &mut Deployment) -> Finding {
    identity(deployment, &deployment.visitor(), "/public/x", "").await
}

/// Every name by which a common app takes an identity, plainly and as CGI reads it too: an app that is set up for one
/// of them believes it.
pub async fn identity_of_common_apps(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    let names = known_identity::all().map(|known| known.name.replace('*', "user"));
    let (mut removed, mut refused) = (0, 0);
    for name in names.flat_map(|name| [name.replace('-', "_"), name]) {
        let (answer, seen) = deployment.sends(&bob, &Request::get("/").header(&name, EVIL)).await;
        heard(&seen).map_err(|error| format!("{name}: {error}"))?;
        match answer.map_or(0, |answer| answer.status) {
            200 => removed += 1,
            status => {
                let wanted = if deployment.proxy == Proxy::IngressNginx { 500 } else { 400 };
                holds!(seen.is_empty() && status == wanted, "{name}: {status}, and the app saw {seen:?}");
                refused += 1;
            }
        }
    }
    holds!(removed > 0, "nothing passes");
    Ok(if refused == 0 { "removed".to_owned() } else { "removed or refused".to_owned() })
}

/// Names by which a visitor could speak of another address, host, path or method, and a value for each.
const FORWARDING: [(&str, &str); 29] = [
    ("X-Forwarded-For", "evil-4711"),
    ("X-Forwarded-For", "198.51.100.66"),
    ("X-Forwarded-Host", "evil-4711.example"),
    ("X-Forwarded-Proto", "http"),
    ("X-Forwarded-Method", "EVIL-4711"),
    ("X-Forwarded-Uri", "/public/evil-4711"),
    ("X-Forwarded-Port", "4711"),
    ("X-Forwarded-Prefix", "/evil-4711"),
    ("X-Forwarded-Server", "evil-4711"),
    ("X-Forwarded-User", "evil-4711"),
    ("X-Forwarded-Ssl", "evil-4711"),
    ("X_Forwarded_Uri", "/public/evil-4711"),
    ("X-Original-URL", "https://app.example.com/public/evil-4711"),
    ("X-Original-URI", "/public/evil-4711"),
    ("X-Original-Method", "EVIL-4711"),
    ("X-Original-Host", "evil-4711.example"),
    ("X-Rewrite-URL", "/public/evil-4711"),
    ("X-Real-IP", "198.51.100.66"),
    ("Forwarded", "for=198.51.100.66;host=evil-4711.example;proto=http"),
    ("X-Url-Scheme", "evil-4711"),
    ("X-HTTP-Path-Override", "/public/evil-4711"),
    ("X-Override-URL", "/public/evil-4711"),
    ("X-WAWS-Unencoded-URL", "/public/evil-4711"),
    ("X-Matched-Path", "/public/evil-4711"),
    ("X-Invoke-Path", "/public/evil-4711"),
    ("X-Script-Name", "/evil-4711"),
    ("Script-Name", "/evil-4711"),
    ("Path-Info", "/public/evil-4711"),
    ("X-Accel-Mapping", "/=/evil-4711/"),
];

fn heard_of_elsewhere(seen: &[Seen]) -> Result<(), String> {
    for seen in seen {
        let head = seen.head.to_lowercase();
        holds!(!head.contains(EVIL) && !head.contains("198.51.100.66"), "the app saw {}", seen.head);
        let proto = values_of(seen, "x-forwarded-proto");
        holds!(proto.iter().all(|proto| *proto == "https"), "the app saw {}", seen.head);
        let port = values_of(seen, "x-forwarded-port");
        holds!(port.iter().all(|port| *port == "443"), "the app saw {}", seen.head);
    }
    Ok(())
}

/// Each alone and all together; on what is open to nobody, to everybody and to those who are in.
pub async fn forwarding(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    let stranger = deployment.visitor();
    let mut sets: Vec<Vec<(&str, &str)>> = FORWARDING.iter().map(|pair| vec![*pair]).collect();
    sets.push(FORWARDING.to_vec());
    for set in sets {
        let with =
            |target: &str| set.iter().fold(Request::get(target), |request, (name, value)| request.header(name, value));
        for (visitor, target, usual) in ANSWERS.map(|(who, target, usual)| (who.of(&bob, &stranger), target, usual)) {
            let (answer, seen) = deployment.sends(visitor, &with(target)).await;
            heard_of_elsewhere(&seen).map_err(|error| format!("{set:?} at {target}: {error}"))?;
            let answer = answer.ok_or("no answer")?;
            let passed = (answer.status, seen.len());
            holds!(passed == (usual, usize::from(usual == 200)), "{set:?} at {target}: {answer:?}");
            let head = String::from_utf8_lossy(&answer.head).to_lowercase();
            holds!(!head.contains(EVIL), "{set:?} at {target}: the visitor is sent away: {answer:?}");
        }
    }
    Ok("removed".to_owned())
}

/// Who asks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    /// Signed in, and no admin.
    Bob,
    Stranger,
}

impl Who {
    const fn of<'a>(self, bob: &'a Visitor, stranger: &'a Visitor) -> &'a Visitor {
        match self {
            Self::Bob => bob,
            Self::Stranger => stranger,
        }
    }
}

/// What the rules answer without any such header.
const ANSWERS: [(Who, &str, u16); 4] = [
    (Who::Bob, "/", 200),
    (Who::Bob, "/admin/x", 403),
    (Who::Stranger, "/admin/x", 302),
    (Who::Stranger, "/public/x", 200),
];

#[test]
fn every_header_that_overrides_the_target_is_sent_through_every_proxy() {
    for (name, _) in portcullis::parts::target_fields::OVERRIDES {
        assert!(FORWARDING.iter().any(|(sent, _)| sent.eq_ignore_ascii_case(name)), "{name}");
    }
}

/// Some programs read what stands behind a body as if it stood before it.
pub async fn trailers(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    let mut passed_on = false;
    for (visitor, target, name) in [(&bob, "/upload", "bob"), (&deployment.visitor(), "/public/upload", "")] {
        let behind =
            format!("Remote-User: {EVIL}\r\nRemote_User: {EVIL}\r\nX-Forwarded-For: {EVIL}\r\nX-Other: own\r\n");
        let request = Request::new("POST", target)
            .header("Transfer-Encoding", "chunked")
            .header("Trailer", "Remote-User, Remote_User, X-Forwarded-For, X-Other")
            .body(format!("4\r\nabcd\r\n0\r\n{behind}\r\n"));
        let (answer, seen) = deployment.sends(visitor, &request).await;
        // HAProxy passes them on, and none of its rules reaches them: docs/proxies.md says so.
        let behind_haproxy =
            seen.iter().map(|seen| Seen { trailers: String::new(), ..seen.clone() }).collect::<Vec<_>>();
        heard(if deployment.proxy == Proxy::Haproxy { &behind_haproxy } else { &seen })?;
        let status = answer.map_or(0, |answer| answer.status);
        holds!(status == 200 && seen.len() == 1, "{target}: {status}, and the app saw {seen:?}");
        for seen in seen {
            holds!(seen.headers_named("remote-user").concat() == name, "{target}: the app saw {}", seen.head);
            passed_on |= seen.trailers.contains("own");
        }
    }
    holds!(passed_on == (deployment.proxy == Proxy::Haproxy), "trailers pass: {passed_on}");
    Ok(if passed_on { "pass, as trailers" } else { "not passed on" }.to_owned())
}

/// Our cookies are of no use to an app, and of much use to whoever takes them there. Its own must arrive.
pub async fn own_cookies(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    let ours: Vec<_> = bob.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let orders = [
        format!("a=1; {}; b=2", ours.join("; ")),
        format!("{}; a=1; b=2", ours.join("; ")),
        format!("a=1; b=2; {}", ours.join("; ")),
        format!("{}; a=1; b=2; {}", ours[0], ours[1..].join("; ")),
    ];
    let mut passed_on = Vec::new();
    for cookies in orders {
        let (answer, seen) = deployment.sends(&bob, &Request::get("/").header("Cookie", &cookies)).await;
        holds!(answer.as_ref().is_some_and(|answer| answer.status == 200) && seen.len() == 1, "{cookies}: {answer:?}");
        let came = seen[0].headers_named("cookie").join("; ");
        let own: Vec<_> =
            came.split("; ").filter(|cookie| !cookie.is_empty() && !cookie.contains("portcullis")).collect();
        holds!(own == ["a=1", "b=2"], "{cookies}: the app saw {came}");
        passed_on.push(came.contains("portcullis"));
    }
    holds!(passed_on.iter().all(|one| *one == passed_on[0]), "now so and now so: {passed_on:?}");
    Ok(if passed_on[0] { "pass" } else { "taken out" }.to_owned())
}

/// A script with an access token, and with one that is none. The token is of no use to the app.
pub async fn access_token(deployment: &mut Deployment) -> Finding {
    let config = deployment.gateway.config_file();
    let arguments =
        ["token", "create", "--user", "ada", "--site", "app.example.com", "--expires", "30d", "--config", &config];
    let output = run(&arguments, &[], "").await;
    holds!(output.status.success(), "{}", text(&output));
    let token = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let shows = |token: &str| Request::get("/api/items").bare().header("Authorization", &format!("Bearer {token}"));
    let stranger = deployment.visitor();
    // The gateway follows its feed by a poll.
    let opens = || async { stranger.clone().try_send(&shows(&token)).await.is_some_and(|answer| answer.status == 200) };
    eventually("the token opens", opens).await;
    let (_, seen) = deployment.sends(&stranger, &shows(&token)).await;
    holds!(seen.len() == 1 && seen[0].headers_named("remote-user") == ["ada"], "the app saw {seen:?}");
    let mut passes = seen[0].head.contains(&token);
    // As clients send it that know `Basic` alone, and beside the app's own credential.
    let in_basic = format!("Basic {}", STANDARD.encode(format!("git:{token}")));
    let own = "Basic b2Y6dGhlLWFwcA==";
    let beside = Request::get("/api/items").bare().header("X-Portcullis-Token", &token).header("Authorization", own);
    for (request, arrives) in
        [(Request::get("/api/items").bare().header("Authorization", &in_basic), None), (beside, Some(own))]
    {
        let (answer, seen) = deployment.sends(&stranger, &request).await;
        holds!(seen.len() == 1 && seen[0].headers_named("remote-user") == ["ada"], "{answer:?}, the app saw {seen:?}");
        let came = values_of(&seen[0], "authorization");
        holds!(arrives.map_or(came.is_empty(), |own| came == [own]), "the app saw {}", seen[0].head);
        passes |= seen[0].head.contains(&token);
    }
    let (answer, seen) = deployment.sends(&stranger, &shows(&token.to_lowercase())).await;
    let status = answer.map_or(0, |answer| answer.status);
    let wanted = if deployment.proxy == Proxy::IngressNginx { 302 } else { 401 };
    holds!(status == wanted && seen.is_empty(), "another token: {status}, and the app saw {seen:?}");
    let own = Request::get("/public/x").bare().header("Authorization", "Bearer of-the-app");
    let (_, seen) = deployment.sends(&stranger, &own).await;
    holds!(seen.len() == 1 && seen[0].headers_named("authorization") == ["Bearer of-the-app"], "the app saw {seen:?}");
    Ok(if passes { "opens, and reaches the app" } else { "opens, and is taken out" }.to_owned())
}

/// A calendar that knows `Basic` alone. The password was said to us; the app has no use for it, and one of its own
/// arrives.
pub async fn password(deployment: &mut Deployment) -> Finding {
    let shows = |target: &str, words: &str| {
        Request::get(target).bare().header("Authorization", &format!("Basic {}", STANDARD.encode(words)))
    };
    let stranger = deployment.visitor();
    let right = format!("bob:{}", deployment.bob.password);
    let (answer, seen) = deployment.sends(&stranger, &shows("/calendar/x", &right)).await;
    holds!(seen.len() == 1 && seen[0].headers_named("remote-user") == ["bob"], "{answer:?}, the app saw {seen:?}");
    let passes = !seen[0].headers_named("authorization").is_empty();
    let (_, seen) = deployment.sends(&stranger, &shows("/public/x", "of:the-app")).await;
    let came = seen[0].headers_named("authorization");
    holds!(came == [format!("Basic {}", STANDARD.encode("of:the-app"))], "the app saw {came:?}");
    Ok(if passes { "opens, and reaches the app" } else { "opens, and is taken out" }.to_owned())
}

/// What is open for GET is not open for what an app makes of it (`X-HTTP-Method-Override`).
pub async fn claimed_method(deployment: &mut Deployment) -> Finding {
    let stranger = deployment.visitor();
    let (answer, seen) = deployment.sends(&stranger, &Request::get("/read/x")).await;
    holds!(seen.len() == 1 && answer.as_ref().is_some_and(|answer| answer.status == 200), "{answer:?}");
    for name in
        ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X_HTTP_Method", "X.HTTP.Method.Override"]
    {
        let (answer, seen) = deployment.sends(&stranger, &Request::get("/read/x").header(name, "DELETE")).await;
        holds!(seen.iter().all(|seen| !seen.head.contains("DELETE")), "{name}: {answer:?}, the app saw {seen:?}");
        // Some take other marks than `-` out of the way themselves; what comes to us asks who wants to delete.
        let taken_out = match name {
            _ if name.contains('.') => matches!(deployment.proxy, Proxy::Nginx | Proxy::IngressNginx | Proxy::Caddy),
            _ if name.contains('_') => !matches!(deployment.proxy, Proxy::Apache | Proxy::Haproxy),
            _ => false,
        };
        let wanted = if taken_out { (200, 1) } else { (302, 0) };
        holds!((answer.map_or(0, |answer| answer.status), seen.len()) == wanted, "{name}: the app saw {seen:?}");
    }
    Ok("never passes".to_owned())
}

/// `Connection` makes the next hop take away what it names. Our word must stand after that.
pub async fn named_in_connection(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    let lists = [
        "close, Remote-User, Remote-Groups, X-Portcullis-Assertion",
        "close, X-Forwarded-For, X-Forwarded-Host, X-Forwarded-Proto, X-Forwarded-Uri, X-Forwarded-Method",
        "close, X-Original-URL, X-Original-Method",
        "close, Cookie",
        "close, Host",
    ];
    let stranger = deployment.visitor();
    for list in lists {
        for (who, target, usual) in ANSWERS {
            let request = Request::get(target).header("Connection", list).header("Remote-User", EVIL);
            let (answer, seen) = deployment.sends(who.of(&bob, &stranger), &request).await;
            heard(&seen)?;
            let passed = (answer.map_or(0, |answer| answer.status), seen.len());
            // Some take what is named away from the question to us: then we know no session, or nothing at all.
            let wanted = match (deployment.proxy, list) {
                (Proxy::Apache | Proxy::Envoy | Proxy::Traefik, "close, Cookie") if who == Who::Bob => 302,
                (Proxy::Envoy, "close, Host") => 400,
                (Proxy::Apache | Proxy::Envoy, list) if list.contains("X-Forwarded") => 400,
                _ => usual,
            };
            holds!(passed == (wanted, usize::from(wanted == 200)), "{list:?} at {target}: {passed:?}");
            for seen in &seen {
                let wanted = if target == "/" { "bob" } else { "" };
                let told = seen.headers_named("remote-user").concat();
                holds!(told == wanted, "{list:?} at {target}: the app was told {told:?}");
                let named = seen.headers_named("connection").concat().to_lowercase();
                holds!(!named.contains("remote") && !named.contains("x-"), "{list:?}: the app saw {}", seen.head);
            }
        }
    }
    Ok("ours stand, or refused".to_owned())
}
