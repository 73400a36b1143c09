//! Properties of generated paths.

use proptest::prelude::*;

use super::*;

proptest! {
    /// The shortcut for ordinary paths finds what the full search finds.
    #[test]
    fn the_short_way_of_an_ordinary_path_finds_what_the_long_way_finds(path in "/(admin|public|a|b|[.]x)?(/(admin|public|c))?/?") {
        let rules = vec![rule("/admin/**", Requirement::Deny), rule("/public/**", Requirement::Nothing), rule("/", Requirement::OneFactor)];
        let short = site(rules.clone());
        // Any regular expression forces the full search.
        let long = site(rules.into_iter().chain([regex("/never", Requirement::Nothing)]).collect());
        for principal in [nobody(), ada()] {
            prop_assert_eq!(reason(&short, &path, principal.clone()), reason(&long, &path, principal));
        }
    }

    /// If any interpretation is `/admin` or below it, the request is denied.
    #[test]
    fn nothing_that_could_be_read_as_a_closed_place_is_open(path in "/(public|admin|Admin|[.]|%2e|%2F|%5c|;x|/|%25|2e|%u002e|u0061|%20|[.][.]){1,6}") {
        let site = site(vec![rule("/admin/**", Requirement::Deny), rule("/public/**", Requirement::Nothing)]);
        let readings = PathInterpretations::of(&path);
        let closed = readings.further().iter().map(String::as_str).chain([readings.canonical().as_str()]).any(|reading| {
            let folded = crate::domain::path::folded(reading);
            folded == "/admin" || folded.starts_with("/admin/")
        });
        if closed {
            prop_assert_eq!(reason(&site, &path, ada()), Some(DenialReason::Denied));
        }
    }
}
