//! Names that begin with a common noun: وزارة الخارجية, حركة «حماس», مطار بيروت, كأس العالم.

use super::{
    EntityType, MentionType,
    lexicon::{HeadKind, HeadWord, Roles},
    phrases::{Phrase, Reader},
};
use crate::{
    morphology::{Source, Upos},
    text::TokenKind,
};

/// The longest name in tokens.
const LONGEST: usize = 12;

/// What a name is being built of.
struct Name {
    head: HeadWord,
    feminine: bool,
    definite: bool,
    end: usize,
    core: usize,
    entry: Option<u32>,
    /// How much speaks for a name: more than a plain noun phrase has.
    evidence: u8,
    /// Whether a nationality is among its adjectives.
    national: bool,
}

impl Reader<'_> {
    /// The name that the head noun at `at` begins; `known` is the gazetteer's at the same place.
    pub(super) fn headed_at(&self, at: usize, known: Option<&Phrase>) -> Option<Phrase> {
        let host = &self.hosts[at];
        let head = self.head_word(at)?;
        if host.suffix != super::hosts::Suffix::None {
            return None;
        }
        let limit = self.sentence_end(at).min(at + LONGEST);
        let mut name = Name {
            head,
            feminine: host.feminine(),
            definite: host.definite,
            end: at + 1,
            core: at,
            entry: None,
            evidence: 0,
            national: false,
        };
        let whole = known.filter(|k| k.end > at + 1 && k.host == host.begin && k.institution());
        if let Some(known) = whole {
            // حزب الله goes on with an adjective at most: not with the name that follows
            (name.end, name.entry, name.evidence) = (known.end, known.entry, 2);
            self.adjectives(&mut name, limit);
            if name.national && head.kind != HeadKind::Private {
                // وزارة الداخلية العراقية is not what the tables know as وزارة الداخلية
                name.entry = None;
            }
        } else if host.definite {
            if matches!(head.kind, HeadKind::Quoted | HeadKind::Placed) {
                return None;
            }
            self.adjectives(&mut name, limit);
            if name.end == at + 1 {
                return None;
            }
            self.purpose(&mut name, limit);
        } else {
            if head.kind == HeadKind::Service {
                return None;
            }
            self.complement(&mut name, limit)?;
            self.adjectives(&mut name, limit);
            if head.kind == HeadKind::Public {
                self.purpose(&mut name, limit);
            }
        }
        if matches!(head.kind, HeadKind::Public)
            && whole.is_none()
            && name.definite
            && matches!(head.entity, EntityType::Organization | EntityType::Facility)
        {
            self.seat(&mut name, limit);
        }
        if head.entity == EntityType::Event || head.entity == EntityType::Law {
            self.number(&mut name, limit);
        }
        if name.evidence == 0 || matches!(head.kind, HeadKind::Weak) && name.evidence < 2 {
            return None;
        }
        Some(Phrase {
            kind: MentionType::Entity(head.entity),
            host: host.begin,
            restored: host.restored,
            end: name.end,
            source: if whole.is_some_and(|k| k.end == name.end) { Source::Lexicon } else { Source::Rule },
            entry: name.entry,
            core: name.core,
            closed: matches!(head.kind, HeadKind::Private | HeadKind::Club),
        })
    }

    /// The head word at `at`. الملعب with the adjective of a town is a club and no stadium.
    fn head_word(&self, at: usize) -> Option<HeadWord> {
        let host = &self.hosts[at];
        let head = host.listed.head?;
        let club =
            host.stem == "ملعب" && host.definite && at + 1 < self.sentence_end(at) && self.town_adjective(at + 1);
        Some(if club { HeadWord { entity: EntityType::Organization, kind: HeadKind::Club } } else { head })
    }

    /// Whether the word at `at` has the shape of an adjective that a town or country makes: النابلي.
    fn town_adjective(&self, at: usize) -> bool {
        let host = &self.hosts[at];
        let shaped = host.stem.ends_with('ي') || host.stem.ends_with("ية");
        let common = host.is(Roles::NAME_ADJECTIVE.and(Roles::RANK_MODIFIER).and(Roles::STATUS).and(Roles::COMMON));
        host.definite && host.bare() && shaped && host.stem.chars().nth(3).is_some() && !common && !self.stops(at)
    }

    /// A radio station: a word before the letters of FM, one of them or all in quotation marks.
    pub(super) fn station_at(&self, at: usize) -> Option<Phrase> {
        let limit = self.sentence_end(at).min(at + 5);
        let quote = usize::from(self.mark(at + 1, &["\"", "«", "“"]));
        let letters = at + 1 + quote;
        let fm = letters + 1 < limit && self.text.folded(letters) == "اف" && self.text.folded(letters + 1) == "ام";
        let host = &self.hosts[at];
        fm.then(|| Phrase {
            kind: MentionType::Entity(EntityType::Organization),
            host: host.begin,
            restored: host.restored,
            end: limit.min(letters + 2 + quote),
            source: Source::Rule,
            entry: None,
            core: at,
            closed: true,
        })
    }

    /// What an indefinite head is put before: a name in marks, a known name, nouns with the article.
    fn complement(&self, name: &mut Name, limit: usize) -> Option<()> {
        let at = name.end;
        let quoted = self.quoted_end(at, limit);
        if name.head.kind == HeadKind::Quoted {
            return None;
        }
        if let Some(end) = quoted {
            name.core = at + 1;
            let inside = self.phrases[at + 1].as_ref().or(self.doubtful[at + 1].as_ref());
            name.entry = inside.filter(|p| p.end + 1 == end).and_then(|p| p.entry);
            (name.end, name.evidence) = (end, 2);
            return Some(());
        }
        let year = |i: usize| self.text.tokens()[i].kind == TokenKind::Number && self.text.normalized(i).len() == 4;
        if name.head.entity == EntityType::Event && at < limit && year(at) {
            name.evidence = 2;
            return Some(());
        }
        if !self.free_word(at, limit) {
            if self.text.tokens().get(at).is_some_and(|t| t.kind == TokenKind::Foreign) && at < limit {
                let mut end = at + 1;
                while end < limit && self.text.tokens()[end].kind == TokenKind::Foreign {
                    end += 1;
                }
                name.core = at;
                (name.end, name.evidence) = (end, 2);
                return Some(());
            }
            return None;
        }
        let doubtful = self.doubtful[at].as_ref().filter(|p| p.host == 0 && p.names(name.head.entity));
        if let Some(phrase) = self.free_phrase(at, limit).or(doubtful) {
            let same = phrase.names(name.head.entity) || name.head.kind == HeadKind::Private;
            match phrase.kind {
                MentionType::Entity(EntityType::Person)
                    if name.head.kind == HeadKind::Weak && name.head.entity == EntityType::Organization =>
                {
                    return None;
                }
                // مستقبل المرسى is a club, مستقبل تونس is not
                MentionType::Entity(kind) if name.head.kind == HeadKind::Club => {
                    let town = kind == EntityType::Geopolitical && !self.is_country(phrase);
                    if !town {
                        return None;
                    }
                    (name.end, name.evidence) = (phrase.end, 2);
                    return Some(());
                }
                // موقع فيسبوك is about the product; only the rules of its name speak
                MentionType::Entity(EntityType::Product) if name.head.entity == EntityType::Organization => {
                    return None;
                }
                MentionType::Title => return None,
                MentionType::Nationality if self.hosts[at].definite => {}
                MentionType::Nationality => return None,
                MentionType::Entity(_) => {
                    if same || name.head.entity == EntityType::Geopolitical {
                        name.entry = phrase.entry;
                        name.core = at;
                    }
                    (name.end, name.evidence) = (phrase.end, 2);
                    return Some(());
                }
            }
        }
        let host = &self.hosts[at];
        if name.head.kind == HeadKind::Club {
            return None;
        }
        if self.stops(at) || host.is(Roles::STATUS) && !host.is(Roles::FIELD.and(Roles::NAME_ADJECTIVE)) {
            return None;
        }
        if name.head.entity == EntityType::Geopolitical || name.head.kind == HeadKind::Placed {
            return None;
        }
        if host.definite && host.is(Roles::COMMON) && name.head.kind != HeadKind::Public {
            return None;
        }
        if host.definite {
            name.evidence = 1;
            name.end += 1;
            self.coordinated(name, limit);
            return Some(());
        }
        // one noun without the article between the head and what is definite: مجلس نواب الشعب, حزب نداء تونس
        let next = at + 1;
        let noun = matches!(host.upos, Upos::Noun | Upos::Propn | Upos::X | Upos::Adj)
            && host.listed.title.is_none_or(|t| t.plural);
        if noun && self.free_word(next, limit) && !self.stops(next) {
            let named = self.free_phrase(next, limit).filter(|p| p.institution());
            if let Some(phrase) = named {
                (name.end, name.evidence) = (phrase.end, 2);
                name.core = if name.head.kind == HeadKind::Private { at } else { name.core };
                return Some(());
            }
            if self.hosts[next].definite && !self.hosts[next].is(Roles::STATUS) {
                (name.end, name.evidence) = (next + 1, 1 + u8::from(name.head.kind == HeadKind::Public));
                self.coordinated(name, limit);
                return Some(());
            }
        }
        if host.upos == Upos::Propn {
            name.core = at;
            name.end += 1;
            name.evidence = 2;
            while self.free_word(name.end, limit)
                && self.hosts[name.end].upos == Upos::Propn
                && !self.hosts[name.end].definite
                && name.end < at + 3
                && self.phrases[name.end].is_none()
            {
                name.end += 1;
            }
            return Some(());
        }
        None
    }

    /// A second field after و: وزارة التنمية والاستثمار والتعاون الدولي.
    fn coordinated(&self, name: &mut Name, limit: usize) {
        if name.head.kind != HeadKind::Public {
            return;
        }
        loop {
            while name.end < limit
                && self.hosts[name.end].bare()
                && self.field_word(name.end)
                && !self.nationality(name.end)
                && self.coordinated_follows(name.end + 1, limit)
            {
                name.end += 1;
            }
            if !self.coordinated_follows(name.end, limit) {
                break;
            }
            name.end += 1;
        }
    }

    fn coordinated_follows(&self, at: usize, limit: usize) -> bool {
        at < limit && {
            let host = &self.hosts[at];
            // another noun of the field, not another body: هيئة الحقيقة والكرامة
            let noun = host.is(Roles::FIELD)
                || matches!(host.upos, Upos::Noun | Upos::X)
                    && host.listed.title.is_none()
                    && host.listed.head.is_none();
            let single = |p: &Phrase| match p.kind {
                MentionType::Entity(EntityType::Geopolitical) | MentionType::Nationality => true,
                MentionType::Entity(EntityType::Person) => host.is(Roles::FIELD),
                _ => false,
            };
            let other = |p: &Phrase| !single(p) || p.end > at + 1;
            host.word
                && host.proclitic == Some('و')
                && host.definite
                && noun
                && !self.phrases[at].as_ref().is_some_and(other)
        }
    }

    /// Adjectives with the article: nationalities and those that names have.
    fn adjectives(&self, name: &mut Name, limit: usize) {
        let first = name.end;
        while name.end < limit && name.end < first + 4 && self.hosts[name.end].word && self.hosts[name.end].bare() {
            let at = name.end;
            let host = &self.hosts[at];
            if self.stops(at) || !host.definite {
                break;
            }
            let nationality = self.nationality(at) || name.head.kind == HeadKind::Club && self.town_adjective(at);
            // after a complement an adjective may belong to either noun; after the head alone it must agree
            let fits = !name.definite || self.agrees(at, name.feminine);
            if !(nationality || self.plain_adjective(at)) || !fits {
                break;
            }
            name.evidence += if nationality { 2 } else { 1 };
            name.national |= nationality;
            name.end += 1;
        }
    }

    /// What a body is for, with ل: المعهد الوطني للإحصاء, الجامعة التونسية لكرة القدم.
    fn purpose(&self, name: &mut Name, limit: usize) {
        let at = name.end;
        if at >= limit || name.head.entity != EntityType::Organization {
            return;
        }
        let host = &self.hosts[at];
        if !host.word || host.proclitic != Some('ل') || host.listed.title.is_some_and(|t| !t.plural) || self.stops(at)
        {
            return;
        }
        if self.phrases[at].is_some() && !host.is(Roles::FIELD) {
            return;
        }
        if host.definite {
            name.end += 1;
        } else if self.free_word(at + 1, limit) && self.hosts[at + 1].definite {
            name.end += 2;
        } else {
            return;
        }
        name.evidence += 1;
        self.coordinated(name, limit);
        self.adjectives(name, limit);
    }

    /// The town that tells one local body from others, after ب: المحكمة الابتدائية بتونس.
    fn seat(&self, name: &mut Name, limit: usize) {
        let at = name.end;
        let town = self
            .phrases
            .get(at)
            .and_then(Option::as_ref)
            .filter(|p| at < limit && p.names(EntityType::Geopolitical) && p.host > 0);
        if let Some(town) = town.filter(|p| p.end <= limit && self.hosts[at].proclitic == Some('ب') && !name.national)
        {
            name.end = town.end;
        }
    }

    /// The year or number of an event or a law: كأس العالم 2022, قانون المالية لسنة 2017.
    fn number(&self, name: &mut Name, limit: usize) {
        let at = name.end;
        let number = |i: usize| i < limit && self.text.tokens()[i].kind == TokenKind::Number;
        if number(at) && self.text.normalized(at).len() == 4 {
            name.end += 1;
        } else if at < limit && matches!(self.hosts[at].stem, "لسنة" | "سنة" | "عام" | "رقم" | "عدد") && number(at + 1)
        {
            name.end += 2;
        }
    }
}
