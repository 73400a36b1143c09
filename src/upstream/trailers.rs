//! Filters trailers in both directions.

use bytes::Bytes;
use http_body::Frame;

use crate::headers::clean::TrailerFilter;

/// A frame that may be passed on: data unchanged, trailers without the fields that `filter` removes.
pub(super) fn clean(frame: Frame<Bytes>, filter: &TrailerFilter) -> Frame<Bytes> {
    match frame.into_trailers() {
        Ok(mut trailers) => {
            filter.clean(&mut trailers);
            Frame::trailers(trailers)
        }
        Err(data) => data,
    }
}
