//! Clitics: و ف ب ك ل س before a word, pronouns after it.

use std::ops::Range;

/// One way to cut a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// End of each proclitic in the normalized form, in order; the host begins at the last.
    pub proclitics: Vec<usize>,
    /// The host's bytes in the normalized form.
    pub host: Range<usize>,
    /// Whether the host has lost the alef of its article after ل (`للدوحة` → ل + لدوحة, underlying الدوحة).
    pub article_restored: bool,
}

/// The host of `cut` as it would stand alone: with the article restored where ل swallowed its alef.
pub fn host_form(normalized: &str, cut: &Cut) -> String {
    let host = &normalized[cut.host.clone()];
    if cut.article_restored { format!("ا{host}") } else { host.to_owned() }
}

/// Every cut of proclitics that the letters allow, the whole token first, then with more and more cut off: names are
/// sought at each of their hosts. Never empty; enclitics are not considered.
pub fn cuts(normalized: &str) -> Vec<Cut> {
    let mut cuts = vec![Cut { proclitics: Vec::new(), host: 0..normalized.len(), article_restored: false }];
    let mut at = 0;
    let mut proclitics = Vec::new();
    let after = |at: usize, letters: &[char]| {
        normalized[at..].chars().next().filter(|c| letters.contains(c)).map(|c| at + c.len_utf8())
    };
    if let Some(next) = after(at, &['و', 'ف']) {
        at = next;
        proclitics.push(at);
        cuts.push(Cut { proclitics: proclitics.clone(), host: at..normalized.len(), article_restored: false });
    }
    if let Some(next) = after(at, &['ب', 'ك', 'ل']) {
        let lam = normalized[at..].starts_with('ل') && normalized[next..].starts_with('ل');
        proclitics.push(next);
        cuts.push(Cut { proclitics, host: next..normalized.len(), article_restored: lam });
    }
    cuts.retain(|c| normalized[c.host.clone()].chars().count() > 1 || c.proclitics.is_empty());
    cuts
}
