//! Traffic in either direction is a use of the session that opened it: a long upload or an event stream must not let its
//! session become idle.

use std::sync::Arc;

use http_body::SizeHint;

/// Records a use of the session or token. Cheap.
pub(crate) type Touch = Arc<dyn Fn() + Send + Sync>;

/// Shorter bodies are over in a moment; the request itself was their use.
const SHORT: u64 = 64 * 1024;

/// Whether a body may take so long that its frames count as uses.
pub(crate) fn may_be_long(hint: &SizeHint) -> bool {
    hint.exact().is_none_or(|length| length > SHORT)
}
