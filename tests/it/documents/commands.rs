//! Every command in the documents is one that the program accepts, and is carried out in the order of its document.
//!
//! A command of ours runs, unless it stands in [`ACCEPTED`]. One of another program runs if it stands in [`CARRIED_OUT`];
//! if it stands in [`LEFT`], the reason stands beside it. Any other one fails: add it to one of these lists.

use clap::error::ErrorKind;

use super::blocks::is_ours;
use super::configurations::completed;
use super::page::Page;
use super::shell::{PASSWORD, Shell};
use super::{pages, read};
use crate::gateway::{Account, all_the_way};
use crate::phone::Phone;
use crate::visitor::{SharedAddress, Visitor};

/// Commands of ours that run until they are ended.
const STARTED: [&str; 3] = ["portcullis demo", "portcullis sandbox", "portcullis serve"];

/// Commands of ours whose arguments are checked, but that have nothing to work on here.
const ACCEPTED: [(&str, &str); 10] = [
    ("portcullis audit show 4711", "an event of the reader's trail"),
    ("portcullis completions", "writes where the shell of the system looks; `packages` reads what it writes"),
    ("portcullis config check --online", "signs in to providers of the reader; `first_hour::online_check` has some"),
    ("portcullis doctor", "a deployment of the reader; the test `doctor` examines one, and `lan` runs this line"),
    ("portcullis init", "asks on a terminal, or signs in to a provider; `init` answers, and uses what it writes"),
    ("portcullis keys remove 1", "a gateway has to read the new version first; `factors` removes one after that"),
    ("portcullis man", "writes where the system looks for pages; `packages` reads them"),
    ("portcullis token revoke 3fa94c01", "a token of the reader"),
    ("portcullis user reset ada", "an account of the reader; `factors` takes one's factors away"),
    ("portcullis user show ada", "an account of the reader; `factors` shows one"),
];

/// Programs of others that the documents use and the tests run.
const CARRIED_OUT: [&str; 4] = ["chmod", "echo", "export", "openssl"];

/// Programs of others that the tests do not run, and why.
const LEFT: [(&str, &str); 28] = [
    ("./tests/run", "runs this test"),
    ("apt-get install", "installs on the reader's machine; `packages::debian` installs in a Debian of its own"),
    ("benches/idle/", "a measurement, run by hand"),
    ("cargo bench", "a measurement, run by hand"),
    (
        "cargo build --release --locked --target",
        "`packages::static_binary` runs the static binary with `tests/run --all`",
    ),
    ("cargo install", "installs a tool from the registry; `tests/run` pins its version"),
    ("cargo run --release -- demo", "builds the program; `portcullis demo` is run instead"),
    ("chmod 640", "needs what `init` wrote; `packages::debian_installed` runs it with `tests/run --all`"),
    ("chown", "needs the user of the package; `packages::debian_installed` runs it with `tests/run --all`"),
    ("config/deb/build", "`packages::debian` builds the package with `tests/run --all`"),
    ("cp target/pictures/", "replaces the pictures of the documents by new ones, which a person looks at"),
    ("curl", "asks a deployment of the reader; `tokens` and `token_carriers` send these requests"),
    ("docker build", "needs Docker"),
    ("docker exec", "needs Docker"),
    ("docker login", "needs Docker and a registry of the reader; `programs::registry` pushes and pulls with a token"),
    ("docker run", "needs Docker"),
    ("editor", "the reader writes the file"),
    ("filebrowser config", "a setting of an app that the tests do not run"),
    ("fuzz/run", "hours of fuzzing, run by hand"),
    ("git config", "a setting of the reader's git; `programs::git` sends this header"),
    ("helm install", "needs a cluster; `packages` renders the chart and runs what it says"),
    ("install -m 0640", "writes below `/etc`"),
    ("kubectl", "needs a cluster"),
    ("mdbook build", "`tests/run --all` builds the book"),
    ("python3 -m http.server", "a web server of the reader, in place of an app"),
    ("rustup", "changes the reader's toolchain"),
    ("sudo -u portcullis", "needs the user of the package; `packages::debian` runs these there"),
    ("systemctl", "needs a running systemd"),
];

/// The lines of a block that are commands. A line that ends with `\` goes on in the next one.
fn lines(text: &str) -> Vec<String> {
    let joined = text.replace("\\\n", " ");
    joined.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

/// The command of ours in a line, without what the shell does around it.
fn ours(line: &str) -> Option<String> {
    let (_, rest) = line.split_once("portcullis ").filter(|(before, _)| before.is_empty() || before.ends_with("$("))?;
    let rest = rest.split([')', '<', '>', '#', '|']).next().unwrap_or_default();
    Some(format!("portcullis {}", rest.trim()))
}

/// The words of a command as a shell takes them: quotes group and vanish.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for letter in line.chars() {
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (None, '"' | '\'') => quote = Some(letter),
            (None, ' ') => words.push(String::new()),
            _ => words.last_mut().expect("a word").push(letter),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn begins_with<'a>(line: &str, list: impl IntoIterator<Item = &'a str>) -> bool {
    list.into_iter().any(|start| line.starts_with(start))
}

fn left() -> impl Iterator<Item = &'static str> {
    LEFT.iter().map(|(start, _)| *start)
}

fn accepted() -> impl Iterator<Item = &'static str> {
    ACCEPTED.iter().map(|(start, _)| *start)
}

#[test]
fn every_command_in_the_documents_is_ours_and_accepted_or_on_a_list() {
    let mut faults = Vec::new();
    let mut all = Vec::new();
    for page in pages() {
        for block in page.blocks.iter().filter(|block| block.kind == "console") {
            for line in lines(&block.text) {
                let at = format!("{}:{}: {line}", page.name, block.line);
                match ours(&line) {
                    Some(command) => {
                        let outcome = portcullis::parts::command_line().try_get_matches_from(words(&command));
                        faults.extend(outcome.err().map(|error| format!("{at}: {error}")));
                    }
                    None if begins_with(&line, left()) || begins_with(&line, CARRIED_OUT) => {}
                    None => faults.push(format!("{at}: say in tests/it/documents/commands.rs how it is tested")),
                }
                all.push(line);
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for start in left().chain(accepted()).chain(CARRIED_OUT) {
        assert!(all.iter().any(|line| line.starts_with(start)), "no document says {start:?}: take it off its list");
    }
}

/// The commands of ours inside sentences.
fn mentioned(page: &Page) -> Vec<String> {
    let prose: Vec<&str> = page.prose().collect();
    let paragraphs = prose.split(|line| line.is_empty()).map(|lines| lines.join(" "));
    let spans = paragraphs.flat_map(|text| text.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>());
    spans.filter(|span| span.starts_with("portcullis ") && !span.contains('…')).filter_map(|span| ours(&span)).collect()
}

#[test]
fn every_command_inside_a_sentence_exists_with_its_options() {
    let mut count = 0;
    for page in pages() {
        for command in mentioned(&page) {
            count += 1;
            // A sentence may leave out what a command needs, or write URL for one.
            let outcome = portcullis::parts::command_line().try_get_matches_from(words(&command));
            let kind = outcome.err().map(|error| error.kind());
            let unknown = matches!(kind, Some(ErrorKind::InvalidSubcommand | ErrorKind::UnknownArgument));
            assert!(!unknown, "{}: there is no {command:?}", page.name);
        }
    }
    assert!(count > 40, "{count} commands");
}

/// Documents that begin with nothing. The others speak of a gateway that has been running: it made database and keys.
const FROM_NOTHING: [&str; 3] = ["README.md", "docs/first-steps.md", "docs/lan.md"];

/// Carries out what a document says, from its first block to its last.
pub async fn carried_out(name: &str) -> Shell {
    let mut shell = Shell::open().await;
    if !FROM_NOTHING.contains(&name) {
        shell.write_configuration(&completed(""));
        shell.start("portcullis serve").await;
        shell.stop().await;
    }
    for block in &Page::read(name).blocks {
        if is_ours(block) && block.text.contains("[[sites]]") {
            shell.write_configuration(&completed(&block.text));
        }
        if block.kind == "console" {
            shell.new_block();
            for line in lines(&block.text) {
                carry_out(&mut shell, &line).await;
            }
        }
    }
    shell
}

async fn carry_out(shell: &mut Shell, line: &str) {
    if begins_with(line, STARTED) {
        shell.start(line).await;
        // The next command is typed in another window while the sandbox runs; the next start comes after the end of
        // this one.
        if !line.starts_with("portcullis sandbox") {
            shell.stop().await;
        }
    } else if begins_with(line, left()) {
        // Its reason stands in the list.
    } else if begins_with(line, CARRIED_OUT) || (ours(line).is_some() && !begins_with(line, accepted())) {
        shell.run(line).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_commands_of_the_readme_work_in_their_order() {
    let shell = carried_out("README.md").await;
    for name in ["portcullis.db", "var/portcullis.db"] {
        assert!(shell.has(name), "{name}: one person by variables, then more by a file");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_steps_lead_a_person_to_the_app_with_a_code_from_the_phone_page() {
    let mut shell = carried_out("docs/first-steps.md").await;
    // The second step once more, whose gateway was ended for the third.
    let page = Page::read("docs/first-steps.md");
    let trial = page.blocks.iter().find(|block| block.kind == "toml" && block.text.contains("127.0.0.1:8090"));
    shell.write_configuration(&trial.expect("the configuration with the sandbox").text);
    let gateway = SharedAddress::at(shell.start("portcullis serve").await);
    let ada = Account {
        name: "ada".to_owned(),
        email: "ada@example.com".to_owned(),
        phone: "+15005550074".to_owned(),
        password: PASSWORD.to_owned(),
    };
    all_the_way(Visitor::new(&gateway), &Phone::of(shell.sandbox), &ada).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_commands_of_operation_work_in_their_order() {
    carried_out("docs/operation.md").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_commands_of_all_other_documents_work_in_their_order() {
    // Those above, and the one of `lan`.
    let apart = |name: &str| FROM_NOTHING.contains(&name) || name == "docs/operation.md";
    for page in pages().iter().filter(|page| !apart(&page.name)) {
        if page.blocks.iter().any(|block| block.kind == "console") {
            carried_out(&page.name).await;
        }
    }
}

#[test]
fn a_command_is_found_in_what_the_shell_does_with_it() {
    for (line, expected) in [
        ("portcullis keys rotate        # from the next", Some("portcullis keys rotate")),
        ("TOKEN=$(portcullis token create --name \"a b\")", Some("portcullis token create --name \"a b\"")),
        ("portcullis audit export > trail.csv", Some("portcullis audit export")),
        ("chmod 600 /etc/portcullis/cpaas.secret", None),
        ("systemctl restart portcullis", None),
    ] {
        assert_eq!(ours(line).as_deref(), expected, "{line}");
    }
    assert_eq!(words("a --b \"c d\" 'e f'"), ["a", "--b", "c d", "e f"]);
    assert_eq!(lines("a \\\n  b\n# c\n\nd\n"), ["a    b", "d"]);
    assert!(read("tests/run").contains("mdbook"), "the book is built by `./tests/run --all`");
}
