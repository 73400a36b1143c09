//! Signs webhooks with the secret of their receiver, which is not one of our keys.

use ring::hmac;

use crate::keys::ring::Tag;

/// HMAC-SHA256 (RFC 2104) of the concatenated parts.
pub(crate) fn webhook_signature(secret: &[u8], parts: &[&[u8]]) -> Tag {
    let mut mac = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, secret));
    for part in parts {
        mac.update(part);
    }
    let mut tag = Tag::default();
    tag.copy_from_slice(mac.sign().as_ref());
    tag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_that_of_rfc_4231() {
        // Test case 2.
        let made = webhook_signature(b"Jefe", &[b"what do ya want ", b"for nothing?"]);
        let expected = 0x5bdc_c146_bf60_754e_6a04_2426_0895_75c7_u128.to_be_bytes();
        assert_eq!(made[..16], expected);
    }
}
