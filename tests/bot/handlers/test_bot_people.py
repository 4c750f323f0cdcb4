"""What is remembered of people, and forgotten: language, votes, consent; who is served."""

import json
import sqlite3
from pathlib import Path

import pytest

from bot.commands.feedback import candidates_in
from bot.store import Store
from tests.telegram_server import Fault, Person, TelegramServer

QUESTION = "國際實體防護諮詢服務去過幾個國家？"


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def rows(state: Path, table: str) -> list[tuple]:
    with sqlite3.connect(state / "bot.sqlite3") as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608


def bytes_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


async def answer_to(person: Person, question: str = QUESTION):
    person.send(question)
    return await person.chat.reply()


async def vote_asked_for_consent(person: Person):
    """Vote, and return the answer voted on and the message that asks for consent."""
    answer = await answer_to(person)
    await person.press(answer, "👍").answer()
    asked = await person.chat.reply()
    assert "/privacy" in asked.text
    return answer, asked


async def test_a_language_that_was_chosen_is_kept(server: TelegramServer, serving) -> None:
    ada = server.person(1001, "Ada", language_code="zh-hant")
    async with serving(server.url, server.token):
        ada.send("/language")
        asked = await ada.chat.reply()
        await ada.press(asked, "English").answer()
        await asked.edited()
        assert asked.text == "I speak English."
        assert (await answer_to(ada)).text.startswith("The document says:")
    async with serving(server.url, server.token):
        assert (await answer_to(ada)).text.startswith("The document says:")
        await ada.press(asked, "As I ask").answer()
        await asked.edited(version=2)
        assert (await answer_to(ada)).text.startswith("文件這樣說：")


async def test_a_vote_is_noted_without_name_number_or_question(ada: Person, state: Path) -> None:
    answer = await answer_to(ada)
    notice = await ada.press(answer, "👍").answer()
    assert "謝謝" in notice["text"]
    (vote,) = rows(state, "vote")
    assert vote[2:5] == (15, 1, None)
    raw = bytes_in(state)
    assert b"1001" not in vote[0].encode() and b"Ada" not in raw


async def test_the_last_vote_counts(ada: Person, state: Path) -> None:
    answer = await answer_to(ada)
    await ada.press(answer, "👍").answer()
    await ada.press(answer, "👎").answer()
    assert [vote[3] for vote in rows(state, "vote")] == [0]


async def test_consent_is_asked_once_and_keeps_the_question(
    bot: TelegramServer, ada: Person, state: Path
) -> None:
    _answer, asked = await vote_asked_for_consent(ada)
    await ada.press(asked, "可以").answer()
    await asked.edited()
    assert [vote[4] for vote in rows(state, "vote")] == [QUESTION]
    other = await answer_to(ada, "核鑑識可以用來起訴嗎？")
    await ada.press(other, "👎").answer()
    await bot.settled()
    assert ada.chat.unread == ()
    assert sorted(str(vote[4]) for vote in rows(state, "vote")) == sorted(
        ["核鑑識可以用來起訴嗎？", QUESTION]
    )


async def test_consent_that_is_not_answered_is_not_asked_for_again(
    server: TelegramServer, serving
) -> None:
    ada = server.person(1001, "Ada")
    async with serving(server.url, server.token):
        answer, prompt = await vote_asked_for_consent(ada)
        await ada.press(answer, "👎").answer()
    async with serving(server.url, server.token):
        await ada.press(await answer_to(ada, "核鑑識可以用來起訴嗎？"), "👍").answer()
        await server.settled()
        assert ada.chat.unread == ()
        await ada.press(prompt, "可以").answer()
        await prompt.edited()


async def test_forgetting_deletes_that_consent_was_asked_for(
    bot: TelegramServer, ada: Person, state: Path
) -> None:
    answer, prompt = await vote_asked_for_consent(ada)
    ada.send("/forget")
    confirm = await ada.chat.reply()
    await ada.press(confirm, "刪除我的一切資料").answer()
    await confirm.edited()
    assert rows(state, "person") == []
    await ada.press(answer, "👍").answer()
    assert (await ada.chat.reply()).text == prompt.text


async def test_a_no_keeps_nothing_and_is_not_asked_again(
    bot: TelegramServer, ada: Person, state: Path
) -> None:
    await ada.press(await answer_to(ada), "👍").answer()
    asked = await ada.chat.reply()
    await ada.press(asked, "不要").answer()
    await asked.edited()
    await ada.press(await answer_to(ada, "核鑑識可以用來起訴嗎？"), "👍").answer()
    ada.send("今天股市會漲嗎")
    await ada.chat.reply()
    await bot.settled()
    assert ada.chat.unread == ()
    assert {vote[4] for vote in rows(state, "vote")} == {None}
    assert rows(state, "unanswered") == []


async def test_unanswered_questions_and_votes_are_exported_as_candidates(
    server: TelegramServer, serving, state: Path
) -> None:
    ada = server.person(1001, "Ada")
    async with serving(server.url, server.token):
        await ada.press(await answer_to(ada), "👍").answer()
        asked = await ada.chat.reply()
        await ada.press(asked, "可以").answer()
        await asked.edited()
        ada.send("明天台北會下雨嗎，要不要帶傘")
        await ada.chat.reply()
        await server.settled()
    store = Store(state)
    found = list(candidates_in(store))
    store.close()
    assert [(c["question"], c["gold"]) for c in found] == [
        (QUESTION, [15]),
        ("明天台北會下雨嗎,要不要帶傘", []),
    ]
    assert all(json.dumps(c) and c["kind"] == "candidate" for c in found)


async def test_forgetting_deletes_every_row_and_every_byte(
    server: TelegramServer, serving, state: Path
) -> None:
    ada, bob = server.person(1001, "Ada"), server.person(1002, "Bob")
    async with serving(server.url, server.token):
        for person in (ada, bob):
            await person.press(await answer_to(person), "👍").answer()
            asked = await person.chat.reply()
            await person.press(asked, "可以").answer()
            await asked.edited()
            if person is ada:
                ada.send("明天台北會下雨嗎，要不要帶傘")
                await ada.chat.reply()
        ada.send("/forget")
        confirm = await ada.chat.reply()
        await ada.press(confirm, "刪除我的一切資料").answer()
        await confirm.edited()
        assert confirm.text == "關於你的一切都刪掉了。"
        await server.settled()
    tables = ("person", "conversation", "vote", "unanswered", "answer")
    left = {row[0] for table in tables for row in rows(state, table)}
    assert len(left) == 1  # Bob's
    raw = bytes_in(state)
    assert "下雨".encode() not in raw and QUESTION.encode() in raw


async def test_privacy_says_what_is_kept(ada: Person) -> None:
    ada.send("/privacy")
    told = await ada.chat.reply()
    assert "只留到對話結束" in told.text and "/forget" in told.text
    assert told.labels == ["刪除我的一切資料"]


async def test_random_shows_an_article(ada: Person, document) -> None:
    ada.send("/random")
    (text,) = (await ada.chat.reply()).marked("expandable_blockquote")
    assert text in {article.text for article in document if not article.is_preface}


async def test_only_the_allowed_are_served_in_every_way(
    server: TelegramServer, serving, state: Path
) -> None:
    ada, eve = server.person(1001, "Ada"), server.person(6, "Eve")
    group = server.group("Seminar", ada, eve)
    async with serving(server.url, server.token, TELEGRAM_ALLOWED_CHATS="1001"):
        answer = await answer_to(ada)
        asked = eve.send("第15條")
        assert (await eve.chat.reply()).text == "這個機器人只為特定的人服務。"
        eve.edit(asked, "第9條")
        eve.send("/start a15")
        assert "特定的人" in (await eve.chat.reply()).text
        eve.send("@tiaowen_test_bot 第15條", chat=group)
        search, press = (
            eve.inline("第15條"),
            eve.press_inline("inline1", answer.buttons[0][0]["callback_data"]),
        )
        await server.settled()
        # The button stops spinning, and that is all.
        assert not search.query.answers and (await press.answer())["text"] == ""
        assert eve.chat.unread == () and group.unread == ()
        ada.send("@tiaowen_test_bot 第15條", chat=group)
        assert (await group.reply()).marked("expandable_blockquote")


async def test_a_whole_group_may_be_allowed(server: TelegramServer, serving) -> None:
    eve = server.person(6, "Eve")
    group = server.group("Seminar", eve)
    async with serving(server.url, server.token, TELEGRAM_ALLOWED_CHATS=f"1001,{group.id}"):
        eve.send("@tiaowen_test_bot 第15條", chat=group)
        assert (await group.reply()).marked("expandable_blockquote")


async def test_stats_are_for_operators_alone(server: TelegramServer, serving) -> None:
    ada, eve = server.person(1001, "Ada", language_code="en"), server.person(6, "Eve")
    async with serving(server.url, server.token, TELEGRAM_ADMIN_CHATS="1001"):
        await ada.press(await answer_to(ada), "👍").answer()
        await ada.chat.reply()
        eve.send("/stats")
        ada.send("/stats")
        told = (await ada.chat.reply()).text
        await server.settled()
        assert eve.chat.unread == ()
    assert "Questions: 1  answered 1" in told and "Languages: 1  zh-Hant 1" in told
    assert "Votes: 1  up 1" in told and "p95" in told and "Running for" in told


async def test_stats_are_for_a_group_of_operators_as_well(server: TelegramServer, serving) -> None:
    ada, eve = server.person(1001, "Ada", language_code="en"), server.person(6, "Eve")
    group, other = server.group("Operators", ada), server.group("Seminar", ada, eve)
    async with serving(server.url, server.token, TELEGRAM_ADMIN_CHATS=f"{group.id}"):
        for chat in (other, ada.chat, group):
            ada.send("/stats@tiaowen_test_bot", chat=chat)
        assert "Running for" in (await group.reply()).text
        await server.settled()
        assert other.unread == () and ada.chat.unread == ()


async def test_a_vote_counts_once_a_person(server: TelegramServer, serving) -> None:
    ada = server.person(1001, "Ada", language_code="en")
    bob = server.person(1002, "Bob", language_code="en")
    group = server.group("Seminar", ada, bob)

    async def votes() -> str:
        ada.send("/stats")
        lines = (await ada.chat.reply()).text.split("\n")
        return next(line for line in lines if line.startswith("Votes"))

    async with serving(server.url, server.token, TELEGRAM_ADMIN_CHATS="1001"):
        assert await votes() == "Votes: 0"
        ada.send(f"/ask {QUESTION}", chat=group)
        answer = await group.reply()
        for _ in range(10):
            await ada.press(answer, "👍").answer()
        assert await votes() == "Votes: 1  up 1"
        await ada.press(answer, "👎").answer()
        assert await votes() == "Votes: 1  down 1"
        for voter in (bob, ada):
            await voter.press(answer, "👍").answer()
        assert await votes() == "Votes: 2  up 2"
        await bob.press(answer, "👎").answer()
        assert await votes() == "Votes: 2  up 1  down 1"


async def test_who_asks_too_much_is_told_once(server: TelegramServer, serving) -> None:
    ada, bob = server.person(1001, "Ada"), server.person(1002, "Bob")
    async with serving(server.url, server.token, TELEGRAM_QUOTA="2"):
        for number in range(5):
            ada.send(f"第{number + 1}條")
        texts = [(await ada.chat.reply()).text for _ in range(3)]
        await server.settled()
        assert ada.chat.unread == () and texts[2].startswith("問得好快")
        assert (await answer_to(bob)).marked("expandable_blockquote")


async def test_why_counts_as_a_question(server: TelegramServer, serving) -> None:
    ada = server.person(1001, "Ada")
    async with serving(server.url, server.token, TELEGRAM_QUOTA="2"):
        answer = await answer_to(ada)
        await ada.press(answer, "為什麼？").answer()
        assert "hague-2014" in (await ada.chat.reply()).text
        notice = await ada.press(answer, "為什麼？").answer()
        await server.settled()
        assert notice["show_alert"] and notice["text"].startswith("問得好快")
        assert ada.chat.unread == ()


async def test_who_is_forgotten_while_a_question_is_in_hand_stays_forgotten(
    server: TelegramServer, serving, state: Path
) -> None:
    ada = server.person(1001, "Ada")
    group = server.group("Seminar", ada)
    async with serving(server.url, server.token):
        ada.send("/forget")
        confirm = await ada.chat.reply()
        server.faults.script("sendMessage", Fault.slow(1.0))
        ada.send(f"/ask {QUESTION}", chat=group)
        await server.until(lambda: server.faults.met, 5)
        await ada.press(confirm, "刪除我的一切資料").answer()
        await confirm.edited()
        assert (await group.reply()).marked("expandable_blockquote")
        await server.settled()
    tables = ("person", "conversation", "vote", "unanswered", "answer")
    assert [row for table in tables for row in rows(state, table)] == []


@pytest.mark.parametrize("button", ["👍", "16 ▶"])
async def test_who_is_forgotten_while_a_press_is_in_hand_stays_forgotten(
    server: TelegramServer, serving, state: Path, button: str
) -> None:
    ada = server.person(1001, "Ada")
    group = server.group("Seminar", ada)
    method = "answerCallbackQuery" if button == "👍" else "editMessageText"
    async with serving(server.url, server.token):
        ada.send(f"/ask {QUESTION}", chat=group)
        answer = await group.reply()
        ada.send("/forget")
        confirm = await ada.chat.reply()
        server.faults.script(method, Fault.slow(2.5))
        slow = ada.press(answer, button)
        await server.until(lambda: server.faults.met, 5)
        await ada.press(confirm, "刪除我的一切資料").answer()
        await confirm.edited()
        await slow.answer()
        await server.settled()
    tables = ("person", "conversation", "vote", "unanswered", "answer")
    assert [row for table in tables for row in rows(state, table)] == []
