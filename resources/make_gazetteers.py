#!/usr/bin/env python3
"""Makes the tables of names under resources/gazetteer from the project's data and CLDR.

    npm pack cldr-localenames-full && tar xzf cldr-localenames-full-*.tgz   # anywhere
    python3 resources/make_gazetteers.py --data ../shared/data --cldr PATH/package

Standard library only (and the `zstd` program, to read the raw texts); the same inputs give the same bytes. Tables that
it does not write are kept by hand. Every table has the columns

    name  class  variants (|)  Latin name  country (ISO 3166-1)  ids (register:identifier, by spaces)

where empty columns at the end are left out, a class may be two joined by +, and a form that begins with ? is an
everyday word too, or shared by several, so that it counts in context only.
"""

import argparse
import json
import unicodedata
from pathlib import Path

OUT = Path(__file__).resolve().parent / "gazetteer"

FOLDED = {ord(c): "ا" for c in "أإآٱ"} | {ord("ى"): "ي"}

PROJECT = "Written for this project from general knowledge.\nLicence: Apache-2.0"


def plain(name):
    """`name` as the service normalizes it: no diacritics, tatweel or marks, single spaces."""
    kept = (c for c in name if unicodedata.category(c) not in ("Mn", "Cf") and c != "\u0640")
    return " ".join("".join(kept).split())


def fold(name):
    return plain(name).translate(FOLDED)


def rows_of(path, columns):
    """The rows of a tab-separated file without its header, padded to `columns`."""
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        yield cells + [""] * (columns - len(cells))


class Table:
    """The rows of one table."""

    def __init__(self, file, about):
        self.file, self.about, self.rows = file, about, []

    def add(self, name, kind, variants=(), latin="", country="", ids=""):
        """Adds a name; equal forms are dropped, the first wins."""
        seen, forms = set(), []
        for form in (name, *variants):
            mark, form = ("?", form[1:]) if form.startswith("?") else ("", form)
            form = plain(form)
            if form and fold(form) not in seen:
                seen.add(fold(form))
                forms.append(mark + form)
        if forms:
            self.rows.append([forms[0], kind, "|".join(forms[1:]), latin, country, ids])

    def write(self):
        lines = [f"# {line}".rstrip() for line in self.about.strip().splitlines()]
        lines += ["\t".join(row).rstrip("\t") for row in self.rows]
        (OUT / self.file).write_text("\n".join(lines) + "\n", encoding="utf-8")


# Countries as newspapers write them, beside the name of CLDR; the first is the usual one where a < follows.
COUNTRIES = """
AE الإمارات < الإمارات العربية المتحدة|دولة الإمارات|دولة الإمارات العربية المتحدة
AF جمهورية أفغانستان الإسلامية
AL جمهورية ألبانيا
AM أرمينية
AR الارجنتين
AT جمهورية النمسا
AU استراليا|أوستراليا
AZ أذريبجان|آذربيجان
BA البوسنة|البوسنة والهرسك
BD بنجلاديش|بنغلادش|بنجلادش
BH مملكة البحرين
BJ ?بنين < ?بنين|جمهورية بنين|البنين
BO بوليفيا
BR البرازيل|برازيل
BS الباهاماس|باهاماس|الباهاما
BY بيلاروس < روسيا البيضاء|بيلاروسيا|روسيا البيضاء
CA كندا
CD جمهورية الكونغو الديمقراطية < الكونغو الديمقراطية|الكونغو كينشاسا|جمهورية الكونغو الديموقراطية|الكونغو الديموقراطية|زائير
CF جمهورية أفريقيا الوسطى|أفريقيا الوسطى|إفريقيا الوسطى|جمهورية إفريقيا الوسطى
CG الكونغو < الكونغو برازافيل|جمهورية الكونغو
CH الاتحاد السويسري
CI ساحل العاج|كوت ديفوار|الكوت ديفوار|كوت دي فوار|الكوديفوار
CL تشيلي|الشيلي|شيلي|التشيلي
CM الكاميرون|كاميرون
CN الصين|جمهورية الصين الشعبية|الصين الشعبية
CO كولمبيا
CR كوستا ريكا
CV الرأس الأخضر|جزر الرأس الأخضر|كاب فيردي
CY جمهورية قبرص
CZ التشيك|جمهورية التشيك|الجمهورية التشيكية|تشيكيا
DE ألمانيا|جمهورية ألمانيا الاتحادية|ألمانيا الاتحادية|المانيا
DK الدنمارك < الدانمارك|الدانمرك|الدنمارك|الدانيمارك|الدنيمارك
DO جمهورية الدومينيكان|الدومينيكان|جمهورية الدومنيكان|الدومينيك
DZ الجزائر|الجمهورية الجزائرية|الجمهورية الجزائرية الديمقراطية الشعبية
EC الإكوادور|الاكوادور|إكوادور
EG مصر|جمهورية مصر العربية|الجمهورية العربية المتحدة
EH الصحراء الغربية
ER إريتريا|أريتريا|إرتريا|أرتريا
ES إسبانيا|أسبانيا|اسبانيا|مملكة إسبانيا
ET إثيوبيا|أثيوبيا|الحبشة
FI فنلندا|فنلندة
FR فرنسا|الجمهورية الفرنسية|فرنسة
GA الغابون|الجابون
GB بريطانيا < المملكة المتحدة|بريطانيا|بريطانيا العظمى|المملكة المتحدة لبريطانيا العظمى وأيرلندا الشمالية
GE جورجيا|جورجية
GH غانا
GM غامبيا|جامبيا
GN غينيا|غينيا كوناكري
GQ غينيا الاستوائية
GR اليونان|جمهورية اليونان
GT غواتيمالا|جواتيمالا
GW غينيا بيساو|غينيا بساو
GY غيانا|جويانا|غويانا
HK هونغ كونغ < هونج كونج|هونغ كونغ|هونكونغ|هونغكونغ
HN هندوراس|هوندوراس
HR كرواتيا
HT هايتي|هاييتي
HU المجر < هنغاريا|المجر
ID إندونيسيا|أندونيسيا|اندونيسيا
IE أيرلندا|إيرلندا|ايرلندا|جمهورية أيرلندا|إرلندا
IL إسرائيل|اسرائيل|دولة إسرائيل|دولة الاحتلال|الكيان الصهيوني|دولة الاحتلال الإسرائيلي
IN الهند
IQ العراق|جمهورية العراق
IR إيران|ايران|الجمهورية الإسلامية الإيرانية|الجمهورية الإسلامية|جمهورية إيران الإسلامية
IS آيسلندا|أيسلندا|إيسلندا
IT إيطاليا|ايطاليا|أيطاليا
JM جامايكا|جمايكا
JO الأردن|المملكة الأردنية الهاشمية|المملكة الأردنية
JP اليابان
KE كينيا
KG قيرغيزستان|قرغيزستان|قيرغيزيا|قرغيزيا
KH كمبوديا|كامبوديا
KM جزر القمر|جمهورية القمر المتحدة|?القمر
KN سانت كيتس ونيفيس
KP كوريا الشمالية|جمهورية كوريا الديمقراطية الشعبية
KR كوريا الجنوبية|جمهورية كوريا
KW الكويت|دولة الكويت
KZ كازاخستان|كازخستان|قازاخستان
LB لبنان|الجمهورية اللبنانية
LK سريلانكا|سري لانكا|سيريلانكا
LT ليتوانيا|لتوانيا
LU لوكسمبورغ|لكسمبورغ|لوكسمبورج|اللوكسمبورغ
LV لاتفيا|لتفيا
LY ليبيا|الجماهيرية الليبية|الجماهيرية|دولة ليبيا
MA المغرب|المملكة المغربية
MD مولدوفا|مولدافيا
ME الجبل الأسود|مونتينيغرو
MG مدغشقر
MK مقدونيا الشمالية|مقدونيا
ML مالي < ?مالي|جمهورية مالي|دولة مالي
MM ميانمار < ميانمار|بورما|مينمار|مانيمار
MO ماكاو < ماكاو
MR موريتانيا|موريطانيا|الجمهورية الإسلامية الموريتانية
MT مالطا|مالطة
MU موريشيوس|جزر موريشيوس|موريس
MV جزر المالديف|المالديف
MW ملاوي|مالاوي
MX المكسيك|مكسيكو
MY ماليزيا
MZ موزمبيق|الموزمبيق|موزامبيق
NE النيجر
NG نيجيريا|نايجيريا
NL هولندا|هولاندا|هولندة|الأراضي المنخفضة
NO النرويج
NP نيبال|النيبال
NZ نيوزيلندا|نيوزيلاندا|نيوزلندا|نيو زيلندا
OM سلطنة عمان < سلطنة عمان|عمان|السلطنة
PA بنما|باناما
PE بيرو|البيرو
PG بابوا غينيا الجديدة|بابوا نيو غينيا
PH الفلبين|الفيليبين|الفليبين
PK باكستان|الباكستان
PL بولندا|بولونيا|بولندة
PR بورتوريكو|بورتو ريكو
PS فلسطين < فلسطين|دولة فلسطين|الأراضي الفلسطينية|الأراضي الفلسطينية المحتلة|الأراضي المحتلة
PT البرتغال
PY باراغواي|باراجواي|البارغواي|البارغواي
QA قطر|دولة قطر
RO رومانيا
RS صربيا
RU روسيا|روسيا الاتحادية|الاتحاد الروسي|جمهورية روسيا الاتحادية
RW رواندا|روندا
SA السعودية < المملكة العربية السعودية|السعودية|العربية السعودية
SC سيشل|جزر السيشل|السيشل|سيشيل
SD السودان|جمهورية السودان
SE السويد
SG سنغافورة|سنغفورة
SI سلوفينيا
SK سلوفاكيا
SL سيراليون|سيرا ليون
SN السنغال|السينغال
SO الصومال|جمهورية الصومال|صومال
SS جنوب السودان|دولة جنوب السودان|جمهورية جنوب السودان
SV السلفادور|سلفادور
SY سوريا|سورية|الجمهورية العربية السورية
SZ إسواتيني|سوازيلاند
TD تشاد|التشاد
TG توغو|التوغو
TH تايلاند|تايلندا|تايلند|التايلاند|تايلاندا
TJ طاجيكستان|طاجكستان
TL تيمور الشرقية < تيمور الشرقية|تيمور ليشتي
TM تركمانستان
TN تونس|الجمهورية التونسية|البلاد التونسية
TR تركيا|تركية|الجمهورية التركية
TT ترينيداد وتوباغو
TW تايوان|تيوان
TZ تنزانيا|تانزانيا
UA أوكرانيا|اوكرانيا|أكرانيا
UG أوغندا|أوغاندا|اوغندا
US الولايات المتحدة|الولايات المتحدة الأمريكية|الولايات المتحدة الأميركية|أمريكا|أميركا|امريكا|اميركا
UY أوروغواي < أوروغواي|الأوروغواي|أوروجواي|الأوروغواي
UZ أوزبكستان|أوزباكستان|ازبكستان
VA الفاتيكان|دولة الفاتيكان|الكرسي الرسولي
VE فنزويلا|فينزويلا
VN فيتنام|فييتنام|الفيتنام
XK كوسوفو|كوسوفا
YE اليمن|الجمهورية اليمنية
ZA جنوب أفريقيا|جنوب إفريقيا|أفريقيا الجنوبية|جمهورية جنوب أفريقيا
ZM زامبيا
ZW زيمبابوي|زمبابوي
"""


def countries(cldr):
    table = Table(
        "countries.tsv",
        "Countries and territories with their ISO 3166-1 codes.\n"
        "Source: Unicode CLDR (npm cldr-localenames-full 48.2.0), Arabic and English names; variants as newspapers write\n"
        "them, written for this project.\n"
        "Licence: Unicode-3.0 (names of CLDR), Apache-2.0 (variants)\n"
        "Attribution: Copyright © 1991-2025 Unicode, Inc.",
    )

    def names(language):
        path = cldr / "main" / language / "territories.json"
        return json.loads(path.read_text(encoding="utf-8"))["main"][language]["localeDisplayNames"]["territories"]

    arabic, english = names("ar"), names("en")
    variants = {}
    for line in COUNTRIES.strip().splitlines():
        code, rest = line.split(" ", 1)
        first, _, others = rest.rpartition(" < ")
        variants[code] = ([first] if first else [], others.split("|"))
    # Codes that CLDR adds to ISO 3166-1, and uninhabited dots that no report speaks of.
    skipped = "AC BV CC CP CQ CX DG EA EU EZ HM IC IO NF PN QO TA TF TK UM UN XA XB ZZ".split()
    for code in sorted(c for c in arabic if len(c) == 2 and c not in skipped):
        first, others = variants.get(code, ([], []))
        name = arabic[code] if "(" not in arabic[code] and "-" not in arabic[code] else ""
        name = "" if any(name == other.lstrip("?") for other in others) and first else name
        ids = f"iso3166-1:{code}"
        table.add(*(first + [name])[:1], "country", [*(first + [name])[1:], *others], english[code], code, ids)
    table.write()


def organizations(data):
    table = Table("organizations.tsv", f"Organisations of the news with their variants.\n{PROJECT}")
    for name, variants, latin, _, country in rows_of(data / "gazetteer" / "own_organizations.tsv", 5):
        forms = [v if " " in v else "?" + v for v in [name, *variants.split("|")] if v]
        table.add(forms[0].lstrip("?"), "organization", forms[1:], latin, country.strip("-"))
    table.write()


def persons(data):
    table = Table("persons.tsv", f"Public persons with their variants.\n{PROJECT}")
    for name, variants, latin, _, country in rows_of(data / "gazetteer" / "own_persons.tsv", 5):
        forms = [v if " " in v else "?" + v for v in [name, *variants.split("|")] if v]
        table.add(forms[0].lstrip("?"), "person", forms[1:], latin, country.strip("-"))
    table.write()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the project's data")
    parser.add_argument("--cldr", type=Path, required=True, help="the unpacked npm package cldr-localenames-full")
    args = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    countries(args.cldr)
    organizations(args.data)
    persons(args.data)


if __name__ == "__main__":
    main()
