//! Tables of phenomena, each with sentences written for this project.

use proptest::prelude::*;

use super::*;
use crate::{
    entities::{Agreement, Entity, EntityType, Mention, MentionForm, MentionType},
    morphology,
    text::Buffers,
};

/// A name in a test: its letters, what it is, and the number of its entity.
type Name = (&'static str, MentionType, usize);

const PERSON: MentionType = MentionType::Entity(EntityType::Person);
const BODY: MentionType = MentionType::Entity(EntityType::Organization);
const TITLE: MentionType = MentionType::Title;

/// The entities of `text` with every occurrence of `names`; a name inside another is its child. A name that begins
/// with وزارة, حركة, هيئة or ends in ة is feminine.
fn entities(text: &Text<'_>, names: &[Name]) -> Entities {
    let mut found: Vec<(Span, Name)> = Vec::new();
    for &name in names {
        let places = text.original().match_indices(name.0);
        found.extend(places.map(|(at, s)| (Span::new(at, at + s.len()), name)));
    }
    found.sort_by_key(|(span, _)| (span.begin, std::cmp::Reverse(span.end)));
    let count = names.iter().map(|n| n.2 + 1).max().unwrap_or(0);
    let mut all = Entities::default();
    for number in 0..count {
        let of: Vec<_> = names.iter().filter(|n| n.2 == number).collect();
        let feminine =
            of.iter().any(|n| n.0.split(' ').next().is_some_and(|w| (w.ends_with('ة') && w != "سعادة") || w == "ليلى"));
        all.entities.push(Entity {
            kind: if of.iter().any(|n| n.1 == BODY) { EntityType::Organization } else { EntityType::Person },
            name: of.first().map(|n| n.0.to_owned()).unwrap_or_default(),
            latin_name: String::new(),
            ids: Vec::new(),
            mentions: Vec::new(),
            salience: 0.0,
            agreement: Agreement { feminine: Some(feminine), plural: None },
        });
    }
    for (span, (name, kind, entity)) in found {
        let index = all.mentions.len();
        let parent = all.mentions.iter().rposition(|m: &Mention| m.span.contains(span));
        all.entities[entity].mentions.push(index);
        all.mentions.push(Mention {
            confidence: None,
            kind,
            form: if kind == TITLE { MentionForm::Nominal } else { MentionForm::Name },
            span,
            tokens: text.token_at(span.begin)..text.token_at(span.end - 1) + 1,
            underlying: name.to_owned(),
            entity,
            parent,
            source: Source::Rule,
        });
    }
    all
}

/// One line a quotation: kind, cue, speakers with resolution, agency, content.
fn read(original: &str, names: &[Name]) -> Vec<String> {
    let text = Text::read(original, Buffers::default());
    let mut words = Words::default();
    morphology::analyse(&text, &mut words);
    let entities = entities(&text, names);
    let describe = |q: &Quotation| {
        let speakers: Vec<String> = q
            .speakers
            .iter()
            .map(|s| {
                let name = s.entity.map_or("?", |e| entities.entities[e].name.as_str());
                format!("{name} {:?}", s.resolution)
            })
            .collect();
        let relay = q.relayed_by.map(|e| format!(" via {}", entities.entities[e].name)).unwrap_or_default();
        let content: Vec<&str> = q.content.iter().map(|&s| text.slice(s)).collect();
        let cue = q.cue.map_or("-", |c| text.slice(c.span));
        format!("{:?} | {cue} | {}{relay} | {}", q.kind, speakers.join(" + "), content.join(" … "))
    };
    extract(&text, &words, &entities).iter().map(describe).collect()
}

fn check(cases: &[(&str, &[Name], &[&str])]) {
    for &(original, names, expected) in cases {
        assert_eq!(read(original, names), expected, "{original}");
    }
}

const LEILA: Name = ("ليلى حداد", PERSON, 0);
const SAMIR: Name = ("سمير الطويل", PERSON, 1);
const MINISTRY: Name = ("وزارة الصحة", BODY, 2);

#[test]
fn nobody_speaks_for_a_subject_that_names_nobody() {
    check(&[
        (
            "قال سمير الطويل إن الموسم صعب. وكانت وسائل إعلام محلية قد أوردت أن المحصول جيد.",
            &[SAMIR],
            &["Indirect | قال | سمير الطويل Named | إن الموسم صعب", "Indirect | أوردت | ? Title | أن المحصول جيد"],
        ),
        (
            "قال سمير الطويل إن الموسم صعب. وينتظر المزارعون القانون الذي يصفه البعض بأنه مجحف.",
            &[SAMIR],
            &["Indirect | قال | سمير الطويل Named | إن الموسم صعب", "Indirect | يصفه | ? Title | بأنه مجحف"],
        ),
        (
            "قال سمير الطويل إن الموسم صعب. وهو الأمر الذي نفاه المعتمد موضحا أن المحصول جيد.",
            &[SAMIR],
            &["Indirect | قال | سمير الطويل Named | إن الموسم صعب", "Indirect | موضحا | ? Title | أن المحصول جيد"],
        ),
    ]);
}

#[test]
fn direct_speech_stands_in_marks() {
    check(&[
        ("قالت ليلى حداد: «لن نغادر القرية».", &[LEILA], &["Direct | قالت | ليلى حداد Named | لن نغادر القرية"]),
        (
            "وأكد سمير الطويل أن \"الموسم كان جيدا\".",
            &[SAMIR],
            &["Direct | وأكد | سمير الطويل Named | الموسم كان جيدا"],
        ),
        (
            "وصل سمير الطويل إلى المرفأ، قائلاً: «وصلنا متأخرين».",
            &[SAMIR],
            &["Direct | قائلاً | سمير الطويل Named | وصلنا متأخرين"],
        ),
        (
            "«لا أحد يعرف الحقيقة كلها»، تقول ليلى حداد.",
            &[LEILA],
            &["Direct | تقول | ليلى حداد Named | لا أحد يعرف الحقيقة كلها"],
        ),
        (
            "«لا أحد يعرف الحقيقة كلها»، قالت ليلى حداد، «ولن يعرفها أحد غدا».",
            &[LEILA],
            &["Direct | قالت | ليلى حداد Named | لا أحد يعرف الحقيقة كلها … ولن يعرفها أحد غدا"],
        ),
        (
            "وقال سمير الطويل: «بدأنا العمل. سننهيه قريبا.\nولن نتوقف قبل ذلك».",
            &[SAMIR],
            &["Direct | وقال | سمير الطويل Named | بدأنا العمل. سننهيه قريبا.\nولن نتوقف قبل ذلك"],
        ),
    ]);
}

#[test]
fn names_and_scare_quotes_are_no_quotations() {
    check(&[
        ("زار الوفد مقر حركة «أمل الغد» في المدينة.", &[], &[]),
        ("فاز «النجم» على «الوحدة» بهدفين.", &[], &[]),
        ("صدرت رواية \"مدن لا تنام أبدا\" عن دار جديدة.", &[], &[]),
        (
            "قالت ليلى حداد إن فريق «النجم» سيسافر غدا.",
            &[LEILA],
            &["Indirect | قالت | ليلى حداد Named | إن فريق «النجم» سيسافر غدا"],
        ),
    ]);
}

#[test]
fn indirect_speech_ends_where_the_clause_ends() {
    check(&[
        (
            "أعلنت وزارة الصحة أن الحملة ستبدأ غدا، مشيرة إلى أن اللقاح متوفر.",
            &[MINISTRY],
            &[
                "Indirect | أعلنت | وزارة الصحة Named | أن الحملة ستبدأ غدا",
                "Indirect | مشيرة | وزارة الصحة CarriedOver | أن اللقاح متوفر",
            ],
        ),
        (
            "قال سمير الطويل إن الطريق مقطوعة وأضاف أن الثلوج كثيفة.",
            &[SAMIR],
            &[
                "Indirect | قال | سمير الطويل Named | إن الطريق مقطوعة",
                "Indirect | وأضاف | سمير الطويل CarriedOver | أن الثلوج كثيفة",
            ],
        ),
        (
            "أكد سمير الطويل أن الأسعار ستنخفض، وفق تعبيره.",
            &[SAMIR],
            &["Indirect | أكد | سمير الطويل Named | أن الأسعار ستنخفض"],
        ),
        (
            "أكد سمير الطويل أن الأسعار ستنخفض على حد قوله.",
            &[SAMIR],
            &["Indirect | أكد | سمير الطويل Named | أن الأسعار ستنخفض"],
        ),
        ("بعد أن وصل الوفد بدأت الجلسة.", &[], &[]),
    ]);
}

#[test]
fn verbal_nouns_are_reported_too() {
    check(&[
        ("نفى سمير الطويل وجود خلاف مع الشركة.", &[SAMIR], &["Indirect | نفى | سمير الطويل Named | وجود خلاف مع الشركة"]),
        (
            "أعلنت وزارة الصحة عن إطلاق حملة جديدة للتلقيح.",
            &[MINISTRY],
            &["Indirect | أعلنت | وزارة الصحة Named | إطلاق حملة جديدة للتلقيح"],
        ),
        (
            "شدد سمير الطويل على ضرورة إصلاح الطريق.",
            &[SAMIR],
            &["Indirect | شدد | سمير الطويل Named | ضرورة إصلاح الطريق"],
        ),
    ]);
}

#[test]
fn mixed_speech_has_reported_words_outside_the_marks() {
    check(&[(
        "ذكرت وزارة الصحة أن الوفد زار المستشفى، و«شكر العاملين فيه على ما بذلوه من جهد».",
        &[MINISTRY],
        &[
            "Indirect | ذكرت | وزارة الصحة Named | أن الوفد زار المستشفى",
            "Direct | ذكرت | وزارة الصحة Named | شكر العاملين فيه على ما بذلوه من جهد",
        ],
    )]);
    check(&[(
        "قالت ليلى حداد إن المشروع متوقف وإن الشركة «لم تدفع شيئا حتى اليوم».",
        &[LEILA],
        &["Mixed | قالت | ليلى حداد Named | إن المشروع متوقف وإن الشركة «لم تدفع شيئا حتى اليوم»"],
    )]);
}

#[test]
fn left_out_speakers_are_carried_over_and_switched() {
    check(&[(
        "قال سمير الطويل: «بدأ الموسم».\nوتابع: «المياه قليلة».\nمن جهتها، ذكرت وزارة الصحة أن المياه صالحة للشرب.\nوأضافت أن الفحوص مستمرة.",
        &[SAMIR, MINISTRY],
        &[
            "Direct | قال | سمير الطويل Named | بدأ الموسم",
            "Direct | وتابع | سمير الطويل CarriedOver | المياه قليلة",
            "Indirect | ذكرت | وزارة الصحة Named | أن المياه صالحة للشرب",
            "Indirect | وأضافت | وزارة الصحة CarriedOver | أن الفحوص مستمرة",
        ],
    )]);
}

#[test]
fn a_source_is_told_after_according_to() {
    check(&[
        (
            "وصلت القافلة إلى المدينة ليلا، وفق بيان لوزارة الصحة.",
            &[MINISTRY],
            &["Indirect | وفق | وزارة الصحة Named | وصلت القافلة إلى المدينة ليلا"],
        ),
        (
            "وبحسب وزارة الصحة، وصلت القافلة إلى المدينة.",
            &[MINISTRY],
            &["Indirect | وبحسب | وزارة الصحة Named | وصلت القافلة إلى المدينة"],
        ),
        (
            "وبحث الطرفان «سبل التعاون في مجالات الطب والدواء»، بحسب وزارة الصحة.",
            &[MINISTRY],
            &["Direct | بحسب | وزارة الصحة Named | سبل التعاون في مجالات الطب والدواء"],
        ),
        (
            "وصلت القافلة إلى المدينة، حسب ما أفاد به أمس بيان لوزارة الصحة.",
            &[MINISTRY],
            &["Indirect | حسب | وزارة الصحة Named | وصلت القافلة إلى المدينة"],
        ),
        (
            "وتتمثل أهم الإجراءات، وفق وزارة الصحة، في تركيز علامات جديدة.",
            &[MINISTRY],
            &["Indirect | وفق | وزارة الصحة Named | وتتمثل أهم الإجراءات … في تركيز علامات جديدة"],
        ),
        (
            "وصلت القافلة إلى المدينة، على ما أوضحت وزارة الصحة.",
            &[MINISTRY],
            &["Indirect | على | وزارة الصحة Named | وصلت القافلة إلى المدينة"],
        ),
        ("جرت الانتخابات وفق القانون الجديد للبلاد.", &[], &[]),
        ("لم تحصل المدينة على ما", &[], &[]),
        ("سمير الطويل وأضاف: ", &[SAMIR], &[]),
    ]);
}

#[test]
fn an_agency_relays() {
    let agency: Name = ("وكالة الأفق", BODY, 3);
    check(&[
        (
            "نقلت وكالة الأفق عن سمير الطويل قوله إن الجسر سيفتح غدا.",
            &[agency, SAMIR],
            &["Indirect | قوله | سمير الطويل Pronoun via وكالة الأفق | إن الجسر سيفتح غدا"],
        ),
        (
            "ونقلت وكالة الأفق عن سمير الطويل أن الجسر سيفتح غدا.",
            &[agency, SAMIR],
            &["Indirect | ونقلت | سمير الطويل Named via وكالة الأفق | أن الجسر سيفتح غدا"],
        ),
        (
            "وذكرت وكالة الأفق نقلا عن سمير الطويل أن الجسر سيفتح غدا.",
            &[agency, SAMIR],
            &["Indirect | وذكرت | سمير الطويل Named via وكالة الأفق | أن الجسر سيفتح غدا"],
        ),
    ]);
}

#[test]
fn own_words_need_no_marks_after_a_colon() {
    check(&[
        (
            "وقال سمير الطويل: نحن نعد أنفسنا لموسم صعب.",
            &[SAMIR],
            &["Direct | وقال | سمير الطويل Named | نحن نعد أنفسنا لموسم صعب"],
        ),
        (
            "وأضاف سمير الطويل قائلا نادرا ما رأينا موسما كهذا.",
            &[SAMIR],
            &["Direct | قائلا | سمير الطويل Named | نادرا ما رأينا موسما كهذا"],
        ),
        ("وقال سمير الطويل: إن الموسم صعب.", &[SAMIR], &["Indirect | وقال | سمير الطويل Named | إن الموسم صعب"]),
    ]);
}

#[test]
fn a_statement_may_be_named_by_its_noun() {
    check(&[
        (
            "وأثار إعلان وزارة الصحة أن الدواء متوفر ارتياحا.",
            &[MINISTRY],
            &["Indirect | إعلان | وزارة الصحة Named | أن الدواء متوفر ارتياحا"],
        ),
        ("وأثار إعلان وزارة الصحة ارتياحا في المدينة.", &[MINISTRY], &[]),
        (
            "واعتبر سمير الطويل القرار \"خطأ كبيرا جدا\".",
            &[SAMIR],
            &["Mixed | واعتبر | سمير الطويل Named | القرار \"خطأ كبيرا جدا\""],
        ),
        (
            "واعتبرت وزارة الصحة، معتبرة ذلك خطوة مهمة.",
            &[MINISTRY],
            &["Indirect | معتبرة | وزارة الصحة Named | ذلك خطوة مهمة"],
        ),
    ]);
}

#[test]
fn a_headline_names_its_speaker() {
    check(&[(
        "سمير الطويل: لن نرفع الأسعار هذا العام\nقال سمير الطويل إن الأسعار لن ترتفع.",
        &[SAMIR],
        &[
            "Indirect | - | سمير الطويل Named | لن نرفع الأسعار هذا العام",
            "Indirect | قال | سمير الطويل Named | إن الأسعار لن ترتفع",
        ],
    )]);
}

#[test]
fn unclosed_and_nested_marks_stay_bounded() {
    check(&[
        (
            "قال سمير الطويل: «بدأ الموسم.\nوصلت ليلى حداد إلى المدينة.",
            &[SAMIR, LEILA],
            &["Direct | قال | سمير الطويل Named | بدأ الموسم"],
        ),
        (
            "قال سمير الطويل: «سمعت أحدهم يقول «تعالوا إلينا» ثم اختفى».",
            &[SAMIR],
            &["Direct | قال | سمير الطويل Named | سمعت أحدهم يقول «تعالوا إلينا» ثم اختفى"],
        ),
    ]);
}

#[test]
fn the_reporters_words_end_a_quotation() {
    check(&[
        (
            "أكدت وزارة الصحة أن «المخزون من الدواء يكفي عاما كاملا»، في رد على شائعات النقص.",
            &[MINISTRY],
            &["Direct | أكدت | وزارة الصحة Named | المخزون من الدواء يكفي عاما كاملا"],
        ),
        (
            "قال سمير الطويل إن الحصاد تأخر فيما رفضت الشركة التعليق، لكنه أكد أن السعر ثابت.",
            &[SAMIR],
            &[
                "Indirect | قال | سمير الطويل Named | إن الحصاد تأخر فيما رفضت الشركة التعليق",
                "Indirect | أكد | سمير الطويل CarriedOver | أن السعر ثابت",
            ],
        ),
        (
            "قالت ليلى حداد إن القرار ظالم، لكنها قبلته.",
            &[LEILA],
            &["Indirect | قالت | ليلى حداد Named | إن القرار ظالم"],
        ),
        (
            "تؤكد وزارة الصحة، وفق بيان صدر أمس، استعدادها لفتح المستشفى.",
            &[MINISTRY],
            &["Indirect | تؤكد | وزارة الصحة Named | استعدادها لفتح المستشفى"],
        ),
    ]);
}

#[test]
fn everyday_words_that_look_like_cues_report_nothing() {
    check(&[
        ("وقع الاتفاق بين سمير الطويل وبين الشركة.", &[SAMIR], &[]),
        ("نشرت دار النشر كتبا عن تاريخ المدينة عبر موقعها.", &[], &[]),
        ("من المتوقع أن يصل الوفد غدا.", &[], &[]),
        ("يذكر أن الوفد وصل أمس.", &[], &[]),
        ("لا يمكن أن يسافر سمير الطويل.", &[SAMIR], &[]),
        ("هذه المدينة قديمة ومدينة أخرى جديدة.", &[], &[]),
        ("نال الطالب شهادة تقدير وفق القواعد المتبعة.", &[], &[]),
    ]);
}

#[test]
fn descriptions_stand_for_those_who_were_named() {
    let company: Name = ("شركة النور للكهرباء", BODY, 3);
    check(&[
        (
            "أعلنت شركة النور للكهرباء أن التيار سيعود.\nوأوضحت الشركة أن العطل أصلح.",
            &[company],
            &[
                "Indirect | أعلنت | شركة النور للكهرباء Named | أن التيار سيعود",
                "Indirect | وأوضحت | شركة النور للكهرباء Title | أن العطل أصلح",
            ],
        ),
        (
            "أصدرت وزارة الصحة بيانا عن الوباء.\nوجاء في البيان أن اللقاح متوفر.",
            &[MINISTRY],
            &["Indirect | وجاء | وزارة الصحة Title | أن اللقاح متوفر"],
        ),
        (
            "وأفاد بيان لوزارة الصحة بأن اللقاح متوفر.",
            &[MINISTRY],
            &["Indirect | وأفاد | وزارة الصحة Named | بأن اللقاح متوفر"],
        ),
        (
            "زار سمير الطويل المعرض.\nوقال محللون إن السوق هادئة.",
            &[SAMIR],
            &["Indirect | وقال | ? Anonymous | إن السوق هادئة"],
        ),
        (
            "انقطع التيار عن الأحياء الشرقية، بحسب مصادر طبية.",
            &[],
            &["Indirect | بحسب | ? Anonymous | انقطع التيار عن الأحياء الشرقية"],
        ),
    ]);
}

#[test]
fn a_subject_may_come_first_and_may_be_several() {
    check(&[
        ("وزارة الصحة تنفي نقص الدواء", &[MINISTRY], &["Indirect | تنفي | وزارة الصحة Named | نقص الدواء"]),
        (
            "وأكد سمير الطويل وليلى حداد أن اللقاء كان مثمرا.",
            &[SAMIR, LEILA],
            &["Indirect | وأكد | سمير الطويل Named + ليلى حداد Named | أن اللقاء كان مثمرا"],
        ),
        (
            "كان سمير الطويل قد أعلن الأسبوع الماضي أن المصنع سيغلق.",
            &[SAMIR],
            &["Indirect | أعلن | سمير الطويل Named | أن المصنع سيغلق"],
        ),
    ]);
}

#[test]
fn what_somebody_had_said_has_its_own_speaker() {
    check(&[(
        "قال سمير الطويل إن الماء قليل.\nوكان عضو اللجنة في المنطقة نادر الخوري قد كشف أن السد فارغ.",
        &[SAMIR, ("نادر الخوري", PERSON, 2)],
        &["Indirect | قال | سمير الطويل Named | إن الماء قليل", "Indirect | كشف | نادر الخوري Named | أن السد فارغ"],
    )]);
}

#[test]
fn who_opens_the_sentence_speaks_on() {
    check(&[(
        "قال سمير الطويل إن الماء قليل.\nواستقبل نادر الخوري وفدا من المدينة، وقال: «هذا يوم جميل جدا».",
        &[SAMIR, ("نادر الخوري", PERSON, 2)],
        &[
            "Indirect | قال | سمير الطويل Named | إن الماء قليل",
            "Direct | وقال | نادر الخوري CarriedOver | هذا يوم جميل جدا",
        ],
    )]);
}

#[test]
fn the_verb_agrees_with_the_speaker_it_leaves_out() {
    check(&[(
        "قال سمير الطويل إن الماء قليل.\nوقالت ليلى حداد إن المطر قريب.\nوأضاف أن السد فارغ.\nوأضافت أن الغيوم كثيفة.",
        &[SAMIR, LEILA],
        &[
            "Indirect | قال | سمير الطويل Named | إن الماء قليل",
            "Indirect | وقالت | ليلى حداد Named | إن المطر قريب",
            "Indirect | وأضاف | سمير الطويل CarriedOver | أن السد فارغ",
            "Indirect | وأضافت | ليلى حداد CarriedOver | أن الغيوم كثيفة",
        ],
    )]);
}

#[test]
fn an_egyptian_report_is_read() {
    let minister: Name = ("المهندس حسام راضي وزير الري", TITLE, 0);
    let engineer: Name = ("الدكتورة منى شكري", PERSON, 1);
    check(&[(
        "صرح المهندس حسام راضي وزير الري بأن أعمال تطهير الترع ستنتهى قبل الصيف.\n\
         وأضاف \"الوزير\" أن الوزارة وفرت المعدات، لافتا إلى أن \"العمل مستمر ليلا ونهارا\".\n\
         ومن جانبها، قالت الدكتورة منى شكري: \"المزارع لازم يعرف ميعاد المية\"، مؤكدة أن الجدول سيعلن غدا.",
        &[minister, engineer],
        &[
            "Indirect | صرح | المهندس حسام راضي وزير الري Title | بأن أعمال تطهير الترع ستنتهى قبل الصيف",
            "Indirect | وأضاف | المهندس حسام راضي وزير الري CarriedOver | أن الوزارة وفرت المعدات",
            "Direct | لافتا | المهندس حسام راضي وزير الري CarriedOver | العمل مستمر ليلا ونهارا",
            "Direct | قالت | الدكتورة منى شكري Named | المزارع لازم يعرف ميعاد المية",
            "Indirect | مؤكدة | الدكتورة منى شكري CarriedOver | أن الجدول سيعلن غدا",
        ],
    )]);
}

#[test]
fn a_gulf_report_is_read() {
    let head: Name = ("سعادة الشيخ راشد بن علي المنصور", PERSON, 0);
    let chamber: Name = ("غرفة تجارة المرسى", BODY, 1);
    let agency: Name = ("وكالة أنباء الخليج الحر", BODY, 2);
    check(&[(
        "أكد سعادة الشيخ راشد بن علي المنصور، خلال افتتاح المعرض، حرص الغرفة على دعم رواد الأعمال.\n\
         وأشاد سعادته بالشراكة مع القطاع الخاص، معرباً عن أمله في زيادة الاستثمار.\n\
         ونوهت غرفة تجارة المرسى، في بيان لها، بأن «المعرض استقطب مئة شركة».\n\
         ونقلت وكالة أنباء الخليج الحر عن مصدر مسؤول أن الدورة المقبلة ستكون أكبر.",
        &[head, chamber, agency],
        &[
            "Indirect | أكد | سعادة الشيخ راشد بن علي المنصور Named | حرص الغرفة على دعم رواد الأعمال",
            "Indirect | وأشاد | سعادة الشيخ راشد بن علي المنصور Title | بالشراكة مع القطاع الخاص",
            "Indirect | معرباً | سعادة الشيخ راشد بن علي المنصور CarriedOver | أمله في زيادة الاستثمار",
            "Direct | ونوهت | غرفة تجارة المرسى Named | المعرض استقطب مئة شركة",
            "Indirect | ونقلت | ? Anonymous via وكالة أنباء الخليج الحر | أن الدورة المقبلة ستكون أكبر",
        ],
    )]);
}

#[test]
fn a_levantine_report_is_read() {
    let deputy: Name = ("النائب جورج حاتم", TITLE, 0);
    let syndicate: Name = ("نقابة الأفران", BODY, 1);
    check(&[(
        "غرّد النائب جورج حاتم عبر حسابه: «الرغيف خط أحمر».\n\
         واعتبر في حديث إذاعي أنّ «ما يجري غير مقبول»، سائلاً: «أين الطحين؟».\n\
         بدورها، حذرت نقابة الأفران من توقف الإنتاج مطلع الأسبوع.\n\
         وختمت بالقول: «اللهم إني بلغت».",
        &[deputy, syndicate],
        &[
            "Direct | غرّد | النائب جورج حاتم Title | الرغيف خط أحمر",
            "Direct | واعتبر | النائب جورج حاتم CarriedOver | ما يجري غير مقبول",
            "Direct | سائلاً | النائب جورج حاتم CarriedOver | أين الطحين؟",
            "Indirect | حذرت | نقابة الأفران Named | توقف الإنتاج مطلع الأسبوع",
            "Direct | بالقول | نقابة الأفران Pronoun | اللهم إني بلغت",
        ],
    )]);
}

#[test]
fn a_maghrebi_report_is_read() {
    let director: Name = ("المدير الجهوي للفلاحة كمال الورغي", TITLE, 0);
    let union: Name = ("الاتحاد المحلي للفلاحين", BODY, 1);
    check(&[(
        "كمال الورغي : صابة الزيتون قياسية هذا الموسم\n\
         أفاد المدير الجهوي للفلاحة كمال الورغي اليوم الاثنين 7 نوفمبر في تصريح إذاعي بأن الصابة بلغت 30 ألف طن.\n\
         وبيّن أنّ المعاصر فتحت أبوابها، مشيرا الى أنه \"تم انتداب 200 عامل\".\n\
         وفي المقابل، ندد الاتحاد المحلي للفلاحين بغلاء كلفة الجني، وفق نص البلاغ.",
        &[director, ("كمال الورغي", PERSON, 0), union],
        &[
            "Indirect | - | المدير الجهوي للفلاحة كمال الورغي Named | صابة الزيتون قياسية هذا الموسم",
            "Indirect | أفاد | المدير الجهوي للفلاحة كمال الورغي Title | بأن الصابة بلغت 30 ألف طن",
            "Indirect | وبيّن | المدير الجهوي للفلاحة كمال الورغي CarriedOver | أنّ المعاصر فتحت أبوابها",
            "Direct | مشيرا | المدير الجهوي للفلاحة كمال الورغي CarriedOver | تم انتداب 200 عامل",
            "Indirect | ندد | الاتحاد المحلي للفلاحين Named | بغلاء كلفة الجني",
        ],
    )]);
}

#[test]
fn fifty_thousand_nested_marks_pass() {
    for original in [
        format!("قال: {}كلام{}", "«".repeat(50_000), "»".repeat(50_000)),
        format!("قال: {}كلام", "«".repeat(50_000)),
        "قال أن ".repeat(30_000),
        "وفق بيان ".repeat(30_000),
        "\"".repeat(50_000),
    ] {
        read(&original, &[]);
    }
}

/// Pieces from which texts are made that reach deep into the rules.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "قال",
        "وأضاف",
        "قائلا",
        "وفق",
        "بيان",
        "أن",
        "إن",
        "عن",
        "إلى",
        "«",
        "»",
        "\"",
        "“",
        "”",
        "'",
        "(",
        ")",
        ":",
        "،",
        ".",
        "\n",
        "ما",
        "قوله",
        "على",
        "حد",
        "تعبيره",
        "سمير الطويل",
        "ليلى حداد",
        "وزارة الصحة",
        "المتحدث",
        "نقلت",
        "و",
        "تعيين",
        "مدينة",
        "ـ",
        "ً",
        "😀",
        "?",
        "كما",
        "من جهته",
        "حسب",
        "ذات",
        "المصدر",
    ]);
    let space = prop::sample::select(vec![" ", "", "  "]);
    prop::collection::vec((piece, space), 0..60)
        .prop_map(|parts| parts.into_iter().map(|(piece, space)| format!("{piece}{space}")).collect())
}

proptest! {
    #[test]
    fn any_text_has_sound_quotations(original in prop_oneof![pieces(), "\\PC{0,80}"]) {
        let text = Text::read(&original, Buffers::default());
        let mut words = Words::default();
        morphology::analyse(&text, &mut words);
        let entities = entities(&text, &[LEILA, SAMIR, MINISTRY]);
        let quotations = extract(&text, &words, &entities);
        for pair in quotations.windows(2) {
            prop_assert!(pair[0].content[0].begin <= pair[1].content[0].begin, "in the order of their content");
        }
        for quotation in &quotations {
            prop_assert!(!quotation.content.is_empty());
            for piece in &quotation.content {
                prop_assert!(!piece.is_empty() && !text.slice(*piece).trim().is_empty(), "content {piece:?}");
            }
            for pair in quotation.content.windows(2) {
                prop_assert!(pair[0].end <= pair[1].begin, "pieces in order");
            }
            if quotation.kind == QuotationKind::Direct {
                let own = |piece: &Span| {
                    let before = text.slice(Span { begin: 0, end: piece.begin }).trim_end();
                    let said = before.split(' ').next_back().is_some_and(|word| word.contains("قائل"));
                    said || before.chars().rev().take(20).any(|c| c == ':') || text.slice(*piece).starts_with("لقد")
                };
                for piece in quotation.content.iter().filter(|piece| !own(piece)) {
                    prop_assert!(text.slice(Span { begin: 0, end: piece.begin }).trim_end().ends_with(['«', '"', '“', '”', '\'', '»', '‘', '’', '„', '‟', '‹', '›', '＂', '″']),
                        "a mark stands before direct speech");
                }
            }
            if let Some(cue) = quotation.cue {
                prop_assert!(!text.slice(cue.span).is_empty());
                prop_assert!(quotation.content.iter().all(|piece| !piece.overlaps(cue.span)), "no cue in the content");
            }
            for speaker in &quotation.speakers {
                prop_assert!(!text.slice(speaker.span).is_empty());
            }
        }
    }
}
