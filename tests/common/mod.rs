//! What several test programs need: a text, and the promise of the API about spans.

use isnad::document::OffsetUnit;
use serde_json::Value;

/// A short article written for the tests, with what makes offsets hard: diacritics, a bidi mark, an emoji, a ligature.
pub const ARTICLE: &str = "وزير التعليم يفتتح مدرسة جديدة في أسوان 🎒\n\
    القاهرة - قال وزير التعليم المصري خالد عبد الرحمن، أمس الاثنين، إن الوزارة أنفقت 12.5 مليون جنيه على بناء المدرسة. \
    وأضاف: «سنفتح عَشْرَ مدارسَ أخرى قبل نهاية العام».\n\
    وأكدت المتحدثة باسم الأمم المتحدة سارة منصور، في مؤتمر صحفي بجنيف في 16\u{200f}/9\u{200f}/2025، أن ٤٠٪ من التلاميذ \
    عادوا إلى فصولهم، مشيرة إلى أن «اﻷطفال لا ينتظرون».\n\
    ووصل الوفد إلى الدوحة للقاء أمير قطر، ثم عاد من الدوحة للقاهرة يوم الأربعاء.\n";

/// Asserts that every span of `answer`, a response in its JSON form, slices `text` to the text beside it, and that
/// spans without a text lie within it. Returns how many slices were compared.
pub fn check_spans(text: &str, unit: OffsetUnit, answer: &Value) -> usize {
    check(&Slicer::new(text, unit), answer)
}

fn check(slicer: &Slicer, value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(|item| check(slicer, item)).sum(),
        Value::Object(fields) => {
            let mut checked = 0;
            for (name, field) in fields {
                if field.get("begin").is_some_and(Value::is_number) {
                    let slice = slicer.slice(field);
                    if name == "span" {
                        assert_eq!(slice, fields["text"].as_str().unwrap(), "the text of span {field}");
                        checked += 1;
                    }
                } else {
                    checked += check(slicer, field);
                }
            }
            checked
        }
        _ => 0,
    }
}

/// Slices a text as a caller who counts in some unit does.
enum Slicer {
    Bytes(Vec<u8>),
    Utf16(Vec<u16>),
    CodePoints(Vec<char>),
}

impl Slicer {
    fn new(text: &str, unit: OffsetUnit) -> Self {
        match unit {
            OffsetUnit::Utf8 => Self::Bytes(text.bytes().collect()),
            OffsetUnit::Utf16 => Self::Utf16(text.encode_utf16().collect()),
            OffsetUnit::CodePoints => Self::CodePoints(text.chars().collect()),
        }
    }

    fn slice(&self, span: &Value) -> String {
        let at = |name: &str| usize::try_from(span[name].as_i64().unwrap()).expect("no offset is negative");
        let range = at("begin")..at("end");
        match self {
            Self::Bytes(bytes) => String::from_utf8(bytes[range].to_vec()).unwrap(),
            Self::Utf16(units) => String::from_utf16(&units[range]).unwrap(),
            Self::CodePoints(points) => points[range].iter().collect(),
        }
    }
}

/// The units and their numbers in the contract.
pub const UNITS: [(OffsetUnit, i32); 3] = [(OffsetUnit::Utf8, 1), (OffsetUnit::Utf16, 2), (OffsetUnit::CodePoints, 3)];
