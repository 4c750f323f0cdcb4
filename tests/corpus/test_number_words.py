"""The promises of corpus/number_words.py."""

from corpus import number_words
from corpus.number_words import CARDINALS, ORDINALS


def test_english_counts_from_1_to_99_in_both_forms() -> None:
    assert set(ORDINALS.values()) == set(range(1, 100))
    for word, number in (("one", 1), ("twelve", 12), ("forty", 40), ("ninety-nine", 99)):
        assert CARDINALS[word] == number
    for word, number in (("first", 1), ("twelfth", 12), ("twentieth", 20), ("thirty-third", 33)):
        assert ORDINALS[word] == number
    assert len(ORDINALS) == 99


def test_the_other_languages_reach_as_far_as_the_module_says() -> None:
    for word, number in (
        ("siete", 7), ("veintidós", 22), ("treinta", 30),
        ("vingt-et-un", 21), ("trente-trois", 33), ("quarante", 40),
        ("siebzehn", 17), ("einunddreißig", 31), ("vierzig", 40),
        ("sete", 7), ("dezoito", 18), ("vinte", 20),
    ):  # fmt: skip
        assert CARDINALS[word] == number


def test_a_word_that_two_languages_share_means_the_same_number() -> None:
    seen: dict[str, int] = {}
    for words in (
        number_words._SPANISH,
        number_words._FRENCH,
        number_words._GERMAN,
        number_words._PORTUGUESE,
        number_words._ONES,
    ):
        assert len(set(words)) == len(words)
        for number, word in enumerate(words, start=1):
            assert seen.setdefault(word, number) == number, word


def test_every_word_is_in_lower_case() -> None:
    assert all(word == word.lower() for word in (*CARDINALS, *ORDINALS))
