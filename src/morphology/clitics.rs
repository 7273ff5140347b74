//! Clitics: و ف ب ك ل س before a word, pronouns after it.
//!
//! [`cuts`] lists what the letters allow, for those who look for a name; `split` chooses one cut for the analysis.

use std::ops::{Deref, Range};

pub(super) use super::lexicon::Pronouns;
use super::lexicon::{Closed, Entry, Lexicon};

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

/// A pronoun that is written onto the word before it.
struct Pronoun {
    letters: &'static str,
    /// 10 ln of how common it is.
    common: i32,
    /// For a cut that leaves an unsure host.
    unsure: i32,
}

const fn pronoun(letters: &'static str, common: i32, unsure: i32) -> Pronoun {
    Pronoun { letters, common, unsure }
}

const PRONOUNS: [Pronoun; 11] = [
    pronoun("", 0, 0),
    pronoun("ه", -38, -25),
    pronoun("ها", -40, 25),
    pronoun("هم", -52, 10),
    pronoun("هن", -93, -30),
    pronoun("هما", -74, 0),
    pronoun("ك", -78, -40),
    pronoun("كم", -93, -30),
    pronoun("نا", -75, -40),
    // rarely: the ending of relation and of duals in construct is the same letter
    pronoun("ي", -200, -60),
    pronoun("ني", -90, -40),
];

/// Whether a word of a closed class is the host; what it has lost or changed before or after its clitics.
#[derive(Clone, Copy, Debug)]
pub(super) enum Host {
    /// The whole token, or what follows its conjunction, has a fixed cut, written out as `form/UPOS/form alone`.
    Fixed(&'static str),
    /// A word of a closed class.
    Closed(Closed),
    /// Another word.
    Open {
        /// Whether it has the article.
        article: bool,
        /// What ل has taken from its begin.
        restored: &'static str,
        /// How its last letter was before the pronoun.
        ending: Ending,
    },
}

/// What becomes of a host's last letter before a pronoun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// It stays.
    Same,
    /// `وزارت-ه`: ة, `مستشفا-ه`: ى, `أبناؤ-ه`: ء stood in place of the last letter.
    Instead(&'static str),
    /// `قالو-ه`: an alef follows.
    Lost,
}

impl Ending {
    /// Writes `host` as it is without a pronoun.
    pub(super) fn write(self, host: &str, out: &mut String) {
        match self {
            Self::Same => out.push_str(host),
            Self::Instead(letter) => {
                out.push_str(host.get(..host.len() - LETTER).unwrap_or_default());
                out.push_str(letter);
            }
            Self::Lost => {
                out.push_str(host);
                out.push('ا');
            }
        }
    }

    /// What may have become of the end of `host` before a pronoun.
    fn before_pronoun(host: &str) -> Option<Self> {
        if matches!(host, "علي" | "إلي" | "لدي" | "الي") {
            return Some(Self::Instead("ى"));
        }
        if host.len() <= 2 * LETTER {
            return None;
        }
        match host.chars().next_back()? {
            'ت' => Some(Self::Instead("ة")),
            'ا' => Some(Self::Instead("ى")),
            'ئ' | 'ؤ' => Some(Self::Instead("ء")),
            'و' => Some(Self::Lost),
            _ => None,
        }
    }
}

/// The chosen cut of a token. Letters before the host are proclitics, one letter each; those after it are a pronoun.
#[derive(Clone, Debug)]
pub(super) struct Split {
    /// The host's bytes in the normalized form.
    pub range: Range<usize>,
    /// What it is.
    pub host: Host,
}

/// Cuts `normalized` into proclitics, host and, where `pronouns` allows it, a pronoun: by the closed
/// classes and by how common the hosts are. `scratch` holds a form at a time.
pub(super) fn split(lexicon: &Lexicon, normalized: &str, pronouns: bool, scratch: &mut String) -> Split {
    if !normalized.chars().all(|c| matches!(c, 'ء'..='غ' | 'ف'..='ي')) {
        return Split { range: 0..normalized.len(), host: WHOLE };
    }
    let pronouns = if pronouns { PRONOUNS.as_slice() } else { &PRONOUNS[..1] };
    closed(lexicon, normalized, pronouns).unwrap_or_else(|| open(lexicon, normalized, pronouns, scratch))
}

/// The cut of a token whose host belongs to a closed class, with و or ف before it or not.
fn closed(lexicon: &Lexicon, token: &str, pronouns: &[Pronoun]) -> Option<Split> {
    let conjunctions = [0, LETTER].into_iter().take(if token.starts_with(['و', 'ف']) { 2 } else { 1 });
    for begin in conjunctions {
        let rest = &token[begin..];
        if rest.is_empty() {
            return None;
        }
        if let Some(found) = lexicon.closed(rest).filter(|found| found.pronouns != Pronouns::Always) {
            let host = if found.words.is_empty() { Host::Closed(*found) } else { Host::Fixed(found.words) };
            return Some(Split { range: begin..token.len(), host });
        }
        if let Some(found) = prefixed(lexicon, rest)
            && found.words.is_empty()
        {
            return Some(Split { range: begin + LETTER..token.len(), host: Host::Closed(*found) });
        }
        for Pronoun { letters: pronoun, .. } in pronouns.iter().skip(1) {
            let Some(host) = rest.strip_suffix(pronoun) else { continue };
            let end = begin + host.len();
            // ب and ل have every pronoun; their ي is often a name's (بي) or listed (لي)
            if matches!(host, "ب" | "ل") && !pronoun.ends_with('ي') {
                let found = lexicon.closed(host)?;
                return Some(Split { range: begin..end, host: Host::Closed(*found) });
            }
            // ي is the ending of relation as well: where it is a pronoun, the table lists the whole
            if pronoun.ends_with('ي') {
                continue;
            }
            if let Some(found) = lexicon.closed(host).filter(|found| found.pronouns.may_follow()) {
                return Some(Split { range: begin..end, host: Host::Closed(*found) });
            }
            if let Some(found) = prefixed(lexicon, host).filter(|found| found.pronouns.may_follow()) {
                return Some(Split { range: begin + LETTER..end, host: Host::Closed(*found) });
            }
        }
    }
    None
}

/// The word of a closed class that follows the ب, ل or ك which `rest` begins with, where it may.
fn prefixed<'l>(lexicon: &'l Lexicon, rest: &str) -> Option<&'l Closed> {
    let host = rest.strip_prefix(['ب', 'ل', 'ك'])?;
    lexicon.closed(host).filter(|found| matches!(found.pronouns, Pronouns::MayAfterPrefix | Pronouns::OnlyPrefix))
}

/// Conjunctions and prefixes by their index below.
const CONJUNCTIONS: [&str; 3] = ["", "و", "ف"];
const PREFIXES: [&str; 5] = ["", "ب", "ك", "ل", "س"];
const LAM: usize = 3;
const SIN: usize = 4;
/// 10 ln of how common a conjunction with a prefix is, before bare and before definite
/// hosts.
const PROCLITICS: [[[i32; 5]; 3]; 2] = [
    [[-5, -37, -64, -41, -57], [-32, -74, -100, -90, -79], [-66, -105, -114, -99, -105]],
    [[-14, -46, -93, -43, -114], [-44, -81, -114, -93, -114], [-90, -110, -114, -110, -114]],
];
/// 10 ln of a host that was never seen, and of each of its letters; 10 ln of all occurrences.
const UNSEEN: i32 = -130;
const UNSEEN_LETTER: i32 = -16;
const ALL: i32 = 160;
/// For a host that the lexicon is sure of.
const SURE: i32 = 40;
/// For a cut that leaves a sure host of a token that is not a sure word: that a token is common is no evidence that it
/// is one word.
const CUT: i32 = 50;
/// For ل before a definite host that begins with ل itself.
const DEFINITE_LAM: i32 = 10;
/// For a cut that leaves an unsure host, by what is cut off: foreign names often begin with ب ك ف.
const UNSURE_CONJUNCTION: [i32; 3] = [0, 20, -30];
const UNSURE_PREFIX: [i32; 5] = [0, -25, -25, 28, 40];
/// Instead, for ل before a vowel: `لورو` is a name.
const UNSURE_NAME: i32 = -10;
const UNSURE_ARTICLE: i32 = 60;
/// For ه after the endings of plurals and perfects, which are not those of names.
const UNSURE_REGULAR: i32 = 15;
const REGULAR: [&str; 5] = ["ات", "ون", "ين", "ائ", "ت"];
/// For a ي that would be a pronoun after ة.
const MINE: i32 = 60;

/// The cut with the best score; the whole token where none is better. The same score shared out the counts of
/// `resources/wordforms.tsv`.
fn open(lexicon: &Lexicon, token: &str, pronouns: &[Pronoun], scratch: &mut String) -> Split {
    let mut best = Best { score: i32::MIN, split: Split { range: 0..token.len(), host: WHOLE } };
    // the first reading is that of the whole token
    let mut whole_sure = None;
    for conjunction in 0..3 {
        if conjunction > 0 && !token.starts_with(CONJUNCTIONS[conjunction]) {
            continue;
        }
        let after_conjunction = if conjunction > 0 { LETTER } else { 0 };
        for prefix in 0..5 {
            let rest = &token[after_conjunction..];
            if prefix > 0 && !rest.starts_with(PREFIXES[prefix]) {
                continue;
            }
            let begin = after_conjunction + if prefix > 0 { LETTER } else { 0 };
            let letters = &token[begin..];
            // the future only before an imperfect
            if prefix == SIN && (!letters.starts_with(['ي', 'ت', 'ن', 'أ']) || letters.len() < 3 * LETTER) {
                continue;
            }
            for pronoun in pronouns {
                let Some(host) = letters.strip_suffix(pronoun.letters).filter(|host| host.len() >= 2 * LETTER) else {
                    continue;
                };
                let suffixed = !pronoun.letters.is_empty();
                let cut = conjunction > 0 || prefix > 0 || suffixed;
                let range = begin..begin + host.len();
                let mut weigh =
                    |form: &str, found: Option<&Entry>, article: bool, sure: u8, reading: Host, bonus: i32| {
                        let sure = i32::from(sure);
                        let whole_sure = *whole_sure.get_or_insert(sure);
                        let letters = i32::try_from(form.len() / LETTER).unwrap_or(i32::MAX / 32);
                        let seen = found.and_then(|entry| entry.band(article)).map(|band| band - ALL);
                        let mut score = bonus
                            + PROCLITICS[usize::from(article)][conjunction][prefix]
                            + pronoun.common
                            + seen.unwrap_or(UNSEEN + UNSEEN_LETTER * letters)
                            + SURE * sure / 9;
                        if cut {
                            let article = if article { UNSURE_ARTICLE * (9 - whole_sure) / 9 } else { 0 };
                            let first = match (conjunction, prefix) {
                                (0, LAM) if host.starts_with(['ا', 'و', 'ي']) => UNSURE_NAME,
                                (0, SIN) if !host.starts_with('ي') => 0,
                                (0, _) => UNSURE_PREFIX[prefix],
                                _ => UNSURE_CONJUNCTION[conjunction],
                            };
                            let regular = pronoun.letters == "ه" && REGULAR.iter().any(|ending| host.ends_with(ending));
                            let unsure = first + article + if regular { UNSURE_REGULAR } else { pronoun.unsure };
                            score += CUT * sure * (9 - whole_sure) / 81 + unsure * (9 - sure) / 9;
                        }
                        best.offer(score, &range, reading);
                    };
                let article = host.starts_with("ال") && host.len() > 3 * LETTER;
                if article && !suffixed && prefix < LAM {
                    let bare = &host[2 * LETTER..];
                    let found = lexicon.form(bare);
                    let sure = sure(found).max(sure(lexicon.form(host)));
                    weigh(bare, found, true, sure, definite(""), 0);
                }
                // with the article neither ل and س before nor a pronoun after; الت may begin a verbal noun (التزام-ه)
                if article && (prefix >= LAM || suffixed && (!host.starts_with("الت") || host.len() < 5 * LETTER)) {
                    continue;
                }
                if prefix == LAM && host.starts_with('ل') && !suffixed {
                    // للجنة is both "for a committee" and "for the committee": the second is more common in news
                    if host.len() > 2 * LETTER {
                        let bare = &host[LETTER..];
                        let found = lexicon.form(bare);
                        weigh(bare, found, true, sure(found), definite("ا"), 0);
                    }
                    let found = lexicon.form(host);
                    weigh(host, found, true, sure(found), definite("ال"), DEFINITE_LAM);
                }
                let found = lexicon.form(host);
                weigh(host, found, false, sure(found), WHOLE, 0);
                if let Some(ending) = Ending::before_pronoun(host).filter(|_| suffixed) {
                    scratch.clear();
                    ending.write(host, scratch);
                    let found = lexicon.form(scratch);
                    let host = Host::Open { article: false, restored: "", ending };
                    let mine = pronoun.letters == "ي" && ending == Ending::Instead("ة");
                    weigh(scratch, found, false, sure(found), host, if mine { MINE } else { 0 });
                }
            }
        }
    }
    best.split
}

const WHOLE: Host = Host::Open { article: false, restored: "", ending: Ending::Same };

fn definite(restored: &'static str) -> Host {
    Host::Open { article: true, restored, ending: Ending::Same }
}

fn sure(found: Option<&Entry>) -> u8 {
    found.map_or(0, |entry| entry.sure)
}

struct Best {
    score: i32,
    split: Split,
}

impl Best {
    fn offer(&mut self, score: i32, range: &Range<usize>, host: Host) {
        if score > self.score {
            *self = Self { score, split: Split { range: range.clone(), host } };
        }
    }
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
