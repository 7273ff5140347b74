//! What the text states and what it only seems to state.

use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::{
    document::{Document, Layer, Layers},
    engine::{Engine, Stop, Worker},
};

/// The relations of `text` as `subject KIND object: evidence`.
fn read(text: &str) -> Vec<String> {
    let document = Document {
        id: String::new(),
        text: text.to_owned(),
        language: "ar".to_owned(),
        published: None,
        zone: TimeZone::UTC,
    };
    let mut worker = Worker::new(Arc::new(Engine::default()));
    let relations = worker.run(&document, Layers::of(&[Layer::Relations]), &Stop::default(), |answer| {
        let name = |entity: usize| answer.entities.entities[entity].name.as_str();
        let line = |r: &super::Relation| {
            let (subject, object) = (name(r.subject), r.object.map_or("-", name));
            format!("{subject} {:?} {object}: {}", r.kind, answer.text.slice(r.evidence))
        };
        answer.relations.iter().map(line).collect()
    });
    relations.unwrap()
}

#[test]
fn what_is_stated_is_read() {
    let cases: [(&str, &[&str]); 9] = [
        (
            "قال المتحدث باسم وزارة الداخلية الأردنية عامر السرطاوي إن الطريق مفتوح.",
            &[
                "عامر السرطاوي HoldsOffice وزارة الداخلية الأردنية: المتحدث باسم وزارة الداخلية الأردنية عامر السرطاوي",
                "عامر السرطاوي WorksFor وزارة الداخلية الأردنية: المتحدث باسم وزارة الداخلية الأردنية عامر السرطاوي",
            ],
        ),
        ("وصل أمير دولة قطر أمس.", &[]),
        ("وقع الحادث قرب مطار صنعاء في اليمن.", &["مطار صنعاء LocatedIn اليمن: مطار صنعاء في اليمن"]),
        ("قالت الحكومة المصرية في القاهرة إنها وافقت.", &[]),
        (
            "أعلن المعهد الوطني للرصد الجوي التابع لوزارة النقل عن أمطار.",
            &["المعهد الوطني للرصد الجوي PartOf وزارة النقل: المعهد الوطني للرصد الجوي التابع لوزارة النقل"],
        ),
        (
            "التقى الوزير سالم الحمداني السفير خالد المصراتي في طرابلس.",
            &["سالم الحمداني Met خالد المصراتي: التقى الوزير سالم الحمداني السفير خالد المصراتي"],
        ),
        (
            "وصل سالم الحمداني إلى عمان، حيث التقى خالد المصراتي.",
            &["سالم الحمداني Met خالد المصراتي: التقى خالد المصراتي"],
        ),
        (
            "اجتمع سالم الحمداني مع خالد المصراتي.",
            &["سالم الحمداني Met خالد المصراتي: اجتمع سالم الحمداني مع خالد المصراتي"],
        ),
        ("بحث سالم الحمداني الوضع في ليبيا.", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text), expected, "{text}");
    }
}
