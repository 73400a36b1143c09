//! The whole conversation at a terminal, with wrong answers, and what it writes.

use super::{Machine, PASSWORD, gets_in, gives_password};
use crate::gateway::{CLIENT_ID, CLIENT_SECRET};
use crate::mail_server::MailServer;
use crate::phone::{code_in, wrong_code};
use crate::terminal::{SHOWS, Terminal};
use crate::wire::free_address;

const INIT: [&str; 3] = ["init", "--directory", "gate"];
const PHONE: &str = "+15005550074";

#[tokio::test(flavor = "multi_thread")]
async fn every_wrong_answer_is_told_and_asked_again_and_the_result_signs_people_in() {
    let machine = Machine::bare().await;
    let (dead, listen) = (free_address(), free_address());
    let mut terminal = Terminal::start(&INIT, machine.folder.dir());
    terminal.answers("Host that people type for your app [app.localhost]: ", "http://app.localhost").await;
    terminal.sees("`http://app.localhost` is not a host, or `*.` and a host; write only the host").await;
    terminal.answers("your app [app.localhost]: ", "App.Localhost").await;
    terminal.answers("Address at which your app runs [http://127.0.0.1:3000]: ", "127.0.0.1").await;
    terminal.sees("not a URL that starts with `https://` or `http://`; ").await;
    terminal.answers("your app runs [", &format!("http://{dead}")).await;
    terminal.sees(&format!("the app cannot be reached: no connection: http://{dead}: Connection refused")).await;
    terminal.answers("Number [1]: ", "1").await;
    terminal.answers("your app runs [", &machine.upstream()).await;
    terminal.sees(&format!("{} answers 200", machine.upstream())).await;
    terminal.sees("How do people reach it?").await;
    terminal.answers("Number [3]: ", "").await;
    terminal.answers("Address to listen on [127.0.0.1:8080]: ", &machine.app.address.to_string()).await;
    terminal.sees("cannot be listened on: Address already in use").await;
    terminal.answers("Number [1]: ", "").await;
    terminal.answers("Address to listen on [", &listen.to_string()).await;
    gives_the_cpaas(&mut terminal, &machine).await;
    gives_the_person(&mut terminal, &machine).await;
    terminal.answers("Write it to ", "y").await;
    terminal.sees("Written:").await;
    terminal.sees(&format!("Then open http://app.localhost:{}/", listen.port())).await;
    let (status, shown) = terminal.ends().await;
    assert_eq!(status, Some(0), "{shown}");
    assert!(shown.contains(SHOWS), "{shown}");

    let files = ["cpaas.secret", "portcullis.db", "portcullis.keys", "portcullis.toml"];
    assert_eq!(machine.names(), files);
    assert_eq!(machine.folder.mode("gate"), 0o700);
    for file in files {
        assert_eq!(machine.folder.mode(&format!("gate/{file}")), 0o600, "{file}");
    }
    let config = machine.config();
    assert!(!std::fs::read_to_string(&config).unwrap().contains(CLIENT_SECRET), "the secret has a file of its own");
    assert_eq!(machine.folder.done(&["config", "check", "--config", &config], "").await, "ok\n");
    let (_process, address) = machine.serve().await;
    assert_eq!(address, listen);
    let visitor = gives_password(address, &format!("app.localhost:{}", listen.port()), "ada", PASSWORD).await;
    gets_in(visitor, &machine.phone.code(PHONE, 2).await).await;
}

/// The account at the CPaaS, first with a wrong secret.
async fn gives_the_cpaas(terminal: &mut Terminal, machine: &Machine) {
    terminal.sees("How are codes sent?").await;
    terminal.answers("Number [3]: ", "1").await;
    terminal.answers("URL of the CPaaS: ", "").await;
    terminal.sees("an answer is needed").await;
    terminal.answers("URL of the CPaaS: ", "http://cpaas.example.com").await;
    terminal.sees("plain http to another machine; write `https://`").await;
    terminal.answers("URL of the CPaaS: ", &machine.cpaas()).await;
    terminal.answers("client id of the account: ", CLIENT_ID).await;
    terminal.answers("empty for a project: ", "").await;
    terminal.answers("Secret of the project (not shown): ", "secret").await;
    terminal.sees("this is an example, not a secret; ").await;
    terminal.answers("Secret of the project (not shown): ", "canary-of-another-project").await;
    terminal.sees("the CPaaS refuses it: token: refused with status 401 (invalid_client: ").await;
    terminal.answers("Number [1]: ", "").await;
    // Correcting an answer stays with the way that was chosen.
    terminal.answers("Number [1]: ", "").await;
    terminal.answers("URL of the CPaaS [", "").await;
    terminal.answers(&format!("client id of the account [{CLIENT_ID}]: "), "").await;
    terminal.answers("empty for a project: ", "").await;
    terminal.answers("Secret of the project (not shown): ", CLIENT_SECRET).await;
    terminal.sees(&format!("signed in at {}", machine.cpaas())).await;
}

/// The first account, with a code that arrives.
async fn gives_the_person(terminal: &mut Terminal, machine: &Machine) {
    terminal.answers("User name: ", "a b").await;
    terminal.sees("a user name has").await;
    terminal.answers("User name: ", "ada").await;
    terminal.answers("Name; may be empty: ", "Ada Lovelace").await;
    terminal.answers("E-mail address: ", "").await;
    terminal.answers("such as +15005550074: ", "").await;
    terminal.sees("an account needs a telephone number or an e-mail address").await;
    terminal.answers("E-mail address: ", "ada").await;
    terminal.sees("name@example.com").await;
    terminal.answers("E-mail address: ", "ada@example.com").await;
    terminal.answers("such as +15005550074: ", "5550074").await;
    terminal.sees("international form").await;
    terminal.answers("such as +15005550074: ", PHONE).await;
    terminal.answers("Send them a code now, to see that it arrives? (Y/n): ", "").await;
    terminal.sees("The code that came by sms").await;
    let code = code_in(&machine.phone.messages_to(PHONE).await[0].text);
    terminal.types(&format!("{}\n", wrong_code(&code, 0))).await;
    terminal.sees("That is another code.").await;
    terminal.answers("The code that came by sms", &code).await;
    terminal.sees("That is the code.").await;
    terminal.answers("Number [1]: ", "1").await;
    terminal.answers("New password: ", "password").await;
    terminal.answers("Again: ", "password").await;
    terminal.sees("one of the most common ones").await;
    terminal.answers("New password: ", "ada-lovelace").await;
    terminal.answers("Again: ", "ada-lovelace").await;
    terminal.sees("too close to your name").await;
    terminal.answers("New password: ", PASSWORD).await;
    terminal.answers("Again: ", "nine quiet ridges").await;
    terminal.sees("the two passwords differ").await;
    terminal.answers("New password: ", PASSWORD).await;
    terminal.answers("Again: ", PASSWORD).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_by_mail_behind_a_proxy_with_a_generated_password_work_too() {
    let machine = Machine::bare().await;
    let server = MailServer::with_tls("starttls", &["--account", "gate:canary-mail-password"]).await;
    machine.folder.write("ca.pem", &server.authority);
    let listen = free_address();
    let mut terminal = Terminal::start(&INIT, machine.folder.dir());
    terminal.answers("[app.localhost]: ", "app.example.com").await;
    terminal.answers("[http://127.0.0.1:3000]: ", &machine.upstream()).await;
    terminal.answers("Number [1]: ", "3").await;
    terminal
        .sees("plain http serves hosts of this machine only, such as app.localhost, and app.example.com is none")
        .await;
    terminal.answers("Number [1]: ", "2").await;
    terminal.answers("as this machine sees it [127.0.0.1, ::1]: ", "127.0.0.1 nobody").await;
    terminal.answers("as this machine sees it [127.0.0.1, ::1]: ", "").await;
    terminal.answers("Address to listen on [127.0.0.1:8080]: ", &listen.to_string()).await;
    terminal.answers("Number [1]: ", "2").await;
    terminal.answers("Mail server: ", "localhost").await;
    terminal.answers("none on this machine [starttls]: ", "").await;
    terminal.answers("Port; empty for the usual one: ", &server.address.port().to_string()).await;
    terminal.answers("Sender of the mails, such as gate@example.com: ", "Our house <gate@example.com>").await;
    terminal.answers("User name there; empty if it needs none: ", "gate").await;
    terminal.answers("Password there (not shown): ", "canary-mail-password").await;
    terminal.answers("empty for a public one: ", "nowhere.pem").await;
    terminal.sees("nowhere.pem cannot be read: No such file").await;
    terminal.answers("empty for a public one: ", "ca.pem").await;
    terminal.sees(&format!("signed in at localhost:{}", server.address.port())).await;
    terminal.answers("User name: ", "ada").await;
    terminal.answers("Name; may be empty: ", "").await;
    terminal.answers("E-mail address: ", "ada@example.com").await;
    terminal.answers("(Y/n): ", "y").await;
    terminal.answers("The code that came by email", &code_in_mail(&server.mail().await.content)).await;
    terminal.sees("That is the code.").await;
    terminal.answers("Number [1]: ", "2").await;
    terminal.answers("Write it to ", "").await;
    let (status, shown) = terminal.ends().await;
    assert_eq!(status, Some(0), "{shown}");
    let password = shown.lines().find_map(|line| line.strip_prefix("The password of ada, shown only now: "));
    let password = password.expect("the password").to_owned();
    assert!(shown.contains("Then open https://app.example.com/"), "{shown}");

    let (_process, address) = machine.serve().await;
    let answer = crate::visitor::Request::get("/")
        .header("Host", "app.example.com")
        .header("X-Forwarded-For", "192.0.2.7")
        .header("X-Forwarded-Proto", "https")
        .header("X-Forwarded-Host", "app.example.com");
    let mut visitor = crate::visitor::Visitor::new(&crate::visitor::SharedAddress::at(address));
    let answer = visitor.send(answer).await;
    assert_eq!(answer.status, 302, "{answer:?}");
    assert!(
        answer.location().starts_with("https://app.example.com/portcullis/login")
            || answer.location().starts_with("/portcullis/login"),
        "{answer:?}"
    );
    assert_eq!(password.len(), 14);
    let check = machine.folder.done(&["config", "check", "--online", "--config", &machine.config()], "").await;
    assert!(check.ends_with("\nok\n"), "{check}");
}

/// The line of the mail that is the code alone.
fn code_in_mail(content: &str) -> String {
    let line = content.lines().find(|line| line.len() == 6 && line.bytes().all(|byte| byte.is_ascii_digit()));
    line.unwrap_or_else(|| panic!("no code in {content}")).to_owned()
}
