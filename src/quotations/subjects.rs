//! Where the words stand that tell who a verb or source speaks of.

use std::ops::Range;

use super::{
    Speaker, SpeakerResolution,
    grammar::{Class, is_document, is_preposition},
    lexicon::LEXICON,
    reader::{Cue, Reader},
    speakers::{Speakers, Voice},
};
use crate::{
    entities::{EntityType, Mention, MentionForm, MentionType},
    morphology::Upos,
};

/// How many tokens after a verb its subject is sought in.
pub(super) const WINDOW: usize = 40;
/// How many words tell a source that is no entity.
pub(super) const SOURCE_WORDS: usize = 4;
/// How many earlier mentions a bare description can stand for.
const RECENT: usize = 60;
/// How many tokens before the verb `وكان` is sought, whose subject the verb after `قد` has.
pub(super) const HAD: usize = 20;
/// Speakers of one joint statement.
const JOINT: usize = 6;

/// Whether `word` tells of people without a name, in any case and with the article or not: `مصدر`, `محللون`.
pub(super) fn is_people(word: &str) -> bool {
    let host = word.trim_start_matches('و').trim_start_matches("ال");
    let plural = || host.strip_suffix("ون").is_some_and(|stem| Class::People.has(&format!("{stem}ين")));
    Class::People.has(host) || plural()
}

impl<'a> Speakers<'_, 'a> {
    /// The subject that stands between a verb at `verb` and token `end`, with those joined to it.
    pub(super) fn subject_after(&self, verb: usize, end: usize) -> Vec<Speaker> {
        let reader = self.reader;
        let end = end.min(reader.sentence_end(verb));
        let mut at = verb + 1;
        // A prepositional phrase (`في بيان لوزارة …`) holds no subject; it ends with a comma, an adverb or a name.
        let mut phrase = false;
        let mut noun = None;
        let mut weak = None;
        while at < end {
            if let Some(mention) = reader.mention(at) {
                let clitics = reader.clitics(mention);
                let person = matches!(mention.kind, MentionType::Title | MentionType::Entity(EntityType::Person));
                let speaks = reader.speaks(mention)
                    || (at == verb + 1
                        && matches!(
                            mention.kind,
                            MentionType::Entity(EntityType::Geopolitical | EntityType::Group | EntityType::Product)
                        ));
                if speaks && clitics.is_empty() && !phrase {
                    if person || noun.is_none_or(|n| LEXICON.is_noun(reader.folded(n))) {
                        return self.joint(mention, end);
                    }
                    weak.get_or_insert(mention);
                }
                phrase = false;
                at = mention.tokens.end.max(at + 1);
                continue;
            }
            let word = reader.folded(at);
            if is_preposition(word) || word.starts_with("لل") || (word.starts_with('ب') && at == verb + 1) {
                phrase = true;
            } else if reader.is_comma(at) || Class::Adverb.has(word) || word == ")" {
                phrase = false;
            } else if !phrase && !reader.is_punctuation(at) {
                noun.get_or_insert(at);
            }
            at += 1;
        }
        // `قال مدرب النادي`: the club is no speaker, unless a noun of speech stands for it: `أفاد بيان الوزارة`.
        match (weak, noun) {
            (Some(mention), None) => self.joint(mention, end),
            _ => Vec::new(),
        }
    }

    /// `mention` with the mentions of the same entity that go on with it, and speakers joined by و before `end`.
    pub(super) fn joint(&self, mention: &Mention, end: usize) -> Vec<Speaker> {
        let reader = self.reader;
        let mut speakers = vec![self.speaker(mention)];
        let mut at = mention.tokens.end;
        while at < end.max(mention.tokens.end) + 1 && speakers.len() < JOINT {
            let mut next = at;
            while next < at + 2 && reader.is_punctuation(next) && reader.folded(next) != ":" {
                next += 1;
            }
            let bare_and = reader.folded(next) == "و";
            let Some(other) = reader.mention(next + usize::from(bare_and)).filter(|m| m.tokens.start >= next) else {
                break;
            };
            let clitics = reader.clitics(other);
            let Some(last) = speakers.last_mut() else { break };
            if last.entity == Some(other.entity) && clitics.is_empty() && !bare_and {
                last.span = last.span.cover(other.span);
                if other.kind == MentionType::Entity(EntityType::Person) {
                    last.resolution = SpeakerResolution::Named;
                }
            } else if (clitics == "و" || bare_and)
                && reader.speaks(other)
                && next == at
                && matches!(other.kind, MentionType::Title | MentionType::Entity(EntityType::Person))
                    == (self.kind(mention.entity) == Some(EntityType::Person))
            {
                speakers.push(self.speaker(other));
            } else {
                break;
            }
            at = other.tokens.end.max(next + 1);
        }
        speakers
    }

    fn kind(&self, entity: usize) -> Option<EntityType> {
        self.reader.entities.entities.get(entity).map(|e| e.kind)
    }

    fn speaker(&self, mention: &Mention) -> Speaker {
        let resolution = match (mention.kind, mention.form) {
            (_, MentionForm::Pronoun) => SpeakerResolution::Pronoun,
            (MentionType::Title, _) if self.is_anonymous(mention) => SpeakerResolution::Anonymous,
            (MentionType::Title, _) | (_, MentionForm::Nominal) => SpeakerResolution::Title,
            _ => SpeakerResolution::Named,
        };
        Speaker { entity: Some(mention.entity), span: mention.span, resolution }
    }

    /// Whether `mention` is a source that the text names nowhere: `مصدر أمني`.
    fn is_anonymous(&self, mention: &Mention) -> bool {
        let entities = &self.reader.entities;
        let named = entities.entities.get(mention.entity).is_some_and(|entity| {
            let mut mentions = entity.mentions.iter().filter_map(|&m| entities.mentions.get(m));
            mentions.any(|m| m.kind == MentionType::Entity(EntityType::Person))
        });
        !named && is_people(self.reader.folded(mention.tokens.start))
    }

    /// Whether `cue` tells where something stands written: `جاء في`, `ورد في`.
    pub(super) fn tells_place(&self, cue: &Cue) -> bool {
        ["جاء", "ورد"].iter().any(|verb| self.reader.folded(cue.token).contains(verb))
    }

    /// A subject that is no mention: a bare description of somebody the text has named (`المتحدث`, `الوزارة`), a
    /// document with its author (`بيان للوزارة`), or somebody who is no entity (`محللون`).
    pub(super) fn described(&self, tokens: Range<usize>, feminine: Option<bool>) -> Vec<Speaker> {
        let reader = self.reader;
        let end = tokens.end;
        let skipped = |i: usize| {
            let word = reader.folded(i);
            Class::Time.has(word) || Class::Adverb.has(word) || reader.is_comma(i) || matches!(word, "نفس" | "ذات")
        };
        let Some(at) = tokens.take(4).find(|&i| !skipped(i)) else { return Vec::new() };
        if reader.mention(at).is_some() || reader.is_punctuation(at) {
            return Vec::new();
        }
        let word = reader.folded(at);
        let span = reader.text.tokens()[at].span;
        if let Some(head) = word.strip_prefix("ال").filter(|h| h.len() >= 4) {
            if let Some(entity) = self.antecedent(head, at, feminine) {
                return vec![Speaker { entity: Some(entity), span, resolution: SpeakerResolution::Title }];
            }
        } else if word == "ضيف" || Class::Honour.has(word) {
            // `قال ضيف البرنامج`, `وأضاف سعادته`: whoever speaks.
            let person = |v: &&Voice| v.entity.is_some_and(|e| self.kind(e) == Some(EntityType::Person));
            if let Some(voice) = self.voices.iter().rev().find(person) {
                return vec![Speaker { entity: voice.entity, span, resolution: SpeakerResolution::Title }];
            }
        } else if is_preposition(word)
            || (word.starts_with('ب') && !is_document(word))
            || word.starts_with("لل")
            || word.ends_with('ا')
            || Class::Identity.has(word)
            || reader.cue(at).is_some()
            || !matches!(reader.upos(at), Upos::Noun | Upos::Adj | Upos::Propn)
        {
            return Vec::new();
        }
        let last =
            (at..end.min(at + SOURCE_WORDS)).find(|&i| reader.is_punctuation(i) || is_preposition(reader.folded(i)));
        let words = at..last.unwrap_or(end.min(at + 2)).max(at + 1);
        if is_document(word) {
            let author = self.first_source(at + 1..end);
            if !author.is_empty() {
                return author;
            }
            if let Some(entity) =
                reader.folded(at + 1).strip_prefix("لل").and_then(|h| self.antecedent(h, at + 1, None))
            {
                let span = reader.text.tokens()[at + 1].span;
                return vec![Speaker { entity: Some(entity), span, resolution: SpeakerResolution::Title }];
            }
        }
        let resolution = if is_people(word) { SpeakerResolution::Anonymous } else { SpeakerResolution::Title };
        vec![Speaker { entity: None, span: reader.text.span_of(words), resolution }]
    }

    /// Whom the bare noun `head` at token `at` stands for: the latest voice or mention that begins with it, else
    /// whoever speaks, else for a body the latest one.
    pub(super) fn antecedent(&self, head: &str, at: usize, feminine: Option<bool>) -> Option<usize> {
        let reader = self.reader;
        // What is written or told is of no gender: `أفاد البيان` of a ministry.
        let feminine = if is_document(head) || head == "مصدر" { None } else { feminine };
        let voice = self.voices.iter().rev().filter_map(|v| v.entity).find(|&e| self.describes(head, e));
        let mentions = &reader.entities.mentions;
        let before = mentions.partition_point(|m| m.tokens.start < at);
        let recent = || mentions[..before].iter().rev().take(RECENT);
        voice
            .or_else(|| {
                let named = |m: &&Mention| {
                    reader.folded(m.tokens.start).trim_start_matches(['و', 'ل', 'ب']).trim_start_matches("ال") == head
                };
                recent().filter(|m| reader.speaks(m)).find(named).map(|m| m.entity)
            })
            .or_else(|| {
                let running = self.voices.last()?.entity?;
                (self.could_be(head, running) && self.agrees(Some(running), feminine)).then_some(running)
            })
            .or_else(|| {
                let body = |m: &&Mention| {
                    self.kind(m.entity) == Some(EntityType::Organization) && self.could_be(head, m.entity)
                };
                recent().take(RECENT / 4).find(body).map(|m| m.entity)
            })
    }

    /// Whether a name or title of `entity` begins with the noun `head`: `وزارة` for وزارة الصحة.
    pub(super) fn describes(&self, head: &str, entity: usize) -> bool {
        let entities = &self.reader.entities;
        entities.entities.get(entity).is_some_and(|e| {
            e.mentions.iter().filter_map(|&m| entities.mentions.get(m)).any(|m| {
                let first = self.reader.folded(m.tokens.start);
                first.trim_start_matches("ال") == head
                    || first.strip_prefix('و').is_some_and(|f| f.trim_start_matches("ال") == head)
            })
        })
    }

    /// Whether the noun `head` can stand for `entity` by its kind.
    fn could_be(&self, head: &str, entity: usize) -> bool {
        // `الشرطة`, `المسؤولون`: groups that nobody in particular speaks for.
        let group = Class::Group.has(head) || head.ends_with("ون") || head.ends_with("ات");
        let person = matches!(self.kind(entity), Some(EntityType::Person));
        is_document(head) || !group && (!Class::Body.has(head) || !person)
    }

    /// The speaker that stands right before a verb: `الوزير قال`, in headlines `الوزير: …`.
    pub(super) fn before(&self, cue: &Cue) -> Option<&'a Mention> {
        let reader = self.reader;
        let first = reader.text.sentence_of(cue.token).first_token as usize;
        let mut at = cue.token;
        let mut relative = false;
        for _ in 0..3 {
            at = at.checked_sub(1).filter(|&i| i >= first)?;
            if let Some(mention) = reader.mention(at) {
                let speaks =
                    reader.speaks(mention) || matches!(mention.kind, MentionType::Entity(EntityType::Geopolitical));
                let clitic = reader.clitics(mention);
                let opens = relative || self.opens_clause(mention, first) || self.had(mention, cue.token);
                return (speaks && opens && matches!(clitic, "" | "و" | "ف")).then_some(mention);
            }
            let word = reader.folded(at);
            // `الوزيرة التي قالت`.
            relative |= (word == "الذي" && cue.word.feminine == Some(false))
                || (word == "التي" && cue.word.feminine == Some(true));
            let between = matches!(word, "قد" | "لم" | "لا" | "ان" | ")" | "كان" | "هو") || Class::Adverb.has(word);
            if !(reader.is_mark(at) || between || relative) {
                return None;
            }
        }
        None
    }

    /// Whether `mention` ends the subject of `وكان … قد` before the verb at `verb`.
    fn had(&self, mention: &Mention, verb: usize) -> bool {
        let reader = self.reader;
        let first = reader.text.sentence_of(verb).first_token as usize;
        verb == mention.tokens.end + 1
            && reader.folded(mention.tokens.end) == "قد"
            && (first.max(verb.saturating_sub(HAD))..mention.tokens.start)
                .rev()
                .take_while(|&i| !reader.is_mark(i))
                .any(|i| matches!(reader.folded(i), "كان" | "وكان" | "كانت" | "وكانت"))
    }

    /// Whether a clause can begin with `mention` or the mentions that it goes on from; `first` opens the sentence.
    fn opens_clause(&self, mention: &Mention, first: usize) -> bool {
        let reader = self.reader;
        let Some(before) = mention.tokens.start.checked_sub(1).filter(|&b| b >= first) else { return true };
        reader.is_punctuation(before)
            || Class::Opener.has(reader.folded(before))
            || reader.mention(before).is_some_and(|m| m.entity == mention.entity)
    }

    /// The subject of the clause that a participle at `token` goes with.
    pub(super) fn main_subject(&self, token: usize, feminine: Option<bool>) -> Option<Speaker> {
        let reader = self.reader;
        let first = reader.text.sentence_of(token).first_token as usize;
        let verbs = reader.cues_in(first..token);
        // The nearest finite reporting verb, then the first speaker of the sentence.
        for verb in verbs.iter().rev().filter(|c| Reader::finite(c)).take(3) {
            let found = self.subject_after(verb.token, token.min(verb.token + WINDOW));
            if let Some(speaker) = found.into_iter().find(|s| self.agrees(s.entity, feminine)) {
                return Some(speaker);
            }
            if let Some(mention) = self.before(verb).filter(|m| self.agrees(Some(m.entity), feminine)) {
                return Some(self.speaker(mention));
            }
        }
        if verbs.first().is_some_and(|v| v.token <= first + 1 && Reader::finite(v)) {
            // `وتابع قائلا`: the main verb has no subject of its own.
            return None;
        }
        self.first_subject(first..token, feminine)
    }

    /// The first mention in `tokens` that can be a subject.
    fn first_subject(&self, tokens: Range<usize>, feminine: Option<bool>) -> Option<Speaker> {
        let reader = self.reader;
        let mut at = tokens.start;
        while at < tokens.end.min(tokens.start + 2 * WINDOW) {
            let Some(mention) = reader.mention(at) else {
                at += 1;
                continue;
            };
            let governed = at > tokens.start && is_preposition(reader.folded(at - 1));
            if reader.speaks(mention)
                && !governed
                && matches!(reader.clitics(mention), "" | "و" | "ف")
                && self.agrees(Some(mention.entity), feminine)
            {
                return self.joint(mention, mention.tokens.end).into_iter().next();
            }
            at = mention.tokens.end.max(at + 1);
        }
        None
    }

    /// For a verb without a subject where nobody whom it agrees with has spoken yet: the subject of the clause before it.
    pub(super) fn preceding_subject(&self, cue: &Cue) -> Option<Speaker> {
        if self.voices.iter().any(|voice| voice.agrees(cue.word.feminine)) {
            return None;
        }
        let text = self.reader.text;
        let sentence = text.tokens()[cue.token].sentence as usize;
        let here = text.sentences()[sentence].first_token as usize;
        self.first_subject(here..cue.token, cue.word.feminine).or_else(|| {
            let previous = text.sentences().get(sentence.checked_sub(1)?)?;
            self.first_subject(previous.tokens(), cue.word.feminine)
        })
    }

    /// The first speaker in `tokens`, whatever clitics it has: `لوزارة الصحة`, `عن مصدر`.
    pub(super) fn first_source(&self, tokens: Range<usize>) -> Vec<Speaker> {
        let reader = self.reader;
        let mut at = tokens.start;
        while at < tokens.end {
            if at > tokens.start && reader.is_comma(at) {
                break;
            }
            if let Some(mention) = reader.mention(at) {
                if reader.speaks(mention) {
                    return self.joint(mention, tokens.end);
                }
                at = mention.tokens.end.max(at + 1);
                continue;
            }
            at += 1;
        }
        Vec::new()
    }
}
