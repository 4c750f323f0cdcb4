"""The pack's question sets are what they claim: large, wide, and apart from each other."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import pytest

from corpus import Dialogue, Pack, Question, read_questions, single_questions
from retrieval.conversation.steps import find_step
from retrieval.fold import fold
from retrieval.known import JOINT, is_joined
from retrieval.passages import cut_passages
from retrieval.reference import find_reference

SAME = 0.7
ARTICLES = range(37)


@pytest.fixture(scope="module")
def sets(pack: Pack) -> dict[str, tuple[Question, ...]]:
    return {
        name: single_questions(read_questions(pack.path / f"{name}.jsonl", pack.document))
        for name in ("train", "dev", "test")
    }


def bigrams(text: str) -> frozenset[str]:
    bare = re.sub(r"\W", "", fold(text))
    return frozenset(bare[i : i + 2] for i in range(len(bare) - 1)) or frozenset([bare])


def near_copies(questions: Iterable[Question], texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each question beside a text that is nearly the same: character-bigram Jaccard > 0.7."""
    originals = list(texts)
    grams = [bigrams(text) for text in originals]
    holders: dict[str, list[int]] = defaultdict(list)
    for index, gram in enumerate(grams):
        for pair in gram:
            holders[pair].append(index)
    for question in questions:
        own = bigrams(question.text)
        shared = Counter(index for pair in own for index in holders[pair])
        for index, count in shared.items():
            if count / (len(own) + len(grams[index]) - count) > SAME:
                yield question.text, originals[index]


def texts_of(questions: Iterable[Question]) -> Iterator[str]:
    """Yield each question, and what is joined in one that follows up on others.

    Of those parts, some are too short to be anybody's own: "who pays?".
    """
    for question in questions:
        yield question.text
        if is_joined(question.text):
            parts = question.text.split(JOINT)
            yield from (part for part in parts if len(bigrams(part)) >= 4)


@pytest.mark.parametrize("name", ["dev", "test"])
def test_no_question_is_nearly_one_to_train_on(
    sets: dict[str, tuple[Question, ...]], name: str
) -> None:
    # A number is a number: there are only so many ways to name article 15.
    asked = [q for q in sets[name] if q.kind != "reference"]
    assert list(near_copies(asked, texts_of(sets["train"]))) == []


def test_no_test_question_is_nearly_one_of_dev(sets: dict[str, tuple[Question, ...]]) -> None:
    asked = [q for q in sets["test"] if q.kind != "reference"]
    assert list(near_copies(asked, (q.text for q in sets["dev"]))) == []


@pytest.mark.parametrize("name", ["dev", "test"])
def test_no_question_is_nearly_a_passage(
    sets: dict[str, tuple[Question, ...]], pack: Pack, name: str
) -> None:
    passages = (passage.text for passage in cut_passages(pack.document))
    assert list(near_copies(sets[name], passages)) == []


def test_ids_are_unique_across_the_sets(sets: dict[str, tuple[Question, ...]]) -> None:
    ids = Counter(q.id for questions in sets.values() for q in questions)
    assert [identity for identity, count in ids.items() if count > 1] == []


def test_there_are_sixty_questions_an_article_to_train_on(
    sets: dict[str, tuple[Question, ...]],
) -> None:
    answerable = [q for q in sets["train"] if q.gold]
    by_article = Counter(number for q in answerable for number in q.gold)
    assert len(answerable) >= 2_500
    assert [n for n in ARTICLES if by_article[n] < 60] == []


def test_a_thousand_questions_to_train_on_have_no_answer_half_of_them_near_misses(
    sets: dict[str, tuple[Question, ...]],
) -> None:
    unanswerable = [q for q in sets["train"] if not q.gold]
    assert len(unanswerable) >= 1_000
    assert sum(q.kind == "near_miss" for q in unanswerable) >= len(unanswerable) / 2


@pytest.mark.parametrize("name", ["dev", "test"])
def test_dev_and_test_are_large_enough_to_measure_on(
    sets: dict[str, tuple[Question, ...]], name: str
) -> None:
    assert sum(bool(q.gold) for q in sets[name]) >= 500
    assert sum(not q.gold for q in sets[name]) >= 200
    by_article = Counter(number for q in sets[name] for number in q.gold)
    assert [n for n in ARTICLES if by_article[n] < 10] == []


def test_people_ask_in_many_languages(sets: dict[str, tuple[Question, ...]]) -> None:
    for questions in sets.values():
        assert {q.lang for q in questions} >= {
            *("zh-Hant", "zh-Hans", "en", "ja", "fr", "es", "de", "ko"),
            *("vi", "id", "ru", "ar", "pt", "th"),
        }


@pytest.fixture(scope="module")
def dialogues(pack: Pack) -> dict[str, tuple[Dialogue, ...]]:
    return {
        name: tuple(
            item
            for item in read_questions(pack.path / f"dialogues-{name}.jsonl", pack.document)
            if isinstance(item, Dialogue)
        )
        for name in ("train", "dev", "test")
    }


@pytest.mark.parametrize("name", ["train", "dev", "test"])
def test_there_are_sixty_dialogues_of_two_to_six_turns(
    dialogues: dict[str, tuple[Dialogue, ...]], name: str
) -> None:
    assert len(dialogues[name]) >= 60
    assert all(2 <= len(dialogue.turns) <= 6 for dialogue in dialogues[name])
    assert {d.lang for d in dialogues[name]} >= {"zh-Hant", "zh-Hans", "en", "ja"}
    assert len({d.id for group in dialogues.values() for d in group}) == sum(
        map(len, dialogues.values())
    )


def turns_of(dialogues: Iterable[Dialogue]) -> Iterator[Question]:
    """Yield the turns that are somebody's own words: "next" and "article 12" are everybody's."""
    for dialogue in dialogues:
        for number, turn in enumerate(dialogue.turns):
            is_step = find_step(turn.text) or find_reference(turn.text, ARTICLES)
            if len(bigrams(turn.text)) >= 10 and not is_step:
                yield Question(f"{dialogue.id}#{number}", turn.text, gold=turn.gold)


@pytest.mark.parametrize(
    ("name", "others"), [("dev", ("train",)), ("test", ("dev", "train"))], ids=["dev", "test"]
)
def test_no_turn_of_the_dialogues_is_nearly_one_of_others_or_of_training(
    dialogues: dict[str, tuple[Dialogue, ...]],
    sets: dict[str, tuple[Question, ...]],
    name: str,
    others: tuple[str, ...],
) -> None:
    seen = [turn.text for other in others for turn in turns_of(dialogues[other])]
    seen += texts_of(sets["train"])
    assert list(near_copies(turns_of(dialogues[name]), seen)) == []


KINDS = {
    *("fact", "keyword", "typo", "fragment", "formal", "journalist", "student", "engineer"),
    *("acronym", "mixed", "situation", "paraphrase", "yesno", "why_how", "multi"),
    *("near_miss", "chitchat", "off_topic", "other_law", "hostile", "noise"),
}


@pytest.mark.parametrize(("name", "least"), [("train", 50), ("dev", 20), ("test", 20)])
def test_every_way_of_asking_is_there(
    sets: dict[str, tuple[Question, ...]], name: str, least: int
) -> None:
    count = Counter(question.kind for question in sets[name])
    # Noise is short: of "?????" a few are enough to measure on.
    wanted = KINDS if name == "train" else KINDS - {"noise"}
    assert {kind: count[kind] for kind in wanted if count[kind] < least} == {}
