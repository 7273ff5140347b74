//! Titles: offices, ranks, honorifics and professions with the institution, field and nationality that belong to them.

use super::{
    EntityType, MentionType,
    hosts::{Host, Suffix},
    lexicon::{Roles, TitleClass, TitleWord},
    phrases::{Phrase, Reader},
};
use crate::{
    morphology::{Source, Upos},
    text::TokenKind,
};

/// The longest title in tokens.
const LONGEST: usize = 16;

impl Reader<'_> {
    /// The title that the word at `at` heads. Where one is found, a name right after it is read with its support.
    pub(super) fn title_at(&mut self, at: usize) -> Option<Phrase> {
        let limit = self.sentence_end(at).min(at + LONGEST);
        if let Some(title) = self.abbreviation(at, limit) {
            return Some(title);
        }
        let (word, mut end) = self.title_word(at, limit)?;
        let host = self.hosts[at];
        if self.is_adjective(at) || self.is_counted(at) {
            return None;
        }
        let first = end;
        let definite = host.definite || end > at + 1;
        // خادم الحرمين الشريفين: a pair is as definite as its second word
        let pair = end > at + 1 && self.hosts[at + 1].definite;
        end = self.modifiers(end, limit, host.definite || pair, host.suffix, word);
        let modified = end > first;
        let mut complemented = false;
        // the token of a title inside that another person holds: المتحدث باسم رئيس الوزراء
        let mut core = at;
        if !host.definite
            && !pair
            && host.suffix == Suffix::None
            && let Some(after) = self.genitive(end, limit, word)
        {
            (end, complemented) = (after, true);
        }
        for _ in 0..2 {
            match self.prepositional(end, limit, word, host.definite, modified || complemented) {
                Some(after) => {
                    let inner = end + usize::from(self.text.folded(end) == "باسم");
                    if self.title_begins(inner) {
                        core = inner;
                    }
                    (end, complemented) = (after, true);
                }
                None => break,
            }
        }
        if complemented {
            end = self.trailing(end, limit, word);
        }
        let named = self.call_name(end, limit, definite || complemented || host.suffix == Suffix::Pronoun);
        let accepted = match word.class {
            _ if word.plural => false,
            _ if host.suffix == Suffix::Pronoun => {
                modified || named || matches!(host.stem.chars().next_back(), Some('ا'))
            }
            _ if word.adjunct && word.class != TitleClass::Office => named,
            _ if complemented => true,
            _ if word.adjunct => named,
            _ if definite => true,
            TitleClass::Source => modified,
            _ => named && modified,
        };
        accepted.then_some(Phrase {
            kind: MentionType::Title,
            host: host.begin,
            restored: host.restored,
            end,
            source: Source::Rule,
            entry: None,
            core,
            closed: false,
        })
    }

    /// A letter and a stop before a name: د. وليد حمدان.
    fn abbreviation(&mut self, at: usize, limit: usize) -> Option<Phrase> {
        let letter =
            matches!(self.hosts[at].stem, "د" | "م" | "ا") && self.hosts[at].bare() && self.mark(at + 1, &["."]);
        (letter && self.call_name(at + 2, limit, true)).then(|| Phrase {
            kind: MentionType::Title,
            host: 0,
            restored: "",
            end: at + 2,
            source: Source::Rule,
            entry: None,
            core: at,
            closed: false,
        })
    }

    fn title_begins(&self, at: usize) -> bool {
        self.phrases.get(at).and_then(Option::as_ref).is_some_and(|p| p.kind == MentionType::Title)
    }

    /// The title word at `at`, or the two words of one, and one past its last token.
    fn title_word(&self, at: usize, limit: usize) -> Option<(TitleWord, usize)> {
        let host = &self.hosts[at];
        // وإلى حاكم نيويورك
        let to =
            host.stem == "والي" && (self.undotted && !host.definite || !self.text.normalized(at).ends_with("والي"));
        if to {
            return None;
        }
        if host.is(Roles::COMPOUND) && self.free_word(at + 1, limit) {
            let pair = format!("{} {}", host.stem, self.hosts[at + 1].stem);
            // الفريق أول is a rank, الفريق الأول a team
            let team = pair == "فريق اول" && self.hosts[at + 1].definite;
            if let Some(title) = self.lexicon.get(&pair).title.filter(|_| !team) {
                // الفريق أول ركن
                let staff = host.stem == "فريق" && self.free_word(at + 2, limit) && self.hosts[at + 2].stem == "ركن";
                return Some((title, at + 2 + usize::from(staff)));
            }
        }
        host.listed.title.map(|title| (title, at + 1))
    }

    /// Whether a title word in ي is the adjective of the noun before it: `التقارير الإعلامية`.
    fn is_adjective(&self, at: usize) -> bool {
        let host = &self.hosts[at];
        let shaped = host.stem.ends_with("ي") || host.stem.ends_with("ية");
        // قال والي كسلا: participles that are nouns of their own
        let participle = matches!(host.stem, "والي" | "قاضي" | "مفتي" | "محامي");
        let named = self.phrases.get(at + 1).and_then(Option::as_ref).is_some_and(|p| p.names(EntityType::Person));
        let noun_of_its_own = participle && (!host.definite || named);
        let relational = shaped && host.stem.chars().nth(3).is_some() && !host.is(Roles::COMPOUND) && !noun_of_its_own;
        let before = at.checked_sub(1).map(|before| &self.hosts[before]);
        let joined = host.begin == 0 || host.proclitic == Some('و');
        let noun = |b: &Host<'_>| {
            b.word && b.upos != Upos::Verb && b.definite == host.definite && b.listed.title.is_none_or(|t| t.plural)
        };
        // موقعه القيادي
        let possessed = |b: &Host<'_>| {
            b.word
                && b.upos != Upos::Verb
                && b.listed.title.is_none()
                && (b.stem.ends_with('ه') || b.stem.ends_with("ها"))
        };
        relational && joined && (before.is_some_and(noun) || host.definite && before.is_some_and(possessed) && !named)
    }

    /// Whether the title word is counted: `462 نائبا`.
    fn is_counted(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        self.text.tokens()[before].kind == TokenKind::Number
            || matches!(self.hosts[before].stem, "عدة" | "بعض" | "اي" | "كل")
    }

    /// Adjectives right after the title word that agree with it in definiteness.
    fn modifiers(&self, mut end: usize, limit: usize, definite: bool, suffix: Suffix, word: TitleWord) -> usize {
        let first = end;
        let definite = definite || suffix == Suffix::Pronoun;
        while end < limit && end < first + 4 && self.hosts[end].word && self.hosts[end].begin == 0 {
            let host = &self.hosts[end];
            let adjective = host.is(Roles::STATUS.and(Roles::RANK_MODIFIER)) || self.nationality(end);
            let feminine = host.stem.ends_with('ة') || host.stem.ends_with("يا") && host.stem != "عليا";
            let agrees = host.definite == definite
                && (word.plural || feminine == word.feminine || host.stem == "اولي" || host.stem == "عليا");
            // أمينا عاما: the accusative goes through
            let accusative = suffix == Suffix::Accusative
                && host.suffix == Suffix::None
                && matches!(host.stem, "عاما" | "اولا" | "رسميا" | "سابقا" | "جديدا");
            // اللواء شرطة حقوقي, العقيد ركن: the branch
            let branch = word.class == TitleClass::Rank
                && matches!(host.stem, "ركن" | "شرطة" | "حقوقي" | "مهندس" | "طيار" | "بحري" | "امن");
            if !(adjective && agrees || accusative || branch) || self.stops(end) {
                break;
            }
            end += 1;
        }
        end
    }

    /// The institution, field, place or second title that a title without article is put before.
    fn genitive(&self, at: usize, limit: usize, word: TitleWord) -> Option<usize> {
        if at >= limit || word.class == TitleClass::Source && at + 1 >= limit {
            return None;
        }
        if let Some(end) = self.quoted_end(at, limit) {
            return (word.class == TitleClass::Office).then_some(end);
        }
        if !self.hosts[at].word {
            return None;
        }
        let host = &self.hosts[at];
        let phrase = self.phrases[at].as_ref().filter(|p| p.host == 0 && p.end <= limit);
        if let Some(phrase) = phrase.filter(|p| !(p.kind == MentionType::Nationality && host.is(Roles::FIELD))) {
            return match phrase.kind {
                MentionType::Title => Some(phrase.end),
                MentionType::Entity(EntityType::Person) => {
                    matches!(word.class, TitleClass::Office if host.word && self.adviser(at)).then_some(phrase.end)
                }
                MentionType::Nationality => None,
                MentionType::Entity(_) => Some(phrase.end),
            };
        }
        if host.begin > 0 || host.suffix != Suffix::None || self.stops(at) || word.class != TitleClass::Office {
            return None;
        }
        if host.listed.title.is_some_and(|t| t.plural) || host.is(Roles::FIELD) {
            return Some(self.field(at, limit));
        }
        // رئيس شورى النهضة: one noun before an institution
        if !host.definite
            && host.listed.title.is_none()
            && host.upos == Upos::Noun
            && let Some(phrase) = self.free_phrase(at + 1, limit).filter(|p| p.institution())
        {
            return Some(phrase.end);
        }
        // أمين التهراوي is a name
        if at > 0 && self.parts[at - 1].given && self.parts[at].any() && self.unknown_family(at) {
            return None;
        }
        // رئيس الحومة: one noun with the article
        (host.definite && !host.is(Roles::STATUS.and(Roles::RANK_MODIFIER)) && host.listed.title.is_none())
            .then_some(at + 1)
    }

    /// Whether the title before `at` can be held with a person: مستشار ترمب.
    fn adviser(&self, at: usize) -> bool {
        at > 0
            && matches!(
                self.hosts[at - 1].stem,
                "مستشار"
                    | "مستشارة"
                    | "محامي"
                    | "مبعوث"
                    | "مساعد"
                    | "سفير"
                    | "ديوان"
                    | "مكتب"
                    | "حكومة"
            )
    }

    /// A field of office from `at` on: الشؤون الخارجية, التنمية والاستثمار والتعاون الدولي, خارجية قطر.
    fn field(&self, at: usize, limit: usize) -> usize {
        let mut end = at + 1;
        if !self.hosts[at].definite {
            // شؤون المغرب العربي, خارجية قطر, كتلة حركة النهضة
            if let Some(phrase) = self.free_phrase(end, limit).filter(|p| p.institution()) {
                return phrase.end;
            }
            while self.free_word(end, limit) && !self.stops(end) && end < at + 4 {
                end += 1;
                if self.hosts[end - 1].definite {
                    break;
                }
                if !self.hosts[end - 1].is(Roles::FIELD) {
                    return at + 1;
                }
            }
        }
        loop {
            let before = end;
            while end < limit
                && self.hosts[end].bare()
                && (self.field_word(end) || self.nationality(end))
                && !self.stops(end)
                && self.field_adjective(end)
            {
                end += 1;
            }
            let coordinated = end < limit && {
                let host = &self.hosts[end];
                host.proclitic == Some('و')
                    && host.word
                    && host.is(Roles::FIELD)
                    && (host.definite || self.free_word(end + 1, limit) && self.hosts[end + 1].definite)
                    && host.listed.head.is_none_or(|_| self.phrases[end].is_none())
            };
            if coordinated {
                end += 1 + usize::from(!self.hosts[end].definite);
            }
            if end == before {
                return end;
            }
        }
    }

    /// Whether an adjective at `at` belongs to the field before it rather than to the title: by gender.
    fn field_adjective(&self, at: usize) -> bool {
        let noun = &self.hosts[at - 1];
        let broken_plural = matches!(noun.stem, "شؤون" | "موارد" | "علوم" | "حقوق" | "اعمال");
        let feminine = noun.feminine() || broken_plural || noun.stem.ends_with('ة');
        self.hosts[at].stem.ends_with('ة') == feminine
    }

    /// An institution after باسم, ل, لدى, في, عن, ب.
    fn prepositional(&self, at: usize, limit: usize, word: TitleWord, definite: bool, modified: bool) -> Option<usize> {
        if at >= limit || !self.hosts[at].word {
            return None;
        }
        let host = &self.hosts[at];
        // الباحث في معهد: a profession is held in a body, an honorific in none
        let held =
            word.class == TitleClass::Profession && (self.text.folded(at) == "في" || host.proclitic == Some('ب'));
        if !matches!(word.class, TitleClass::Office | TitleClass::Source) && !held {
            return None;
        }
        let institution =
            |i: usize| self.phrases.get(i)?.as_ref().filter(|p| i < limit && p.institution() && p.end <= limit);
        // الناطق باسمها
        if matches!(self.text.folded(at), "باسمها" | "باسمه" | "باسمهم") {
            return Some(at + 1);
        }
        if matches!(self.text.folded(at), "باسم") {
            if let Some(end) = self.quoted_end(at + 1, limit) {
                return Some(end);
            }
            if let Some(phrase) =
                self.phrases.get(at + 1).and_then(Option::as_ref).filter(|p| p.host == 0 && p.end <= limit)
            {
                return Some(phrase.end);
            }
            return (self.free_word(at + 1, limit) && !self.stops(at + 1)).then(|| self.field(at + 1, limit));
        }
        if matches!(self.text.folded(at), "لدي" | "في" | "عن" | "من" | "علي") {
            if self.text.folded(at) == "عن"
                || self.text.folded(at) == "في"
                || self.text.folded(at) == "لدي"
                || word.class == TitleClass::Source
            {
                let organization = |p: &&Phrase| {
                    p.host == 0
                        && (!p.names(EntityType::Geopolitical)
                            || (!definite || self.called(p.end, limit))
                                && word.class == TitleClass::Office
                                && self.text.folded(at) == "في")
                };
                if let Some(phrase) = institution(at + 1).filter(organization) {
                    return Some(phrase.end);
                }
                if self.text.folded(at) == "لدي" {
                    return institution(at + 1).map(|p| p.end);
                }
            }
            return None;
        }
        match host.proclitic {
            Some('ل') => {
                if let Some(phrase) = institution(at) {
                    // قال المتحدث لوكالة رويترز: told to a medium, not of it
                    let medium = matches!(
                        host.stem,
                        "وكالة"
                            | "صحيفة"
                            | "قناة"
                            | "جريدة"
                            | "اذاعة"
                            | "تلفزيون"
                            | "شبكة"
                            | "مجلة"
                            | "راديو"
                    );
                    let told = word.class == TitleClass::Source || !modified && (medium || host.listed.head.is_none());
                    return (!told).then_some(phrase.end);
                }
                if word.class == TitleClass::Source {
                    return None;
                }
                if self.quoted_end(at + 1, limit).is_some() && host.stem == "ل" {
                    return self.quoted_end(at + 1, limit);
                }
                let noun = host.is(Roles::FIELD) || host.listed.head.is_some();
                (noun && (host.definite || self.free_word(at + 1, limit) && self.hosts[at + 1].definite))
                    .then(|| self.field(at, limit))
            }
            Some('ب') if host.is(Roles::DESCRIPTOR) && word.class == TitleClass::Office => {
                // مدير الأمن بولاية كسلا
                institution(at + 1).filter(|p| p.host == 0 && p.names(EntityType::Geopolitical)).map(|p| p.end)
            }
            Some('ب') => {
                let phrase = self.phrases[at].as_ref().filter(|p| p.end <= limit && p.host > 0)?;
                // المندوب الجهوي للسياحة بالمنستير
                let body = phrase.names(EntityType::Organization)
                    || phrase.names(EntityType::Geopolitical) && word.class == TitleClass::Office;
                body.then_some(phrase.end)
            }
            _ => None,
        }
    }

    /// Whether a name or an honorific before one stands at `at`.
    fn called(&self, at: usize, limit: usize) -> bool {
        let phrase = self.phrases.get(at).filter(|_| at < limit).and_then(Option::as_ref);
        phrase.is_some_and(|p| {
            let named = p.kind == MentionType::Title
                && self.phrases.get(p.end).and_then(Option::as_ref).is_some_and(|next| next.names(EntityType::Person));
            p.host == 0 && (p.names(EntityType::Person) || named)
        })
    }

    /// Nationality and status after the complement: وزير الخارجية الأميركي السابق.
    fn trailing(&self, mut end: usize, limit: usize, word: TitleWord) -> usize {
        let first = end;
        while end < limit && end < first + 3 && self.hosts[end].word && self.hosts[end].begin == 0 && !self.stops(end) {
            let host = &self.hosts[end];
            let adjective = host.is(Roles::STATUS) || self.nationality(end) || self.mayoral(host.stem);
            let feminine = host.stem.ends_with('ة');
            if !(adjective && host.definite && feminine == word.feminine) {
                break;
            }
            end += 1;
        }
        let acting = end < limit && matches!(self.text.folded(end), "بالنيابة" | "بالانابة" | "بالوكالة");
        end + usize::from(acting)
    }

    /// Ordinal ranks after a complement.
    fn mayoral(&self, stem: &str) -> bool {
        matches!(stem, "اول" | "عام")
    }

    /// Reads a name at `at` with the support of a title before it; whether one stands there.
    fn call_name(&mut self, at: usize, limit: usize, strong: bool) -> bool {
        let mut at = at;
        // a comma or a quotation mark may stand between
        if self.mark(at, &["،", "\"", "«"]) && at + 1 < limit {
            at += 1;
        }
        if at >= limit {
            return false;
        }
        if self.phrases[at].as_ref().is_some_and(|p| p.names(EntityType::Person)) {
            return true;
        }
        let known = self.phrases[at].as_ref().filter(|p| p.kind != MentionType::Title && p.entry.is_some());
        if !strong || known.is_some_and(|p| !self.parts[at].any() || self.is_country(p)) {
            return false;
        }
        if self.text.tokens()[at].kind != TokenKind::Word
            || self.phrases[at].as_ref().is_some_and(|p| p.kind == MentionType::Title)
        {
            return false;
        }
        let end = self.sentence_end(at);
        match self.person_after_title(at, end) {
            Some(person) => {
                self.phrases[at] = Some(person);
                true
            }
            None => false,
        }
    }
}
