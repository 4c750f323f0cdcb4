"""Direct references: an article named by number is found before any model is asked."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.clean import clean
from retrieval.reference import Reference, find_reference

KNOWN = tuple(range(37))
TITLE = "海牙核子保安高峰會公報"


def find(question: str) -> Reference:
    return find_reference(clean(question).text, KNOWN, (TITLE,))


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        # the forms that the design lists
        ("第十五條", [15]),
        ("第15条", [15]),
        ("15條", [15]),
        ("Article 9", [9]),
        ("Art. XII", [12]),
        ("paragraph 3", [3]),
        ("第3條跟第4條", [3, 4]),
        ("21–22", [21, 22]),
        ("第１５條", [15]),
        ("Ａｒｔｉｃｌｅ　９", [9]),
        # Chinese numerals
        ("第二十一條", [21]),
        ("第廿一條", [21]),
        ("第卅六條", [36]),
        ("第一五條", [15]),
        ("十五條", [15]),
        ("第零條", [0]),
        # how people ask in Chinese
        ("那第7條呢？", [7]),
        ("請問第 7 條的內容", [7]),
        ("請問15條的內容", [15]),
        ("关于15条", [15]),
        ("我想看十五條", [15]),
        ("15條說什麼", [15]),
        ("第十五條在說什麼？", [15]),
        ("第九條和第十條有什麼不同", [9, 10]),
        ("第15條第2項", [15]),
        ("第九段", [9]),
        ("第 9 點", [9]),
        ("本公報第15條", [15]),
        ("海牙核子保安高峰會公報第15條", [15]),
        ("這份文件的第15條", [15]),
        ("什麼是 IPPAS 第15條", [15]),
        ("第9條跟核材料實體防護公約有關嗎", [9]),
        ("是不是第9條說的", [9]),
        ("10和14這兩條", [10, 14]),
        ("第九", [9]),
        ("第9", [9]),
        # English
        ("art.12", [12]),
        ("ARTICLE 9", [9]),
        ("article nine", [9]),
        ("Article twenty-one", [21]),
        ("the ninth article", [9]),
        ("9th article", [9]),
        ("article xii", [12]),
        ("para. 5", [5]),
        ("§ 5", [5]),
        ("Article No. 9", [9]),
        ("number 12?", [12]),
        ("#12", [12]),
        ("What does Article 9 say about ratification?", [9]),
        ("difference between article 3 and article 4", [3, 4]),
        ("article 15 of the communiqué", [15]),
        ("Article I", [1]),
        ("/article 15", [15]),
        # nothing but a number
        ("12", [12]),
        ("XII", [12]),
        ("十二", [12]),
        ("(3)", [3]),
        ("3.", [3]),
        # the ends of the document
        ("前言", [0]),
        ("序言說什麼？", [0]),
        ("the preamble", [0]),
        ("Article 0", [0]),
        ("最後一條", [36]),
        ("the last article", [36]),
        ("the final paragraph", [36]),
    ],
)
def test_an_article_named_by_number_is_found(question: str, numbers: list[int]) -> None:
    found = find(question)
    assert list(found.numbers) == numbers
    assert not found.out_of_range
    assert not found.names_other_law


@pytest.mark.parametrize(
    "question",
    [
        "第9条を教えて", "9条は何ですか", "제9조", "제 9 조", "9조", "artículo 9", "Article 9 de la déclaration",
        "l'article 9", "Artikel 9", "9. Artikel", "Absatz 9", "artigo 9", "articolo 9", "Articolul 9", "Artikkel 9",
        "artykuł 9", "článek 9", "članak 9", "član 9", "9. člen", "9. cikk", "madde 9", "9. madde", "άρθρο 9",
        "статья 9", "стаття 9", "член 9", "ст. 9", "пункт 9", "Điều 9", "Pasal 9", "Perkara 9", "Ibara ya 9",
        "المادة 9", "المادة ٩", "ماده ۹", "סעיף 9", "अनुच्छेद 9", "धारा ९", "অনুচ্ছেদ ৯", "ข้อ 9", "มาตรา ๙",
    ],
)  # fmt: skip
def test_an_article_is_named_in_many_languages(question: str) -> None:
    found = find(question)
    assert found.numbers == (9,)
    assert not found.names_other_law


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("第二條到第四條", [2, 3, 4]),
        ("第2至4條", [2, 3, 4]),
        ("第 2-4 條", [2, 3, 4]),
        ("第１０～１２條", [10, 11, 12]),
        ("articles 3-5", [3, 4, 5]),
        ("Articles 3 to 5", [3, 4, 5]),
        ("paragraph 21 through 24", [21, 22, 23, 24]),
        ("§§ 5-7", [5, 6, 7]),
        ("21~22", [21, 22]),
        ("Artikel 3 bis 5", [3, 4, 5]),
        ("статьи 3 до 5", [3, 4, 5]),
    ],
)
def test_a_range_names_everything_between_its_ends(question: str, numbers: list[int]) -> None:
    assert list(find(question).numbers) == numbers


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("第3、5、7條", [3, 5, 7]),
        ("第三條、第五條和第七條", [3, 5, 7]),
        ("articles 3, 5 and 7", [3, 5, 7]),
        ("Articles 3 & 4", [3, 4]),
        ("artículos 9 y 10", [9, 10]),
        ("Artikel 9 und 10", [9, 10]),
        ("articoli 9 e 10", [9, 10]),
        ("статьи 9 и 10", [9, 10]),
        ("제9조와 제10조", [9, 10]),
        ("第9条と第10条", [9, 10]),
        ("第5條、第3條、第5條", [5, 3]),
        ("第2至4條和第9條", [2, 3, 4, 9]),
        ("articles 5-3", [5, 3]),
    ],
)
def test_a_list_is_found_in_the_order_asked_each_once(question: str, numbers: list[int]) -> None:
    assert list(find(question).numbers) == numbers


@pytest.mark.parametrize(
    "question",
    [
        "有 36 條嗎", "有36條嗎", "三條路", "這三條路怎麼走", "一共幾條", "總共 36 條？", "共三十六條", "三條建議",
        "給我三條建議", "30條建議", "我有 5 條狗", "五條悟是誰", "一條魚", "there are 36 articles", "36 articles?",
        "two articles", "in 5 paragraphs", "within 30 days", "section 5 years", "point 3 years", "40 個國家",
        "1540", "1540 決議案", "2005 年修正案", "2016 年", "第三屆高峰會", "第三次", "第一步", "第二點半",
        "the article I read said something", "the first thing", "No. 1 threat", "number one problem", "XL", "C",
        "on the one hand", "article", "第條", "今天會下雨嗎", "", "articles 3rd-party", "particle 9", "smart 12",
    ],
)  # fmt: skip
def test_a_count_or_a_quantity_is_no_reference(question: str) -> None:
    found = find(question)
    assert not found
    assert not found.names_other_law


@pytest.mark.parametrize(
    ("question", "out", "inside"),
    [
        ("第99條", [99], []),
        ("第九十九條", [99], []),
        ("Article 37", [37], []),
        ("第1000條", [1000], []),
        ("第99條跟第15條", [99], [15]),
        ("第 36 條和第 37 條", [37], [36]),
        ("articles 35-38", [37, 38], [35, 36]),
        ("53", [53], []),
    ],
)
def test_what_the_document_does_not_have_is_said_to_be_out_of_range(
    question: str, out: list[int], inside: list[int]
) -> None:
    found = find(question)
    assert (list(found.out_of_range), list(found.numbers)) == (out, inside)
    assert found


@pytest.mark.parametrize(
    "question",
    [
        "第1到99999條",
        "articles 1-99999999999999999999",
        "第" + "9" * 900 + "條",
        "第" + "一" * 900 + "條",
        "article 1-" + "9" * 900,
    ],
)
def test_a_number_of_any_size_costs_no_memory(question: str) -> None:
    found = find(question)
    assert len(found.numbers) + len(found.out_of_range) < 200


def test_the_preface_is_no_reference_in_a_document_without_one() -> None:
    assert not find_reference("前言", range(1, 6))
    assert find_reference("第0條", range(1, 6)).out_of_range == (0,)


def test_a_document_without_articles_has_nothing_in_range() -> None:
    assert find_reference("第3條", ()).out_of_range == (3,)


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("不是第9條", []),
        ("不要第9條，要第10條", [10]),
        ("除了第9條還有哪些條文談公約", []),
        ("除了第3條和第5條還有哪些條文談公約", []),
        ("besides article 9, which articles mention treaties", []),
        ("except article 5", []),
        ("not article 9 but article 10", [10]),
        ("whether or not article 9 applies", [9]),
        ("第10條，而非第9條", [10]),
        ("nicht Artikel 9", []),
    ],
)
def test_an_article_that_is_ruled_out_is_not_shown(question: str, numbers: list[int]) -> None:
    found = find(question)
    assert list(found.numbers) == numbers
    assert not found.out_of_range


@pytest.mark.parametrize(
    ("question", "more"),
    [
        ("第15條", False),
        ("請給我看第十五條的內容", False),
        ("what does article 15 say", False),
        ("第15條 迄今在幾個國家執行過任務", True),
        ("Article 9: when should the amendment enter into force", True),
    ],
)
def test_whether_more_is_asked_than_to_show_the_article(question: str, more: bool) -> None:
    assert find(question).asks_more is more


def test_the_rest_is_the_question_without_its_references() -> None:
    assert find("第15條 去過幾個國家？").rest == "去過幾個國家?"
    assert find("第2條到第4條").rest == ""


_BOMBS = {
    "di": "第" * 1000, "di and digit": "第1" * 500, "digits": "1" * 1000, "list": "第" + "1、" * 499,
    "spaced list": "第" + "1 、 " * 249, "nouns": "article " * 125, "latin list": "article " + "1 , " * 240,
    "dashes": "article 1" + "-1" * 490, "roman": "article " + "ivxl" * 240, "numeral": "一" * 1000,
    "bare list": "1," * 500, "polite": "請問" * 500, "look": "看" * 1000, "look look": "看看看" * 333,
    "mixed polite": "請看看一下" * 200, "please": "please " * 140, "show me": "show me " * 120, "law": "法" * 1000,
    "laws": "公約的" * 333, "quotes": "》" * 1000, "law numbers": ("公約" * 12 + "第1條") * 30,
    "of the": "article 5 " + "of the " * 140, "words": "article 5 of " + "a " * 490, "parts": "article 5 " + "(a) " * 240,
    "abs": "Art. 5 " + "Abs. 1 " * 140, "except": "except " * 140, "last": "last " * 200, "ranges": "第1條至" * 250,
    "besides": "除了第1條" * 160, "korean": "제1조" * 330, "ordinals": "first " * 160, "twenty": "article twenty-" * 66,
    "preface": "這份公報文件的" * 140, "preface tail": "前言" + "を見せて" * 240 + "x", "dots": "a." * 500,
    "name": "article 1 of a" + "&" * 900, "spaces": "第 " * 500, "years": "UUD 1945 " * 100 + "pasal 5",
}  # fmt: skip


@pytest.mark.parametrize("name", _BOMBS)
def test_no_question_takes_long_to_read(name: str) -> None:
    question = clean(_BOMBS[name]).text
    started = time.process_time()
    assert isinstance(find_reference(question, KNOWN, (TITLE,)).asks_more, bool)
    assert time.process_time() - started < 0.5  # most take a millisecond, none 0.1 s


_PIECES = st.sampled_from(
    "第 條 条 十 五 15 99 0 article Art. IX 到 - 、 和 , ， ？ 不 除了 勞基法 公約 of the GDPR 제 조 前言 看 最後一條 § # first".split(
        " "
    )
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(_PIECES | st.text(max_size=4), max_size=20).map(" ".join))
def test_any_question_is_read_into_numbers_that_are_known_or_said_not_to_be(question: str) -> None:
    text = clean(question).text
    found = find_reference(text, KNOWN, (TITLE,))
    assert set(found.numbers) <= set(KNOWN)
    assert not set(found.out_of_range) & set(KNOWN)
    assert len(set(found.numbers)) == len(found.numbers)
    assert len(found.rest) <= len(text)
    assert find_reference(text, KNOWN, (TITLE,)) == found


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.integers(0, 120),
    st.sampled_from(
        [
            "第{}條",
            "第 {} 条",
            "Article {}",
            "Art. {}",
            "제{}조",
            "artículo {}",
            "{}. madde",
            "§ {}",
        ]
    ),
)
def test_every_number_is_either_found_or_out_of_range(number: int, form: str) -> None:
    found = find(form.format(number))
    assert found.numbers + found.out_of_range == (number,)
    assert bool(found.numbers) == (number in KNOWN)


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("第 三 十 三 條", (33,)), ("倒數第二條", (35,)), ("倒数第三条", (34,)), ("最後三條", (34, 35, 36)),
        ("最后两条", (35, 36)), ("前三條", (1, 2, 3)), ("first four articles", (1, 2, 3, 4)),
        ("the second to last article", (35,)), ("the penultimate article", (35,)),
        ("前言跟第一條", (0, 1)), ("the preface and the final article", (0, 36)), ("弟24條", (24,)),
        ("引言部分", (0,)), ("what's in the preamble?", (0,)), ("le préambule", (0,)), ("서문", (0,)),
        ("die Präambel bitte", (0,)), ("atricle 31", (31,)), ("clause (26)", (26,)), ("number eight", (8,)),
        ("2, 24 and then 10 please", (2, 24, 10)), ("XXXIV through XXXVI", (34, 35, 36)), ("마지막 조항", (36,)),
        ("los artículos 3 a 5", (3, 4, 5)), ("article premier", (1,)), ("Was steht in Abs. 25?", (25,)),
        ("пункты 7 и 8", (7, 8)), ("tolong tampilkan pasal ke-26", (26,)),
    ],
)  # fmt: skip
def test_articles_are_named_from_an_end_with_slips_and_in_other_languages(
    question: str, numbers: tuple[int, ...]
) -> None:
    assert find_reference(clean(question).text, range(37)).numbers == numbers


@pytest.mark.parametrize(
    "question",
    ["國際原子能總署規約第三條", "我租屋契約第 12 條說不能養貓", "憲法增修條文第4條", "clause 14 of my employment contract"],
)  # fmt: skip
def test_articles_of_statutes_and_contracts_are_not_ours(question: str) -> None:
    found = find_reference(clean(question).text, range(37))
    assert found.names_other_law and not found.numbers


@pytest.mark.parametrize(
    "question", ["前三屆高峰會", "最後三年", "過去四年以來", "第一屆在哪裡舉行", "the first two summits", "三條路", "a number of countries"]
)  # fmt: skip
def test_counts_of_other_things_name_no_article(question: str) -> None:
    assert find_reference(clean(question).text, range(37)).numbers == ()
