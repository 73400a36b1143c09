//! The real git client against `git http-backend`.

use std::path::Path;

use super::{Behind, apache, folder, noise};
use crate::process::{Process, command, finish, text};
use crate::visitor::Request;

const BACKEND: &str = "/usr/lib/git-core/git-http-backend";

async fn serves(home: &Path) -> (Process, std::net::SocketAddr) {
    let repositories = home.join("repositories");
    git(home, &["init", "--quiet", "--bare", "-b", "main", repositories.join("app.git").to_str().unwrap()]).await;
    git(&repositories.join("app.git"), &["config", "http.receivepack", "true"]).await;
    let owned = command("chmod", &["-R", "a+rwX", repositories.to_str().unwrap()], &[]);
    assert!(finish(&mut { owned }, "").await.status.success());
    let lines = format!(
        "SetEnv GIT_PROJECT_ROOT {repositories}\nSetEnv GIT_HTTP_EXPORT_ALL 1\n\
         SetEnv GIT_CONFIG_COUNT 1\nSetEnv GIT_CONFIG_KEY_0 safe.directory\nSetEnv GIT_CONFIG_VALUE_0 *\n\
         ScriptAlias /git/ {BACKEND}/\n<Directory /usr/lib/git-core>\nRequire all granted\n</Directory>",
        repositories = repositories.display()
    );
    apache::start(home, &["cgi", "env", "alias"], &lines).await
}

async fn git(folder: &Path, arguments: &[&str]) -> String {
    let home = folder.to_str().unwrap();
    let environment = [
        ("HOME", home),
        ("GIT_CONFIG_NOSYSTEM", "1"),
        ("GIT_TERMINAL_PROMPT", "0"),
        ("GIT_AUTHOR_NAME", "Ada"),
        ("GIT_AUTHOR_EMAIL", "ada@example.com"),
        ("GIT_COMMITTER_NAME", "Ada"),
        ("GIT_COMMITTER_EMAIL", "ada@example.com"),
    ];
    let output = finish(command("git", arguments, &environment).current_dir(folder), "").await;
    assert!(output.status.success(), "git {arguments:?}: {}", text(&output));
    text(&output)
}

#[tokio::test(flavor = "multi_thread")]
async fn git_clones_and_pushes_forty_megabytes_with_an_access_token_as_its_password() {
    let home = folder();
    let (_apache, address) = serves(home.path()).await;
    let behind = Behind::start(address, "").await;
    behind.is_closed().await;
    let listed = Request::get("/git/app.git/info/refs?service=git-upload-pack");
    let answer = behind.by_session(listed).await;
    assert_eq!(answer.header("content-type"), Some("application/x-git-upload-pack-advertisement"), "{answer:?}");

    let port = behind.gateway.address().port();
    let url = format!("http://ada:{}@app.localhost:{port}/git/app.git", behind.token);
    let resolve = format!("http.curloptResolve=app.localhost:{port}:127.0.0.1");
    let (first, second) = (home.path().join("first"), home.path().join("second"));
    git(home.path(), &["-c", &resolve, "clone", "--quiet", &url, "first"]).await;
    std::fs::write(first.join("large.bin"), noise(40 * 1024 * 1024)).unwrap();
    git(&first, &["checkout", "--quiet", "-B", "main"]).await;
    git(&first, &["add", "large.bin"]).await;
    git(&first, &["commit", "--quiet", "-m", "Forty megabytes"]).await;
    git(&first, &["-c", &resolve, "push", "--quiet", "origin", "main"]).await;
    git(home.path(), &["-c", &resolve, "clone", "--quiet", &url, "second"]).await;
    assert!(std::fs::read(second.join("large.bin")).unwrap() == noise(40 * 1024 * 1024));

    let wrong = url.replace(&behind.token, "portcullis_not-a-token");
    let arguments = ["-c", &resolve, "ls-remote", &wrong];
    let environment = [("HOME", home.path().to_str().unwrap()), ("GIT_TERMINAL_PROMPT", "0")];
    let output = finish(command("git", &arguments, &environment).current_dir(home.path()), "").await;
    assert!(!output.status.success(), "a made-up token: {}", text(&output));
}
