//! The reporting words of `resources/reporting_words.tsv` in all their forms.
//!
//! Look-ups go by the folded token, so hamza seats and final ى do not matter, first whole, then without و or ف, the
//! future س and an object pronoun: `وسيؤكدونه` finds `يؤكدون`.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::CueCategory;
use crate::text::fold::word as fold;

/// The grammatical form of a reporting word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `قال`.
    Perfect,
    /// `يقول`.
    Imperfect,
    /// `قائلاً`: the subject is that of the main clause.
    Participle,
    /// `قوله`.
    VerbalNoun,
    /// `إعلان الوزارة`: the speaker follows it, and what is reported follows the speaker.
    Construct,
    /// `وفق`.
    According,
}

/// Which complements beside أن, a colon and marks a word takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Complements {
    /// A verbal noun as object.
    pub(super) noun: bool,
    /// A verbal noun after one of [`PREPOSITIONS`], by bit.
    prepositions: u8,
    /// Everyday readings: the complement must follow soon.
    pub(super) near: bool,
    /// Only a colon or marks.
    pub(super) marks: bool,
    /// Only where a clause begins.
    pub(super) initial: bool,
    /// What is reported begins with the verb's object.
    pub(super) object: bool,
    /// The imperfect may be a passive (`يُتوقع أن`): only with a subject beside it.
    pub(super) passive: bool,
    /// Any definite noun after its preposition, not a verbal noun only.
    pub(super) any: bool,
    /// What is judged is reported with the judgement: `اعتبر الأمر خطأ`.
    pub(super) judged: bool,
}

/// The prepositions that lead to what is reported, folded.
const PREPOSITIONS: [&str; 7] = ["الي", "علي", "عن", "من", "ب", "ل", "في"];

impl Complements {
    /// Whether the folded `preposition` leads to a complement.
    pub(super) fn takes(self, preposition: &str) -> bool {
        PREPOSITIONS.iter().position(|p| *p == preposition).is_some_and(|bit| self.prepositions & (1 << bit) != 0)
    }

    /// Whether a noun phrase can be what is reported.
    pub(super) fn nominal(self) -> bool {
        self.noun || self.judged || self.prepositions != 0
    }

    fn parse(words: &str) -> Option<Self> {
        let mut all = Self::default();
        for word in words.split(' ') {
            match word {
                "-" => {}
                "noun" => all.noun = true,
                "near" => all.near = true,
                "marks" => all.marks = true,
                "initial" => all.initial = true,
                "object" => all.object = true,
                "any" => all.any = true,
                "judged" => all.judged = true,
                "passive" => all.passive = true,
                preposition => {
                    let folded = fold(preposition);
                    all.prepositions |= 1 << PREPOSITIONS.iter().position(|p| *p == folded)?;
                }
            }
        }
        Some(all)
    }
}

/// What is known of one form of a reporting word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reporting {
    pub(super) category: CueCategory,
    pub(super) form: Form,
    pub(super) complements: Complements,
    /// Gender of its subject where the form tells.
    pub(super) feminine: Option<bool>,
    /// Whether its subject is plural and left out.
    pub(super) plural: bool,
    /// Whether the word ends in ى, which ي does not stand for: `رأى` is no `رأي`.
    maqsura: bool,
}

impl Reporting {
    /// A word that names a source.
    pub(super) fn according() -> Self {
        Self {
            category: CueCategory::AccordingTo,
            form: Form::According,
            complements: Complements::default(),
            feminine: None,
            plural: false,
            maqsura: false,
        }
    }
}

/// A reporting word found in a token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) word: Reporting,
    /// Whether و or ف is attached.
    pub(super) coordinated: bool,
    /// Whether an object pronoun is attached: `أكدته`.
    pub(super) object: bool,
}

/// All forms.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    forms: FxHashMap<String, Reporting>,
    nouns: FxHashSet<String>,
    heads: FxHashSet<String>,
}

/// The compiled table.
pub(super) static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(include_str!("../../resources/reporting_words.tsv")).0);

const OBJECT_PRONOUNS: [&str; 6] = ["هما", "هم", "ها", "ه", "نا", "ني"];

/// Bytes of one Arabic letter in UTF-8.
const LETTER: usize = 2;

impl Lexicon {
    /// Reads the table; the second part counts lines that are none of its kinds.
    fn read(table: &str) -> (Self, usize) {
        let mut lexicon = Self::default();
        let mut bad = 0;
        for line in table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let fields: Vec<&str> = line.split('\t').collect();
            match fields.as_slice() {
                ["verb", perfect, imperfect, participle, noun, category, complements] => {
                    match (category_named(category), Complements::parse(complements)) {
                        (Some(category), Some(complements)) => {
                            lexicon.verb([perfect, imperfect, participle, noun], category, complements);
                        }
                        _ => bad += 1,
                    }
                }
                ["according", word] => {
                    lexicon.add(word, CueCategory::AccordingTo, Form::According, Complements::default(), None, false);
                }
                ["noun", word] => _ = lexicon.nouns.insert(fold(word)),
                ["head", word] => _ = lexicon.heads.insert(fold(word)),
                _ => bad += 1,
            }
        }
        (lexicon, bad)
    }

    fn verb(&mut self, [perfect, imperfect, participle, noun]: [&str; 4], of: CueCategory, takes: Complements) {
        let defective = |word: &str| word.ends_with(['ا', 'ى', 'ي', 'و']);
        let cut = |word: &str| word[..word.len() - LETTER].to_owned();
        if perfect != "-" {
            let stem = if defective(perfect) { cut(perfect) } else { perfect.to_owned() };
            self.add(perfect, of, Form::Perfect, takes, Some(false), false);
            self.add(&format!("{stem}ت"), of, Form::Perfect, takes, Some(true), false);
            self.add(&format!("{stem}تا"), of, Form::Perfect, takes, Some(true), true);
            self.add(&format!("{stem}وا"), of, Form::Perfect, takes, None, true);
            // Of two; the short ones are nouns as well: `ردا`.
            if perfect == "قال" || perfect.starts_with('أ') || perfect.chars().count() > 3 {
                self.add(&format!("{stem}ا"), of, Form::Perfect, takes, Some(false), true);
            }
        }
        let later = Complements { initial: false, ..takes };
        if imperfect != "-" {
            let stem = if defective(imperfect) { cut(imperfect) } else { imperfect.to_owned() };
            self.add(&format!("ي{imperfect}"), of, Form::Imperfect, later, Some(false), false);
            self.add(&format!("ت{imperfect}"), of, Form::Imperfect, later, Some(true), false);
            for ending in ["ون", "وا"] {
                self.add(&format!("ي{stem}{ending}"), of, Form::Imperfect, later, None, true);
            }
            self.add(&format!("ي{imperfect}ان"), of, Form::Imperfect, later, None, true);
        }
        if participle != "-" {
            let stem = if defective(participle) { cut(participle) } else { participle.to_owned() };
            self.add(&format!("{participle}ا"), of, Form::Participle, later, Some(false), false);
            self.add(&format!("{participle}ة"), of, Form::Participle, later, Some(true), false);
            self.add(&format!("{stem}ين"), of, Form::Participle, later, None, true);
            self.add(&format!("{participle}تين"), of, Form::Participle, later, Some(true), true);
        }
        if noun != "-" {
            // A noun reports only what follows it at once, and takes no other noun.
            let construct = Complements { near: true, ..takes };
            let takes = Complements { near: true, marks: takes.marks, ..Complements::default() };
            let stem = noun.strip_suffix('ة').map_or_else(|| noun.to_owned(), |stem| format!("{stem}ت"));
            for before in ["", "ب"] {
                for (after, feminine, plural) in
                    [("ه", Some(false), false), ("ها", Some(true), false), ("هم", None, true), ("هما", None, true)]
                {
                    self.add(&format!("{before}{stem}{after}"), of, Form::VerbalNoun, takes, feminine, plural);
                }
            }
            for before in ["", "ب", "ل"] {
                self.add(&format!("{before}{noun}"), of, Form::Construct, construct, None, false);
            }
            if of == CueCategory::Say {
                self.add(&format!("بال{noun}"), of, Form::VerbalNoun, takes, None, false);
                self.add(&format!("ال{noun}"), of, Form::VerbalNoun, takes, None, false);
            }
        }
    }

    /// Adds one form unless another word has it already: the table's order decides.
    fn add(
        &mut self,
        word: &str,
        category: CueCategory,
        form: Form,
        complements: Complements,
        feminine: Option<bool>,
        plural: bool,
    ) {
        let maqsura = word.ends_with('ى');
        let entry = Reporting { category, form, complements, feminine, plural, maqsura };
        self.forms.entry(fold(word)).or_insert(entry);
    }

    /// The reporting word in a token, or none. Constant time: a long token is none.
    pub(super) fn find(&self, normalized: &str, folded: &str) -> Option<Found> {
        if folded.len() > 16 * LETTER {
            return None;
        }
        let from = |start: usize| {
            let (word, object) = self.host(normalized.get(start..)?, folded.get(start..)?)?;
            Some(Found { word, coordinated: start > 0, object })
        };
        from(0).or_else(|| folded.starts_with(['و', 'ف']).then(|| from(LETTER)).flatten())
    }

    /// The word without و or ف, and whether it has an object pronoun.
    fn host(&self, normalized: &str, folded: &str) -> Option<(Reporting, bool)> {
        let exact = |word: &str| {
            self.forms
                .get(word)
                .copied()
                .filter(|r| !r.maqsura || word.len() != folded.len() || normalized.ends_with('ى'))
        };
        // Object pronouns stand on finite verbs; س on the imperfect.
        let verb = |word: &str| {
            let finite = |r: &Reporting| matches!(r.form, Form::Perfect | Form::Imperfect);
            let bare = exact(word).map(|r| (r, false));
            bare.or_else(|| {
                OBJECT_PRONOUNS.iter().find_map(|p| exact(word.strip_suffix(p)?).filter(finite)).map(|r| (r, true))
            })
        };
        verb(folded).or_else(|| verb(folded.strip_prefix(['س', 'ل'])?).filter(|(r, _)| r.form == Form::Imperfect))
    }

    /// Whether the folded word, with or without clitics, names speech or a source: `بيان`, `للمصادر`, `قوله`.
    pub(super) fn is_noun(&self, folded: &str) -> bool {
        bare(folded).any(|word| self.nouns.contains(word))
    }

    /// Whether the folded noun often begins a nominal complement.
    pub(super) fn is_head(&self, folded: &str) -> bool {
        self.heads.contains(folded)
    }
}

/// The folded word without ل or ب and article, and also without a possessive.
fn bare(folded: &str) -> impl Iterator<Item = &str> {
    let host = ["لل", "بال", "ال", "ل", "ب"]
        .iter()
        .find_map(|clitic| folded.strip_prefix(clitic).filter(|rest| rest.len() > 2 * LETTER))
        .unwrap_or(folded);
    let owned = ["هما", "هم", "ها", "ه"].iter().find_map(|p| host.strip_suffix(p));
    [Some(folded), Some(host), owned].into_iter().flatten()
}

fn category_named(name: &str) -> Option<CueCategory> {
    use CueCategory as C;
    Some(match name {
        "say" => C::Say,
        "announce" => C::Announce,
        "assert" => C::Assert,
        "add" => C::Add,
        "explain" => C::Explain,
        "claim" => C::Claim,
        "deny" => C::Deny,
        "warn" => C::Warn,
        "demand" => C::Demand,
        "ask" => C::Ask,
        "answer" => C::Answer,
        "criticize" => C::Criticize,
        "express" => C::Express,
        "write" => C::Write,
        "report" => C::Report,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        let (lexicon, bad) = Lexicon::read(include_str!("../../resources/reporting_words.tsv"));
        assert_eq!(bad, 0, "lines of reporting_words.tsv that are no verb, according, noun or head");
        assert!(lexicon.forms.len() > 1000, "forms: {}", lexicon.forms.len());
    }

    #[test]
    fn forms_are_found_behind_clitics() {
        let cases: &[(&str, Option<(CueCategory, Form)>)] = &[
            ("قال", Some((CueCategory::Say, Form::Perfect))),
            ("وأكدا", Some((CueCategory::Assert, Form::Perfect))),
            ("ردا", None),
            ("وقالت", Some((CueCategory::Say, Form::Perfect))),
            ("وأضافوا", Some((CueCategory::Add, Form::Perfect))),
            ("واضاف", Some((CueCategory::Add, Form::Perfect))),
            ("مضيفا", Some((CueCategory::Add, Form::Participle))),
            ("قائلة", Some((CueCategory::Say, Form::Participle))),
            ("قوله", Some((CueCategory::Say, Form::VerbalNoun))),
            ("دعوتها", Some((CueCategory::Demand, Form::VerbalNoun))),
            ("إعلان", Some((CueCategory::Announce, Form::Construct))),
            ("بالقول", Some((CueCategory::Say, Form::VerbalNoun))),
            ("سيعلن", Some((CueCategory::Announce, Form::Imperfect))),
            ("وسيؤكدونه", Some((CueCategory::Assert, Form::Imperfect))),
            ("أكدته", Some((CueCategory::Assert, Form::Perfect))),
            ("دعت", Some((CueCategory::Demand, Form::Perfect))),
            ("ودعوا", Some((CueCategory::Demand, Form::Perfect))),
            ("داعيا", Some((CueCategory::Demand, Form::Participle))),
            ("نفت", Some((CueCategory::Deny, Form::Perfect))),
            ("رأى", Some((CueCategory::Claim, Form::Perfect))),
            ("ووصف", Some((CueCategory::Claim, Form::Perfect))),
            ("وبحسب", Some((CueCategory::AccordingTo, Form::According))),
            ("رأي", None),
            ("مدينة", None),
            ("مجددا", None),
            ("الدوحة", None),
            ("قولا", None),
            ("و", None),
            ("", None),
        ];
        for &(token, expected) in cases {
            let found = LEXICON.find(token, &fold(token)).map(|f| (f.word.category, f.word.form));
            assert_eq!(found, expected, "{token}");
        }
    }

    #[test]
    fn nouns_of_speech_are_found_behind_article_and_possessive() {
        for (word, expected) in
            [("بيان", true), ("للبيان", true), ("تعبيره", true), ("المصادر", true), ("القانون", false)]
        {
            assert_eq!(LEXICON.is_noun(&fold(word)), expected, "{word}");
        }
    }
}
