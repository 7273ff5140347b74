//! Titles and the persons who hold them: beside the name, in the text again, said of somebody as what he was or became.

use rustc_hash::FxHashMap;

use super::{ByKey, Resolver, nearest};
use crate::entities::{
    EntityType, MentionType,
    hosts::{Host, Suffix},
    lexicon::{HeadKind, Roles, TitleClass},
    tree::Node,
};
use crate::{morphology::Upos, text::Text};

/// What a title says, to compare it with others.
struct Title {
    /// The mention.
    mention: usize,
    /// Its word, one for synonyms.
    lemma: u16,
    feminine: bool,
    /// Whether it is said of a past holder: السابق, الراحل.
    former: bool,
    /// Whether it is the word alone.
    bare: bool,
    /// Codes of the countries in it.
    countries: Vec<String>,
    /// Its other words, without those that most such titles have.
    words: Vec<Said>,
}

/// A word of a title.
struct Said {
    stem: String,
    /// Whether what begins here may be left out: the state of the office, or a further field after و.
    adds: bool,
}

/// Titles of one word and gender, by which they are compared.
type Word = (u16, bool);

/// At most so many titles before and after one are compared with it.
const COMPARED: usize = 24;
/// How many persons and sentences before a title are looked at for whom it means.
const NEAR: usize = 12;
const SENTENCES: u32 = 2;
/// How many tokens before a title that says what somebody was may be his name.
const SUBJECT: usize = 24;
/// Numbers beyond those of the table, for words of two rows that mean one.
const SYNONYMS: [(&str, u16); 8] = [
    ("متحدث", u16::MAX - 1),
    ("ناطق", u16::MAX - 1),
    ("متحدثة", u16::MAX - 1),
    ("ناطقة", u16::MAX - 1),
    ("مسؤول", u16::MAX - 2),
    ("مسئول", u16::MAX - 2),
    ("مسؤولة", u16::MAX - 2),
    ("مسئولة", u16::MAX - 2),
];

impl Title {
    /// Whether it can stand for the holder of `other`: it says the beginning of what the other says, or goes on from it with
    /// the state of the office or a further field. In a headline it may add the country.
    fn fits(&self, other: &Self, headline: bool) -> bool {
        if self.former != other.former {
            return false;
        }
        let within = |a: &[String], b: &[String]| a.iter().all(|code| b.contains(code));
        let countries = within(&self.countries, &other.countries) || headline && other.countries.is_empty();
        let (short, long) = (&self.words, &other.words);
        let same = |n: usize| short[..n].iter().zip(&long[..n]).all(|(a, b)| a.stem == b.stem);
        let words = match (short.len(), long.len()) {
            (own, others) if own <= others => same(own),
            (_, 0) => false,
            (_, others) => same(others) && short[others].adds,
        };
        countries && words
    }
}

impl Resolver<'_> {
    /// Titles next to the name of their person; for each mention the person whom it is tied to.
    pub(super) fn appositions(&mut self) -> Vec<Option<usize>> {
        let count = self.nodes.len();
        let mut tied: Vec<Option<usize>> = vec![None; count];
        let begins: FxHashMap<usize, usize> = (0..count).rev().map(|m| (self.nodes[m].first, m)).collect();
        let ends: FxHashMap<usize, usize> =
            (0..count).filter(|&m| self.names_person(m)).map(|m| (self.nodes[m].phrase.end, m)).collect();
        let text = self.text;
        let comma = |token: usize| is_apposing(text, token);
        for m in (0..count).rev() {
            if !self.is_title(m) {
                continue;
            }
            let node = &self.nodes[m];
            let sentence = self.text.sentence_of(node.first);
            let end = node.phrase.end;
            let joins = |token: usize| {
                let other = *begins.get(&token)?;
                let next = &self.nodes[other];
                let inside = token < sentence.end_token as usize && next.phrase.host == 0;
                match next.phrase.kind {
                    MentionType::Entity(EntityType::Person) if inside => Some(other),
                    MentionType::Title if inside && (self.honorific(token) || self.deputy(m, token)) => tied[other],
                    _ => None,
                }
            };
            // رئيس القمة، وزير البيئة سليم العياري: a second title of one gender that the name follows
            let beside = |token: usize| {
                let other = *begins.get(&token)?;
                let title = self.is_title(other) && self.nodes[other].phrase.host == 0;
                let person = tied[other].filter(|&person| title && person > other)?;
                (self.feminine(node.first) == self.feminine(token)).then_some(person)
            };
            let left = |token: usize| ends.get(&token).copied().filter(|_| token > sentence.first_token as usize);
            // دعا العوني رئيس الحكومة: a short name is followed by another person rather than by its own title
            let full = |person: &usize| self.nodes[*person].phrase.end > self.nodes[*person].first + 1;
            // the name after المتحدث باسم رئيس الوزراء is the prime minister's
            let own = node.phrase.core == node.first;
            // مدير الأمن العام الفريق محمد: the rank alone, which is a team elsewhere
            let general = || {
                (end > node.first + 1 && end < self.hosts.len() && self.text.folded(end) == "الفريق")
                    .then(|| joins(end + 1))
                    .flatten()
            };
            let right =
                joins(end).or_else(general).or_else(|| self.coordinated(m, end, &begins, &tied)).filter(|_| own);
            let free = node.phrase.host == 0;
            let person = right
                .or_else(|| left(node.first).filter(|_| free).filter(full))
                .or_else(|| {
                    let before = node.first.checked_sub(1).filter(|&b| comma(b) && free)?;
                    left(before)
                })
                .or_else(|| {
                    // أكد لمراسل الإذاعة، مدير المدرسة فلان: the one told is not the one who tells
                    let told = self.hosts[node.first].proclitic == Some('ل') && node.phrase.host > 0;
                    comma(end).then(|| joins(end + 1).or_else(|| beside(end + 1).filter(|_| !told))).flatten()
                });
            if let Some(person) = person {
                tied[m] = Some(person);
                self.clusters.join(m, person);
            }
        }
        self.further_titles(&mut tied);
        tied
    }

    /// Titles after the first that follows a name: نائب رئيس الدولة رئيس مجلس الوزراء حاكم دبي; after و if no name of its own
    /// follows.
    fn further_titles(&mut self, tied: &mut [Option<usize>]) {
        let ends: FxHashMap<usize, usize> =
            (0..tied.len()).filter(|&m| self.is_title(m)).map(|m| (self.nodes[m].phrase.end, m)).collect();
        for m in 0..tied.len() {
            let node = &self.nodes[m];
            let and = self.hosts[node.first].proclitic == Some('و');
            if !self.is_title(m) || tied[m].is_some() || node.phrase.host > 0 && !and {
                continue;
            }
            let after_mark =
                node.first.checked_sub(1).filter(|&b| !and && is_apposing(self.text, b)).and_then(|b| ends.get(&b));
            let before = ends.get(&node.first).or(after_mark).copied();
            let followed = before.and_then(|b| tied[b].filter(|&person| person < b));
            // محمد، مدير المعهد والوزير: two of one gender, the second more than a word
            let joined = |b: usize| {
                !and || self.feminine(self.nodes[b].first) == self.feminine(node.first)
                    && node.phrase.end > node.first + 1
            };
            if let Some(person) = followed.filter(|_| before.is_some_and(joined)) {
                tied[m] = Some(person);
                self.clusters.join(m, person);
            }
        }
    }

    /// The person of a second title after و that the name follows: الناشط والكاتب فلان, of one gender.
    fn coordinated(
        &self,
        m: usize,
        token: usize,
        begins: &FxHashMap<usize, usize>,
        tied: &[Option<usize>],
    ) -> Option<usize> {
        let second = *begins.get(&token)?;
        let joined = self.is_title(second) && self.hosts[token].proclitic == Some('و');
        let person = tied[second].filter(|&p| joined && p > second)?;
        (self.feminine(self.nodes[m].first) == self.feminine(token)).then_some(person)
    }

    /// Whether the title at `token` tells that the holder of the office `m` sits in parliament: رئيس اللجنة النائب محمد,
    /// where no verb takes the first for its subject and the second for its object.
    fn deputy(&self, m: usize, token: usize) -> bool {
        let (node, host) = (&self.nodes[m], &self.hosts[token]);
        let before = node.first.checked_sub(1).map_or("", |b| self.text.folded(b));
        let transitive =
            ["استقبل", "التق", "زار", "يزور", "هنا", "كلف", "عين", "اوفد", "استدع", "يستقبل", "يلتق", "ودع"];
        host.definite
            && matches!(host.stem, "نائب" | "نائبة")
            && node.phrase.end > node.first + 1
            && self.feminine(node.first) == self.feminine(token)
            && !transitive.iter().any(|verb| before.trim_start_matches(['و', 'ف']).starts_with(verb))
    }

    /// Whether the title at `token` can follow another of the same person: رئيس الأركان اللواء محمد.
    fn honorific(&self, token: usize) -> bool {
        let host = &self.hosts[token];
        let class = host.listed.title.map(|title| title.class);
        let abbreviated = class.is_none();
        abbreviated
            || host.definite
                && (matches!(class, Some(TitleClass::Honorific | TitleClass::Rank))
                    || matches!(host.stem, "شيخ" | "قاضي" | "امير" | "ملك" | "مستشار" | "عميد" | "نقيب" | "سفير"))
    }

    /// Titles without a name beside them: by what they say, else bare ones by their word, else as what somebody was.
    pub(super) fn titles(&mut self, tied: Vec<Option<usize>>) {
        let mut all: FxHashMap<Word, Vec<Title>> = FxHashMap::default();
        let mut exact: ByKey = FxHashMap::default();
        for m in (0..self.nodes.len()).filter(|&m| self.is_title(m)) {
            let title = self.title(m);
            if tied[m].is_some() {
                exact.entry(self.title_name(m)).or_default().push(m);
            }
            all.entry((title.lemma, title.feminine)).or_default().push(title);
        }
        let persons: Vec<usize> = (0..self.nodes.len()).filter(|&m| self.names_person(m)).collect();
        // whether a person is a woman, as the titles beside the name tell
        let mut genders: FxHashMap<usize, bool> = FxHashMap::default();
        // persons in office with the countries of their titles
        let mut officials: FxHashMap<usize, Vec<String>> = FxHashMap::default();
        for (m, person) in tied.iter().enumerate() {
            let Some(person) = *person else { continue };
            let root = self.clusters.find(person);
            genders.insert(root, self.feminine(self.nodes[m].first));
            let class = self.hosts[self.nodes[m].first].listed.title.map(|title| title.class);
            if matches!(class, Some(TitleClass::Office | TitleClass::Source | TitleClass::Rank)) {
                officials.entry(root).or_default().extend(self.title(m).countries);
            }
        }
        let mut loose: FxHashMap<String, usize> = FxHashMap::default();
        let mut words: Vec<Word> = all.keys().copied().collect();
        words.sort_unstable();
        for titles in words.into_iter().filter_map(|word| all.get(&word)) {
            let mut last = None;
            for (i, title) in titles.iter().enumerate().filter(|(_, title)| tied[title.mention].is_none()) {
                let m = title.mention;
                let name = self.title_name(m);
                let holder = if title.bare { None } else { exact.get(&name).and_then(|list| nearest(list, m)) };
                let holder = holder
                    .or_else(|| self.holder(titles, i, &tied))
                    .or_else(|| self.said_of(m, &persons, &genders))
                    .or_else(|| self.headline_holder(titles, i, &tied))
                    .or_else(|| self.official(title, &persons, &officials));
                if let Some(holder) = holder {
                    self.clusters.join(m, holder);
                    continue;
                }
                let alike = || {
                    let unnamed = |other: &&Title| tied[other.mention].is_none() && title.fits(other, false);
                    titles[..i].iter().rev().take(COMPARED).find(unnamed).map(|other| other.mention)
                };
                match last.filter(|_| title.bare).or_else(|| loose.get(&name).copied()).or_else(alike) {
                    Some(other) => self.clusters.join(m, other),
                    None => _ = loose.insert(name, m),
                }
                last = Some(m);
            }
        }
    }

    /// A title of a person that the title number `i` of `titles`, all of one word, stands for: the nearest before it, else the
    /// first after it.
    fn holder(&self, titles: &[Title], i: usize, tied: &[Option<usize>]) -> Option<usize> {
        let title = &titles[i];
        let headline = self.text.sentence_of(self.nodes[title.mention].first).headline;
        let holds = |other: &&Title| tied[other.mention].is_some() && (title.bare || title.fits(other, headline));
        let nearest = |wanted: &dyn Fn(&&Title) -> bool| {
            let before = titles[..i].iter().rev().take(COMPARED).find(wanted);
            before.or_else(|| titles[i + 1..].iter().take(COMPARED).find(wanted)).map(|other| other.mention)
        };
        // الرئيس is who is president, if the text names one who is, before one who was
        nearest(&|other| holds(other) && other.former == title.former).or_else(|| nearest(&holds))
    }

    /// Whom a title is said of as what he was or became: بصفته رئيسا للجنة, شغل منصب وزير المالية, وهو مدير المعهد.
    fn said_of(&mut self, title: usize, persons: &[usize], genders: &FxHashMap<usize, bool>) -> Option<usize> {
        let node = &self.nodes[title];
        let class = self.hosts[node.first].listed.title.map(|title| title.class);
        if !self.predicate(title) || class == Some(TitleClass::Source) {
            return None;
        }
        let first = self.text.sentence_of(node.first).first_token as usize;
        let next = persons.partition_point(|&p| self.nodes[p].first < node.first);
        let near = |&p: &usize| {
            let person = &self.nodes[p];
            person.phrase.end <= node.first && person.first >= first && person.first + SUBJECT >= node.first
        };
        let sentence = self.text.tokens()[node.first].sentence;
        let person = match persons[..next].last().copied() {
            Some(person) if self.nodes[person].first >= first => Some(person).filter(near),
            // وكان عضوا في المجلس: the only person of the last sentence that has one
            Some(person) => {
                let last = self.text.tokens()[self.nodes[person].first].sentence;
                let same = |&&p: &&usize| self.text.tokens()[self.nodes[p].first].sentence == last;
                let root = self.clusters.find(person);
                let others = persons[..next].iter().rev().take(NEAR).take_while(same);
                let one = last + SENTENCES >= sentence && others.copied().all(|p| self.clusters.find(p) == root);
                one.then_some(person)
            }
            None => None,
        }?;
        let gender = genders.get(&self.clusters.find(person));
        gender.is_none_or(|&feminine| feminine == self.feminine(node.first)).then_some(person)
    }

    /// Who holds what a headline says in few words: نائب عن نداء تونس for النائب عن حزب نداء تونس فلان, where the text names one
    /// holder of such a title.
    fn headline_holder(&mut self, titles: &[Title], i: usize, tied: &[Option<usize>]) -> Option<usize> {
        let title = &titles[i];
        if !self.text.sentence_of(self.nodes[title.mention].first).headline {
            return None;
        }
        let mut holders = titles[i + 1..].iter().take(COMPARED).filter(|other| tied[other.mention].is_some());
        let first = holders.next()?;
        let root = self.clusters.find(first.mention);
        let one = holders.all(|other| self.clusters.find(other.mention) == root);
        let shared = |a: &[Said], b: &[Said]| a.iter().any(|one| b.iter().any(|other| one.stem == other.stem));
        let countries = title.countries.iter().any(|code| first.countries.contains(code));
        let silent = title.words.is_empty() && title.countries.is_empty();
        let alike = silent || countries || shared(&title.words, &first.words);
        (one && alike && title.former == first.former).then_some(first.mention)
    }

    /// Whom المسؤول or المتحدث means: the only person in office whom the last sentences name.
    fn official(
        &mut self,
        title: &Title,
        persons: &[usize],
        officials: &FxHashMap<usize, Vec<String>>,
    ) -> Option<usize> {
        let node = &self.nodes[title.mention];
        let general = title.lemma >= SYNONYMS[4].1 && title.lemma < u16::MAX;
        if !general || !self.hosts[node.first].definite || !title.words.is_empty() {
            return None;
        }
        let sentence = self.text.tokens()[node.first].sentence;
        let next = persons.partition_point(|&p| self.nodes[p].first < node.first);
        let mut found: Option<usize> = None;
        for &person in persons[..next].iter().rev().take(NEAR) {
            if self.text.tokens()[self.nodes[person].first].sentence + SENTENCES < sentence {
                break;
            }
            let root = self.clusters.find(person);
            let Some(countries) = officials.get(&root) else { continue };
            if !title.countries.iter().all(|code| countries.contains(code)) {
                continue;
            }
            if found.is_some_and(|other| other != root) {
                return None;
            }
            found = Some(root);
        }
        found
    }

    /// Whether the title is said of somebody named before: without an article, in the accusative, after كـ or a word that says so.
    fn predicate(&self, m: usize) -> bool {
        let node = &self.nodes[m];
        let host = &self.hosts[node.first];
        let before = node.first.checked_sub(1).map_or("", |b| self.text.folded(b));
        let says = before.trim_start_matches(['و', 'ف', 'ب', 'ك']);
        let office = matches!(says, "منصب" | "خطة" | "صفته" | "صفتها" | "وصفه" | "وصفها" | "اعتباره" | "اعتبارها");
        let pronoun = matches!(before, "هو" | "وهو" | "هي" | "وهي");
        let like = host.proclitic == Some('ك');
        node.parent.is_none() && !host.definite && (office || pronoun || like || host.suffix == Suffix::Accusative)
    }

    /// What the title `m` says.
    fn title(&self, m: usize) -> Title {
        let node = &self.nodes[m];
        let host = &self.hosts[node.first];
        let mut title = Title {
            mention: m,
            lemma: lemma(host),
            feminine: self.feminine(node.first),
            former: false,
            bare: node.phrase.end == node.first + 1,
            countries: Vec::new(),
            words: Vec::new(),
        };
        self.read_title(node, m, |part| match part {
            Part::Country(code) => title.countries.push(code.to_owned()),
            Part::Word(host) if is_former(host.stem) => title.former = true,
            Part::Word(host) if !is_common(host) => {
                let adds = host.is(Roles::STATUS) || host.proclitic == Some('و');
                // رئيس الحكومة and رئيس مجلس الوزراء are one
                if host.stem == "وزراء" && title.words.last().is_some_and(|last| last.stem == "مجلس") {
                    title.words.pop();
                }
                let stem = if host.stem == "حكومة" { "وزراء" } else { host.stem };
                title.words.push(Said { stem: stem.to_owned(), adds });
            }
            Part::Word(_) => {}
        });
        title
    }

    /// A title's lemma and words, each nationality as its country.
    fn title_name(&self, m: usize) -> String {
        let node = &self.nodes[m];
        let mut name = format!("{}", lemma(&self.hosts[node.first]));
        self.read_title(node, m, |part| {
            name.push(' ');
            match part {
                Part::Country(code) => {
                    name.push('#');
                    name.push_str(code);
                }
                Part::Word(host) => name.push_str(host.stem),
            }
        });
        name
    }

    /// Tells `tell` what stands in the title after its word.
    fn read_title<'s>(&'s self, node: &Node, m: usize, mut tell: impl FnMut(Part<'s>)) {
        let mut token = node.first + 1;
        let mut child = m + 1;
        while token < node.phrase.end {
            while child < self.nodes.len() && self.nodes[child].first < token {
                child += 1;
            }
            let inner = self.nodes.get(child).filter(|n| n.first == token);
            let known = inner.filter(|n| n.phrase.entry.is_some() && n.phrase.end <= node.phrase.end);
            if let Some((place, code)) = known.and_then(|n| Some((n, self.country(&n.phrase)?))) {
                tell(Part::Country(code));
                token = place.phrase.end;
                continue;
            }
            let host = &self.hosts[token];
            if host.word {
                tell(Part::Word(host));
            }
            token += 1;
        }
    }

    fn feminine(&self, token: usize) -> bool {
        self.hosts[token].listed.title.is_some_and(|title| title.feminine)
    }
}

/// Whether a mark at `token` can stand between a title and its name.
fn is_apposing(text: &Text<'_>, token: usize) -> bool {
    let marks = ["،", ",", "\"", "«", "(", "/", "-", "–", "د."];
    token < text.tokens().len() && marks.contains(&text.normalized(token))
}

/// A part of a title.
enum Part<'a> {
    /// The code of a country.
    Country(&'a str),
    /// Another word.
    Word(&'a Host<'a>),
}

/// Whether the folded `word` says that somebody holds an office no more.
pub(crate) fn is_former(word: &str) -> bool {
    FORMER.contains(&word.trim_start_matches("ال").trim_end_matches('ة'))
}

/// In the masculine without article.
const FORMER: [&str; 7] = ["سابق", "اسبق", "راحل", "مخلوع", "متقاعد", "مستقيل", "متخلي"];

/// The number of the title's word.
fn lemma(host: &Host<'_>) -> u16 {
    let synonym = SYNONYMS.iter().find(|(word, _)| *word == host.stem).map(|(_, number)| *number);
    synonym.unwrap_or_else(|| host.listed.title.map_or(u16::MAX, |title| title.lemma))
}

/// Whether a word in a title tells it from no other: prepositions, ministries, ranks of the office and its state.
fn is_common(host: &Host<'_>) -> bool {
    let ministry = host.stem == "وزارة" && host.listed.head.is_some_and(|head| head.kind == HeadKind::Public);
    ministry
        || matches!(host.upos, Upos::Adp | Upos::Cconj | Upos::Det | Upos::Part | Upos::Pron)
        || matches!(host.stem, "باسم" | "رسمي" | "رسمية" | "حالي" | "حالية")
        || host.is(Roles::STATUS) && matches!(host.stem, "جديد" | "جديدة")
}
