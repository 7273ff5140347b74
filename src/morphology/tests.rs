//! Clitic patterns, words that only look like one, and what the analysis tells.

use proptest::prelude::*;

use super::*;
use crate::text::{Buffers, Text};

/// The words of `text` by `show`, joined by + inside a token.
fn analysed(text: &str, show: impl Fn(&Words, &Word, &Text<'_>) -> String) -> String {
    let text = Text::read(text, Buffers::default());
    let mut words = Words::default();
    analyse(&text, &mut words);
    let token = |i| words.of(i).iter().map(|word| show(&words, word, &text)).collect::<Vec<_>>().join("+");
    (0..text.tokens().len()).map(token).collect::<Vec<_>>().join(" ")
}

fn cut(text: &str) -> String {
    analysed(text, |_, word, text| text.normalized(word.token as usize)[word.range()].to_owned())
}

fn alone(text: &str) -> String {
    analysed(text, |words, word, text| words.underlying(word, text).to_owned())
}

fn tagged(text: &str) -> String {
    analysed(text, |words, word, text| {
        format!("{}/{}", crate::convert::labels::upos(word.upos).0, words.lemma(word, text))
    })
}

#[test]
fn words_that_only_look_like_a_clitic_stay_whole() {
    let whole = "إلى الله التي الذي الذين إلا ألمانيا وزير وزارة والد والدة والي كتاب كاتب كبير كثير كلمة كأس كرة كلية بيان بيانات \
        بلد بلاد بنك بين بعد بحث بحر باب بيت برلمان بداية بريطانيا بغداد باريس برلين بيروت بكين بوتين بايدن بلينكن بوش بلال \
        فريق فيما فهم فرنسا فكرة فترة فوز فصل فاطمة فلسطين فنزويلا فرانسوا لقاء لجنة لاعب لحظة لاجئ ليلة لغة ليبيا لبنان لندن \
        لافروف لوبان وقت وضع وجود وصول وطن وطني وسط وراء وسائل وحدة ولاية وكالة وثيقة وليد وائل واشنطن والتر ويليام ويلسون وفد \
        كوريا كندا كينيا كوبا كاميرون كلينتون كيري كمال كامل سوريا سيناء سنوات سيارة سيدة سفير سلاح سلمان سليمان ستوكهولم \
        سيدني ساركوزي مياه اتجاه وجه شبه نزيه فقه كما بينما عندما لماذا كذلك هكذا إنما ربما هناك ذلك تلك أنا نحن مهم أهم حاكم \
        لبنانيين بلجيكا بولندا بالغ بابا فضل فشل فرصة فيلم لازم لون بهي بني بنو لاحق وارد واسع واحد واجب وفاة وعد وقف وصف كشف كان كانت";
    for word in whole.split_whitespace() {
        assert_eq!(cut(word), word, "{word} has no clitic");
    }
}

#[test]
fn clitics_are_cut_off() {
    let table = "و+قال و+أضاف و+قالت و+الدوحة و+بحث و+وزير و+وزارة و+واشنطن و+لبنان و+بيروت و+كوريا ف+قال ف+إن ب+سبب ب+الدوحة \
        و+ب+الدوحة ف+ب+النسبة ب+وزير ك+وزير ل+وزير ل+تعزيز ل+يكون ل+دعم ل+ليبيا ل+لبنان ل+لدوحة ل+لجنة و+ل+لديوان ل+لرئيس \
        و+ل+لمرة ل+واشنطن س+يكون س+تعقد و+س+يقول ف+س+يزور س+نعمل وزارت+ه مستشفا+ه أصدقائ+ه أبناؤ+ه بلاد+ه قول+ه و+وزارت+ها \
        زيارت+هم ل+زيارت+ه حكومت+نا يمكن+ه أعلنت+ه يعتبرون+ه و+أعطا+ه قتلو+ه تأكيد+ه مشيرت+ها ل+ه ل+ها ب+ه ب+ها و+ل+هم ف+ل+ه \
        و+ب+ها علي+ه إلي+ها لدي+ه و+علي+هم في+ه من+ها عن+هم مع+نا بين+هما عند+ه بعد+ه أن+ه أن+ها إن+هم ل+أن+ني لأن+ه كأن+ها \
        لكن+ها ب+أن+ه ك+أن نفس+ه ب+نفس+ه غير+ها كل+هم بعض+هم ل+بعض+هم مثل+ه و+هو و+هي و+هذا و+في و+من و+على و+إلى و+لم و+لا \
        و+قد ف+قد ب+ما مم+ا عم+ا و+مم+ا ممن ل+ذلك ب+ذلك و+ل+ذلك ل+هذا ب+هذه ل+كل ب+كل ل+لتي ل+له ب+الله و+الله و+ما و+كان \
        ف+كان و+ليس ل+من ب+من ك+هذه ل+هؤلاء ب+حيث ب+تلك ب+غير ل+بعض ب+دور+ه ب+بني و+كما و+عندما ل+كي ب+دون و+العمرة و+المنسوجات ل+لديوانة";
    for words in table.split_whitespace() {
        let token = words.replace('+', "");
        let expected = match words {
            "ممن" => "مم+ن",
            "ل+أن+ني" => "لأن+ني",
            "ك+أن" => "كأن",
            words => words,
        };
        assert_eq!(cut(&token), expected, "words of {token}");
    }
}

#[test]
fn words_stand_alone_in_their_own_form() {
    let table = [
        ("للدوحة", "ل+الدوحة"),
        ("وللديوان", "و+ل+الديوان"),
        ("وزارته", "وزارة+ه"),
        ("لزيارتها", "ل+زيارة+ها"),
        ("مستشفاه", "مستشفى+ه"),
        ("أصدقائه", "أصدقاء+ه"),
        ("أبناؤه", "أبناء+ه"),
        ("قتلوه", "قتلوا+ه"),
        ("عليه", "على+ه"),
        ("إليهم", "إلى+هم"),
        ("لديها", "لدى+ها"),
        ("مما", "من+ما"),
        ("لله", "ل+الله"),
        ("للتي", "ل+التي"),
        ("بالدوحة", "ب+الدوحة"),
        ("كتابه", "كتاب+ه"),
    ];
    for (token, expected) in table {
        assert_eq!(alone(token), expected, "forms alone of {token}");
    }
}

#[test]
fn context_decides_parts_of_speech() {
    let table = [
        ("قال وزير الخارجية إن الوفد وصل", "VERB/قال NOUN/وزير NOUN/خارجية SCONJ/إن NOUN/وفد VERB/وصل"),
        ("لم يعلن المسؤولون موقفهم", "PART/لم VERB/أعلن NOUN/مسؤول NOUN/موقف+PRON/هم"),
        ("في كتب المدرسة", "ADP/في NOUN/كتاب NOUN/مدرسة"),
        ("الحكومة الفرنسية الجديدة", "NOUN/حكومة ADJ/فرنسي ADJ/جديد"),
        ("وستعقد الجلسات غدا.", "CCONJ/و+PART/س+VERB/عقد NOUN/جلسة NOUN/غد PUNCT/."),
        ("غادر متوجهاً إليها", "VERB/غادر ADJ/متوجه ADP/إلى+PRON/ها"),
        ("زار الرئيس باريس", "VERB/زار NOUN/رئيس PROPN/باريس"),
    ];
    for (text, expected) in table {
        assert_eq!(tagged(text), expected, "analysis of {text}");
    }
}

#[test]
fn features_are_what_the_writing_decides() {
    let table = [
        ("المدرسة", "Definite=Def Gender=Fem Number=Sing"),
        ("الجلسات", "Definite=Def Gender=Fem Number=Plur"),
        ("المسؤولون", "Case=Nom Definite=Def Gender=Masc Number=Plur"),
        ("مدرسة", "Gender=Fem Number=Sing"),
        ("كتاب", "Number=Sing"),
        ("كتابا", "Case=Acc Definite=Ind Number=Sing"),
        ("مستشفى", "Gender=Masc Number=Sing"),
        ("يقولون", "Aspect=Imp Gender=Masc Mood=Ind Number=Plur Person=3 Voice=Act"),
        ("يكون", "Aspect=Imp Gender=Masc Number=Sing Person=3 Voice=Act"),
        ("قال", "Aspect=Perf Gender=Masc Number=Sing Person=3 Voice=Act"),
        ("قيل", "Aspect=Perf Gender=Masc Number=Sing Person=3 Voice=Pass"),
        ("قالت", "Aspect=Perf Gender=Fem Number=Sing Person=3 Voice=Act"),
        ("هي", "Gender=Fem Number=Sing Person=3 PronType=Prs"),
        ("أجهزة", "Number=Plur"),
        // the word before decides
        ("لم يقولوا", "Polarity=Neg Aspect=Imp Gender=Masc Mood=Jus Number=Plur Person=3 Voice=Act"),
        ("أن يقولوا", " Aspect=Imp Gender=Masc Mood=Sub Number=Plur Person=3 Voice=Act"),
        ("مع مسؤولين", " Case=Gen Definite=Ind Gender=Masc"),
        // in construct with the pronoun
        ("أصدقاؤه", "Case=Nom Definite=Cons Number=Plur+Gender=Masc Number=Sing Person=3 PronType=Prs"),
    ];
    for (token, expected) in table {
        let features = |_: &Words, word: &Word, _: &Text<'_>| {
            word.features.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(analysed(token, features), expected, "features of {token}");
    }
}

#[test]
fn cuts_inside_names_are_undone() {
    let text = Text::read("زار ودعم الوفد وزارته", Buffers::default());
    let mut words = Words::default();
    let shown = |words: &Words| {
        let token = |i| words.of(i).iter().map(|w| &text.normalized(w.token as usize)[w.range()]).collect::<Vec<_>>();
        (0..text.tokens().len()).map(|i| token(i).join("+")).collect::<Vec<_>>().join(" ")
    };
    let table = [
        (vec![], "زار و+دعم الوفد وزارت+ه"),
        (vec![(1, 0..8)], "زار ودعم الوفد وزارت+ه"),
        (vec![(0, 0..6), (1, 0..8), (3, 0..12)], "زار ودعم الوفد وزارته"),
        // no words have just these bytes, or none of them is a host
        (vec![(1, 0..2), (2, 0..2), (3, 2..12)], "زار و+دعم الوفد وزارت+ه"),
    ];
    for (names, expected) in table {
        analyse(&text, &mut words);
        words.unite(names.clone());
        assert_eq!(shown(&words), expected, "united {names:?}");
    }
    assert_ne!(words.host(1).upos, Upos::Propn);
    words.unite([(1, 0..8)]);
    assert_eq!(words.host(1).upos, Upos::Propn);
}

#[test]
fn every_token_has_a_word() {
    assert_eq!(tagged("في 16 سبتمبر: 50% Reuters"), "ADP/في NUM/16 NOUN/سبتمبر PUNCT/: NUM/50 SYM/% X/");
    let diacritics = Text::read("\u{64e}\u{64f}", Buffers::default());
    let mut words = Words::default();
    analyse(&diacritics, &mut words);
    for token in 0..diacritics.tokens().len() {
        assert_eq!(words.of(token).len(), 1, "words of diacritics alone");
        assert!(words.of(token)[0].range().is_empty());
    }
}

/// Words cover their token in order, have a span inside its span, one host, and the same answer a second time.
fn well_formed(text: &str) {
    let text = Text::read(text, Buffers::default());
    let mut words = Words::default();
    analyse(&text, &mut words);
    for (i, token) in text.tokens().iter().enumerate() {
        let of = words.of(i);
        let mut at = 0;
        for word in of {
            assert_eq!(word.range().start, at, "gap in {:?}", text.slice(token.span));
            at = word.range().end;
            let span = text.span_within(i, word.range());
            assert!(token.span.contains(span), "{span:?} is outside {:?}", token.span);
            words.underlying(word, &text);
            words.lemma(word, &text);
        }
        assert_eq!(at, text.normalized(i).len(), "words of {:?} do not cover it", text.slice(token.span));
        assert_eq!(of.iter().filter(|word| word.host).count(), 1, "hosts of {:?}", text.slice(token.span));
    }
    let before = format!("{words:?}");
    analyse(&text, &mut words);
    assert_eq!(format!("{words:?}"), before, "a second time the words differ");
}

proptest! {
    #[test]
    fn any_text_is_covered(text in "\\PC{0,40}") {
        well_formed(&text);
    }

    #[test]
    fn any_arabic_is_covered(text in "[وفبكلساأإآىيةتنهمدر ءؤئ\u{64e}\u{640}.ﻻ1a]{0,40}") {
        well_formed(&text);
    }
}

#[test]
fn long_tokens_and_long_sentences_are_read() {
    well_formed(&"و".repeat(150_000));
    well_formed(&"ال".repeat(75_000));
    well_formed(&"قتل ".repeat(20_000));
}
