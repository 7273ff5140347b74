//! Words as the whole program tells them, its model included: what the sentence decides.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Arc;

use isnad::{
    document::{Document, Layer, Layers},
    engine::{Engine, Stop, Worker},
};
use jiff::tz::TimeZone;

/// Each token with its words: `form/UPOS` joined by +.
fn told(worker: &mut Worker, text: &str) -> Vec<String> {
    let document = Document {
        id: String::new(),
        text: text.to_owned(),
        language: "ar".to_owned(),
        published: None,
        zone: TimeZone::UTC,
    };
    let layers = Layers::of(&[Layer::Words]);
    let stop = Stop::default();
    worker
        .run(&document, layers, &stop, |answer| {
            let token = |i| {
                let words = answer.words.of(i).iter().map(|word| {
                    let form = &answer.text.normalized(i)[word.range()];
                    format!("{form}/{}", format!("{:?}", word.upos).to_uppercase())
                });
                words.collect::<Vec<_>>().join("+")
            };
            (0..answer.text.tokens().len()).map(token).collect()
        })
        .unwrap()
}

/// Sentences, and the words of them that context alone decides.
const TABLE: [(&str, &str); 14] = [
    ("أعلنت حركة النهضة أنها ستشارك في الحكومة", "النهضة/PROPN"),
    ("تشهد البلاد نهضة صناعية كبيرة", "نهضة/NOUN"),
    ("قتل جندي وأصيب آخر في انفجار لغم", "قتل/VERB"),
    ("خرج المئات بعد قتل المدنيين في القرية", "قتل/NOUN"),
    ("كان الرئيس قد أمر بفتح تحقيق", "أمر/VERB"),
    ("هذا أمر لا يمكن قبوله", "أمر/NOUN"),
    ("عقد الوزير اجتماعا مع نظيره", "عقد/VERB"),
    ("وقعت الشركة عقد توريد بقيمة كبيرة", "عقد/NOUN"),
    ("قال والتر شتاينماير إن بلاده تدعم الاتفاق", "والتر/PROPN"),
    ("صرح كمال بلال للصحفيين أمس", "بلال/PROPN"),
    ("زار وزير الخارجية بيروت", "وزير/NOUN"),
    ("ليساعد المتضررين أرسلت الحكومة قافلة", "ل/SCONJ+يساعد/VERB"),
    ("سلم الرسالة لوزير المالية", "ل/ADP+وزير/NOUN"),
    ("سيحضر الرئيس القمة", "س/PART+يحضر/VERB"),
];

#[test]
fn the_sentence_decides() {
    let mut worker = Worker::new(Arc::new(Engine::default()));
    let wrong: Vec<_> = TABLE
        .iter()
        .filter_map(|&(text, wanted)| {
            let told = told(&mut worker, text);
            (!told.iter().any(|token| token == wanted)).then(|| format!("{wanted} in: {}", told.join(" ")))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_worker_tells_the_same_after_other_texts() {
    let engine = Arc::new(Engine::default());
    let mut used = Worker::new(Arc::clone(&engine));
    for (text, _) in TABLE {
        let fresh = told(&mut Worker::new(Arc::clone(&engine)), text);
        assert_eq!(told(&mut used, text), fresh, "{text}");
    }
}
