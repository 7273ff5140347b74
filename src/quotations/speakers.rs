//! Who said it: the subject beside the cue, or the speaker carried over from what came before.

use std::ops::Range;

use super::{
    Speaker, SpeakerResolution,
    content::Complement,
    grammar::{is_adverb, is_preposition},
    lexicon::{Form, LEXICON},
    reader::{Cue, Reader},
};
use crate::{
    entities::{EntityType, Mention, MentionForm, MentionType},
    morphology::Upos,
    span::Span,
};

/// How many tokens after a verb its subject is sought in.
const WINDOW: usize = 40;
/// How many earlier speakers are remembered.
const MEMORY: usize = 8;
/// How many earlier mentions a bare description can stand for.
const RECENT: usize = 60;
/// How many words tell a source that is no entity.
const SOURCE_WORDS: usize = 4;
/// Speakers of one joint statement.
const JOINT: usize = 6;

/// Somebody who has spoken and may speak on.
#[derive(Clone, Copy, Debug)]
struct Voice {
    entity: Option<usize>,
    span: Span,
    feminine: Option<bool>,
}

/// The speakers of one quotation and who passed the words on.
#[derive(Clone, Debug, Default)]
pub(super) struct Attribution {
    pub(super) speakers: Vec<Speaker>,
    pub(super) relayed_by: Option<usize>,
}

/// Follows who speaks through the document.
pub(super) struct Speakers<'r, 'a> {
    reader: &'r Reader<'a>,
    /// The latest last.
    voices: Vec<Voice>,
    /// Sentence of the latest quotation and its attribution.
    latest: Option<(u32, Attribution)>,
}

impl<'r, 'a> Speakers<'r, 'a> {
    pub(super) fn new(reader: &'r Reader<'a>) -> Self {
        Self { reader, voices: Vec::new(), latest: None }
    }

    /// Who said what `cue` reports; its content begins at token `begin`.
    pub(super) fn of_cue(&mut self, cue: &Cue, complement: Complement) -> Attribution {
        let begin = complement.begin();
        let attribution = match cue.word.form {
            Form::Perfect | Form::Imperfect => self.of_verb(cue, begin),
            Form::Participle => self.of_participle(cue),
            Form::VerbalNoun => self.of_verbal_noun(cue),
            Form::According => Attribution::default(),
        };
        self.remember(cue.token, attribution)
    }

    /// Who is named by وفق at `token`, whose source begins at `source`.
    pub(super) fn of_source(&mut self, token: usize, source: usize) -> Attribution {
        let reader = self.reader;
        let end = reader.sentence_end(token).min(source + 16);
        let word = reader.folded(source);
        let word = if matches!(word, "ذات" | "نفس") { reader.folded(source + 1) } else { word };
        let same = (source..end.min(source + 3))
            .any(|i| matches!(reader.folded(i), "نفسه" | "نفسها" | "ذاته" | "ذاتها" | "ذات" | "نفس"));
        let pronoun = match word {
            "قوله" | "تعبيره" | "وصفه" | "كلامه" | "رايه" | "تصريحه" | "تصريحاته" | "روايته" => {
                Some(false)
            }
            "قولها" | "تعبيرها" | "وصفها" | "كلامها" | "رايها" | "تصريحها" | "تصريحاتها" => {
                Some(true)
            }
            _ => None,
        };
        let attribution = if let Some(feminine) = pronoun {
            let subject = self.main_subject(token, Some(feminine));
            Attribution {
                speakers: self.voice_or(subject, Some(feminine), SpeakerResolution::Pronoun),
                relayed_by: None,
            }
        } else if let Some(verb) =
            (source..end.min(source + 4)).find_map(|i| reader.cue(i)).filter(|c| Reader::finite(c))
        {
            let mut found = self.subject_after(verb.token, end);
            if found.is_empty() {
                found = self.voice_or(None, verb.word.feminine, SpeakerResolution::CarriedOver);
            }
            Attribution { speakers: found, relayed_by: None }
        } else {
            // `بحسب شهود … لقناة …`: people without a name, whoever they spoke to.
            let people = matches!(word, "شهود" | "مصدر" | "مصادر" | "خبراء" | "محللين" | "مسؤول" | "مسؤولين" | "شاهد");
            let described = ["لل", "ال"]
                .iter()
                .find_map(|article| word.strip_prefix(article))
                .filter(|_| reader.mention(source).is_none());
            let antecedent = described.filter(|_| !same).and_then(|head| self.antecedent(head, source, None));
            let span = reader.text.tokens()[source].span;
            let named = if let Some(entity) = antecedent {
                vec![Speaker { entity: Some(entity), span, resolution: SpeakerResolution::Title }]
            } else if people && reader.mention(source).is_none() {
                Vec::new()
            } else {
                self.first_source(source..end)
            };
            let speakers = if !named.is_empty() {
                named
            } else if same || word.starts_with("ال") {
                self.voice_or(None, None, SpeakerResolution::CarriedOver)
            } else {
                // The words name somebody who is no entity: `بحسب مصادر طبية`.
                let last = (source..end)
                    .take(SOURCE_WORDS)
                    .find(|&i| reader.is_punctuation(i))
                    .unwrap_or(end.min(source + SOURCE_WORDS));
                let words = reader.trimmed(source..last).map(|t| reader.text.span_of(t));
                words
                    .map(|span| Speaker { entity: None, span, resolution: SpeakerResolution::Title })
                    .into_iter()
                    .collect()
            };
            Attribution { speakers, relayed_by: None }
        };
        self.remember(token, attribution)
    }

    /// Who speaks in marks without a cue: whoever spoke last.
    pub(super) fn of_marks(&mut self, token: usize) -> Attribution {
        let speakers = self.voice_or(None, None, SpeakerResolution::CarriedOver);
        self.remember(token, Attribution { speakers, relayed_by: None })
    }

    /// The speaker of a headline `X: …`.
    pub(super) fn of_mention(&mut self, mention: &Mention) -> Attribution {
        let speakers = self.joint(mention, mention.tokens.end);
        self.remember(mention.tokens.start, Attribution { speakers, relayed_by: None })
    }

    fn remember(&mut self, token: usize, attribution: Attribution) -> Attribution {
        for speaker in &attribution.speakers {
            let feminine = speaker.entity.and_then(|e| self.feminine(e));
            self.voices.retain(|v| v.entity.is_none() || v.entity != speaker.entity);
            self.voices.push(Voice { entity: speaker.entity, span: speaker.span, feminine });
            if self.voices.len() > MEMORY {
                self.voices.remove(0);
            }
        }
        self.latest = Some((self.reader.text.tokens()[token].sentence, attribution.clone()));
        attribution
    }

    fn feminine(&self, entity: usize) -> Option<bool> {
        self.reader.entities.entities.get(entity).and_then(|e| e.agreement.feminine)
    }

    fn of_verb(&self, cue: &Cue, begin: usize) -> Attribution {
        let reader = self.reader;
        let end = if begin > cue.token { begin } else { reader.sentence_end(cue.token) };
        let relays = reader.folded(cue.token).contains("نقل");
        let mut named = self.subject_after(cue.token, end.min(cue.token + WINDOW));
        if relays && let Some(from) = (cue.token + 1..end).find(|&i| reader.folded(i) == "عن") {
            // `نقلت رويترز عن مصدر`: the agency passes on what the source said.
            let agency = named.first().and_then(|s| s.entity).or_else(|| self.before(cue).map(|m| m.entity));
            let source = self.first_source(from + 1..end);
            if !source.is_empty() {
                return Attribution { speakers: source, relayed_by: agency };
            }
        }
        if named.is_empty() && matches!(reader.folded(cue.token + 1), "في" | "فى") && self.tells_place(cue) {
            // `جاء في بيان لوزارة …`.
            named = self.first_source(cue.token + 2..end);
        }
        // A subject that comes first: in headlines what follows the verb is its object: `الوفد يدعو سوريا إلى …`.
        let first = named.is_empty() || cue.word.form == Form::Imperfect;
        if first
            && !cue.coordinated
            && let Some(mention) = self.before(cue)
        {
            named = self.joint(mention, cue.token);
        }
        if named.is_empty() {
            named = self.described(cue, end);
        }
        if named.is_empty() {
            let subject = self.preceding_subject(cue);
            named = self.voice_or(subject, cue.word.feminine, SpeakerResolution::CarriedOver);
        }
        Attribution { speakers: named, relayed_by: None }
    }

    fn of_participle(&self, cue: &Cue) -> Attribution {
        let sentence = self.reader.text.tokens()[cue.token].sentence;
        if let Some((latest, attribution)) = &self.latest
            && *latest == sentence
            && !attribution.speakers.is_empty()
        {
            let speakers = attribution
                .speakers
                .iter()
                .map(|s| Speaker { resolution: SpeakerResolution::CarriedOver, ..*s })
                .filter(|s| self.agrees(s.entity, cue.word.feminine))
                .collect::<Vec<_>>();
            if !speakers.is_empty() {
                return Attribution { speakers, relayed_by: attribution.relayed_by };
            }
        }
        let subject = self.main_subject(cue.token, cue.word.feminine);
        Attribution { speakers: self.voice_or(subject, cue.word.feminine, SpeakerResolution::Named), relayed_by: None }
    }

    fn of_verbal_noun(&self, cue: &Cue) -> Attribution {
        let reader = self.reader;
        let first = reader.text.sentence_of(cue.token).first_token as usize;
        let relay = reader.cues_in(first..cue.token).iter().rev().find(|c| reader.folded(c.token).contains("نقل"));
        if let Some(relay) = relay
            && let Some(from) = (relay.token + 1..cue.token).find(|&i| reader.folded(i) == "عن")
        {
            let agency = self.subject_after(relay.token, from).first().and_then(|s| s.entity);
            let mut source = self.first_source(from + 1..cue.token);
            for speaker in &mut source {
                speaker.resolution = SpeakerResolution::Pronoun;
            }
            if !source.is_empty() {
                return Attribution { speakers: source, relayed_by: agency };
            }
        }
        let mut attribution = self.of_participle(cue);
        for speaker in &mut attribution.speakers {
            speaker.resolution = SpeakerResolution::Pronoun;
        }
        attribution
    }

    /// The subject that stands between a verb at `verb` and token `end`, with those joined to it.
    fn subject_after(&self, verb: usize, end: usize) -> Vec<Speaker> {
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
            } else if reader.is_comma(at) || is_adverb(word) || word == ")" {
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
    fn joint(&self, mention: &Mention, end: usize) -> Vec<Speaker> {
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
            (MentionType::Title, _) | (_, MentionForm::Nominal) => SpeakerResolution::Title,
            _ => SpeakerResolution::Named,
        };
        Speaker { entity: Some(mention.entity), span: mention.span, resolution }
    }

    /// Whether `cue` tells where something stands written: `جاء في`, `ورد في`.
    fn tells_place(&self, cue: &Cue) -> bool {
        ["جاء", "ورد"].iter().any(|verb| self.reader.folded(cue.token).contains(verb))
    }

    /// A subject that is no mention: a bare description of somebody the text has named (`المتحدث`, `الوزارة`), a
    /// document with its author (`بيان للوزارة`), or somebody who is no entity (`محللون`).
    fn described(&self, cue: &Cue, end: usize) -> Vec<Speaker> {
        let reader = self.reader;
        let skipped = |i: usize| {
            is_time(reader.folded(i))
                || is_adverb(reader.folded(i))
                || reader.is_comma(i)
                || matches!(reader.folded(i), "نفس" | "ذات")
        };
        let Some(at) = (cue.token + 1..end.min(cue.token + 5)).find(|&i| !skipped(i)) else { return Vec::new() };
        if reader.mention(at).is_some() || reader.is_punctuation(at) {
            return Vec::new();
        }
        let word = reader.folded(at);
        let span = reader.text.tokens()[at].span;
        if let Some(head) = word.strip_prefix("ال").filter(|h| h.len() >= 4) {
            if let Some(entity) = self.antecedent(head, at, cue.word.feminine) {
                return vec![Speaker { entity: Some(entity), span, resolution: SpeakerResolution::Title }];
            }
        } else if word == "ضيف" {
            // `قال ضيف البرنامج`: whoever speaks.
            let guest =
                self.voices.last().filter(|v| v.entity.is_some_and(|e| self.kind(e) == Some(EntityType::Person)));
            if let Some(voice) = guest {
                return vec![Speaker { entity: voice.entity, span, resolution: SpeakerResolution::Title }];
            }
        } else if is_preposition(word)
            || word.starts_with('ب')
            || word.starts_with("لل")
            || word.ends_with('ا')
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
        vec![Speaker { entity: None, span: reader.text.span_of(words), resolution: SpeakerResolution::Title }]
    }

    /// Whom the bare noun `head` at token `at` stands for: the latest voice or mention that begins with it, else
    /// whoever speaks, else for a body the latest one.
    fn antecedent(&self, head: &str, at: usize, feminine: Option<bool>) -> Option<usize> {
        let reader = self.reader;
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
    fn describes(&self, head: &str, entity: usize) -> bool {
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
        let body = matches!(
            head,
            "وزارة"
                | "حركة"
                | "حزب"
                | "منظمة"
                | "شركة"
                | "هيئة"
                | "جمعية"
                | "حكومة"
                | "مؤسسة"
                | "لجنة"
                | "صحيفة"
                | "وكالة"
                | "اتحاد"
                | "تنظيم"
                | "نقابة"
                | "مجلس"
                | "جماعة"
                | "نادي"
                | "بنك"
                | "جامعة"
                | "سفارة"
                | "بلاغ"
                | "بيان"
                | "موقع"
                | "قناة"
                | "مركز"
                | "دراسة"
                | "رئاسة"
        );
        // `الشرطة`, `المسؤولون`: groups that nobody in particular speaks for.
        let group = matches!(head, "شرطة" | "سلطات" | "حكومة" | "معارضة" | "مصادر")
            || head.ends_with("ون")
            || head.ends_with("ات");
        let person = matches!(self.kind(entity), Some(EntityType::Person));
        is_document(head) || !group && (!body || !person)
    }

    /// The speaker that stands right before a verb: `الوزير قال`, in headlines `الوزير: …`.
    fn before(&self, cue: &Cue) -> Option<&'a Mention> {
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
                let opens = relative || self.opens_clause(mention, first);
                return (speaks && opens && matches!(clitic, "" | "و" | "ف")).then_some(mention);
            }
            let word = reader.folded(at);
            // `الوزيرة التي قالت`.
            relative |= (word == "الذي" && cue.word.feminine == Some(false))
                || (word == "التي" && cue.word.feminine == Some(true));
            let between = matches!(word, "قد" | "لم" | "لا" | "ان" | ")" | "كان" | "هو") || is_adverb(word);
            if !(reader.is_mark(at) || between || relative) {
                return None;
            }
        }
        None
    }

    /// Whether a clause can begin with `mention` or the mentions that it goes on from; `first` opens the sentence.
    fn opens_clause(&self, mention: &Mention, first: usize) -> bool {
        let reader = self.reader;
        let Some(before) = mention.tokens.start.checked_sub(1).filter(|&b| b >= first) else { return true };
        let opener =
            ["كان", "وكان", "كانت", "وكانت", "لكن", "ولكن", "ان", "فان", "بان", "و", "فيما", "بينما", "كما", "اما"];
        reader.is_punctuation(before)
            || opener.contains(&reader.folded(before))
            || reader.mention(before).is_some_and(|m| m.entity == mention.entity)
    }

    /// The subject of the clause that a participle at `token` goes with.
    fn main_subject(&self, token: usize, feminine: Option<bool>) -> Option<Speaker> {
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

    /// For a verb without a subject where nobody has spoken yet: the subject of the clause before it.
    fn preceding_subject(&self, cue: &Cue) -> Option<Speaker> {
        if !self.voices.is_empty() {
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

    /// `subject`, else the latest voice that agrees.
    fn voice_or(&self, subject: Option<Speaker>, feminine: Option<bool>, as_: SpeakerResolution) -> Vec<Speaker> {
        if let Some(subject) = subject {
            let resolution = if as_ == SpeakerResolution::Named { subject.resolution } else { as_ };
            return vec![Speaker { resolution, ..subject }];
        }
        let voice = self.voices.iter().rev().find(|v| match (v.feminine, feminine) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        });
        let resolution = if as_ == SpeakerResolution::Pronoun { as_ } else { SpeakerResolution::CarriedOver };
        voice.map(|v| Speaker { entity: v.entity, span: v.span, resolution }).into_iter().collect()
    }

    fn agrees(&self, entity: Option<usize>, feminine: Option<bool>) -> bool {
        match (entity.and_then(|e| self.feminine(e)), feminine) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        }
    }

    /// The first speaker in `tokens`, whatever clitics it has: `لوزارة الصحة`, `عن مصدر`.
    fn first_source(&self, tokens: Range<usize>) -> Vec<Speaker> {
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

/// Whether the folded noun is something written that speaks for its author.
fn is_document(word: &str) -> bool {
    let bare = word.strip_prefix("ال").unwrap_or(word);
    matches!(
        bare,
        "بيان"
            | "بلاغ"
            | "تقرير"
            | "رسالة"
            | "تدوينة"
            | "منشور"
            | "دراسة"
            | "مذكرة"
            | "وثيقة"
            | "تصريح"
            | "نص"
    )
}

/// Whether the folded noun tells when and is no subject: `قال نهاية الأسبوع إن …`.
fn is_time(word: &str) -> bool {
    matches!(
        word,
        "نهاية"
            | "بداية"
            | "منتصف"
            | "مطلع"
            | "اواخر"
            | "اوائل"
            | "الاسبوع"
            | "الشهر"
            | "العام"
            | "السنة"
            | "شهر"
            | "عام"
            | "سنة"
            | "حينها"
            | "انذاك"
            | "وقتها"
    )
}
