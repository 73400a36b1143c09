//! Return targets: whatever was asked for, a browser that follows the answer stays on a known origin.

#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis::parts::fuzzing::Origin;
use portcullis::parts::fuzzing::ReturnTarget;
use portcullis::parts::fuzzing::RequestTarget;
use url::Url;

const HERE: &str = "https://app.example";
const KNOWN: &str = "http://other.example:8080";

/// How a browser understands it: as a `Location` from a page of ours.
fn is_at_home(target: &ReturnTarget, origins: &[&str]) {
    let here: Origin = HERE.parse().expect("an origin");
    let base = Url::parse("https://app.example/portcullis/login?rd=x").expect("a URL");
    let whole = Url::parse(&target.url()).expect("a URL");
    let seen = base.join(&target.seen_from(&here)).expect("a URL");
    for url in [&whole, &seen] {
        let origin = url.origin().ascii_serialization();
        assert!(origins.contains(&origin.as_str()), "{target:?} leads to {url}");
        assert!(url.username().is_empty() && url.password().is_none(), "{target:?} has a user");
    }
    assert_eq!(whole, seen, "{target:?} means two places");
    assert!(target.url().bytes().all(|byte| byte.is_ascii_graphic()), "{target:?} fits no header");
    assert!(target.target().starts_with('/'));
    assert_eq!(&ReturnTarget::kept(&target.url(), &here), target, "what is stored is read as something else");
}

fuzz_target!(|written: &str| {
    let (here, known): (Origin, Origin) = (HERE.parse().expect("an origin"), KNOWN.parse().expect("an origin"));
    is_at_home(&ReturnTarget::read(written, &here, |origin| *origin == known), &[HERE, KNOWN]);
    if let Ok(target) = RequestTarget::parse(written) {
        is_at_home(&ReturnTarget::asked_for(&here, &target), &[HERE]);
    }
    if let Some((origin, target)) = RequestTarget::parse_absolute(written) {
        // Both readers of a whole URL agree about the host.
        if let Ok(url) = Url::parse(written) {
            let seen: Option<Origin> = url.origin().ascii_serialization().parse().ok();
            assert!(
                seen.is_none_or(|seen| seen == origin),
                "{written:?}: {origin} or {}",
                url.origin().ascii_serialization()
            );
        }
        assert!(written.ends_with(target.as_str()));
    }
});
