//! Proclitics as the letters allow them, for those who look for a name at each host.

use std::ops::Deref;

/// Bytes of one proclitic: each is one Arabic letter.
pub(super) const LETTER: usize = 2;

/// One way to cut proclitics off a token: `و` and `ب` off `وبالدوحة`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// Byte of the normalized form where the host begins. Every proclitic before it is one letter of two bytes.
    pub host: usize,
    /// What the host has lost to a ل before it, and has again when it stands alone: `ا` in `للدوحة` (ل + لدوحة,
    /// alone الدوحة), `ال` in `للجنة` (ل + لجنة, alone اللجنة), else nothing.
    pub restored: &'static str,
}

impl Cut {
    /// The host as it would stand alone, in two parts: what was lost to ل, and the letters of `normalized`.
    pub fn host_form(self, normalized: &str) -> (&'static str, &str) {
        (self.restored, normalized.get(self.host..).unwrap_or_default())
    }
}

/// The cuts of a token, on the stack: a slice of one to five.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cuts {
    all: [Cut; 5],
    len: usize,
}

impl Cuts {
    fn push(&mut self, host: usize, restored: &'static str) {
        if let Some(slot) = self.all.get_mut(self.len) {
            *slot = Cut { host, restored };
            self.len += 1;
        }
    }
}

impl Deref for Cuts {
    type Target = [Cut];

    fn deref(&self) -> &[Cut] {
        self.all.get(..self.len).unwrap_or_default()
    }
}

/// Every cut of the proclitics و ف and ب ك ل that the letters allow, the whole token first, then with more and more cut
/// off: names are sought at each of their hosts. Never empty; hosts have two letters or more; enclitics are not
/// considered. Constant time: only the first letters are read.
pub fn cuts(normalized: &str) -> Cuts {
    let mut cuts = Cuts::default();
    cuts.push(0, "");
    let long_enough = |host: usize| normalized.get(host..).is_some_and(|rest| rest.chars().nth(1).is_some());
    let starts = |at: usize, letters: &[&str]| letters.iter().any(|l| normalized[at..].starts_with(l));

    let mut at = 0;
    if starts(0, &["و", "ف"]) && long_enough(LETTER) {
        at = LETTER;
        cuts.push(at, "");
    }
    if starts(at, &["ب", "ك", "ل"]) && long_enough(at + LETTER) {
        let host = at + LETTER;
        cuts.push(host, "");
        if starts(at, &["لل"]) {
            cuts.push(host, "ا");
            cuts.push(host, "ال");
        }
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(token: &str) -> Vec<String> {
        cuts(token)
            .iter()
            .map(|c| {
                let (restored, letters) = c.host_form(token);
                format!("{restored}{letters}")
            })
            .collect()
    }

    #[test]
    fn cuts_give_every_host_a_name_may_begin_at() {
        let table: [(&str, &[&str]); 18] = [
            ("الدوحة", &["الدوحة"]),
            ("والدوحة", &["والدوحة", "الدوحة"]),
            ("بالدوحة", &["بالدوحة", "الدوحة"]),
            ("وبالدوحة", &["وبالدوحة", "بالدوحة", "الدوحة"]),
            ("فبالدوحة", &["فبالدوحة", "بالدوحة", "الدوحة"]),
            ("كالدوحة", &["كالدوحة", "الدوحة"]),
            ("للدوحة", &["للدوحة", "لدوحة", "الدوحة", "اللدوحة"]),
            ("وللدوحة", &["وللدوحة", "للدوحة", "لدوحة", "الدوحة", "اللدوحة"]),
            // a name that begins with ل itself, with and without the article
            ("لليبيا", &["لليبيا", "ليبيا", "اليبيا", "الليبيا"]),
            ("للجنة", &["للجنة", "لجنة", "الجنة", "اللجنة"]),
            ("لواشنطن", &["لواشنطن", "واشنطن"]),
            ("وواشنطن", &["وواشنطن", "واشنطن"]),
            ("سيزور", &["سيزور"]),
            ("أبالدوحة", &["أبالدوحة"]),
            ("وب", &["وب"]),
            ("و", &["و"]),
            ("", &[""]),
            ("وa", &["وa"]),
        ];
        for (token, expected) in table {
            assert_eq!(hosts(token), expected, "hosts of {token}");
        }
    }
}
