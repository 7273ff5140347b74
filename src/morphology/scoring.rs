//! The score of a cut: how common its clitics and its host are, in tenths of a natural logarithm.
//!
//! `resources/make_wordforms.py` shares out the counts of tokens by the same score, so that the table of word forms and
//! the choice agree. The few weights were set on annotated lines.

use std::ops::Range;

use super::{
    clitics::LETTER,
    lexicon::{Entry, Lexicon},
    split::{Ending, Host, Split},
};

/// A pronoun that is written onto the word before it.
pub(super) struct Pronoun {
    pub(super) letters: &'static str,
    /// 10 ln of how common it is.
    common: i32,
    /// For a cut that leaves an unsure host.
    unsure: i32,
}

const fn pronoun(letters: &'static str, common: i32, unsure: i32) -> Pronoun {
    Pronoun { letters, common, unsure }
}

/// The first is none.
pub(super) const PRONOUNS: [Pronoun; 11] = [
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

/// Conjunctions and prefixes by their index below.
const CONJUNCTIONS: [&str; 3] = ["", "و", "ف"];
const PREFIXES: [&str; 5] = ["", "ب", "ك", "ل", "س"];
const LAM: usize = 3;
const SIN: usize = 4;
/// 10 ln of how common a conjunction with a prefix is, before bare and before definite hosts.
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

/// The cut of `token` with the best score, among those that leave the host `only` where one is given; that host or the
/// whole token where none is better.
pub(super) fn best(
    lexicon: &Lexicon,
    token: &str,
    pronouns: &[Pronoun],
    only: Option<Range<usize>>,
    scratch: &mut String,
) -> Split {
    let whole = Split { range: only.clone().unwrap_or(0..token.len()), host: Host::WHOLE };
    let mut search = Search { lexicon, whole_sure: None, score: i32::MIN, best: whole };
    for (conjunction, letter) in CONJUNCTIONS.iter().enumerate() {
        let Some(rest) = token.strip_prefix(letter) else { continue };
        for (prefix, letter) in PREFIXES.iter().enumerate() {
            let Some(letters) = rest.strip_prefix(letter) else { continue };
            // the future only before an imperfect
            if prefix == SIN && (!letters.starts_with(['ي', 'ت', 'ن', 'أ']) || letters.len() < 3 * LETTER) {
                continue;
            }
            for pronoun in pronouns {
                let Some(host) = letters.strip_suffix(pronoun.letters) else { continue };
                let begin = token.len() - letters.len();
                if host.len() >= 2 * LETTER && only.as_ref().is_none_or(|only| *only == (begin..begin + host.len())) {
                    search.cut(&Cut { conjunction, prefix, pronoun, host, begin }, scratch);
                }
            }
        }
    }
    search.best
}

/// What is cut off, and what remains.
struct Cut<'a> {
    conjunction: usize,
    prefix: usize,
    pronoun: &'a Pronoun,
    host: &'a str,
    begin: usize,
}

impl Cut<'_> {
    fn suffixed(&self) -> bool {
        !self.pronoun.letters.is_empty()
    }

    /// The weight of a cut that leaves a host which no lexicon knows.
    fn unsure(&self) -> i32 {
        let first = match (self.conjunction, self.prefix) {
            (0, LAM) if self.host.starts_with(['ا', 'و', 'ي']) => UNSURE_NAME,
            (0, SIN) if !self.host.starts_with('ي') => 0,
            (0, prefix) => UNSURE_PREFIX[prefix],
            (conjunction, _) => UNSURE_CONJUNCTION[conjunction],
        };
        let regular = self.pronoun.letters == "ه" && REGULAR.iter().any(|ending| self.host.ends_with(ending));
        first + if regular { UNSURE_REGULAR } else { self.pronoun.unsure }
    }
}

struct Search<'l> {
    lexicon: &'l Lexicon,
    /// How sure it is that the token is one word, 0 to 9: that of the first reading.
    whole_sure: Option<i32>,
    score: i32,
    best: Split,
}

impl Search<'_> {
    /// Weighs the readings of a cut.
    fn cut(&mut self, cut: &Cut<'_>, scratch: &mut String) {
        let (lexicon, host, suffixed) = (self.lexicon, cut.host, cut.suffixed());
        let article = host.starts_with("ال") && host.len() > 3 * LETTER;
        if article && !suffixed && cut.prefix < LAM {
            let bare = &host[2 * LETTER..];
            let found = lexicon.form(bare);
            let sure = sure(found).max(sure(lexicon.form(host)));
            self.weigh(cut, bare, found, sure, Host::definite(""), 0);
        }
        // with the article neither ل and س before nor a pronoun after; الت may begin a verbal noun (التزام-ه)
        if article && (cut.prefix >= LAM || suffixed && (!host.starts_with("الت") || host.len() < 5 * LETTER)) {
            return;
        }
        if cut.prefix == LAM && host.starts_with('ل') && !suffixed {
            if host.len() > 2 * LETTER {
                let bare = &host[LETTER..];
                let found = lexicon.form(bare);
                self.weigh(cut, bare, found, sure(found), Host::definite("ا"), 0);
            }
            // للجنة is both "for a committee" and "for the committee": the second is more common in news
            let found = lexicon.form(host);
            self.weigh(cut, host, found, sure(found), Host::definite("ال"), DEFINITE_LAM);
        }
        let found = lexicon.form(host);
        self.weigh(cut, host, found, sure(found), Host::WHOLE, 0);
        if let Some(ending) = Ending::before_pronoun(host).filter(|_| suffixed) {
            scratch.clear();
            ending.write(host, scratch);
            let found = lexicon.form(scratch);
            let mine = cut.pronoun.letters == "ي" && ending == Ending::Instead("ة");
            let reading = Host::Open { article: false, restored: "", ending };
            self.weigh(cut, scratch, found, sure(found), reading, if mine { MINE } else { 0 });
        }
    }

    /// Weighs one reading: the host stands alone as `form`, which the lexicon has as `found`.
    fn weigh(&mut self, cut: &Cut<'_>, form: &str, found: Option<Entry>, sure: u8, reading: Host, bonus: i32) {
        let sure = i32::from(sure);
        let whole_sure = *self.whole_sure.get_or_insert(sure);
        let article = matches!(reading, Host::Open { article: true, .. });
        let letters = i32::try_from(form.len() / LETTER).unwrap_or(i32::MAX / 32);
        let seen = found.and_then(|entry| entry.band(article)).map(|band| band - ALL);
        let mut score = bonus
            + PROCLITICS[usize::from(article)][cut.conjunction][cut.prefix]
            + cut.pronoun.common
            + seen.unwrap_or(UNSEEN + UNSEEN_LETTER * letters)
            + SURE * sure / 9;
        if cut.conjunction > 0 || cut.prefix > 0 || cut.suffixed() {
            let article = if article { UNSURE_ARTICLE * (9 - whole_sure) / 9 } else { 0 };
            score += CUT * sure * (9 - whole_sure) / 81 + (cut.unsure() + article) * (9 - sure) / 9;
        }
        if score > self.score {
            self.score = score;
            self.best = Split { range: cut.begin..cut.begin + cut.host.len(), host: reading };
        }
    }
}

fn sure(found: Option<Entry>) -> u8 {
    found.map_or(0, |entry| entry.sure)
}
