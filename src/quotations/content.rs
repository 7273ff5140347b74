//! What is reported: where the words after (or before) a cue begin and end.

use std::ops::Range;

use super::{
    QuotationKind,
    grammar::{
        ends_clause, governs_an, is_adverb, is_aside, is_circumstance, is_complementizer, is_naming, is_preposition,
        is_verbal_noun, joins, name_length_after,
    },
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
const MANY_WORDS: usize = 4;

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

/// Reported words, in tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) kind: QuotationKind,
    /// Never empty, in order.
    pub(super) pieces: Vec<Range<usize>>,
    /// One past the last token that belongs to it, marks included.
    pub(super) after: usize,
}

impl Reader<'_> {
    /// What `cue` reports after it, or none. Looks at a bounded number of tokens.
    pub(super) fn complement(&self, cue: &Cue) -> Option<Complement> {
        let takes = cue.word.complements;
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
            if !takes.marks && is_complementizer(self.text.normalized(at), word) && !governs_an(self.folded(before)) {
                return Some(weak.filter(|_| !takes.noun).unwrap_or(Complement::Clause(at)));
            }
            if !takes.marks && matches!(word, "عما" | "هل" | "ماذا") && self.takes_question(cue) {
                return Some(Complement::Clause(at));
            }
            if let Some(next) = self.cue(at)
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
            } else if self.is_comma(at) || is_adverb(word) {
                phrase = false;
            }
            at += 1;
        }
        weak.or(short)
    }

    /// How far the complement of a cue at `token` can stand: its sentence, or marks on the next line after a colon.
    fn reach(&self, token: usize) -> usize {
        let end = self.sentence_end(token);
        let colon = end > 0 && self.folded(end - 1) == ":";
        if colon && self.marks.opening_at(end).is_some() { end + 1 } else { end }
    }

    /// Whether the words that name the speaker can end with token `before`.
    fn is_bound(&self, cue: &Cue, before: usize) -> bool {
        before == cue.token || self.mention(before).is_some() || is_adverb(self.folded(before))
    }

    fn takes_question(&self, cue: &Cue) -> bool {
        matches!(cue.word.category, super::CueCategory::Ask | super::CueCategory::Answer)
    }

    /// Whether marks right after token `before` are opened by it: a colon, أن, a preposition, a cue.
    fn leads(&self, before: usize) -> bool {
        self.folded(before) == ":"
            || self.cue(before).is_some()
            || is_complementizer(self.text.normalized(before), self.folded(before))
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
    fn is_name(&self, tokens: &Range<usize>) -> bool {
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
            // `معطيات كشفها نائب`: a relative clause.
            _ if cue.object && !cue.coordinated => self.leads_soon(cue.token),
            _ if takes.near || takes.marks || takes.initial => self.leads_soon(cue.token),
            _ => true,
        }
    }

    /// Whether أن, a colon or marks follow within two tokens.
    pub(super) fn leads_soon(&self, token: usize) -> bool {
        (token + 1..token + 4).any(|i| {
            self.folded(i) == ":"
                || self.marks.opening_at(i).is_some()
                || (i < self.text.tokens().len() && is_complementizer(self.text.normalized(i), self.folded(i)))
        })
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
            if before != cue.token && is_verbal_noun(self.folded(before)) {
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
                && (self.is_reported_noun(host) || takes.any && !phrase && host.starts_with("ال"))
            {
                return Some((at, true));
            }
        }
        if takes.noun {
            let free = before == cue.token
                || self.is_punctuation(before)
                || self.mention(before).is_some()
                || is_adverb(self.folded(before))
                || matches!(cue.word.form, Form::Participle);
            if word == "ما"
                && (free || cue.word.category == super::CueCategory::Deny)
                && !self.folded(at + 1).contains("سمي")
            {
                return Some((at, true));
            }
            // `أكدت الجبهة وقوفها إلى جانب …`: a noun with the subject's pronoun.
            let owned = POSSESSIVES.iter().any(|p| word.strip_suffix(p).is_some_and(|w| w.len() >= 6));
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
        while at < end {
            let word = self.folded(at);
            let subject = cue.word.form != Form::Participle && self.mention(at).is_some_and(|m| self.speaks(m));
            if self.is_comma(at) {
                phrase = false;
            } else if is_preposition(word) {
                phrase = true;
            } else if word.starts_with("ايا") {
                return end;
            } else if !phrase && !subject && !self.is_punctuation(at) && !is_adverb(word) {
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
        !is_adverb(word) && (LEXICON.is_head(host) || feminine() || is_verbal_noun(word))
    }

    /// The reported words that begin with `complement`.
    pub(super) fn content(&self, complement: Complement) -> Option<Content> {
        match complement {
            Complement::Marks(pair) => self.marked(&pair),
            Complement::Clause(begin) => {
                let end = self.clause_end(begin);
                self.phrased(begin, end)
            }
        }
    }

    /// The words in `pair`, and those in marks joined to it: `«…» و«…»`.
    pub(super) fn marked(&self, pair: &Pair) -> Option<Content> {
        let first = self.inside(pair)?;
        let mut after = if pair.after == pair.end { first.end } else { pair.after };
        let mut pieces = vec![first];
        loop {
            let mut next = after;
            while next < after + 3 && (self.is_comma(next) || self.folded(next) == "و") {
                next += 1;
            }
            match self.marks.opening_at(next).filter(|p| next > after && self.is_speech(p, true)) {
                Some(pair) => {
                    pieces.extend(self.inside(pair));
                    after = pair.after;
                }
                None => return Some(Content { kind: QuotationKind::Direct, pieces, after }),
            }
        }
    }

    /// The tokens between two marks, without a final stop.
    fn inside(&self, pair: &Pair) -> Option<Range<usize>> {
        let from = pair.open + 1;
        // Words whose closing mark is missing end where a clause would.
        let mut to = if pair.after == pair.end { self.clause_end(from).min(pair.end) } else { pair.end };
        while to > from && matches!(self.folded(to - 1), "." | "،" | ",") {
            to -= 1;
        }
        (from < to).then_some(from..to)
    }

    /// Reported words from `begin` to `end`, direct where all of them after أن stand in marks.
    pub(super) fn phrased(&self, begin: usize, end: usize) -> Option<Content> {
        let skipped = is_complementizer(self.text.normalized(begin), self.folded(begin)) as usize;
        if let Some(pair) = self.marks.opening_at(begin + skipped)
            && pair.after <= end
            && self.is_speech(pair, true)
        {
            // What follows a comma after a whole statement in marks is the reporter's again.
            let complete = pair.words > MANY_WORDS && (self.is_comma(pair.after) || is_aside(self.folded(pair.after)));
            if complete || self.trimmed(pair.after..end).is_none() {
                let mut content = self.marked(pair)?;
                content.after = if complete { content.after } else { content.after.max(end) };
                return Some(content);
            }
        }
        let tokens = self.trimmed(begin..end)?;
        if tokens.len() < 2 {
            return None;
        }
        let quotes = self.marks.within(tokens.clone()).iter().any(|p| self.is_quoted_part(p));
        let kind = if quotes { QuotationKind::Mixed } else { QuotationKind::Indirect };
        Some(Content { kind, pieces: vec![tokens], after: end })
    }

    /// Whether marks inside reported words hold the speaker's own words rather than a name.
    fn is_quoted_part(&self, pair: &Pair) -> bool {
        let word = pair.open.checked_sub(1).map_or("", |b| self.folded(b));
        if word == "ب" {
            return !pair.open.checked_sub(2).is_some_and(|b| is_naming(self.folded(b)));
        }
        // One word is a term or a name, unless it judges: `الوضع "خطير"`.
        let long = pair.words > 1 || matches!(self.upos(pair.open + 1), Upos::Adj | Upos::Verb);
        long && pair.words > name_length_after(word) && !self.is_name(&(pair.open + 1..pair.end))
    }

    /// One past the last token of the clause that begins at `begin`. Each token is looked at once.
    pub(super) fn clause_end(&self, begin: usize) -> usize {
        let mut end = self.sentence_end(begin);
        let mut at = begin + 1;
        if let Some(pair) = self.marks.opening_at(begin).filter(|p| p.after > p.end) {
            at = pair.after;
        }
        while at < end {
            if let Some(pair) = self.marks.opening_at(at).filter(|p| p.after > p.end) {
                at = pair.after;
                if at > end && at < self.text.tokens().len() {
                    // Marks over several sentences: the clause goes on after them, unless they closed with a stop.
                    let stopped = matches!(self.folded(pair.end - 1), "." | "؟" | "!");
                    end = if stopped { at } else { self.sentence_end(at) };
                } else if at > end {
                    end = at;
                }
                // After the speaker's own words a comma gives the word back to the reporter, unless و goes on.
                let joined = self.folded(at + 1).starts_with('و') || self.marks.opening_at(at + 1).is_some();
                if pair.words > 2 && self.is_comma(at) && !joined && self.is_quoted_part(pair) {
                    return at;
                }
                continue;
            }
            if at > begin + 1 && self.clause_stops(at) {
                return at;
            }
            at += 1;
        }
        end
    }

    /// Whether the reported clause is over before token `at`.
    fn clause_stops(&self, at: usize) -> bool {
        let word = self.folded(at);
        if ends_clause(word) && self.is_comma(at - 1) {
            return true;
        }
        if (word == "في" && self.folded(at + 1) == "اشارة") || (word == ":" && self.text.sentence_of(at).headline)
        {
            return true;
        }
        if word == "علي" && self.folded(at + 1) == "حد" {
            return matches!(
                self.folded(at + 2),
                "تعبيره" | "تعبيرها" | "تعبيرهم" | "قوله" | "قولها" | "قولهم" | "وصفه" | "وصفها"
            );
        }
        if joins(word)
            && let Some(cue) = self.cue(at + 1)
            && Reader::finite(cue)
        {
            return !matches!(word, "الذي" | "التي" | "قد" | "و")
                && self.complement(cue).is_some_and(|c| matches!(c, Complement::Marks(_)) || self.plain_reports(cue));
        }
        let Some(cue) = self.cue(at) else { return false };
        match cue.word.form {
            Form::According => self.according(at).is_some(),
            Form::Participle => {
                let adjective = cue.word.complements.marks && !self.leads_soon(at);
                cue.word.feminine == Some(false) && !adjective
                    || self.is_comma(at - 1)
                    || self.complement(cue).is_some()
            }
            Form::Perfect => cue.coordinated && self.complement(cue).is_some(),
            // `مكتفيا بالقول إن …`.
            Form::VerbalNoun => word.starts_with('ب') && self.leads_soon(at),
            Form::Imperfect => cue.coordinated && self.is_comma(at - 1) && self.complement(cue).is_some(),
        }
    }

    fn plain_reports(&self, cue: &Cue) -> bool {
        !cue.word.complements.marks
    }

    /// Where the source that وفق or حسب at `token` names begins: a noun of speech, ما with a reporting verb, a
    /// speaker; none where no source is named.
    pub(super) fn according(&self, token: usize) -> Option<usize> {
        let first = token + 1 + usize::from(self.is_mark(token + 1));
        let source = |at: usize| {
            LEXICON.is_noun(self.folded(at))
                || self.mention(at).is_some_and(|m| self.speaks(m) && m.tokens.start == at)
                || matches!(self.folded(at), "ذات" | "نفس")
        };
        if self.folded(token).ends_with("ما") || matches!(self.folded(first), "ما" | "لما") {
            let verb = if self.folded(token).ends_with("ما") { first } else { first + 1 };
            return (verb..verb + 3).any(|i| self.cue(i).is_some() || self.reports_passively(i)).then_some(first);
        }
        if self.relays(token) {
            return (self.folded(first) == "عن").then_some(first + 1);
        }
        if matches!(self.folded(token), "استنادا" | "واستنادا") {
            return (self.folded(first) == "الي" && source(first + 1)).then_some(first + 1);
        }
        source(first).then_some(first)
    }

    /// `نقلا عن` tells only who passed on what another cue or nobody reports.
    pub(super) fn relays(&self, token: usize) -> bool {
        self.folded(token).trim_start_matches('و') == "نقلا"
    }

    fn reports_passively(&self, token: usize) -> bool {
        matches!(self.folded(token), "جاء" | "ورد" | "تم" | "صدر" | "نشر" | "نشرت" | "نشرته" | "نشره")
    }

    /// What وفق at `token` reports: the clause after it where it opens a sentence, else the clause before it that no
    /// other cue reports. `from` is the first token that is free.
    pub(super) fn sourced(&self, token: usize, source: usize, from: usize) -> Option<Content> {
        let first = self.text.sentence_of(token).first_token as usize;
        let opens = token == first || (token == first + 1 && self.folded(first) == "و");
        if opens {
            let end = self.sentence_end(token);
            let begin = (source..end.min(source + 40)).find_map(|i| {
                if let Some(pair) = self.marks.opening_at(i)
                    && self.is_speech(pair, false)
                {
                    return Some(i);
                }
                if matches!(self.folded(i), "فان" | "فقد" | "فانه" | "فانها" | "فإن" | "ان") && i > source
                {
                    return Some(i);
                }
                let comma = self.is_comma(i) || self.folded(i) == ":";
                (comma && i > source && !is_preposition(self.folded(i + 1)) && !self.folded(i + 1).is_empty())
                    .then_some(i + 1)
            })?;
            let reported = self.cue(begin).is_some_and(|c| Reader::finite(c) && self.complement(c).is_some());
            if begin + 2 >= end || reported {
                return None;
            }
            let end = self.clause_end(begin);
            return self.phrased(begin, end);
        }
        let mut begin = from.max(first);
        let last = self.trimmed(begin..token)?.end;
        // Words in marks right before it are all that is reported.
        let closing = if self.is_mark(last) && last < token { last + 1 } else { last };
        if let Some(pair) = self.marks.around(closing - 1)
            && pair.after == closing
            && pair.open >= begin
            && self.is_speech(pair, false)
        {
            // Most of what is reported stands in marks: those are the source's words.
            let comma = (begin..pair.open).rev().take(pair.words).find(|&i| self.is_comma(i)).map_or(begin, |i| i + 1);
            if pair.words > (comma..pair.open).filter(|&i| !self.is_punctuation(i)).count() {
                let content = self.marked(pair)?;
                return Some(Content { after: token, ..content });
            }
        }
        while begin < token && (self.is_punctuation(begin) || self.folded(begin) == "و") && !self.is_mark(begin) {
            begin += 1;
        }
        // `يذكر أن …، وفق …`.
        if let Some(an) = (begin..(begin + 4).min(token))
            .find(|&i| is_complementizer(self.text.normalized(i), self.folded(i)))
            .filter(|&i| i > begin)
        {
            begin = an;
        }
        // A reporting verb opens the clause and reports nothing that was found: what it says is not what is sourced.
        if self.cue(begin).is_some_and(|c| Reader::finite(c) && !c.word.complements.near) {
            return None;
        }
        let content = self.phrased(begin, token)?;
        (content.pieces[0].len() >= 3).then_some(content)
    }
}
