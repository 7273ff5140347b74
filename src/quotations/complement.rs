//! Where what a cue reports begins: marks, a clause with أن, a verbal noun, or a colon.

use std::ops::Range;

use super::{
    CueCategory,
    grammar::{Class, governs_an, is_circumstance, is_preposition, is_verbal_noun, name_length_after},
    lexicon::{Form, LEXICON},
    marks::Pair,
    reader::{Cue, Reader},
};
use crate::{entities::MentionForm, morphology::Upos, text::TokenKind};

/// How many tokens after a cue its complement is sought in.
const WINDOW: usize = 70;
/// The same for words with everyday readings.
const NEAR: usize = 24;
/// Marks around at least so many words hold speech even where no cue stands close.
pub(super) const MANY_WORDS: usize = 4;
/// How many tokens what is judged can take before the judgement.
const JUDGED: usize = 16;
/// Pronouns on a noun, the longest first.
const POSSESSIVES: [&str; 4] = ["هما", "هم", "ها", "ه"];

/// Where what a cue reports begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Complement {
    /// Words in marks.
    Marks(Pair),
    /// A clause or noun phrase from this token on.
    Clause(usize),
}

impl Complement {
    /// Its first token.
    pub(super) fn begin(self) -> usize {
        match self {
            Self::Marks(pair) => pair.open,
            Self::Clause(at) => at,
        }
    }
}

impl Reader<'_> {
    /// What `cue` reports after it, or none. Looks at a bounded number of tokens.
    pub(super) fn complement(&self, cue: &Cue) -> Option<Complement> {
        let takes = cue.word.complements;
        if cue.word.form == Form::Construct {
            return self.after_possessor(cue);
        }
        let window = if cue.object && takes.near {
            3
        } else if cue.word.form == Form::VerbalNoun {
            // `قوله إن`, `قوله، خلال مؤتمر صحافي، إن`.
            if self.is_comma(cue.token + 1) { NEAR } else { 3 }
        } else if takes.near || takes.marks {
            NEAR
        } else {
            WINDOW
        };
        let end = self.reach(cue.token).min(cue.token + 1 + window);
        let mut weak = None;
        let mut short = None;
        // Whether a prepositional phrase is open, whose nouns are not the verb's.
        let mut phrase = false;
        let mut at = cue.token + 1;
        while at < end {
            let before = at - 1;
            if let Some(pair) = self.marks.opening_at(at) {
                // `وصفه بـ"…"`, `أعرب عن "…"`.
                let object = takes.takes(self.folded(before));
                if takes.judged
                    && !cue.object
                    && weak.is_none()
                    && self.is_speech(pair, true)
                    && let begin = self.object(cue, at - usize::from(object))
                    && (begin + 1..begin + JUDGED).contains(&at)
                    && !self.folded(begin).starts_with('ب')
                {
                    return Some(Complement::Clause(begin));
                }
                if object || self.is_speech(pair, before == cue.token || self.leads(before)) {
                    return Some(weak.unwrap_or(Complement::Marks(*pair)));
                }
                // Two or three words in marks are what was said if nothing else is.
                let said = !takes.near
                    && pair.words > 1
                    && self.is_speech(pair, true)
                    && (self.is_comma(before) || self.is_bound(cue, before));
                short = short.or(said.then_some(Complement::Marks(*pair)));
                at = pair.after;
                continue;
            }
            let word = self.folded(at);
            if word == ":" {
                // A colon before marks is seen there; before plain words it opens speech without marks.
                if self.marks.opening_at(at + 1).is_none() && at + 2 < self.sentence_end(at) && weak.is_none() {
                    return Some(Complement::Clause(at + 1));
                }
                at += 1;
                continue;
            }
            if word == "(" {
                at = (at + 1..end.min(at + 30)).find(|&i| self.folded(i) == ")").unwrap_or(at) + 1;
                continue;
            }
            if let Some(mention) = self.mention(at) {
                // Only a noun phrase in the object position may itself be a mention, and none begins with أن.
                at = mention.tokens.end.max(at + 1);
                phrase = false;
                continue;
            }
            if !takes.marks && self.is_complementizer(at) && !governs_an(self.folded(before)) {
                return Some(
                    weak.filter(|_| !takes.noun && !takes.judged && !takes.any).unwrap_or(Complement::Clause(at)),
                );
            }
            if self.opens_own_words(cue, at) {
                return Some(Complement::Clause(at));
            }
            if !takes.marks && matches!(word, "عما" | "هل" | "ماذا") && self.takes_question(cue) {
                return Some(Complement::Clause(at));
            }
            // `قالت الصحيفة نقلا عن مسؤولين إن`: the source that a report was passed on from.
            if let Some(next) = self.cue(at)
                && !self.relays(at)
                && self.stands_alone(next)
            {
                // `تؤكد تونس، وفق بيان …، تضامنها`: a source between commas.
                let between = next.word.form == Form::According && self.is_comma(before);
                match (at + 1..end).find(|&i| self.is_comma(i)).filter(|_| between) {
                    Some(comma) => {
                        at = comma;
                        continue;
                    }
                    None => break,
                }
            }
            if takes.nominal()
                && weak.is_none()
                && let Some((begin, sure)) = self.nominal(cue, at, phrase)
            {
                if sure {
                    return Some(Complement::Clause(begin));
                }
                weak = Some(Complement::Clause(begin));
            }
            if is_preposition(word) {
                phrase = true;
            } else if self.is_comma(at) || Class::Adverb.has(word) {
                phrase = false;
            }
            at += 1;
        }
        weak.or(short)
    }

    /// What `إعلان` of somebody reports, right after the speaker.
    fn after_possessor(&self, cue: &Cue) -> Option<Complement> {
        let mut at = self.possessor(cue.token)?.tokens.end;
        while at < self.sentence_end(cue.token)
            && (Class::Adverb.has(self.folded(at)) || self.mention(at).is_some_and(|m| self.clitics(m).is_empty()))
        {
            at = self.mention(at).map_or(at + 1, |m| m.tokens.end.max(at + 1));
        }
        if at >= self.sentence_end(cue.token) {
            return None;
        }
        if let Some(pair) = self.marks.opening_at(at) {
            return self.is_speech(pair, true).then_some(Complement::Marks(*pair));
        }
        if self.is_complementizer(at) {
            return Some(Complement::Clause(at));
        }
        self.nominal(cue, at, false).map(|(begin, _)| Complement::Clause(begin))
    }

    /// Whether somebody's own words begin at token `at` without marks: `قائلا لن نعود`, `وقال الوزير لقد عدنا`.
    fn opens_own_words(&self, cue: &Cue, at: usize) -> bool {
        if !matches!(cue.word.category, CueCategory::Say | CueCategory::Add) || cue.word.complements.near {
            return false;
        }
        let word = self.folded(at);
        word == "لقد"
            || cue.word.form == Form::Participle
                && cue.word.category == CueCategory::Say
                && at == cue.token + 1
                && self.text.tokens()[at].kind == TokenKind::Word
                && self.cue(at).is_none()
                && !is_preposition(word)
                && !Class::Adverb.has(word)
                && !word.starts_with('ل')
                && !self.leads_soon(cue.token)
    }

    /// Whether the clause from `begin` on is somebody's own words without marks around them.
    pub(super) fn is_own_words(&self, begin: usize) -> bool {
        let Some(before) = begin.checked_sub(1) else { return false };
        let said = self.folded(begin) == "لقد" || self.cue(before).is_some_and(|c| self.opens_own_words(c, begin));
        !self.is_complementizer(begin) && (said || self.folded(before) == ":" && !self.text.sentence_of(begin).headline)
    }

    /// How far the complement of a cue at `token` can stand: its sentence, or marks on the next line after a colon.
    fn reach(&self, token: usize) -> usize {
        let end = self.sentence_end(token);
        let colon = end > 0 && self.folded(end - 1) == ":";
        if colon && self.marks.opening_at(end).is_some() { end + 1 } else { end }
    }

    /// Whether the words that name the speaker can end with token `before`.
    fn is_bound(&self, cue: &Cue, before: usize) -> bool {
        before == cue.token || self.mention(before).is_some() || Class::Adverb.has(self.folded(before))
    }

    fn takes_question(&self, cue: &Cue) -> bool {
        matches!(cue.word.category, CueCategory::Ask | CueCategory::Answer)
    }

    /// Whether marks right after token `before` are opened by it: a colon, أن, a preposition, a cue.
    fn leads(&self, before: usize) -> bool {
        self.folded(before) == ":" || self.cue(before).is_some() || self.is_complementizer(before)
    }

    /// Whether the words in marks are speech and not a name, a term or scare quotes. `led` tells that a cue, a colon or
    /// أن stands right before them.
    pub(super) fn is_speech(&self, pair: &Pair, led: bool) -> bool {
        if pair.words == 0 {
            return false;
        }
        let word = pair.open.checked_sub(1).map_or("", |b| self.folded(b));
        // `تحت عنوان: «…»`.
        let head = if word == ":" { pair.open.checked_sub(2).map_or("", |b| self.folded(b)) } else { word };
        if pair.words <= name_length_after(head) {
            return false;
        }
        let inner = pair.open + 1..pair.end;
        if self.is_name(&inner) {
            return false;
        }
        if led { word == ":" || pair.words > 1 } else { pair.words >= MANY_WORDS }
    }

    /// Whether one named mention covers `tokens`.
    pub(super) fn is_name(&self, tokens: &Range<usize>) -> bool {
        self.mention(tokens.start).is_some_and(|m| {
            m.form == MentionForm::Name && m.tokens.start <= tokens.start && m.tokens.end >= tokens.end
        })
    }

    /// Whether `cue` inside the reach of another is a reporting word of its own rather than an everyday word.
    fn stands_alone(&self, cue: &Cue) -> bool {
        let takes = cue.word.complements;
        match cue.word.form {
            Form::According => self.according(cue.token).is_some(),
            Form::VerbalNoun => self.leads_soon(cue.token),
            Form::Construct => false,
            // `معطيات كشفها نائب`: a relative clause.
            _ if cue.object && !cue.coordinated => self.leads_soon(cue.token),
            _ if takes.near || takes.marks || takes.initial => self.leads_soon(cue.token),
            _ => true,
        }
    }

    /// Whether أن, a colon or marks follow within two tokens.
    pub(super) fn leads_soon(&self, token: usize) -> bool {
        (token + 1..token + 4)
            .any(|i| self.folded(i) == ":" || self.marks.opening_at(i).is_some() || self.is_complementizer(i))
    }

    /// Where the noun phrase that `cue` reports begins if token `at` opens it, and whether that is sure.
    fn nominal(&self, cue: &Cue, at: usize, phrase: bool) -> Option<(usize, bool)> {
        let takes = cue.word.complements;
        let word = self.folded(at);
        if self.text.tokens()[at].kind != TokenKind::Word {
            return None;
        }
        let before = at - 1;
        if takes.takes(word) && self.marks.opening_at(at + 1).is_none() {
            // `بمناسبة الإعلان عن …`: the preposition belongs to another noun.
            if before != cue.token && self.mention(before).is_none() && is_verbal_noun(self.folded(before)) {
                return None;
            }
            if takes.object {
                return Some((self.object(cue, at), true));
            }
            let next = self.folded(at + 1);
            if is_circumstance(next) || at + 1 >= self.sentence_end(at) {
                return None;
            }
            return Some((at + 1, self.is_reported_noun(next) || at == cue.token + 1));
        }
        if takes.object && takes.takes("ب") && word.starts_with('ب') && word.len() >= 8 {
            return Some((self.object(cue, at), true));
        }
        for letter in ["ب", "ل"] {
            if takes.takes(letter)
                && let Some(host) = word.strip_prefix(letter).filter(|h| h.len() >= 6 || LEXICON.is_head(h))
                && !is_circumstance(host)
                && (self.is_reported_noun(host)
                    || takes.any && !phrase && matches!(self.upos(at), Upos::Noun | Upos::Adj))
            {
                return Some((at, self.is_reported_noun(host)));
            }
        }
        // `معتبرا ذلك خطأ`, `اعتبر الوزير القرار خطأ`.
        if takes.judged && !cue.object {
            let pronoun = matches!(word, "ذلك" | "هذا" | "هذه" | "ما");
            let first = before == cue.token;
            let free = match cue.word.form {
                Form::Participle => first,
                Form::Perfect if pronoun && first => cue.coordinated,
                _ => !first && self.mention(before).is_some_and(|m| self.speaks(m)),
            };
            if free && (pronoun || self.upos(at) == Upos::Noun) && !is_preposition(word) {
                return Some((at, false));
            }
        }
        if takes.noun {
            let free = before == cue.token
                || self.is_punctuation(before)
                || self.mention(before).is_some()
                || Class::Adverb.has(self.folded(before))
                || matches!(cue.word.form, Form::Participle);
            if word == "ما" && (free || cue.word.category == CueCategory::Deny) && !self.folded(at + 1).contains("سمي")
            {
                return Some((at, true));
            }
            // `أكدت الجبهة وقوفها إلى جانب …`: a noun with the subject's pronoun.
            // `تنفي نقص الدواء`: what is denied can be any noun.
            let denied = cue.word.category == CueCategory::Deny;
            let owned = denied || POSSESSIVES.iter().any(|p| word.strip_suffix(p).is_some_and(|w| w.len() >= 6));
            if owned && self.is_bound(cue, before) && self.upos(at) == Upos::Noun {
                return Some((at, true));
            }
            let outside = !phrase || LEXICON.is_head(word);
            if self.is_reported_noun(word) && !is_preposition(self.folded(before)) && outside {
                return Some((at, self.is_bound(cue, before) || LEXICON.is_head(word)));
            }
        }
        None
    }

    /// Where the object of `cue` begins, after its subject and before token `end`.
    fn object(&self, cue: &Cue, end: usize) -> usize {
        let mut at = cue.token + 1;
        let mut phrase = false;
        // `فسرت الوزارة التراجع`: a bare noun before another is the subject.
        let body = |i: usize| self.folded(i).strip_prefix("ال").is_some_and(|w| Class::Body.has(w));
        if Self::finite(cue) && body(at) && self.folded(at + 1).starts_with("ال") && at + 1 < end {
            at += 1;
        }
        while at < end {
            let word = self.folded(at);
            let subject = cue.word.form != Form::Participle && self.mention(at).is_some_and(|m| self.speaks(m));
            if self.is_comma(at) {
                phrase = false;
            } else if is_preposition(word) {
                phrase = true;
            } else if word.starts_with("ايا") {
                return end;
            } else if !phrase && !subject && !self.is_punctuation(at) && !Class::Adverb.has(word) {
                break;
            }
            at += 1;
        }
        at
    }

    fn is_reported_noun(&self, word: &str) -> bool {
        let owned = POSSESSIVES.iter().find_map(|p| word.strip_suffix(p)).unwrap_or(word);
        let host = owned.strip_prefix("ال").unwrap_or(owned);
        // ة is ت before a pronoun: `ثقتها`.
        let feminine = || host.strip_suffix('ت').is_some_and(|stem| LEXICON.is_head(&format!("{stem}ة")));
        !Class::Adverb.has(word) && (LEXICON.is_head(host) || feminine() || is_verbal_noun(word))
    }
}
