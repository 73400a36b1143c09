//! The only reader of entropy: the operating system's generator (`getrandom`).
//!
//! `startup`, `cli` and the sandbox make the handle; other rooms are given it, as `&mut Random` or as a field `random`.
//! If the generator fails, the operation is refused; there is no fallback to a weaker source.

use zeroize::Zeroize;

/// A handle on the operating system's random generator. It has no state: a clone draws from the same source.
#[derive(Debug, Clone)]
pub struct Random(());

/// The operating system returned no random bytes; the operation that needs them is refused.
#[derive(Debug, thiserror::Error)]
#[error("the operating system's random generator failed: {0}")]
pub struct EntropyUnavailable(#[from] getrandom::Error);

impl Random {
    /// The operating system's generator.
    pub const fn system() -> Self {
        Self(())
    }

    /// `N` random bytes.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the operating system for entropy")]
    pub fn bytes<const N: usize>(&mut self) -> Result<[u8; N], EntropyUnavailable> {
        let mut bytes = [0; N];
        getrandom::fill(&mut bytes)?;
        Ok(bytes)
    }

    /// A string of `length` characters, each drawn evenly from `alphabet` (at most 256 characters, not empty).
    ///
    /// Draws that would favour the first characters are discarded (rejection sampling): `byte % 10` alone makes the
    /// digits 0 to 5 more likely than 6 to 9.
    pub fn string(&mut self, alphabet: &[u8], length: usize) -> Result<String, EntropyUnavailable> {
        let count = alphabet.len().clamp(1, 256);
        let fair = 256 - 256 % count;
        let mut text = String::with_capacity(length);
        while text.len() < length {
            let mut drawn: [u8; 32] = self.bytes()?;
            let even = drawn.iter().map(|byte| usize::from(*byte)).filter(|byte| *byte < fair);
            for byte in even.take(length - text.len()) {
                text.push(alphabet.get(byte % count).copied().map_or('0', char::from));
            }
            drawn.zeroize();
        }
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_even_and_leading_zeros_occur() {
        let mut random = Random::system();
        let mut seen = [0_u32; 10];
        let mut leading = 0;
        for _ in 0..10_000 {
            let code = random.string(b"0123456789", 6).unwrap();
            assert_eq!(code.len(), 6);
            leading += u32::from(code.starts_with('0'));
            for digit in code.bytes() {
                seen[usize::from(digit - b'0')] += 1;
            }
        }
        // Chi-square with 9 degrees of freedom: 40 has a chance of about one in a million.
        let chi: f64 = seen.iter().map(|n| (f64::from(*n) - 6000.0).powi(2) / 6000.0).sum();
        assert!(chi < 40.0, "chi-square {chi} of {seen:?}");
        assert!((800..1200).contains(&leading), "{leading} of 10000 codes start with 0");
    }
}
