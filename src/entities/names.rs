//! Persons' names: runs of given and family names, particles and unknown words.

use super::{
    EntityType, MentionType,
    hosts::Suffix,
    lexicon::{Roles, TitleClass},
    phrases::{NamePart, Phrase, Reader},
};
use crate::{
    morphology::{Source, Upos},
    text::TokenKind,
};

/// The longest name in tokens: أبو بكر محمد بن عبد الله آل ثاني.
const LONGEST: usize = 9;

impl Reader<'_> {
    /// The person's name that begins at `at`, if the tables of names or a word that introduces names speak for it.
    pub(super) fn person_at(&self, at: usize, other: Option<&Phrase>) -> Option<Phrase> {
        let end = self.sentence_end(at);
        let run = self.run(at, end)?;
        let part = self.parts[at];
        let known = self.persons[at].as_ref();
        // a nationality, a country or a town does not begin a name of which the tables know nothing
        let barred = known.is_none()
            && (other.is_some_and(|p| {
                !part.given
                    || p.kind == MentionType::Nationality
                    || p.end > at + 1
                    || self.is_country(p)
                    || self.visited(at, p)
            }) || self.hosts[at].definite && !part.given && run.length > 1);
        // ليون is a town and not ل and يون; السيرة is a noun
        let whole = |p: &Phrase| p.host < run.host && p.end >= run.end;
        let cut = other.or(self.doubtful[at].as_ref()).is_some_and(whole);
        let noun =
            self.hosts[at].definite && (self.everyday(at) && known.is_none() || self.text.folded(at).ends_with("الله"));
        // عهد باراك أوباما: an everyday word before a known person
        let next = self.persons.get(at + 1).and_then(Option::as_ref);
        let before_known = known.is_none()
            && part.ambiguous
            && self.everyday(at)
            && next.is_some_and(|hit| hit.host_begin == 0 && (hit.tokens.len() > 1 || !self.everyday(at + 1)));
        let divine = self.text.folded(at) == "اسماء" && at + 1 < end && self.text.folded(at + 1) == "الله";
        let morning = self.hosts[at].stem == "صباح" && run.length == 1 && self.morning(at + 1, end);
        // شارع الوادي, بلدة ميس الجبل
        let street = self.hosts[at].listed.head.is_some_and(|head| head.entity == EntityType::Facility);
        let town =
            at > 0 && matches!(self.text.folded(at - 1), "بلدة" | "قرية" | "مدينة" | "ببلدة" | "بقرية" | "بمدينة");
        let place = known.is_none() && (street || town);
        if barred || cut || noun || before_known || divine || morning || place || self.stops(at) {
            return None;
        }
        let sure = known.is_some_and(|hit| {
            !hit.ambiguous || hit.tokens.len() > 1 || self.hosts[at].upos == Upos::Propn && !self.hosts[at].definite
        }) || run.length >= 2
            && run.names >= 2
            && (part.given || run.particle)
            && (run.proper > 0 || run.names > 2);
        let introduced = || {
            at > 0
                && self.hosts[at - 1].is(Roles::INTRODUCER)
                && run.proper > 0
                && (self.hosts[at].upos == Upos::Propn && !self.hosts[at].definite && other.is_none()
                    || part.any() && !part.ambiguous
                    || known.is_some()
                    || run.length >= 2 && part.any())
        };
        // أمين التهراوي، وزير الصحة: a family name that no table knows
        let office = |p: &Phrase| p.kind == MentionType::Title && p.end > run.end + 2;
        let apposed = || {
            run.length == 2
                && part.given
                && run.proper > 0
                && self.mark(run.end, &["،"])
                && self.phrases.get(run.end + 1).and_then(Option::as_ref).is_some_and(office)
        };
        (sure || introduced() || apposed()).then(|| self.person(at, &run))
    }

    /// A name at `at` that a title before it calls for: unknown words too.
    pub(super) fn person_after_title(&self, at: usize, end: usize) -> Option<Phrase> {
        if at >= end || !self.hosts[at].word {
            return None;
        }
        let host = &self.hosts[at];
        if host.begin > 0 && self.parts[at].host > 0 {
            return None;
        }
        let run = self.run(at, end)?;
        let part = self.parts[at];
        if host.stem == "صباح" && run.length == 1 && self.morning(at + 1, end) {
            return None;
        }
        let noun = host.definite && self.everyday(at) && (part.ambiguous || !part.any());
        // والي كسلا الطاهر إبراهيم: a given name with the article before another
        let two = part.given && run.names > 1 && self.parts.get(at + 1).is_some_and(|next| next.given);
        if noun && self.persons[at].is_none() && !two {
            return None;
        }
        let likely = self.persons[at].is_some() || run.proper > 0 || part.given && run.length >= 2;
        likely.then(|| self.person(at, &run))
    }

    fn person(&self, at: usize, run: &Run) -> Phrase {
        let hit = self.persons[at].as_ref().filter(|hit| hit.tokens.end == run.end);
        Phrase {
            kind: MentionType::Entity(EntityType::Person),
            host: run.host,
            restored: run.restored,
            end: run.end,
            source: hit
                .map_or(Source::Rule, |hit| self.phrase_of(at, hit, MentionType::Entity(EntityType::Person)).source),
            entry: hit.map(|hit| hit.entry),
            core: at,
            closed: true,
        }
    }

    /// The words from `at` on that can make one name.
    fn run(&self, at: usize, end: usize) -> Option<Run> {
        let first = self.parts[at];
        let host = &self.hosts[at];
        let mut run = Run {
            host: first.host,
            restored: first.restored,
            end: at,
            length: 0,
            names: 0,
            proper: 0,
            particle: false,
        };
        if let Some(hit) = &self.persons[at] {
            (run.host, run.restored) = (hit.host_begin, hit.restored);
        } else if !first.any() {
            (run.host, run.restored) = (host.begin, host.restored);
        }
        let mut i = at;
        while i < end.min(at + LONGEST) {
            let host = &self.hosts[i];
            if !host.word || i > at && self.begins_after_clitic(i) {
                break;
            }
            // الـ75
            let article = self.text.normalized(i) == "ال";
            if article && self.text.tokens().get(i + 1).is_some_and(|next| next.kind == TokenKind::Number) {
                break;
            }
            let several = i > at && self.persons[i].as_ref().is_some_and(|hit| hit.tokens.len() > 1);
            // two persons side by side
            if several && run.length >= 2 && self.persons[i].as_ref().is_some_and(|hit| hit.host_begin == 0) {
                break;
            }
            if self.function_word(i) && !several && !self.particle(i) {
                break;
            }
            if let Some(hit) = self.persons[i].as_ref().filter(|hit| i == at || hit.host_begin == 0)
                && (i == at || !hit.ambiguous)
            {
                run.names += hit.tokens.len();
                run.length += hit.tokens.len();
                run.proper += usize::from(!hit.ambiguous || hit.tokens.len() > 1 || !self.everyday(i));
                i = hit.tokens.end;
                continue;
            }
            let part = self.parts[i];
            // بن أبي طالب has two particles
            // شومسكي ابن رجل: a son of somebody
            let son = i > at && host.stem == "ابن" && i + 1 < end && !self.parts[i + 1].any() && self.everyday(i + 1);
            if son {
                break;
            }
            let named = i + 1 + usize::from(i + 1 < end && self.hosts[i + 1].is(Roles::OPENER) && self.particle(i + 1));
            if self.particle(i) && (i > at || host.is(Roles::OPENER)) && named < end && self.follows_particle(named) {
                run.particle |= i > at || !part.given;
                run.names += 1;
                run.length += named + 1 - i;
                run.proper += 1;
                i = named + 1;
                continue;
            }
            if !self.can_be_part(i, part, run.length) {
                break;
            }
            run.names += usize::from(part.any());
            run.proper += usize::from(part.any() && !part.ambiguous || !self.everyday(i));
            run.length += 1;
            i += 1;
        }
        run.end = i;
        (run.length > 0).then_some(run)
    }

    /// Whether a word with the article at `i` is none that morphology knows: أمين التهراوي.
    pub(super) fn unknown_family(&self, i: usize) -> bool {
        let host = &self.hosts[i];
        host.word
            && host.begin == 0
            && host.definite
            && !host.known
            && host.listed.title.is_none()
            && self.phrases[i].is_none()
    }

    /// Whether a proclitic is attached to a word inside a name: و before a name of its own.
    fn begins_after_clitic(&self, i: usize) -> bool {
        let part = self.parts[i];
        if part.any() { part.host > 0 } else { self.hosts[i].begin > 0 }
    }

    /// Whether `place` at `at` stands after a preposition of place: في بغداد سامر الكناني.
    fn visited(&self, at: usize, place: &Phrase) -> bool {
        let before = at.checked_sub(1).map_or("", |b| self.text.folded(b));
        place.names(EntityType::Geopolitical) && matches!(before, "في" | "الي" | "قرب" | "بمدينة" | "مدينة")
    }

    /// Whether a day is said at `i`: صباح أمس, صباح الأحد.
    fn morning(&self, i: usize, end: usize) -> bool {
        let day = |word: &str| matches!(word, "امس" | "غد" | "غدا" | "يوم") || word.starts_with("ال");
        i < end && (self.text.tokens()[i].kind == TokenKind::Number || day(self.text.folded(i)))
    }

    fn particle(&self, i: usize) -> bool {
        self.hosts[i].is(Roles::CONNECTOR) && !self.hosts[i].definite && !self.function_word(i)
    }

    /// Whether a word can follow بن, آل, أبو.
    fn follows_particle(&self, i: usize) -> bool {
        let host = &self.hosts[i];
        host.word
            && (host.begin == 0 || self.parts[i].any() && self.parts[i].host == 0)
            && !host.is(Roles::STOP)
            && (!self.function_word(i) || self.parts[i].any() && host.definite)
            && host.listed.title.is_none_or(|_| self.parts[i].any())
    }

    /// Whether the word at `i` can be a part of a name of which `length` words stand before it.
    fn can_be_part(&self, i: usize, part: NamePart, length: usize) -> bool {
        let host = &self.hosts[i];
        let barred = Roles::STOP.and(Roles::INTRODUCER).and(Roles::STATUS).and(Roles::RANK_MODIFIER);
        if host.is(Roles::DESCRIPTOR.and(Roles::RELATIONAL).and(Roles::COMMON)) {
            return false;
        }
        if host.is(barred) && (part.ambiguous || !part.any()) {
            return false;
        }
        if let Some(title) = host.listed.title {
            // شوقي الطبيب, رضا بالحاج, حافظ قائد السبسي: title words that are family names
            // جوزف عون
            let aide = title.class == TitleClass::Source && !host.definite;
            let family = part.family
                && (host.definite && title.class != TitleClass::Office || part.host == 0 && host.begin > 0 || aide);
            let compound = part.any()
                && !host.definite
                && self.parts.get(i + 1).is_some_and(|next| next.family)
                && self.hosts[i + 1].definite
                && self.phrases[i + 1].as_ref().is_none_or(|p| p.names(EntityType::Person));
            // سلطان بن خالد
            let given = length == 0
                && part.given
                && !host.definite
                && i + 1 < self.hosts.len()
                && (self.particle(i + 1) || self.unknown_family(i + 1));
            // آمنة الشيخ
            let sheikh = length == 1 && host.definite && host.stem == "شيخ";
            return given || length > 0 && (family || sheikh || length == 1 && compound);
        }
        if host.listed.head.is_some() && host.bare() && !part.any() {
            return false;
        }
        let other = self.phrases[i].as_ref().filter(|p| p.host == 0);
        if length > 0 && other.is_some_and(|p| p.entry.is_some() && !p.names(EntityType::Person)) {
            // a nationality or a place ends a name, unless it is the family name after a single given name
            return length == 1 && part.family && host.definite;
        }
        if part.any() {
            let everyday = part.ambiguous && self.everyday(i);
            return !everyday
                || length == 0 && part.given && host.upos != Upos::Verb
                || length == 1
                || part.family && host.definite;
        }
        // an unknown word, as foreign names are
        host.stem.chars().nth(1).is_some()
            && host.stem != "في"
            && !self.everyday(i)
            && !self.function_word(i)
            && (!host.definite || length > 0)
            && host.suffix == Suffix::None
    }
}

/// Words that can make one name.
struct Run {
    host: usize,
    restored: &'static str,
    end: usize,
    length: usize,
    /// How many of them the tables know as names.
    names: usize,
    /// How many are no everyday words.
    proper: usize,
    /// Whether بن, آل or the like is among them.
    particle: bool,
}
