//! Language: the script that most letters belong to, then function words and letters of its own.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{
    Buffers, Text, TokenKind,
    class::{Class, class, is_arabic},
};

/// No language that is known here.
const UNDETERMINED: &str = "und";

/// The BCP 47 tag of `text`: `ar`, another language that is written with Arabic letters, `en`, or `und`. Where nothing
/// speaks against it, a text in Arabic letters is Arabic.
pub fn detect(text: &Text<'_>) -> &'static str {
    let (mut arabic, mut foreign) = (0, 0);
    for c in text.original().chars() {
        match class(c) {
            Class::Arabic => arabic += 1,
            Class::Foreign => foreign += 1,
            _ => {}
        }
    }
    match arabic + foreign {
        0 => UNDETERMINED,
        _ if arabic >= foreign => of_arabic_script(text),
        _ => of_other_script(text),
    }
}

/// The language of a text in Arabic letters.
fn of_arabic_script(text: &Text<'_>) -> &'static str {
    let evidence = Evidence::of(text, TokenKind::Word);
    let (best, votes) = evidence.best(|tag| is_arabic_script(tag) && tag != "ar");
    let arabic = evidence.votes("ar") + evidence.articles;
    if arabic >= votes + evidence.persian_letters {
        "ar"
    } else if votes > 0 {
        best
    } else {
        UNDETERMINED
    }
}

/// The language of a text in other letters.
fn of_other_script(text: &Text<'_>) -> &'static str {
    /// One word in ten of English news is one of those listed, and of other languages none.
    const SHARE: u32 = 10;
    let evidence = Evidence::of(text, TokenKind::Foreign);
    let (best, votes) = evidence.best(|tag| !is_arabic_script(tag));
    if votes > 0 && votes * SHARE >= evidence.words { best } else { UNDETERMINED }
}

/// Whether the language is written in Arabic letters.
fn is_arabic_script(tag: &str) -> bool {
    tag != "en"
}

/// What the words of a text say of its language.
#[derive(Default)]
struct Evidence {
    /// The words looked at.
    words: u32,
    /// For each language the words that are its function words or hold a letter of its own.
    votes: Vec<u32>,
    /// Words with the Arabic article.
    articles: u32,
    /// Words with letters that Arabic lacks and several other languages have.
    persian_letters: u32,
}

impl Evidence {
    /// Counts the words of `kind`.
    fn of(text: &Text<'_>, kind: TokenKind) -> Self {
        let known = &*LANGUAGES;
        let mut evidence = Self { votes: vec![0; known.tags.len()], ..Self::default() };
        for (i, token) in text.tokens().iter().enumerate().filter(|(_, token)| token.kind == kind) {
            evidence.words += 1;
            let form = text.normalized(i);
            let word = known.words.get(if kind == TokenKind::Foreign { text.folded(i) } else { form });
            let mut languages = word.copied().unwrap_or_default();
            let mut persian = false;
            // The slice, since the normalized form writes ک ی ہ as ك ي ه.
            for c in text.slice(token.span).chars().filter(|&c| is_arabic(c)) {
                languages |= known.letters.get(&c).copied().unwrap_or_default();
                persian |= matches!(c, 'پ' | 'چ' | 'ژ' | 'گ' | 'ک' | 'ی');
            }
            for (language, votes) in evidence.votes.iter_mut().enumerate() {
                *votes += u32::from(languages >> language & 1);
            }
            evidence.persian_letters += u32::from(persian);
            evidence.articles += u32::from(has_article(form));
        }
        evidence
    }

    /// The votes for the language `tag`.
    fn votes(&self, tag: &str) -> u32 {
        LANGUAGES.tags.iter().zip(&self.votes).find_map(|(&t, &votes)| (t == tag).then_some(votes)).unwrap_or(0)
    }

    /// The language with most votes of those that `among` takes, the first listed where several have.
    fn best(&self, among: impl Fn(&str) -> bool) -> (&'static str, u32) {
        let candidates = LANGUAGES.tags.iter().zip(&self.votes).filter(|(tag, _)| among(tag));
        let mut best = (UNDETERMINED, 0);
        for (&tag, &votes) in candidates {
            if votes > best.1 {
                best = (tag, votes);
            }
        }
        best
    }
}

/// Whether `form` begins with the article, behind one clitic perhaps.
fn has_article(form: &str) -> bool {
    let host = form.strip_prefix(['و', 'ف', 'ب', 'ك']).unwrap_or(form);
    let rest = host.strip_prefix("ال").or_else(|| form.strip_prefix("لل"));
    rest.is_some_and(|rest| rest.chars().nth(1).is_some())
}

/// `resources/function_words.tsv`.
struct Languages {
    tags: Vec<&'static str>,
    /// Normalized words to the set of their languages, a bit each.
    words: FxHashMap<String, u16>,
    /// Letters to the set of their languages.
    letters: FxHashMap<char, u16>,
}

static LANGUAGES: LazyLock<Languages> = LazyLock::new(|| {
    let mut known = Languages { tags: Vec::new(), words: FxHashMap::default(), letters: FxHashMap::default() };
    let rows = include_str!("../../resources/function_words.tsv").lines().filter(|line| !line.starts_with('#'));
    for row in rows {
        let mut columns = row.split('\t');
        let mut column = || columns.next().unwrap_or_default();
        let (tag, letters, words) = (column(), column(), column());
        let bit = 1 << known.tags.len();
        known.tags.push(tag);
        for letter in letters.chars() {
            *known.letters.entry(letter).or_default() |= bit;
        }
        let words = Text::read(words, Buffers::default());
        for i in 0..words.tokens().len() {
            *known.words.entry(words.normalized(i).to_owned()).or_default() |= bit;
        }
    }
    known
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_language() {
        let cases = [
            ("ar", "أعلن وزير الخارجية القطري أن بلاده ستشارك في القمة."),
            ("ar", "الدوحة تستضيف القمة"),
            ("ar", "محمد سالم"),
            ("ar", "مطار حمد"),
            ("ar", "قَالَ الْوَزِيرُ إِنَّ الْأَمْرَ وَاضِحٌ"),
            ("ar", "أعلنت شركة Microsoft أن Windows 11 سيصل قريبا"),
            ("ar", "عقد المؤتمر في جامعة گلاسكو وحضره ژان پول"),
            ("ar", "قال د. سالم إن اللقاح متاح"),
            ("ar", "#قطر_تستضيف_القمة 👍"),
            // Egyptian, typed on a Persian keyboard, without hamza
            ("ar", "الراجل ده مش عارف هو عايز ايه دلوقتي"),
            ("ar", "اعلن الوزیر ان الاجتماع سیعقد فی القاهرة"),
            ("ar", "اجتمعت الحكومه امس وقررت ان تتوقف"),
            ("fa", "رئیس جمهور ایران گفت که این کشور برای مذاکره آماده است."),
            ("fa", "وزیر خارجه با همتای خود دیدار کرد و درباره همکاری‌ها گفت‌وگو شد."),
            ("ur", "وزیر اعظم نے کہا ہے کہ حکومت عوام کے ساتھ ہے۔"),
            ("ur", "پاکستان کی حکومت نے نئے بجٹ کا اعلان کر دیا"),
            ("ckb", "سەرۆکی هەرێم لەگەڵ وەزیری دەرەوە کۆبووەوە و باسی بارودۆخەکەیان کرد."),
            ("ps", "د افغانستان حکومت وايي چې په دې ولایت کې امنیت ښه شوی دی."),
            ("ug", "شىنجاڭدا بۇ يىل ئۈچۈن يېڭى پىلان ۋە قانۇن چىقىرىلدى"),
            ("en", "The minister said that the summit would be held in Doha with leaders from the region."),
            ("en", "The minister of state said the word سلام to the crowd"),
            ("und", "Le ministre des affaires étrangères arrive à Doha pour le sommet"),
            ("und", "שר החוץ הגיע לדוחה"),
            ("und", "外交部长抵达多哈"),
            ("und", "2025 16/9/2025 14:30 50%"),
            ("und", "... !!! 👍"),
            ("und", ""),
        ];
        for (expected, text) in cases {
            let read = Text::read(text, Buffers::default());
            assert_eq!(detect(&read), expected, "{text}");
        }
    }
}
