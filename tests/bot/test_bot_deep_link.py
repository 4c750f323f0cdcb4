"""Links open the article they were made for, and other payloads none."""

import pytest

from bot.deep_link import article_link, linked_article, share_link


@pytest.mark.parametrize("number", [0, 15, 999_999])
def test_a_link_opens_its_article(number: int) -> None:
    payload = article_link("some_bot", number).partition("start=")[2]
    assert linked_article(payload) == number
    assert len(payload) <= 64


@pytest.mark.parametrize(
    "payload", ["", "a", "15", "a-15", "a15;drop", "b15", "a1234567", "a１５", "a15\n"]
)
def test_other_payloads_open_none(payload: str) -> None:
    assert linked_article(payload) is None


def test_what_is_shared_survives_any_heading() -> None:
    link = share_link("some_bot", 15, "第 15 條 · A&B #1 50%?")
    assert link.startswith("https://t.me/share/url?") and " " not in link
    assert "A%26B+%231+50%25%3F" in link
