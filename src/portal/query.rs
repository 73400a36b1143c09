//! The query of a page URL.

use url::form_urlencoded;

use crate::web::Problem;

/// The decoded pairs of a query. Each name occurs once.
pub(super) struct Query(Vec<(String, String)>);

/// Each name is compared with all names before it, so anybody could make a query of thousands of names expensive.
const MOST_NAMES: usize = 64;

impl Query {
    /// Parses a query. A repeated name is refused: software that uses the first value and software that uses the last
    /// would see two different requests.
    pub(super) fn read(written: Option<&str>) -> Result<Self, Problem> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(written.unwrap_or_default().as_bytes()).into_owned() {
            if pairs.iter().any(|(seen, _)| *seen == name) {
                return Err(Problem::BadRequest("a name stands twice in the query"));
            }
            if pairs.len() == MOST_NAMES {
                return Err(Problem::BadRequest("the query has too many names"));
            }
            pairs.push((name, value));
        }
        Ok(Self(pairs))
    }

    /// The value of a name; empty if it is missing.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(written, _)| written == name).map_or("", |(_, value)| value)
    }
}

/// `path` with one more pair in its query.
pub(super) fn with(path: &str, name: &str, value: &str) -> String {
    let pair = form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish();
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}{pair}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_survives_writing_and_reading() {
        let url = with(&with("/login", "rd", "/a?b=c&d=e f#\u{e9}"), "over", "1");
        let query = Query::read(url.split_once('?').map(|(_, query)| query)).unwrap();
        assert_eq!((query.get("rd"), query.get("over"), query.get("else")), ("/a?b=c&d=e f#\u{e9}", "1", ""));
    }

    #[test]
    fn a_name_that_stands_twice_is_refused() {
        assert!(matches!(Query::read(Some("rd=/a&rd=/b")), Err(Problem::BadRequest(_))));
        assert!(matches!(Query::read(Some("rd=/a&%72d=/b")), Err(Problem::BadRequest(_))));
    }

    #[test]
    fn a_query_has_room_for_what_others_append_and_no_more() {
        let names = |count: usize| (0..count).map(|number| format!("n{number}=1")).collect::<Vec<_>>().join("&");
        assert!(Query::read(Some(&names(MOST_NAMES))).is_ok());
        assert!(matches!(Query::read(Some(&names(MOST_NAMES + 1))), Err(Problem::BadRequest(_))));
    }
}
