//! Whole documents and phenomena through the stage.

use proptest::prelude::*;

use super::*;
use crate::{
    morphology,
    text::{Buffers, arbitrary},
};

fn extract(text: &str) -> (Text<'_>, Entities) {
    let read = Text::read(text, Buffers::default());
    let mut words = Words::default();
    morphology::analyse(&read, &mut words);
    // the rules alone: what the model finds changes with every training
    thread_local!(static RECOGNIZER: Recognizer = Recognizer::new(Gazetteer::default(), None));
    let entities = RECOGNIZER.with(|r| r.extract(&read, &mut words, &mut Scratch::default()));
    (read, entities)
}

/// The flat and nested mentions of `text` as `TYPE text`, in order, with the entity's number after #.
fn mentions(text: &str) -> Vec<String> {
    let (read, entities) = extract(text);
    let line = |m: &Mention| format!("{} {} #{}", label(m.kind), read.slice(m.span), m.entity);
    entities.mentions.iter().map(line).collect()
}

fn label(kind: MentionType) -> &'static str {
    match kind {
        MentionType::Title => "TITLE",
        MentionType::Nationality => "NORP",
        MentionType::Entity(kind) => match kind {
            EntityType::Person => "PER",
            EntityType::Organization => "ORG",
            EntityType::Geopolitical => "GPE",
            EntityType::Location => "LOC",
            EntityType::Facility => "FAC",
            EntityType::Group => "GROUP",
            EntityType::Event => "EVENT",
            EntityType::Product => "PRODUCT",
            EntityType::Work => "WORK",
            EntityType::Law => "LAW",
        },
    }
}

/// What holds for every answer, whatever the text.
fn check_shape(text: &str) {
    let (read, entities) = extract(text);
    let mentions = &entities.mentions;
    for (i, mention) in mentions.iter().enumerate() {
        let slice = read.original().get(mention.span.range()).expect("a span cuts a character");
        assert!(!slice.is_empty(), "empty mention {mention:?}");
        assert!(entities.entities[mention.entity].mentions.contains(&i), "{slice} is not listed by its entity");
        assert!(!mention.underlying.is_empty(), "{slice} has no underlying form");
        assert!(read.tokens()[mention.tokens.start].span.overlaps(mention.span), "{slice} lies outside its tokens");
        if let Some(next) = mentions.get(i + 1) {
            let order = |m: &Mention| (m.span.begin, u32::MAX - m.span.end);
            assert!(order(mention) <= order(next), "{slice} stands after {}", read.slice(next.span));
        }
        for other in &mentions[i + 1..] {
            let nested = mention.span.contains(other.span) || other.span.contains(mention.span);
            assert!(nested || !mention.span.overlaps(other.span), "{slice} crosses {}", read.slice(other.span));
        }
        let smallest = (mentions[..i].iter().enumerate())
            .filter(|(_, outer)| outer.span.contains(mention.span))
            .min_by_key(|(_, outer)| outer.span.len());
        assert_eq!(mention.parent, smallest.map(|(outer, _)| outer), "parent of {slice}");
    }
    let sum: f32 = entities.entities.iter().map(|e| e.salience).sum();
    assert!(entities.entities.is_empty() || (sum - 1.0).abs() < 1e-3, "saliences add up to {sum}");
    for entity in &entities.entities {
        assert!(!entity.name.is_empty(), "an entity without a name");
        assert!(entity.mentions.is_sorted(), "mentions of {} out of order", entity.name);
    }
}

fn check(table: &[(&str, &[&str])]) {
    for (text, expected) in table {
        assert_eq!(mentions(text), *expected, "mentions of: {text}");
        check_shape(text);
    }
}

#[test]
fn titles_are_whole_and_tied_to_their_person() {
    check(&[
        ("قال رئيس الحكومة يوسف الشاهد إن الوضع صعب.", &["TITLE رئيس الحكومة #0", "PER يوسف الشاهد #0"]),
        ("التقى الشيخ تميم بن حمد وفداً.", &["TITLE الشيخ #0", "PER تميم بن حمد #0"]),
        ("زار أمير دولة قطر لبنان.", &["TITLE أمير دولة قطر #0", "GPE دولة قطر #1", "GPE لبنان #2"]),
        // before the name, with its nationality; two persons side by side
        (
            "استقبل رئيس الوزراء المصري مصطفى مدبولي وزيرة الخارجية الألمانية أنالينا بيربوك.",
            &[
                "TITLE رئيس الوزراء المصري #0",
                "NORP المصري #1",
                "PER مصطفى مدبولي #0",
                "TITLE وزيرة الخارجية الألمانية #2",
                "NORP الألمانية #3",
                "PER أنالينا بيربوك #2",
            ],
        ),
        // after the name; نظيره is another's
        (
            "التقى الأمير فيصل بن فرحان، وزير الخارجية السعودي، نظيره الإيراني عباس عراقجي.",
            &[
                "TITLE الأمير #0",
                "PER فيصل بن فرحان #0",
                "TITLE وزير الخارجية السعودي #0",
                "NORP السعودي #1",
                "TITLE نظيره الإيراني #2",
                "NORP الإيراني #3",
                "PER عباس عراقجي #2",
            ],
        ),
        // with institution and rank
        (
            "قال المتحدث باسم وزارة الداخلية العراقية العميد مقداد ميري ذلك.",
            &[
                "TITLE المتحدث باسم وزارة الداخلية العراقية #0",
                "ORG وزارة الداخلية العراقية #1",
                "NORP العراقية #2",
                "TITLE العميد #0",
                "PER مقداد ميري #0",
            ],
        ),
        // a second title that the name follows
        (
            "قال رئيس القمة، وزير البيئة التونسي سليم العياري، ذلك.",
            &["TITLE رئيس القمة #0", "TITLE وزير البيئة التونسي #0", "NORP التونسي #1", "PER سليم العياري #0"],
        ),
        // an abbreviation after another title
        (
            "يرى الباحث في معهد دراسات المياه د. وليد حمدان ذلك.",
            &["TITLE الباحث في معهد دراسات المياه #0", "ORG معهد دراسات المياه #1", "TITLE د. #0", "PER وليد حمدان #0"],
        ),
        // two words of one title; titles in a row; a short name and another's title
        (
            "ترأس ولي العهد الأمير محمد بن سلمان الجلسة.",
            &["TITLE ولي العهد #0", "TITLE الأمير #0", "PER محمد بن سلمان #0"],
        ),
        (
            "قال محمد بن راشد، نائب رئيس الدولة حاكم دبي، ذلك.",
            &["PER محمد بن راشد #0", "TITLE نائب رئيس الدولة #0", "TITLE حاكم دبي #0", "GPE دبي #1"],
        ),
        (
            "وصل نور الدين الطبوبي. والتقى الطبوبي وزير الداخلية.",
            &["PER نور الدين الطبوبي #0", "PER الطبوبي #0", "TITLE وزير الداخلية #1"],
        ),
        // coordinated fields
        (
            "وصل وزير التنمية والاستثمار والتعاون الدولي الأسبق.",
            &["TITLE وزير التنمية والاستثمار والتعاون الدولي الأسبق #0"],
        ),
        ("للرئيس التونسي قيس سعيد رأي.", &["TITLE لرئيس التونسي #0", "NORP التونسي #1", "PER قيس سعيد #0"]),
    ]);
}

#[test]
fn unnamed_holders_are_persons_and_come_back() {
    check(&[
        ("صرح مصدر أمني بأن الوضع هادئ. وأضاف المصدر أن التحقيق مستمر.", &["TITLE مصدر أمني #0", "TITLE المصدر #0"]),
        ("صرح مصدر أمني لوكالة رويترز.", &["TITLE مصدر أمني #0", "ORG وكالة رويترز #1"]),
        (
            "قال وزير الخارجية الأميركي ماركو روبيو ذلك. وغادر وزير الخارجية الأميركي. وعاد الوزير.",
            &[
                "TITLE وزير الخارجية الأميركي #0",
                "NORP الأميركي #1",
                "PER ماركو روبيو #0",
                "TITLE وزير الخارجية الأميركي #0",
                "NORP الأميركي #1",
                "TITLE الوزير #0",
            ],
        ),
    ]);
}

#[test]
fn everyday_words_are_no_titles_and_no_names() {
    check(&[
        ("وقف أمام البيت الكبير في التقارير الإعلامية.", &[]),
        ("جلس 462 نائبا في القاعة.", &[]),
        ("إلى أن قال إن الأمر على ما يرام.", &[]),
        ("سنة جديدة ومبلغ مالي كبير.", &[]),
    ]);
}

#[test]
fn nouns_stand_for_what_the_text_leaves_no_doubt_of() {
    // the nouns with the name of what they stand for
    let nouns = |text: &str| -> Vec<String> {
        check_shape(text);
        let (read, entities) = extract(text);
        let nouns = entities.mentions.iter().filter(|m| m.points_back());
        nouns.map(|m| format!("{} {}", read.slice(m.span), entities.entities[m.entity].name)).collect()
    };
    let cases: [(&str, &[&str]); 9] = [
        ("أعلنت وزارة الفلاحة عن برنامج جديد. وقالت الوزارة إن العمل بدأ.", &["الوزارة وزارة الفلاحة"]),
        ("أعلنت وزارة الفلاحة عن برنامج جديد. وقالت الوزارة الجديدة إن العمل بدأ.", &[]),
        ("اجتمعت وزارة الفلاحة مع وزارة الصحة. وقالت الوزارة إن العمل بدأ.", &[]),
        ("وصل الوفد إلى مدينة حلب أمس. وكانت المدينة هادئة.", &["المدينة حلب"]),
        ("قال وزير الخارجية الأردني سالم الحمداني إن بلاده ترحب بالاتفاق.", &["بلاده أردني"]),
        ("قال سالم الحمداني إن بلاده ترحب بالاتفاق.", &[]),
        ("قال وزير الخارجية الأردني سالم الحمداني لوزير الخارجية العراقي إن بلاده ترحب بالاتفاق.", &[]),
        ("وقعت الأردن ومصر اتفاقا، وقال خبير إن البلدين سيستفيدان.", &["البلدين الأردن", "البلدين مصر"]),
        ("وقعت الأردن ومصر والعراق اتفاقا، وقال خبير إن البلدين سيستفيدان.", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(nouns(text), expected, "{text}");
    }
}

#[test]
fn what_is_one_is_joined_and_what_only_sounds_alike_is_not() {
    // for each case two words of the text, and whether they are of one entity
    let cases = [
        // a body of a party is not the party
        ("اجتمعت كتلة حزب العمل بمقر حزب العمل أمس.", "كتلة", "بمقر حزب", false),
        (
            "قالت الهيئة الوطنية لمكافحة الفساد ذلك. وأضافت هيئة مكافحة الفساد أنه صعب.",
            "قالت الهيئة",
            "وأضافت هيئة",
            true,
        ),
        ("التقى أحمد علي الكيلاني أمس. وعاد علي الكيلاني.", "التقى أحمد", "وعاد علي", false),
        (
            "قال سالم الحمداني إنه سعيد. وابتسم سالم الحمداني. ورحبت ليلى الحمداني بذلك. وعاد الحمداني.",
            "سالم",
            "وعاد الحمداني",
            true,
        ),
        ("رحب الاتحاد الأوروبي بالاتفاق في أوروبا.", "الاتحاد الأوروبي", "في أوروبا", true),
        (
            "قالت وزيرة الصحة ليلى الحمداني إن العمل بدأ. وأضافت وزيرة الصحة والسكان أنه صعب.",
            "ليلى",
            "وأضافت وزيرة",
            true,
        ),
        ("قال رئيس البرلمان السابق سالم الحمداني ذلك. وقال رئيس البرلمان إنه صعب.", "سالم", "وقال رئيس", false),
        ("تسلم سالم الحمداني مهامه بصفته رئيسا للجامعة.", "سالم", "بصفته رئيسا", true),
    ];
    for (text, one, other, same) in cases {
        check_shape(text);
        let (read, entities) = extract(text);
        // the outermost mention that begins at the last word of `context`
        let of = |context: &str| {
            let at = text.find(context).unwrap() + context.rfind(' ').map_or(0, |blank| blank + 1);
            let found = entities.mentions.iter().find(|m| m.span.begin as usize == at);
            found
                .unwrap_or_else(|| {
                    panic!("no mention at {context} in {text}: {:?}", read.slice(entities.mentions[0].span))
                })
                .entity
        };
        assert_eq!(of(one) == of(other), same, "{text}");
    }
}

#[test]
fn names_of_entities_are_clean() {
    for (text, expected) in [
        ("انتخب أعضاء المكتب أمينا عاما للحزب أمس.", "أمين عام للحزب"),
        ("التقى مراسلتنا في صفاقس أمس.", "المراسلة في صفاقس"),
    ] {
        let (_, entities) = extract(text);
        let names: Vec<&str> = entities.entities.iter().map(|e| e.name.as_str()).collect();
        assert!(names.contains(&expected), "{text}: {names:?}");
    }
}

#[test]
fn latin_names_of_national_bodies_are_put_together() {
    let text = "قالت وزارة الدفاع الجزائرية والحكومة التركية إن الطريق مفتوح.";
    let (_, entities) = extract(text);
    for (name, latin) in
        [("وزارة الدفاع الجزائرية", "the Algerian Ministry of Defence"), ("الحكومة التركية", "the Turkish Government")]
    {
        let found = entities.entities.iter().find(|e| e.name == name);
        assert_eq!(found.map(|e| e.latin_name.as_str()), Some(latin), "{name}");
    }
}

#[test]
fn names_begin_after_their_clitics() {
    check(&[
        ("سافر إلى قطر وبقطر بقي.", &["GPE قطر #0", "GPE قطر #0"]),
        ("ذهب للدوحة وبالدوحة أقام.", &["GPE لدوحة #0", "GPE الدوحة #0"]),
        ("حركة «حماس» أصدرت بياناً وقالت حماس ذلك.", &["ORG حركة «حماس» #0", "ORG حماس #0"]),
    ]);
    let (_, entities) = extract("ذهب للدوحة.");
    assert_eq!(entities.mentions[0].underlying, "الدوحة", "what ل swallowed stands in the underlying form");
    assert_eq!(entities.entities[0].name, "الدوحة", "names are free of clitics");
}

#[test]
fn short_names_belong_to_the_full_one() {
    check(&[
        ("وصل ماركو روبيو إلى قطر. وقال روبيو إنه سيعود.", &["PER ماركو روبيو #0", "GPE قطر #1", "PER روبيو #0"]),
        (
            "زار عبد الفتاح السيسي لبنان، وقال السيسي إنه سيلتقي جوزيف عون.",
            &["PER عبد الفتاح السيسي #0", "GPE لبنان #1", "PER السيسي #0", "PER جوزيف عون #2"],
        ),
        (
            "وصل الوزير محمد ولد السالك. ونفى ولد السالك ذلك.",
            &["TITLE الوزير #0", "PER محمد ولد السالك #0", "PER ولد السالك #0"],
        ),
        ("قال دونالد ترمب ذلك. ونفى ترامب ذلك.", &["PER دونالد ترمب #0", "PER ترامب #0"]),
    ]);
}

#[test]
fn bodies_are_whole_and_keep_what_is_nested_in_them() {
    check(&[
        ("دعت الهيئة العليا المستقلة للانتخابات الناخبين.", &["ORG الهيئة العليا المستقلة للانتخابات #0"]),
        ("أعلنت وزارة التنمية والاستثمار والتعاون الدولي ذلك.", &["ORG وزارة التنمية والاستثمار والتعاون الدولي #0"]),
        // a place inside a club is no mention, inside a building it is
        ("فاز نادي برشلونة.", &["ORG نادي برشلونة #0"]),
        ("هبطت في مطار بيروت.", &["FAC مطار بيروت #0", "GPE بيروت #1"]),
        // ministries of two countries are two entities
        (
            "وزارة الداخلية العراقية ووزارة الداخلية السورية.",
            &["ORG وزارة الداخلية العراقية #0", "NORP العراقية #1", "ORG وزارة الداخلية السورية #2", "NORP السورية #3"],
        ),
        (
            "قال الأمين العام لحزب الله حسن نصر الله ذلك.",
            &["TITLE الأمين العام لحزب الله #0", "ORG حزب الله #1", "PER حسن نصر الله #0"],
        ),
        ("عُرض فيلم «طريق الشوق» في قطر.", &["WORK طريق الشوق #0", "GPE قطر #1"]),
        ("ذكرت المدينة اف ام الخبر.", &["ORG المدينة اف ام #0"]),
    ]);
}

#[test]
fn nationalities_belong_to_their_country_where_it_is_mentioned() {
    check(&[
        ("الحكومة القطرية في قطر.", &["ORG الحكومة القطرية #0", "NORP القطرية #1", "GPE قطر #1"]),
        ("السلطات المصرية.", &["ORG السلطات المصرية #0", "NORP المصرية #1"]),
    ]);
    let (_, entities) = extract("شاب مصري.");
    assert_eq!(entities.entities[0].kind, EntityType::Group, "a nationality alone is of a group");
    let (_, entities) = extract("وصل الأكراد أمس مع المصريين.");
    let kinds: Vec<MentionType> = entities.mentions.iter().map(|m| m.kind).collect();
    assert_eq!(kinds, [MentionType::Entity(EntityType::Group), MentionType::Nationality], "a people of no country");
}

#[test]
fn entities_are_described() {
    let text = "التقت وزيرة الخارجية الألمانية أنالينا بيربوك دونالد ترمب في قطر. وشكرت بيربوك قطر.";
    let (_, entities) = extract(text);
    let find = |name: &str| entities.entities.iter().find(|e| e.name == name).unwrap_or_else(|| panic!("no {name}"));
    let minister = find("أنالينا بيربوك");
    assert_eq!((minister.kind, minister.agreement.feminine), (EntityType::Person, Some(true)));
    assert_eq!(minister.mentions.len(), 3, "title, full name, last name");
    assert_eq!(find("دونالد ترمب").latin_name, "Donald Trump", "spelt as in the document, known all the same");
    let qatar = find("قطر");
    assert_eq!(qatar.ids, [("iso3166-1".to_owned(), "QA".to_owned())]);
    assert!(minister.salience > find("دونالد ترمب").salience, "who is named more often is more salient");
}

#[test]
fn titles_before_another_title_are_of_the_person_named_last() {
    check(&[
        (
            "قال رئيس لجنة المال النائب جوزيف سلهب ذلك.",
            &["TITLE رئيس لجنة المال #0", "ORG لجنة المال #1", "TITLE النائب #0", "PER جوزيف سلهب #0"],
        ),
        // the object of a visit is another person
        (
            "استقبل رئيس مجلس الأعيان النائب جوزيف سلهب.",
            &["TITLE رئيس مجلس الأعيان #0", "ORG مجلس الأعيان #1", "TITLE النائب #2", "PER جوزيف سلهب #2"],
        ),
        (
            "قال قائد المنطقة الفريق أول ركن سعد مهدي ذلك.",
            &["TITLE قائد المنطقة #0", "TITLE الفريق أول ركن #0", "PER سعد مهدي #0"],
        ),
        (
            "قال حاكم مصرف لبنان بالإنابة سليم عضيمي ذلك.",
            &["TITLE حاكم مصرف لبنان بالإنابة #0", "ORG مصرف لبنان #1", "PER سليم عضيمي #0"],
        ),
        (
            "قال المتحدث باسم هيئة الطيران في بغداد سامر الكناني ذلك.",
            &[
                "TITLE المتحدث باسم هيئة الطيران في بغداد #0",
                "ORG هيئة الطيران #1",
                "GPE بغداد #2",
                "PER سامر الكناني #0",
            ],
        ),
        // a title that looks like an adjective, a given name with the article
        (
            "قال والي ولاية كسلا الطاهر إبراهيم ود الخير ذلك.",
            &["TITLE والي ولاية كسلا #0", "GPE كسلا #1", "PER الطاهر إبراهيم ود الخير #0"],
        ),
        ("استهدفت الحملة موقعه القيادي.", &[]),
        (
            "تحدث إلى نائب الوزير وإلى حاكم دبي والى محافظ البصرة.",
            &["TITLE نائب الوزير #0", "TITLE حاكم دبي #1", "GPE دبي #2", "TITLE محافظ البصرة #3", "GPE البصرة #4"],
        ),
        (
            "حضر مدير الأمن العام الفريق سامر الكناني.",
            &["TITLE مدير الأمن العام #0", "ORG الأمن العام #1", "PER سامر الكناني #0"],
        ),
        ("قالت الناطقة باسمها جمانة الكناني ذلك.", &["TITLE الناطقة باسمها #0", "PER جمانة الكناني #0"]),
        (
            "قال شريف الكناني، وزير الإسكان والمرافق والمجتمعات العمرانية، ذلك.",
            &["PER شريف الكناني #0", "TITLE وزير الإسكان والمرافق والمجتمعات العمرانية #0"],
        ),
        (
            "قال مدير شرطة المرور بولاية الخرطوم اللواء شرطة حقوقي سامر الكناني ذلك.",
            &[
                "TITLE مدير شرطة المرور بولاية الخرطوم #0",
                "ORG شرطة المرور #1",
                "GPE الخرطوم #2",
                "TITLE اللواء شرطة حقوقي #0",
                "PER سامر الكناني #0",
            ],
        ),
        (
            "قال رئيس هيئة النزاهة القاضي حيدر حنون ذلك.",
            &["TITLE رئيس هيئة النزاهة #0", "ORG هيئة النزاهة #1", "TITLE القاضي #0", "PER حيدر حنون #0"],
        ),
    ]);
}

#[test]
fn words_beside_names_are_told_from_names() {
    check(&[
        ("قال رئيس الجمهورية جوزف عون ذلك.", &["TITLE رئيس الجمهورية #0", "PER جوزف عون #0"]),
        ("شيخ الـ75 سنة.", &[]),
        ("اجتماع لمجلس الوزراء صباح أمس.", &["ORG مجلس الوزراء #0"]),
        ("كتب على جدرانه أسماء الله الحسنى.", &[]),
        ("قال حزب التقدم والاشتراكية ذلك.", &["ORG حزب التقدم والاشتراكية #0"]),
        ("حضر رضا بالحاج. وقال بالحاج ذلك.", &["PER رضا بالحاج #0", "PER بالحاج #0"]),
        ("نقل علي حسن الخوري إلى المستشفى.", &["PER علي حسن الخوري #0"]),
        ("وقعت غارة على بلدة ميس الجبل.", &[]),
        ("أصر مدير المستشفى علي الكناني على رأيه.", &["TITLE مدير المستشفى #0", "PER علي الكناني #0"]),
        ("بحث رئيس مجلس النواب نبيه بري ذلك.", &["TITLE رئيس مجلس النواب #0", "ORG مجلس النواب #1", "PER نبيه بري #0"]),
        ("سجلت إصابات في ولايتي كسلا وكردفان.", &["GPE كسلا #0", "LOC كردفان #1"]),
        ("قالت د. آمنة الشيخ إدريس ذلك.", &["TITLE د. #0", "PER آمنة الشيخ إدريس #0"]),
        ("كشف أمين التهراوي، وزير الصحة، ذلك.", &["PER أمين التهراوي #0", "TITLE وزير الصحة #0"]),
        ("قال مدرب النصر جورجي جيسوس ذلك.", &["TITLE مدرب النصر #0", "PER جورجي جيسوس #0"]),
        ("وقع الحادث بشارع الوادي.", &["FAC شارع الوادي #0"]),
        ("جاء فريد الأطرش مع والده فهد الأطرش.", &["PER فريد الأطرش #0", "PER فهد الأطرش #1"]),
    ]);
}

#[test]
fn a_word_that_many_are_called_by_names_nobody_in_particular() {
    let names = |text: &str| -> Vec<(String, String)> {
        let (_, entities) = extract(text);
        entities.entities.into_iter().map(|e| (e.name, e.latin_name)).collect()
    };
    let alone = |name: &str, latin: &str| vec![(name.to_owned(), latin.to_owned())];
    assert_eq!(names("قال المنصوري إن المشروع جاهز."), alone("المنصوري", "Mansouri"));
    assert_eq!(names("قال ناصر إنه لا يعلم."), alone("ناصر", "Nasser"));
    // a name that few others bear, and one that the document has in full
    assert_eq!(names("قال ماكرون إنه لا يعلم."), alone("إيمانويل ماكرون", "Emmanuel Macron"));
    assert_eq!(names("صوت مجلس الشعب على القانون."), alone("مجلس الشعب", ""));
    assert_eq!(names("قال السبسي ذلك. وعاد الباجي قائد السبسي."), alone("الباجي قائد السبسي", "Beji Caid Essebsi"));
}

#[test]
fn the_same_text_gives_the_same_answer() {
    let text = "قال وزير الخارجية ماركو روبيو في قطر إن حركة «حماس» قبلت. وأضاف روبيو أن قطر وافقت.";
    assert_eq!(mentions(text), mentions(text));
}

proptest! {
    #[test]
    fn any_text_gives_a_tree_of_mentions(text in arbitrary::text()) {
        check_shape(&text);
    }

    #[test]
    fn names_and_titles_in_any_order_give_a_tree(words in proptest::collection::vec(proptest::sample::select(WORDS), 0..40)) {
        check_shape(&words.join(" "));
    }
}

/// What the rules look at, for texts that no writer would write.
const WORDS: &[&str] = &[
    "رئيس",
    "الرئيس",
    "لرئيس",
    "للرئيس",
    "وزير",
    "الخارجية",
    "والدفاع",
    "الأميركي",
    "القطرية",
    "مجلس",
    "النواب",
    "حركة",
    "«حماس»",
    "«",
    "»",
    "\"",
    "في",
    "لبنان",
    "بقطر",
    "وقطر",
    "بن",
    "آل",
    "أبو",
    "محمد",
    "ومحمد",
    "الأنصاري",
    "باسم",
    "لدى",
    "نائب",
    "عام",
    "العام",
    "السابق",
    "،",
    ".",
    "\n",
    "2022",
    "كأس",
    "العالم",
    "مصدر",
    "أمني",
    "صاحب",
    "السمو",
    "رئيسها",
    "عبد",
    "الله",
    "شركة",
    "BBC",
    "للانتخابات",
    "الهيئة",
    "العليا",
    "دولة",
];
