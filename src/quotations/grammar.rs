//! Small closed classes that decide where reported words begin and end. All words are folded.

/// Whether `word` is أن or إن, alone, after ب or ف, or with a pronoun: `أن`, `بأنه`, `إنها`.
pub(super) fn is_complementizer(normalized: &str, folded: &str) -> bool {
    if normalized == "ألا" || normalized == "بألا" {
        return true;
    }
    if normalized.starts_with('آ') {
        return false;
    }
    let host = folded.strip_prefix(['ب', 'ف']).filter(|h| h.starts_with('ا')).unwrap_or(folded);
    host.strip_prefix("ان").is_some_and(|pronoun| {
        matches!(pronoun, "" | "ه" | "ها" | "هم" | "هما" | "هن" | "ني" | "نا" | "ا" | "ك" | "كم" | "ي")
    })
}

/// Whether أن after `before` belongs to that word and reports nothing: `بعد أن`, `يمكن أن`, `إلا أن`.
pub(super) fn governs_an(before: &str) -> bool {
    const WORDS: [&str; 46] = [
        "بعد",
        "قبل",
        "منذ",
        "دون",
        "بدون",
        "الا",
        "غير",
        "بيد",
        "رغم",
        "كما",
        "حيث",
        "حتي",
        "مع",
        "لولا",
        "يمكن",
        "يجب",
        "ينبغي",
        "يتعين",
        "يتوقع",
        "المتوقع",
        "المنتظر",
        "المقرر",
        "المفترض",
        "المرتقب",
        "الممكن",
        "المحتمل",
        "شانه",
        "شانها",
        "يريد",
        "تريد",
        "يعتزم",
        "يستطيع",
        "عليه",
        "عليها",
        "شرط",
        "شريطة",
        "بمجرد",
        "خشية",
        "مخافة",
        "لولا",
        "ريثما",
        "يذكر",
        "يشار",
        "عسي",
        "لعل",
        "بما",
    ];
    WORDS.contains(&before) || WORDS.contains(&before.strip_prefix('و').unwrap_or(before))
}

/// Whether `word` is a preposition or adverb of place or time that opens a phrase no subject stands in.
pub(super) fn is_preposition(word: &str) -> bool {
    let word = word.strip_prefix('و').filter(|w| w.len() > 2).unwrap_or(word);
    matches!(
        word,
        "في" | "فى"
            | "من"
            | "الي"
            | "علي"
            | "عن"
            | "مع"
            | "خلال"
            | "بعد"
            | "قبل"
            | "اثناء"
            | "عقب"
            | "فور"
            | "اثر"
            | "منذ"
            | "لدي"
            | "حول"
            | "عبر"
            | "بشان"
            | "بخصوص"
            | "بسبب"
            | "بمناسبة"
            | "علاوة"
            | "ضمن"
            | "امام"
            | "لدن"
            | "عند"
            | "بين"
            | "ضد"
            | "تجاه"
            | "لـ"
            | "ل"
            | "ب"
    )
}

/// Whether `word` tells a time and stands beside a verb without being its subject.
pub(super) fn is_adverb(word: &str) -> bool {
    matches!(
        word,
        "اليوم"
            | "امس"
            | "غدا"
            | "الاحد"
            | "الاثنين"
            | "الثلاثاء"
            | "الاربعاء"
            | "الخميس"
            | "الجمعة"
            | "السبت"
            | "مساء"
            | "صباح"
            | "ظهر"
            | "يوم"
            | "الليلة"
            | "ايضا"
            | "كذلك"
            | "مجددا"
            | "رسميا"
            | "بدوره"
            | "بدورها"
            | "قد"
            | "هذا"
            | "هنا"
            | "الان"
            | "اخيرا"
            | "مؤخرا"
            | "لاحقا"
            | "سابقا"
            | "بالمناسبة"
            | "الماضي"
            | "الجاري"
            | "الحالي"
    )
}

/// How long a name in marks after the noun `word` can be, in words: titles of works and events are of any length
/// (`بعنوان "…"`), names of bodies and things short (`حزب "…"`); 0 after other words.
pub(super) fn name_length_after(word: &str) -> usize {
    const TITLED: [&str; 42] = [
        "عنوان",
        "عناوين",
        "شعار",
        "كتاب",
        "رواية",
        "فيلم",
        "مسلسل",
        "مسرحية",
        "اغنية",
        "البوم",
        "برنامج",
        "مبادرة",
        "حملة",
        "جائزة",
        "مهرجان",
        "معرض",
        "ندوة",
        "مؤتمر",
        "ملتقي",
        "قصيدة",
        "مقال",
        "ديوان",
        "مسابقة",
        "هاشتاغ",
        "وسم",
        "موضوع",
        "محور",
        "سلسلة",
        "باسم",
        "اسم",
        "تسمية",
        "مسمي",
        "حول",
        "يدعي",
        "موضوعها",
        "موضوعه",
        "اجل",
        "بتهمة",
        "تهمة",
        "قضية",
        "تدعي",
        "المدعو",
    ];
    const NAMED: [&str; 52] = [
        "صحيفة",
        "جريدة",
        "مجلة",
        "قناة",
        "اذاعة",
        "موقع",
        "شبكة",
        "شركة",
        "مؤسسة",
        "حزب",
        "حركة",
        "تنظيم",
        "جماعة",
        "جبهة",
        "تيار",
        "كتلة",
        "منظمة",
        "جمعية",
        "عملية",
        "قاعدة",
        "مشروع",
        "قانون",
        "وكالة",
        "يسمي",
        "تسمي",
        "المكني",
        "المدعوة",
        "لقب",
        "الملقب",
        "المعروف",
        "المعروفة",
        "سورة",
        "دورة",
        "كتيبة",
        "لواء",
        "سفينة",
        "تطبيق",
        "نادي",
        "فريق",
        "مجموعة",
        "مركز",
        "فندق",
        "قاعة",
        "منطقة",
        "شارع",
        "مسرح",
        "نظام",
        "هاتف",
        "طائرة",
        "صاروخ",
        "كلمة",
        "مصطلح",
    ];
    let bare = ["بال", "وال", "لل", "ال"]
        .iter()
        .find_map(|clitic| word.strip_prefix(clitic))
        .or_else(|| word.strip_prefix(['و', 'ب', 'ل']).filter(|w| w.len() >= 6));
    let among = |list: &[&str]| list.contains(&word) || bare.is_some_and(|b| list.contains(&b));
    match () {
        () if among(&TITLED) => usize::MAX,
        () if among(&NAMED) => 3,
        () => 0,
    }
}

/// Whether `word` tells that ب leads to a name: `المكنى بـ"…"`, `ما يعرف بـ"…"`.
pub(super) fn is_naming(word: &str) -> bool {
    matches!(
        word,
        "يسمي"
            | "تسمي"
            | "سمي"
            | "سميت"
            | "يعرف"
            | "تعرف"
            | "المعروف"
            | "المعروفة"
            | "المكني"
            | "المكناة"
            | "الملقب"
            | "الملقبة"
            | "تسميته"
            | "لقب"
            | "وسميت"
    )
}

/// Whether the reporter comments on what was said: `في إشارة إلى`, `وذلك بعد`, `ما يشير`.
pub(super) fn is_aside(word: &str) -> bool {
    matches!(word, "في" | "وذلك" | "ما" | "مما" | "وفق" | "حسب" | "بحسب" | "وهو" | "-" | "–")
}

/// Whether a clause that begins with `word` after a comma speaks of the speaker again: `، لكنه رفض`.
pub(super) fn ends_clause(word: &str) -> bool {
    matches!(word, "لكنه" | "لكنها" | "لكنهم" | "ولكنه" | "ولكنها")
}

/// Whether `word` joins the verb after it to the clause before: `كما أكد`, `وقد أعلن`.
pub(super) fn joins(word: &str) -> bool {
    matches!(
        word,
        "كما"
            | "فيما"
            | "بينما"
            | "لكن"
            | "ولكن"
            | "لكنه"
            | "لكنها"
            | "لكنهم"
            | "ولكنه"
            | "ولكنها"
            | "ثم"
            | "وقد"
            | "حيث"
            | "و"
            | "حين"
            | "قد"
            | "الذي"
            | "التي"
            | "والذي"
            | "والتي"
            | "وهو"
            | "وهي"
            | "بل"
    )
}

/// Whether the noun phrase after a preposition is a place or medium and never what is reported: `على هامش`.
pub(super) fn is_circumstance(word: &str) -> bool {
    let bare = word.strip_suffix("ها").or_else(|| word.strip_suffix('ه')).unwrap_or(word);
    matches!(
        bare,
        "هامش"
            | "خلفية"
            | "خلفي"
            | "اثر"
            | "موجات"
            | "امواج"
            | "موقع"
            | "صفحة"
            | "صفحت"
            | "حساب"
            | "تويتر"
            | "فيسبوك"
            | "الفيسبوك"
            | "الفايسبوك"
            | "قناة"
            | "ضوء"
            | "هذا"
            | "هذه"
            | "ذلك"
            | "تلك"
            | "جانب"
            | "حد"
            | "طريق"
            | "جهة"
            | "جهت"
            | "حزب"
            | "كتلة"
            | "الجبهة"
            | "حركة"
            | "سؤال"
            | "سوال"
            | "لسان"
            | "صعيد"
            | "هواء"
            | "شاشة"
            | "الهواء"
            | "المباشر"
            | "الساعة"
            | "يوم"
            | "اليوم"
            | "الصفحة"
            | "صفحات"
            | "الانترنت"
            | "تصريحات"
            | "سبيل"
            | "اساس"
            | "غرار"
    )
}

/// Whether the noun has the pattern of a verbal noun, `تعيين`, `إطلاق`, `ارتفاع`, `استقبال`, `تراجع`, `مواصلة`.
pub(super) fn is_verbal_noun(folded: &str) -> bool {
    let host = folded.strip_prefix("ال").filter(|h| h.len() >= 8).unwrap_or(folded);
    // Possessives hide the last letter only: رفضه, إطلاقها.
    let host = ["ها", "هم", "ه"].iter().find_map(|p| host.strip_suffix(p).filter(|h| h.len() >= 8)).unwrap_or(host);
    let letters = |at: usize| host.get(at * 2..at * 2 + 2).unwrap_or_default();
    match host.len() / 2 {
        5 => {
            (letters(0) == "ت" && letters(3) == "ي")
                || (letters(0) == "ا" && letters(3) == "ا")
                || (letters(0) == "ت" && letters(2) == "ا" && letters(1) != "ا")
                || (letters(0) == "ا" && letters(2) == "ا" && matches!(letters(4), "ة" | "ت"))
                || (letters(0) == "ت" && letters(1) != "ا" && letters(2) == "ا")
        }
        6 => {
            (letters(0) == "ا" && letters(4) == "ا")
                || (letters(0) == "م" && letters(2) == "ا" && matches!(letters(5), "ة" | "ت"))
                || (letters(0) == "ا" && letters(1) == "س" && letters(2) == "ت")
        }
        7 => letters(0) == "ا" && letters(1) == "س" && letters(2) == "ت" && (letters(5) == "ا" || letters(6) == "ة"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbal_nouns_are_told_by_pattern() {
        for word in ["تعيين", "اطلاق", "ارتفاع", "استقبال", "تراجع", "مواصلة", "اقامة", "الغاء", "انطلاق", "الافراج"]
        {
            assert!(is_verbal_noun(word), "{word} is a verbal noun");
        }
        for word in ["محمد", "وزير", "مدينة", "الرئيس", "حكومة", "تونس"] {
            assert!(!is_verbal_noun(word), "{word} is none");
        }
    }

    #[test]
    fn complementizers_with_clitics() {
        for (word, folded, expected) in [
            ("أن", "ان", true),
            ("إنها", "انها", true),
            ("بأنه", "بانه", true),
            ("ألا", "الا", true),
            ("إلا", "الا", false),
            ("آن", "ان", false),
            ("إنهاء", "انهاء", false),
            ("لأن", "لان", false),
        ] {
            assert_eq!(is_complementizer(word, folded), expected, "{word}");
        }
    }
}
