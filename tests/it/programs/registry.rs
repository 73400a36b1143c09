//! The Docker registry: push and pull by its HTTP API (OCI distribution specification).

use super::{Behind, folder, installed, listens, noise};
use crate::process::{Process, command};
use crate::visitor::Request;
use crate::wire::free_address;

const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";

fn digest(bytes: &[u8]) -> String {
    let hash = ring::digest::digest(&ring::digest::SHA256, bytes);
    hash.as_ref().iter().fold("sha256:".to_owned(), |text, byte| format!("{text}{byte:02x}"))
}

async fn start(home: &std::path::Path) -> (Process, std::net::SocketAddr) {
    let address = free_address();
    let text = format!(
        "version: 0.1\nlog:\n  level: error\nstorage:\n  filesystem:\n    rootdirectory: {}\nhttp:\n  addr: {address}\n",
        home.join("blobs").display()
    );
    let file = home.join("registry.yml");
    std::fs::write(&file, text).unwrap();
    let program = installed("docker-registry");
    let arguments = ["serve", file.to_str().expect("a path")];
    let process = Process::spawn(&mut command(program.to_str().expect("a path"), &arguments, &[]));
    listens(address).await;
    (process, address)
}

/// The registry writes whole URLs: they must lead back through the gateway.
fn local(behind: &Behind, location: &str) -> String {
    let origin = behind.ada.origin();
    location.strip_prefix(&origin).unwrap_or_else(|| panic!("{location} is not at {origin}")).to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_is_pushed_with_a_token_and_pulled_with_a_session() {
    let home = folder();
    let (_registry, address) = start(home.path()).await;
    let behind = Behind::start(address, "").await;
    behind.is_closed().await;
    behind.both(|| Request::get("/v2/"), 200).await;

    let mut layers = Vec::new();
    for bytes in [noise(3 * 1024 * 1024), b"{}".to_vec()] {
        let begun = behind.by_token(Request::new("POST", "/v2/team/app/blobs/uploads/")).await;
        assert_eq!(begun.status, 202, "{begun:?}");
        let place = local(&behind, begun.location());
        let sent = Request::new("PATCH", &place).header("Content-Type", "application/octet-stream").body(bytes.clone());
        let sent = behind.by_token(sent).await;
        assert_eq!(sent.status, 202, "{sent:?}");
        let place = local(&behind, sent.location());
        let digest = digest(&bytes);
        let done =
            behind.by_token(Request::new("PUT", &format!("{place}&digest={}", digest.replace(':', "%3A")))).await;
        assert_eq!((done.status, done.header("docker-content-digest")), (201, Some(digest.as_str())), "{done:?}");
        layers.push((digest, bytes));
    }
    let described = |place: usize, kind: &str| serde_json::json!({ "mediaType": kind, "size": layers[place].1.len(), "digest": layers[place].0 });
    let manifest = serde_json::json!({
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": described(1, "application/vnd.oci.image.config.v1+json"),
        "layers": [described(0, "application/vnd.oci.image.layer.v1.tar")],
    })
    .to_string();
    let put =
        Request::new("PUT", "/v2/team/app/manifests/latest").header("Content-Type", MANIFEST).body(manifest.clone());
    assert_eq!(behind.by_token(put).await.status, 201);

    let pulled = behind.both(|| Request::get("/v2/team/app/manifests/latest").header("Accept", MANIFEST), 200).await;
    assert!(pulled.iter().all(|answer| answer.text() == manifest), "{pulled:?}");
    for (digest, bytes) in &layers {
        let pulled = behind.both(|| Request::get(&format!("/v2/team/app/blobs/{digest}")), 200).await;
        assert!(pulled.iter().all(|answer| answer.body == *bytes), "{digest}");
    }
    let [tags, _] = behind.both(|| Request::get("/v2/team/app/tags/list"), 200).await;
    assert_eq!(tags.text().trim(), "{\"name\":\"team/app\",\"tags\":[\"latest\"]}");
}
