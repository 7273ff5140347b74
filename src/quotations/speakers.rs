//! Who said it, for each kind of cue, and who goes on speaking where the text leaves the speaker out.

use super::{
    Speaker, SpeakerResolution,
    complement::Complement,
    grammar::Class,
    lexicon::Form,
    reader::{Cue, Reader},
    subjects::{HAD, SOURCE_WORDS, WINDOW},
};
use crate::{
    entities::{EntityType, Mention, MentionType},
    morphology::Upos,
    span::Span,
};

/// How many earlier speakers are remembered.
const MEMORY: usize = 8;

/// Somebody who has spoken and may speak on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Voice {
    pub(super) entity: Option<usize>,
    pub(super) span: Span,
    pub(super) feminine: Option<bool>,
}

impl Voice {
    /// Whether a verb of that gender can be theirs.
    pub(super) fn agrees(&self, feminine: Option<bool>) -> bool {
        !matches!((self.feminine, feminine), (Some(a), Some(b)) if a != b)
    }
}

/// The speakers of one quotation and who passed the words on.
#[derive(Clone, Debug, Default)]
pub(super) struct Attribution {
    pub(super) speakers: Vec<Speaker>,
    pub(super) relayed_by: Option<usize>,
}

/// Follows who speaks through the document.
pub(super) struct Speakers<'r, 'a> {
    pub(super) reader: &'r Reader<'a>,
    /// The latest last.
    pub(super) voices: Vec<Voice>,
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
            Form::Construct => {
                let speakers = self.reader.possessor(cue.token).map(|m| self.joint(m, m.tokens.end));
                Attribution { speakers: speakers.unwrap_or_default(), relayed_by: None }
            }
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
        let pronoun = match () {
            () if Class::HisWords.has(word) => Some(false),
            () if Class::HerWords.has(word) => Some(true),
            () => None,
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
                found = self.described(verb.token + 1..end, verb.word.feminine);
            }
            if found.is_empty() {
                found = self.voice_or(None, verb.word.feminine, SpeakerResolution::CarriedOver);
            }
            Attribution { speakers: found, relayed_by: None }
        } else {
            // `بحسب شهود … لقناة …`: people without a name, whoever they spoke to.
            let people = Class::People.has(word);
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
                let resolution = if people { SpeakerResolution::Anonymous } else { SpeakerResolution::Title };
                words.map(|span| Speaker { entity: None, span, resolution }).into_iter().collect()
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
        let mut feminine = cue.word.feminine;
        let relays = reader.folded(cue.token).contains("نقل");
        let passed_on = (cue.token + 1..end).find(|&i| reader.relays(i) && reader.folded(i + 1) == "عن");
        let mut named = self.subject_after(cue.token, end.min(cue.token + WINDOW));
        if let Some(from) = passed_on
            && let source @ [_, ..] = self.first_source(from + 2..end).as_slice()
        {
            // `ذكرت رويترز نقلا عن مصدر`.
            return Attribution { speakers: source.to_vec(), relayed_by: named.first().and_then(|s| s.entity) };
        }
        if relays && let Some(from) = (cue.token + 1..end).find(|&i| reader.folded(i) == "عن") {
            // `نقلت رويترز عن مصدر`: the agency passes on what the source said.
            let agency = named.first().and_then(|s| s.entity).or_else(|| self.before(cue).map(|m| m.entity));
            let mut source = self.first_source(from + 1..end);
            if source.is_empty() {
                source = self.described(from + 1..end, None);
            }
            if !source.is_empty() {
                return Attribution { speakers: source, relayed_by: agency };
            }
        }
        if named.is_empty() && matches!(reader.folded(cue.token + 1), "في" | "فى") && self.tells_place(cue) {
            // `جاء في بيان لوزارة …`, `جاء في البيان`.
            feminine = None;
            named = self.first_source(cue.token + 2..end);
            if named.is_empty() {
                named = self.described(cue.token + 2..end, None);
            }
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
            named = self.described(cue.token + 1..end, feminine);
        }
        if named.is_empty() {
            named = self.unnamed_before(cue, feminine);
        }
        if named.is_empty()
            && let Some(opener) = self.opening_subject(cue, feminine)
        {
            let resolution = SpeakerResolution::CarriedOver;
            named = vec![Speaker { resolution, ..opener }];
        }
        if named.is_empty() {
            let subject = self.preceding_subject(cue);
            named = self.voice_or(subject, feminine, SpeakerResolution::CarriedOver);
        }
        Attribution { speakers: named, relayed_by: None }
    }

    /// The subject that stands between كان and قد and is no mention: `وكانت وسائل إعلام قد أوردت`.
    fn unnamed_before(&self, cue: &Cue, feminine: Option<bool>) -> Vec<Speaker> {
        let reader = self.reader;
        let first = reader.text.sentence_of(cue.token).first_token as usize;
        let Some(end) = cue.token.checked_sub(1).filter(|&i| reader.folded(i) == "قد") else { return Vec::new() };
        let was = |&i: &usize| matches!(reader.folded(i), "كان" | "كانت" | "وكان" | "وكانت");
        let verb = (first.max(end.saturating_sub(HAD))..end).rev().find(was);
        verb.map_or_else(Vec::new, |verb| self.described(verb + 1..end, feminine))
    }

    /// Whom the verb that opens the sentence has for its subject, where nobody has spoken in it before `cue`: `ونوّه
    /// عضو المجلس بالخطة، وقال`.
    fn opening_subject(&self, cue: &Cue, feminine: Option<bool>) -> Option<Speaker> {
        let reader = self.reader;
        let sentence = reader.text.tokens()[cue.token].sentence;
        let first = reader.text.sentence_of(cue.token).first_token as usize;
        let silent = self.latest.as_ref().is_none_or(|(latest, _)| *latest != sentence);
        if !silent || !cue.coordinated || reader.upos(first) != Upos::Verb {
            return None;
        }
        let mention = reader.mention(first + 1).filter(|m| reader.clitics(m).is_empty())?;
        let person = matches!(mention.kind, MentionType::Title | MentionType::Entity(EntityType::Person));
        (person && mention.tokens.end < cue.token && self.agrees(Some(mention.entity), feminine))
            .then(|| self.joint(mention, mention.tokens.end).into_iter().next())
            .flatten()
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
        if subject.is_none()
            && let Some(speakers) = self.bare_subject(cue)
        {
            return Attribution { speakers, relayed_by: None };
        }
        Attribution { speakers: self.voice_or(subject, cue.word.feminine, SpeakerResolution::Named), relayed_by: None }
    }

    /// The noun right before a participle that is the subject of the verb before it: `نفاه المعتمد موضحا`.
    fn bare_subject(&self, cue: &Cue) -> Option<Vec<Speaker>> {
        let reader = self.reader;
        let noun = cue.token.checked_sub(1).filter(|&i| reader.folded(i).starts_with("ال"))?;
        let verb = noun.checked_sub(1)?;
        let subject = reader.mention(noun).is_none()
            && reader.upos(noun) == Upos::Noun
            && reader.upos(verb) == Upos::Verb
            && reader.sentence_end(verb) == reader.sentence_end(cue.token);
        // whoever spoke last is another
        let own = |speaker: Speaker| {
            let head = reader.folded(noun).trim_start_matches("ال");
            Speaker { entity: speaker.entity.filter(|&e| self.describes(head, e)), ..speaker }
        };
        subject.then(|| self.described(noun..cue.token, cue.word.feminine).into_iter().map(own).collect())
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

    /// `subject`, else the latest voice that agrees.
    pub(super) fn voice_or(
        &self,
        subject: Option<Speaker>,
        feminine: Option<bool>,
        as_: SpeakerResolution,
    ) -> Vec<Speaker> {
        if let Some(subject) = subject {
            let resolution = if as_ == SpeakerResolution::Named { subject.resolution } else { as_ };
            return vec![Speaker { resolution, ..subject }];
        }
        let voice = self.voices.iter().rev().find(|v| v.agrees(feminine));
        let resolution = if as_ == SpeakerResolution::Pronoun { as_ } else { SpeakerResolution::CarriedOver };
        voice.map(|v| Speaker { entity: v.entity, span: v.span, resolution }).into_iter().collect()
    }

    pub(super) fn agrees(&self, entity: Option<usize>, feminine: Option<bool>) -> bool {
        match (entity.and_then(|e| self.feminine(e)), feminine) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        }
    }
}
