//! Trailers, both ways.

use bytes::Bytes;
use http_body::Frame;

use crate::headers::clean::TrailerFilter;

/// A frame as it may be passed on: data as it is, trailers without what `filter` takes away.
pub(super) fn clean(frame: Frame<Bytes>, filter: &TrailerFilter) -> Frame<Bytes> {
    match frame.into_trailers() {
        Ok(mut trailers) => {
            filter.clean(&mut trailers);
            Frame::trailers(trailers)
        }
        Err(data) => data,
    }
}
