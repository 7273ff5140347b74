//! Candidate mentions, read from the end of the text to its beginning.
//!
//! Arabic names and titles begin with their head: `رئيس مجلس النواب الليبي`. Reading backwards, every complement is known
//! before the head that takes it, so that each head looks at its next few tokens only, and the stage is linear. Each
//! token keeps the best phrase that begins at it; [`super::tree`] then nests them.

use super::{
    EntityType, MentionType,
    gazetteer::{Class, Gazetteer, Hit},
    hosts::Host,
    lexicon::{HeadKind, Lexicon, Roles},
};
use crate::{
    morphology::{Source, Upos},
    text::{Text, TokenKind},
};

/// A candidate mention. It begins at the host of its first token.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub(super) kind: MentionType,
    /// Byte of the first token's normalized form where it begins, and what ل swallowed of it.
    pub(super) host: usize,
    pub(super) restored: &'static str,
    /// One past its last token.
    pub(super) end: usize,
    pub(super) source: Source,
    /// The gazetteer's entry that names the whole of it or, after a head, what the head is put before.
    pub(super) entry: Option<u32>,
    /// The token where the name proper begins: after the head of `حركة حماس`, else its first.
    pub(super) core: usize,
    /// Whether names of places inside are no mentions of their own.
    pub(super) closed: bool,
}

impl Phrase {
    /// Whether it names an entity of type `kind`.
    pub(super) fn names(&self, kind: EntityType) -> bool {
        self.kind == MentionType::Entity(kind)
    }

    /// Whether it names a place, an organisation or another thing that an office can belong to.
    pub(super) fn institution(&self) -> bool {
        matches!(self.kind, MentionType::Entity(kind) if kind != EntityType::Person && kind != EntityType::Group)
    }
}

/// What the name tables say of a token as part of a person's name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct NamePart {
    pub(super) given: bool,
    pub(super) family: bool,
    /// Whether every reading as a name is an everyday word too.
    pub(super) ambiguous: bool,
    pub(super) host: usize,
    pub(super) restored: &'static str,
}

impl NamePart {
    pub(super) fn any(self) -> bool {
        self.given || self.family
    }
}

/// What may be a mention, by the token that it begins at.
pub(super) struct Candidates {
    /// What the rules and tables speak for.
    pub(super) phrases: Vec<Option<Phrase>>,
    /// Known names that are everyday words too.
    pub(super) doubtful: Vec<Option<Phrase>>,
}

/// Everything that the rules look at, and the phrases found so far.
pub(super) struct Reader<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) hosts: &'a [Host<'a>],
    pub(super) lexicon: &'a Lexicon,
    pub(super) gazetteer: &'a Gazetteer,
    /// The best phrase that begins at each token.
    pub(super) phrases: Vec<Option<Phrase>>,
    pub(super) parts: Vec<NamePart>,
    /// The longest known person that begins at each token.
    pub(super) persons: Vec<Option<Hit>>,
    /// Names and nationalities that are everyday words too, for heads and prepositions before them.
    pub(super) doubtful: Vec<Option<Phrase>>,
    /// Whether the text writes إلي and حتي for إلى and حتى.
    pub(super) undotted: bool,
    /// Whether the text writes إلى, على or حتى as they should be, so that its علي is the name.
    dotted: bool,
    hits: Vec<Hit>,
}

impl<'a> Reader<'a> {
    /// Reads the candidates of `text`.
    pub(super) fn read(
        text: &'a Text<'a>,
        hosts: &'a [Host<'a>],
        lexicon: &'a Lexicon,
        gazetteer: &'a Gazetteer,
    ) -> Candidates {
        let count = hosts.len();
        let undotted = (0..count).any(|token| matches!(text.normalized(token), "إلي" | "الي" | "حتي"));
        let dotted = (0..count).any(|token| matches!(text.normalized(token), "إلى" | "على" | "حتى"));
        let mut reader = Self {
            text,
            hosts,
            lexicon,
            gazetteer,
            phrases: vec![None; count],
            parts: vec![NamePart::default(); count],
            persons: vec![None; count],
            doubtful: vec![None; count],
            undotted,
            dotted,
            hits: Vec::new(),
        };
        for token in (0..count).rev() {
            reader.read_at(token);
        }
        for (token, hit) in reader.persons.iter().enumerate() {
            if let Some(hit) = hit.as_ref().filter(|_| reader.doubtful[token].is_none()) {
                reader.doubtful[token] = Some(reader.phrase_of(token, hit, MentionType::Entity(EntityType::Person)));
            }
        }
        Candidates { phrases: reader.phrases, doubtful: reader.doubtful }
    }

    /// The phrase that `hit` at `at` makes.
    pub(super) fn phrase_of(&self, at: usize, hit: &Hit, kind: MentionType) -> Phrase {
        let deployment = self.gazetteer.entry(hit.entry).is_some_and(|entry| entry.deployment);
        Phrase {
            kind,
            host: hit.host_begin,
            restored: hit.restored,
            end: hit.tokens.end,
            source: if deployment { Source::Deployment } else { Source::Lexicon },
            entry: Some(hit.entry),
            core: at,
            closed: matches!(kind, MentionType::Entity(EntityType::Organization | EntityType::Person)),
        }
    }

    fn read_at(&mut self, at: usize) {
        if !self.hosts[at].word {
            self.phrases[at] = self.known(at);
            return;
        }
        self.read_work(at);
        let known = self.known(at);
        let title = self.title_at(at);
        let headed = self.headed_at(at, known.as_ref());
        let person = self.person_at(at, known.as_ref());
        // قصر قرطاج is a palace though the tables have it as a body
        let building =
            headed.as_ref().filter(|h| h.names(EntityType::Facility) && known.as_ref().is_some_and(|k| k.end == h.end));
        let known = if building.is_some() { None } else { known };
        // the longest; where equal, what the tables know before what the rules make of it
        let candidates = [known, self.station_at(at), headed, title, person];
        self.phrases[at] =
            candidates.into_iter().flatten().reduce(|best, next| if next.end > best.end { next } else { best });
    }

    /// The title of a work in quotation marks after its kind: فيلم «…».
    fn read_work(&mut self, at: usize) {
        let head = self.hosts[at].listed.head.filter(|head| head.kind == HeadKind::Quoted);
        let Some(head) = head else { return };
        let Some(end) = self.quoted_end(at + 1, self.sentence_end(at)) else { return };
        let inside = at + 2;
        self.phrases[inside] = Some(Phrase {
            kind: MentionType::Entity(head.entity),
            host: 0,
            restored: "",
            end: end - 1,
            source: Source::Rule,
            entry: None,
            core: inside,
            closed: true,
        });
    }

    /// What the gazetteer knows at `at`, persons and parts of names set aside for the rules of names.
    fn known(&mut self, at: usize) -> Option<Phrase> {
        let mut hits = std::mem::take(&mut self.hits);
        hits.clear();
        self.gazetteer.hits_at(self.text, at, &mut hits);
        hits.retain(|hit| !hit.tokens.is_empty());
        hits.sort_by_key(|hit| (usize::MAX - hit.tokens.end, hit.host_begin));
        let mut part: Option<NamePart> = None;
        let (mut best, mut doubtful): (Option<Phrase>, Option<Phrase>) = (None, None);
        for hit in &hits {
            let Some(entry) = self.gazetteer.entry(hit.entry) else { continue };
            match entry.class {
                Class::GivenName | Class::FamilyName => {
                    if hit.tokens.len() == 1 && part.is_none_or(|p| p.host == hit.host_begin) {
                        let p = part.get_or_insert(NamePart {
                            ambiguous: true,
                            host: hit.host_begin,
                            restored: hit.restored,
                            ..NamePart::default()
                        });
                        p.given |= entry.class == Class::GivenName;
                        p.family |= entry.class == Class::FamilyName;
                        p.ambiguous &= hit.ambiguous;
                    }
                }
                Class::Person => {
                    let better = self.persons[at]
                        .as_ref()
                        .is_none_or(|p| p.ambiguous && !hit.ambiguous && p.tokens == hit.tokens);
                    if better {
                        self.persons[at] = Some(hit.clone());
                    }
                }
                class => {
                    let phrase = self.phrase_of(at, hit, kind_of(class));
                    // وزارة المالية is of finance, not of Mali
                    let field =
                        phrase.kind == MentionType::Nationality && self.hosts[at].is(Roles::FIELD.and(Roles::COMMON));
                    // التقدم والاشتراكية: a doctrine, after a noun that it is no adjective of
                    let doctrine = phrase.kind == MentionType::Nationality
                        && self.hosts[at].proclitic == Some('و')
                        && matches!(self.hosts[at].stem, "اشتراكية" | "شيوعية" | "ليبرالية" | "علمانية" | "سلفية")
                        && at > 0
                        && self.hosts[at - 1].definite
                        && !self.hosts[at - 1].stem.ends_with('ة');
                    if field || doctrine {
                        continue;
                    }
                    let slot = if hit.ambiguous { &mut doubtful } else { &mut best };
                    let longer = slot.as_ref().is_none_or(|b| {
                        (phrase.end, rank(phrase.kind)) > (b.end, rank(b.kind))
                            && (phrase.end > b.end || phrase.host == b.host)
                    });
                    if longer {
                        *slot = Some(phrase);
                    }
                }
            }
        }
        // السعودية after a noun with the article is the adjective
        let after_noun = at > 0 && self.hosts[at - 1].definite && self.hosts[at - 1].word;
        if after_noun
            && self.hosts[at].stem.ends_with("ية")
            && self.hosts[at].begin == 0
            && let Some(country) = best.as_mut().filter(|b| b.end == at + 1 && b.names(EntityType::Geopolitical))
        {
            country.kind = MentionType::Nationality;
        }
        // تونس العاصمة
        if let Some(city) = best.as_mut().filter(|b| b.names(EntityType::Geopolitical)) {
            let capital = self.hosts.get(city.end).is_some_and(|h| h.definite && h.begin == 0 && h.stem == "عاصمة");
            if capital && city.end < self.sentence_end(at) && !self.nationality_follows(city.end + 1) {
                city.end += 1;
            }
        }
        // مدرب النصر جورجي جيسوس: no adjective of what has the article
        let foreigner = self.hosts[at].stem == "جورجي" && after_noun && !self.hosts[at].definite;
        if foreigner && self.hosts.get(at + 1).is_some_and(|next| next.word && !next.definite) {
            best = None;
        }
        self.hits = hits;
        self.parts[at] = part.unwrap_or_default();
        self.set_title_apart(at);
        if let Some(phrase) = doubtful.as_ref().filter(|d| best.as_ref().is_none_or(|b| d.end > b.end))
            && self.context_supports(at, phrase)
        {
            return doubtful;
        }
        self.doubtful[at] = doubtful;
        best
    }

    /// Where the tables have a person with a title, `الشيخ تميم بن حمد`, leaves the title to the rules of titles.
    fn set_title_apart(&mut self, at: usize) {
        let titled = |_: &mut Hit| self.hosts[at].listed.title.is_some();
        let Some(mut hit) = self.persons[at].take_if(titled) else { return };
        let name = at + 1;
        if hit.tokens.len() == 1 {
            return;
        }
        if self.hosts[name].begin > 0 || self.persons[name].as_ref().is_some_and(|p| p.tokens.end >= hit.tokens.end) {
            return;
        }
        (hit.tokens.start, hit.host_begin, hit.restored) = (name, 0, "");
        self.persons[name] = Some(hit);
        self.phrases[name] = self.person_after_title(name, self.sentence_end(name));
    }

    /// Whether the words before a doubtful name make it one.
    fn context_supports(&self, at: usize, phrase: &Phrase) -> bool {
        if self.stops(at) {
            return false;
        }
        let first = &self.hosts[at];
        let locative = phrase.host > 0 && self.text.normalized(at).get(..phrase.host).is_some_and(|c| c.ends_with('ب'));
        let before = at.checked_sub(1).map(|b| &self.hosts[b]);
        match phrase.kind {
            MentionType::Nationality => first.definite && before.is_some_and(|b| b.definite),
            MentionType::Entity(EntityType::Geopolitical | EntityType::Location) => {
                locative && first.upos != Upos::Noun || before.is_some_and(|b| b.is(Roles::DESCRIPTOR))
            }
            // a name of several words is rarely an accident, and what morphology does not know is mostly a name
            MentionType::Entity(_) => {
                phrase.end > at + 1 || first.upos == Upos::Propn && !first.definite || self.quoted(at, phrase.end)
            }
            MentionType::Title => false,
        }
    }

    /// One past the last token of the sentence of `at`.
    pub(super) fn sentence_end(&self, at: usize) -> usize {
        self.text.sentence_of(at).end_token as usize
    }

    /// Whether `at` is a token of the sentence that ends at `end`, a word, and without proclitics.
    pub(super) fn free_word(&self, at: usize, end: usize) -> bool {
        at < end && self.hosts[at].word && self.hosts[at].begin == 0
    }

    /// Whether `at` is one of `marks`.
    pub(super) fn mark(&self, at: usize, marks: &[&str]) -> bool {
        self.text.tokens().get(at).is_some_and(|t| t.kind == TokenKind::Punctuation)
            && marks.contains(&self.text.normalized(at))
    }

    /// Where a name in quotation marks that begin at `at` ends: one past the closing mark. At most six tokens inside.
    pub(super) fn quoted_end(&self, at: usize, end: usize) -> Option<usize> {
        let opening = ["«", "\"", "“", "”", "„"];
        if !self.mark(at, &opening) {
            return None;
        }
        let closing = ["»", "\"", "”", "“"];
        let stop = end.min(at + 8);
        (at + 2..stop)
            .find(|&i| self.mark(i, &closing))
            .map(|close| close + 1)
            .filter(|_| self.text.tokens()[at + 1].kind != TokenKind::Punctuation)
    }

    /// Whether the tokens from `at` to `end` stand in quotation marks of their own.
    fn quoted(&self, at: usize, end: usize) -> bool {
        at > 0 && self.mark(at - 1, &["«", "\"", "“", "”"]) && self.mark(end, &["»", "\"", "”", "“"])
    }

    /// Whether morphology takes the token for an everyday word.
    pub(super) fn everyday(&self, at: usize) -> bool {
        self.hosts[at].known && !matches!(self.hosts[at].upos, Upos::Propn | Upos::X)
    }

    /// Whether the word at `at` can be an adjective of a field: listed, or of the shape of one.
    pub(super) fn field_word(&self, at: usize) -> bool {
        let host = &self.hosts[at];
        let shaped = (host.stem.ends_with("ية") || host.stem.ends_with('ي'))
            && host.stem.chars().nth(3).is_some()
            && host.listed.title.is_none()
            && matches!(host.upos, Upos::Adj | Upos::X);
        shaped && host.definite && host.word || self.plain_adjective(at)
    }

    /// Whether the word at `at` is one of the adjectives that names have.
    pub(super) fn plain_adjective(&self, at: usize) -> bool {
        let host = &self.hosts[at];
        host.definite
            && host.word
            && host.is(Roles::NAME_ADJECTIVE.and(Roles::RANK_MODIFIER))
            && !host.is(Roles::STATUS)
    }

    /// Whether morphology takes the token for a word of a closed class, which no name has.
    pub(super) fn function_word(&self, at: usize) -> bool {
        use Upos::{Adp, Adv, Aux, Cconj, Det, Part, Pron, Sconj};
        matches!(self.hosts[at].upos, Adp | Adv | Aux | Cconj | Det | Part | Pron | Sconj) && !self.ali(at)
    }

    /// Whether علي is the name, before another, in a text that does not write ي for ى.
    fn ali(&self, at: usize) -> bool {
        self.text.normalized(at) == "علي"
            && !self.undotted
            && self.parts.get(at + 1).is_some_and(|next| next.any() && next.host == 0)
            && self.hosts[at + 1].word
            && (!self.hosts[at + 1].definite || self.dotted)
    }

    /// The phrase that begins at `at` without proclitics.
    pub(super) fn free_phrase(&self, at: usize, end: usize) -> Option<&Phrase> {
        self.phrases.get(at)?.as_ref().filter(|p| at < end && p.host == 0 && p.end <= end)
    }

    /// Whether an adjective at `at` agrees with a head: definite, and of the same gender.
    pub(super) fn agrees(&self, at: usize, feminine: bool) -> bool {
        let host = &self.hosts[at];
        host.definite && host.stem.ends_with('ة') == feminine || host.stem.ends_with("اء") && feminine
    }

    /// Whether the token is a nationality.
    pub(super) fn nationality(&self, at: usize) -> bool {
        let is = |p: &Option<Phrase>| p.as_ref().is_some_and(|p| p.kind == MentionType::Nationality && p.host == 0);
        // السعودية is both the country and its adjective
        let country =
            || self.phrases[at].as_ref().is_some_and(|p| p.end == at + 1 && p.host == 0 && self.is_country(p));
        is(&self.phrases[at])
            || is(&self.doubtful[at])
            || self.hosts[at].definite && self.hosts[at].stem.ends_with("ية") && country()
    }

    fn nationality_follows(&self, at: usize) -> bool {
        at < self.hosts.len() && self.nationality(at)
    }

    /// Whether `phrase` is a country by a name of the gazetteer.
    pub(super) fn is_country(&self, phrase: &Phrase) -> bool {
        phrase.entry.and_then(|entry| self.gazetteer.entry(entry)).is_some_and(|entry| entry.class == Class::Country)
    }

    /// Whether the token ends every name before it.
    pub(super) fn stops(&self, at: usize) -> bool {
        self.hosts[at].is(Roles::STOP)
    }
}

/// What an entry of `class` is mentioned as.
fn kind_of(class: Class) -> MentionType {
    MentionType::Entity(match class {
        Class::Person | Class::GivenName | Class::FamilyName => EntityType::Person,
        Class::Organization => EntityType::Organization,
        Class::Country | Class::Place => EntityType::Geopolitical,
        Class::Location => EntityType::Location,
        Class::Facility => EntityType::Facility,
        Class::Event => EntityType::Event,
        Class::Product => EntityType::Product,
        Class::Work => EntityType::Work,
        Class::Law => EntityType::Law,
        Class::Nationality => return MentionType::Nationality,
    })
}

/// Which of two readings of the same words is likelier, the larger.
fn rank(kind: MentionType) -> u8 {
    match kind {
        MentionType::Entity(EntityType::Geopolitical) => 9,
        MentionType::Entity(EntityType::Location) => 8,
        MentionType::Nationality => 7,
        MentionType::Entity(EntityType::Product) => 6,
        MentionType::Entity(EntityType::Organization) => 5,
        MentionType::Entity(_) => 3,
        MentionType::Title => 0,
    }
}
