"""The glossary: what people type joined to what the document says."""

import time
from pathlib import Path

import pytest

from corpus import Document, Pack
from retrieval import GlossaryError
from retrieval.fold import fold
from retrieval.glossary import Glossary, Term


@pytest.fixture(scope="module")
def glossary(pack: Pack) -> Glossary:
    path = pack.file("glossary.toml")
    assert path is not None
    return Glossary.read(path)


def _read(tmp_path: Path, text: str) -> Glossary:
    path = tmp_path / "glossary.toml"
    path.write_text(text, encoding="utf-8")
    return Glossary.read(path)


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("IPPAS 去過幾個國家？", "國際實體防護諮詢服務"),
        ("what does the iaea do", "國際原子能總署"),
        ("ＩＡＥＡ", "國際原子能總署"),
        ("国际原子能机构做什么", "國際原子能總署"),
        ("Organismo Internacional de Energia Atomica", "國際原子能總署"),
        ("INSSP?", "《綜合性核子保安支助計畫》"),
        ("CPPNM", "《核材料實體防護公約》"),
        ("icsant", "《制止核恐怖行為國際公約》"),
        ("UNSCR1540", "聯合國安全理事會 1540 決議案"),
        ("UNSCR-1540", "聯合國安全理事會 1540 決議案"),
        ("resolution 1540", "聯合國安全理事會 1540 決議案"),
        ("GICNT", "《打擊核恐怖主義全球倡議》"),
        ("the Global Partnership", "《防止大規模毀滅性武器與核材料擴散全球夥伴關係》"),
        ("ITDB", "國際原子能總署事故及非法交易資料庫"),
        ("NSS", "核子保安高峰會"),
        ("NSF 的錢", "核子保安基金"),
        ("HEU", "高濃縮鈾"),
        ("HEUs", "高濃縮鈾"),
        ("low enriched uranium", "低濃縮鈾"),
        ("low-enriched  uranium", "低濃縮鈾"),
        ("MOX fuel", "混合氧化物燃料"),
        ("Interpol", "國際刑警組織"),
        ("WCO", "世界海關組織"),
        ("NSGC", "核子保安指導委員會"),
        ("CSS", "安全標準委員會"),
        ("有HEU嗎", "高濃縮鈾"),
        ("脏弹", "放射性散佈裝置"),
    ],
)
def test_the_names_people_use_lead_to_the_documents_words(
    glossary: Glossary, question: str, document: str
) -> None:
    assert document in glossary.terms_in(question)


@pytest.mark.parametrize(
    "question",
    [
        "heute ist Montag",
        "sheu",
        "heureux",
        "coexist",
        "pleurer",
        "foxes and moxie",
        "CSSA",
        "今天會下雨嗎",
        "",
    ],
)
def test_a_latin_name_is_found_as_a_whole_word_only(glossary: Glossary, question: str) -> None:
    assert glossary.terms_in(question) == ()


def test_every_term_is_in_the_documents_own_words(glossary: Glossary, document: Document) -> None:
    everything = fold("".join(f"{a.section or ''}{a.text}" for a in document)).replace(" ", "")
    for term in glossary.terms:
        for part in fold(term.document).strip("《》").replace("》 ", "》").split("》"):
            assert part.replace(" ", "")[:4] in everything, term.document


def test_every_name_of_the_bundled_glossary_is_found(glossary: Glossary) -> None:
    for term in glossary.terms:
        for name in term.names:
            if fold(term.document) not in fold(name):
                assert term.document in glossary.terms_in(f"關於 {name} ?"), name


def test_a_term_already_named_in_the_documents_words_is_left_out() -> None:
    glossary = Glossary((Term("高濃縮鈾", ("HEU",)),))
    assert glossary.terms_in("HEU") == ("高濃縮鈾",)
    assert glossary.terms_in("HEU 高浓缩铀") == ()


def test_a_term_found_under_two_names_is_given_once() -> None:
    glossary = Glossary((Term("高濃縮鈾", ("HEU", "highly enriched uranium")),))
    assert glossary.terms_in("HEU is highly enriched uranium") == ("高濃縮鈾",)


def test_a_name_with_spaces_around_it_is_still_a_whole_word(tmp_path: Path) -> None:
    glossary = _read(tmp_path, '[[term]]\ndocument = "高濃縮鈾"\nnames = [" HEU "]\n')
    assert glossary.terms_in("heute") == ()
    assert glossary.terms_in("HEU!") == ("高濃縮鈾",)


def test_signs_in_a_name_stand_for_themselves() -> None:
    glossary = Glossary((Term("甲", ("a.b", "c++", "(x)")),))
    assert glossary.terms_in("axb") == ()
    for name in ("a.b", "c++", "(x)"):
        assert glossary.terms_in(name) == ("甲",)


def test_an_empty_glossary_finds_nothing(tmp_path: Path) -> None:
    assert Glossary().terms_in("IAEA") == ()
    assert _read(tmp_path, "").terms == ()


def test_wrong_entries_are_all_named(tmp_path: Path) -> None:
    text = (
        '[[term]]\ndocument = "甲"\nnames = ["a"]\n'
        '[[term]]\nnames = ["b"]\n'
        '[[term]]\ndocument = "丙"\nnames = []\n'
        '[[term]]\ndocument = "丁"\nnames = ["d"]\n'
        '[[term]]\ndocument = "戊"\nnames = ["e", " "]\n'
        '[[term]]\ndocument = "己"\nnames = ["-"]\n'
        '[[term]]\ndocument = "庚"\nnames = ["\u0301"]\n'
        '[[term]]\ndocument = " "\nnames = ["h"]\n'
        '[[term]]\ndocument = "壬"\nnames = "i"\n'
        '[[term]]\ndocument = 1\nnames = ["j"]\n'
    )
    with pytest.raises(GlossaryError, match=r"number 2, 3, 5, 6, 7, 8, 9, 10: expected") as caught:
        _read(tmp_path, text)
    assert "glossary.toml" in str(caught.value)


@pytest.mark.parametrize("text", ["[[term", 'term = "x"', "[term]\n", "\x00"])
def test_a_file_that_is_no_glossary_is_refused_by_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(GlossaryError, match=r"glossary\.toml"):
        _read(tmp_path, text)


def test_bytes_that_are_not_utf8_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "glossary.toml"
    with pytest.raises(GlossaryError, match="cannot be read"):
        Glossary.read(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(GlossaryError, match="cannot be read"):
        Glossary.read(path)


@pytest.mark.parametrize(
    "bomb", ["international " * 70, "nuclear-" * 125, "heu" * 330, "- " * 500, "的" * 1000]
)
def test_no_question_takes_long_to_look_through(glossary: Glossary, bomb: str) -> None:
    started = time.process_time()
    glossary.terms_in(bomb[:1000])
    assert time.process_time() - started < 0.2
