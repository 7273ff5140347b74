#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

fn analyser() -> &'static Analyser {
    Analyser::embedded().unwrap()
}

/// Lemmas of the readings of `host` as a `upos`, each with the features that all its usual readings agree on.
fn read(host: &str, around: Around, upos: Upos) -> Vec<(String, String)> {
    let mut found = Vec::new();
    analyser().analyse(host, around, &mut found);
    let mut lemmas: Vec<(String, (Spelling, bool), Possible)> = Vec::new();
    for f in found.iter().filter(|f| analyser().lexeme(f.lexeme).upos == upos) {
        let lemma: String = analyser().lexeme(f.lexeme).letters().collect();
        match lemmas.iter_mut().find(|(known, ..)| *known == lemma) {
            Some(known) if known.1 == (f.spelling, f.rare) => known.2 = known.2.or(f.possible),
            Some(known) if known.1 < (f.spelling, f.rare) => {}
            Some(known) => *known = (lemma, (f.spelling, f.rare), f.possible),
            None => lemmas.push((lemma, (f.spelling, f.rare), f.possible)),
        }
    }
    let features = |possible: Possible| possible.decided().map(|(_, value)| value).collect::<Vec<_>>().join(" ");
    lemmas.into_iter().map(|(lemma, _, possible)| (lemma, features(possible))).collect()
}

/// What is wrong where `host` is not read as told.
fn wrong(host: &str, around: Around, upos: Upos, lemma: &str, features: &str) -> Option<String> {
    let readings = read(host, around, upos);
    let right = readings.contains(&(lemma.to_owned(), features.to_owned()));
    (!right).then(|| format!("{host} is not {lemma} {features}, it is {readings:?}"))
}

#[test]
fn verbs_of_every_form_and_kind_are_conjugated() {
    // form, lemma, features; sound, doubled, with hamza, with و or ي first, hollow, defective
    let table = "\
        كتب كتب Perf Masc Sing 3|كتبت كتب Perf Fem Sing 3|كتبوا كتب Perf Masc Plur 3|كتبنا كتب Perf Plur 1|يكتب كتب Imp Masc Sing 3|\
        يكتبون كتب Imp Masc Ind Plur 3|يكتبوا كتب Imp Masc Plur 3|يكتبان كتب Imp Masc Ind Dual 3|نكتب كتب Imp Plur 1|\
        تكتبين كتب Imp Fem Ind Sing 2|يكتبن كتب Imp Fem Plur 3|اكتب كتب Masc Imp Sing 2|اكتبوا كتب Masc Imp Plur 2|\
        علمت علم Perf Fem Sing 3|يعلمون علم Imp Masc Ind Plur 3|شارك شارك Perf Masc Sing 3 Act|يشاركون شارك Imp Masc Ind Plur 3|\
        أعلنت أعلن Perf Fem Sing 3|يعلن أعلن Imp Masc Sing 3|تحدثوا تحدث Perf Masc Plur 3|يتحدثان تحدث Imp Masc Ind Dual 3|\
        تعاونت تعاون Perf Fem Sing 3 Act|يتعاونون تعاون Imp Masc Ind Plur 3|انسحبت انسحب Perf Fem Sing 3|ينسحبون انسحب Imp Masc Ind Plur 3|\
        اجتمعوا اجتمع Perf Masc Plur 3|يجتمعون اجتمع Imp Masc Ind Plur 3|احمرت احمر Perf Fem Sing 3|\
        استقبلت استقبل Perf Fem Sing 3|يستقبلون استقبل Imp Masc Ind Plur 3|\
        مر مر Perf Masc Sing 3|مررت مر Perf Sing|يمرون مر Imp Masc Ind Plur 3|استمر استمر Perf Masc Sing 3|\
        يستمرون استمر Imp Masc Ind Plur 3|أكل أكل Perf Masc Sing 3|يأكلون أكل Imp Masc Ind Plur 3 Act|يؤكل أكل Imp Masc Sing 3|\
        سأل سأل Perf Masc Sing 3|يسألون سأل Imp Masc Ind Plur 3|قرأت قرأ Perf Fem Sing 3|يقرؤون قرأ Imp Masc Ind Plur 3|\
        وصل وصل Perf Masc Sing 3|يصلون وصل Imp Masc Ind Plur 3 Act|تصل وصل Imp Fem Sing 3 Act|\
        قال قال Perf Masc Sing 3 Act|قلت قال Perf Sing|يقولون قال Imp Masc Ind Plur 3 Act|يقل قال Imp Masc Jus Sing 3|\
        قيل قال Perf Masc Sing 3 Pass|يقال قال Imp Masc Sing 3 Pass|باع باع Perf Masc Sing 3 Act|يبيعون باع Imp Masc Ind Plur 3 Act|\
        خافوا خاف Perf Masc Plur 3 Act|أدار أدار Perf Masc Sing 3 Act|يديرون أدار Imp Masc Ind Plur 3 Act|أصيب أصاب Perf Masc Sing 3 Pass|\
        اختار اختار Perf Masc Sing 3 Act|اخترنا اختار Perf Plur 1|استعاد استعاد Perf Masc Sing 3 Act|يستعيدون استعاد Imp Masc Ind Plur 3 Act|\
        دعا دعا Perf Masc Sing 3 Act|دعت دعا Perf Fem Sing 3 Act|يدعو دعا Imp Masc Sing 3 Act|يدعى دعا Imp Masc Sing 3 Pass|\
        رمى رمى Perf Masc Sing 3 Act|يرمون رمى Imp Masc Ind Plur 3|بقي بقي Perf Masc Sing 3|يبقى بقي Imp Masc Sing 3|يبق بقي Imp Masc Jus Sing 3|\
        أعطى أعطى Perf Masc Sing 3 Act|يعطون أعطى Imp Masc Ind Plur 3|التقى التقى Perf Masc Sing 3 Act|يلتقي التقى Imp Masc Sing 3 Act|\
        استدعت استدعى Perf Fem Sing 3 Act|تولى تولى Perf Masc Sing 3 Act|تتولى تولى Imp Fem Sing 3|تبنت تبنى Perf Fem Sing 3 Act|نفى نفى Perf Masc Sing 3 Act|ينفون نفى Imp Masc Ind Plur 3";
    let check = |row: &str| {
        let mut fields = row.trim().splitn(3, ' ');
        let (host, lemma, features) =
            (fields.next().unwrap(), fields.next().unwrap(), fields.next().unwrap_or_default());
        wrong(host, Around::Nothing, Upos::Verb, lemma, features)
    };
    assert_eq!(table.split('|').filter_map(check).collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn verbs_change_before_a_pronoun() {
    for (host, lemma, features) in [
        ("قتلو", "قتل", "Perf Masc Plur 3"),
        ("أعطا", "أعطى", "Perf Masc Sing 3 Act"),
        ("يلقا", "لقي", "Imp Masc Sing 3"),
        ("أعلنت", "أعلن", "Perf Fem Sing 3"),
        ("يعتبرون", "اعتبر", "Imp Masc Ind Plur 3"),
    ] {
        assert_eq!(wrong(host, Around::Pronoun, Upos::Verb, lemma, features), None);
    }
    assert!(read("قتلوا", Around::Pronoun, Upos::Verb).is_empty(), "the alef is not written before a pronoun");
}

#[test]
fn nouns_and_adjectives_have_their_numbers_and_states() {
    use Around::{Article, Mine, Nothing, Pronoun};
    for (host, around, upos, lemma, features) in [
        ("كتب", Nothing, Upos::Noun, "كتاب", "Plur"),
        ("كتابا", Nothing, Upos::Noun, "كتاب", "Acc Ind Sing"),
        ("مدارس", Article, Upos::Noun, "مدرسة", "Def Plur"),
        ("أصدقائ", Pronoun, Upos::Noun, "صديق", "Gen Cons Plur"),
        ("أصدقاؤ", Pronoun, Upos::Noun, "صديق", "Nom Cons Plur"),
        ("أصدقائ", Mine, Upos::Noun, "صديق", "Cons Plur"),
        ("معاني", Article, Upos::Noun, "معنى", "Def Plur"),
        ("معان", Nothing, Upos::Noun, "معنى", "Ind Plur"),
        ("وزارت", Pronoun, Upos::Noun, "وزارة", "Cons Fem Sing"),
        ("وزارات", Article, Upos::Noun, "وزارة", "Def Fem Plur"),
        ("مستشفا", Pronoun, Upos::Noun, "مستشفى", "Cons Masc Sing"),
        ("مستشفيات", Nothing, Upos::Noun, "مستشفى", "Plur"),
        ("مباريات", Nothing, Upos::Noun, "مباراة", "Fem Plur"),
        ("قاض", Nothing, Upos::Noun, "قاضي", "Ind Masc Sing"),
        ("جزيرتين", Nothing, Upos::Noun, "جزيرة", "Ind Fem Dual"),
        ("جزيرتي", Nothing, Upos::Noun, "جزيرة", "Cons Fem Dual"),
        ("جزيرتا", Nothing, Upos::Noun, "جزيرة", "Nom Cons Fem Dual"),
        ("مسؤولون", Article, Upos::Noun, "مسؤول", "Nom Def Masc Plur"),
        ("مسؤولو", Nothing, Upos::Noun, "مسؤول", "Nom Cons Masc Plur"),
        ("مسؤولو", Pronoun, Upos::Noun, "مسؤول", "Nom Cons Masc Plur"),
        ("مسؤولين", Article, Upos::Noun, "مسؤول", "Def Masc"),
        ("أميركية", Nothing, Upos::Adj, "أميركي", "Fem Sing"),
        ("أميركيون", Article, Upos::Adj, "أميركي", "Nom Def Masc Plur"),
        ("كبرى", Article, Upos::Adj, "أكبر", "Def Fem Sing"),
        ("كبار", Article, Upos::Adj, "كبير", "Def Masc Plur"),
        ("جدد", Article, Upos::Adj, "جديد", "Def Masc Plur"),
        ("صحراوي", Article, Upos::Adj, "صحراوي", "Def Masc Sing"),
        ("بيضاء", Article, Upos::Adj, "أبيض", "Def Fem Sing"),
    ] {
        assert_eq!(wrong(host, around, upos, lemma, features), None);
    }
    assert!(read("وزارة", Around::Pronoun, Upos::Noun).is_empty(), "ة is ت before a pronoun");
}

#[test]
fn common_spellings_are_found() {
    let spelled = |host: &str, upos: Upos| {
        let mut found = Vec::new();
        analyser().analyse(host, Around::Nothing, &mut found);
        let own = found.iter().filter(|f| analyser().lexeme(f.lexeme).upos == upos);
        own.map(|f| (analyser().lexeme(f.lexeme).letters().collect::<String>(), f.spelling)).collect::<Vec<_>>()
    };
    for (host, upos, lemma, spelling) in [
        ("اعلنت", Upos::Verb, "أعلن", Spelling::Common),
        ("الغى", Upos::Verb, "ألغى", Spelling::Common),
        ("فتوي", Upos::Noun, "فتوى", Spelling::Common),
        ("وزاره", Upos::Noun, "وزارة", Spelling::Loose),
        ("إستقبل", Upos::Verb, "استقبل", Spelling::Loose),
        ("أكد", Upos::Verb, "أكد", Spelling::Exact),
    ] {
        let found = spelled(host, upos);
        assert!(found.contains(&(lemma.to_owned(), spelling)), "{host} is {found:?}");
    }
}

#[test]
fn lexemes_have_root_pattern_and_gloss() {
    let mut found = Vec::new();
    analyser().analyse("كاتب", Around::Nothing, &mut found);
    let writer = found.iter().map(|f| analyser().lexeme(f.lexeme)).find(|l| l.upos == Upos::Noun).unwrap();
    assert_eq!((writer.lemma, writer.root, writer.pattern), ("كَاتِب", "كتب", "فَاعِل"));
    assert!(!writer.gloss.is_empty());
}

#[test]
fn every_form_of_the_lexicon_is_analysed_back() {
    use fst::Streamer as _;
    let analyser = analyser();
    let affixes: Vec<Vec<&str>> = AFFIXES.split("\n\n").map(|list| list.split('\n').collect()).collect();
    let (cells, _) = CELLS.as_chunks::<CELL>();
    let mut stream = analyser.stems.stream();
    let (mut forms, mut found) = (0u32, Vec::new());
    while let Some((_, place)) = stream.next() {
        let mut bytes = &POSTINGS[place.value() as usize..];
        for _ in 0..number(&mut bytes) {
            let (lexeme, class, stem) = (number(&mut bytes), number(&mut bytes), string(number(&mut bytes)));
            let stem: String = stem.chars().filter(|&c| !compile::mark(c)).collect();
            let first = cells.partition_point(|cell| u16::from_be_bytes([cell[0], cell[1]]) < class as u16);
            for cell in &cells[first..] {
                if u16::from_be_bytes([cell[0], cell[1]]) != class as u16 {
                    break;
                }
                let around = match cell[4] {
                    0 | 2 | 4 => Around::Nothing,
                    3 => Around::Article,
                    1 | 5 => Around::Pronoun,
                    _ => Around::Mine,
                };
                let (prefix, ending) = (affixes[0][usize::from(cell[2])], affixes[1][usize::from(cell[3])]);
                let form = format!("{prefix}{stem}{ending}");
                // all of them take half a minute without optimization
                forms += 1;
                if cfg!(debug_assertions) && forms % 4 != 0 {
                    continue;
                }
                found.clear();
                analyser.analyse(&form, around, &mut found);
                let back = found.iter().any(|f| f.lexeme == lexeme && f.spelling == Spelling::Exact);
                assert!(back, "{form} of {} is not analysed back", analyser.lexeme(lexeme).lemma);
            }
        }
    }
    assert!(forms > 500_000, "{forms} forms");
}

#[test]
fn the_lexicon_stays_small() {
    assert!(Analyser::size() < 5 << 20, "{} bytes", Analyser::size());
}

proptest! {
    #[test]
    fn any_word_is_read(token in "[وفبكلسايتنهمآأإىةءؤئدرقعجح]{0,20}") {
        let mut out = Vec::new();
        readings(crate::morphology::lexicon::Lexicon::embedded(), analyser(), &token, &Marks::default(), &mut out);
        for reading in &out {
            prop_assert!(reading.host.start < reading.host.end && token.get(reading.host.clone()).is_some());
        }
        let mut again = Vec::new();
        readings(crate::morphology::lexicon::Lexicon::embedded(), analyser(), &token, &Marks::default(), &mut again);
        prop_assert_eq!(out, again);
    }

    #[test]
    fn any_text_is_read(token in "\\PC{0,40}") {
        let mut found = Vec::new();
        for around in [Around::Nothing, Around::Article, Around::Pronoun, Around::Mine] {
            analyser().analyse(&token, around, &mut found);
        }
    }
}

#[test]
fn a_word_of_ten_thousand_letters_is_no_word() {
    let mut found = Vec::new();
    for letter in ["ا", "و", "ي", "كت"] {
        analyser().analyse(&letter.repeat(10_000), Around::Nothing, &mut found);
    }
    assert!(found.is_empty());
}
