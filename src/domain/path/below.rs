//! Folders and the paths in them.

/// Whether `path` is `folder` (written without a trailing slash) or lies below it.
pub(crate) fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_holds_itself_and_what_lies_below_it() {
        for (path, below) in [
            ("/portcullis", true),
            ("/portcullis/", true),
            ("/portcullis/login", true),
            ("/portcullisx", false),
            ("/Portcullis/login", false),
            ("/a/portcullis/login", false),
            ("//portcullis/login", false),
        ] {
            assert_eq!(is_below(path, "/portcullis"), below, "{path}");
        }
    }
}
