//! The image: one static binary, no root, nothing written but the volume.

use super::read;

/// The instructions of the last stage.
fn last_stage() -> Vec<String> {
    let file = read("config/Dockerfile");
    let lines: Vec<&str> = file.lines().filter(|line| !line.starts_with('#')).collect();
    let from = lines.iter().rposition(|line| line.starts_with("FROM ")).unwrap();
    lines[from..].iter().map(|line| (*line).to_owned()).collect()
}

#[test]
fn the_image_holds_nothing_beside_the_binary_and_runs_as_a_numeric_user() {
    let stage = last_stage();
    assert_eq!(stage[0], "FROM scratch");
    let copied: Vec<&str> = stage.iter().filter_map(|line| line.strip_prefix("COPY ")).collect();
    assert_eq!(
        copied,
        [
            "--from=build /image/bin /usr/local/bin",
            "--from=build /image/doc /usr/share/doc/portcullis",
            "--from=build --chown=10001:10001 /image/lib /var/lib",
        ]
    );
    for line in ["USER 10001:10001", "VOLUME /var/lib/portcullis", "WORKDIR /var/lib/portcullis"] {
        assert!(stage.iter().any(|written| written == line), "{line}");
    }
    assert!(!stage.iter().any(|line| line.starts_with("RUN ")), "there is no shell to run anything");
    // The compiler is the one that everything else is tested with.
    let toolchain = read("rust-toolchain.toml");
    let channel = toolchain.split("channel = \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let file = read("config/Dockerfile");
    assert!(file.contains(&format!("FROM rust:{channel}-")) && file.contains(&format!("RUSTUP_TOOLCHAIN={channel}\n")));
}

#[test]
fn the_compose_file_takes_every_privilege_away() {
    let file = yaml_rust2::YamlLoader::load_from_str(&read("config/compose.yml")).unwrap();
    let service = &file[0]["services"]["portcullis"];
    assert_eq!(service["read_only"].as_bool(), Some(true));
    assert_eq!(service["cap_drop"][0].as_str(), Some("ALL"));
    assert_eq!(service["security_opt"][0].as_str(), Some("no-new-privileges:true"));
    assert!(service["user"].is_badvalue() && service["privileged"].is_badvalue(), "the image's own user");
    let volumes: Vec<_> = service["volumes"].as_vec().unwrap().iter().map(|volume| volume.as_str().unwrap()).collect();
    assert_eq!(
        volumes,
        ["./traefik/portcullis.toml:/etc/portcullis/portcullis.toml:ro", "portcullis:/var/lib/portcullis"]
    );
}
