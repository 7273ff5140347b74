//! Bytes as letters (RFC 4648).

const LETTERS: [u8; 64] = *b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// With `+`, `/` and padding.
pub fn padded(bytes: &[u8]) -> String {
    let mut text: String = letters(bytes).collect();
    text.extend(std::iter::repeat_n('=', (4 - text.len() % 4) % 4));
    text
}

/// With `-` and `_`, and without padding, as names want it.
pub fn url(bytes: &[u8]) -> String {
    letters(bytes)
        .map(|letter| match letter {
            '+' => '-',
            '/' => '_',
            letter => letter,
        })
        .collect()
}

/// A letter for each six bits that are begun.
fn letters(bytes: &[u8]) -> impl Iterator<Item = char> {
    bytes.chunks(3).flat_map(|three| {
        let bits = (0..3).fold(0, |bits, i| bits << 8 | u32::from(three.get(i).copied().unwrap_or(0)));
        (0..=three.len()).map(move |i| char::from(LETTERS[(bits >> (18 - 6 * i) & 63) as usize]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_letters() {
        // RFC 4648, section 10
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")] {
            assert_eq!(padded(bytes.as_bytes()), text);
        }
        assert_eq!((padded(&[0xfb, 0xff]), url(&[0xfb, 0xff])), ("+/8=".to_owned(), "-_8".to_owned()));
    }
}
