//! Paths in commands for a shell and in units for systemd.

use std::path::Path;

/// One word of a POSIX shell.
pub(super) fn for_shell(path: &Path) -> String {
    word(&path.display().to_string())
}

/// Any text as one word of a POSIX shell.
pub(super) fn word(text: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-+:@,".contains(letter);
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

/// A value that systemd takes as a whole, such as `WorkingDirectory=`: only `%` has a meaning (systemd.unit(5),
/// "Specifiers").
pub(super) fn for_unit(path: &Path) -> String {
    path.display().to_string().replace('%', "%%")
}

/// One of several words, such as in `ReadWritePaths=` (systemd.syntax(7), "Quoting"), or the program of `ExecStart=`.
pub(super) fn unit_word(path: &Path) -> String {
    let text = for_unit(path);
    let is_plain = !text.contains(|letter: char| letter.is_whitespace() || r#""'\;"#.contains(letter));
    if is_plain { text } else { format!("\"{}\"", text.replace('\\', r"\\").replace('"', r#"\""#)) }
}

/// An argument in `ExecStart=`, where `$` stands for variables too (systemd.service(5), "Command lines").
pub(super) fn unit_argument(path: &Path) -> String {
    unit_word(path).replace('$', "$$")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_word_for_the_shell_and_for_systemd_whatever_it_contains() {
        for (path, shell, word, argument) in [
            ("/etc/portcullis", "/etc/portcullis", "/etc/portcullis", "/etc/portcullis"),
            ("/a b", "'/a b'", r#""/a b""#, r#""/a b""#),
            ("/it's", r"'/it'\''s'", r#""/it's""#, r#""/it's""#),
            ("/100%n", "'/100%n'", "/100%%n", "/100%%n"),
            ("/$HOME;x", "'/$HOME;x'", r#""/$HOME;x""#, r#""/$$HOME;x""#),
            (r#"/"q"\"#, r#"'/"q"\'"#, r#""/\"q\"\\""#, r#""/\"q\"\\""#),
        ] {
            let path = Path::new(path);
            let quoted = (for_shell(path), unit_word(path), unit_argument(path));
            assert_eq!(quoted, (shell.to_owned(), word.to_owned(), argument.to_owned()), "{}", path.display());
        }
        assert_eq!(for_unit(Path::new("/a b/100%n")), "/a b/100%%n");
    }
}
