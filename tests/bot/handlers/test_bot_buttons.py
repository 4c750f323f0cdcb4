"""What buttons promise: they carry all they need, edit in place, and outlive a restart."""

import pytest

from bot.callback import encode
from corpus import Document
from tests.telegram_server import Person, TelegramServer

QUESTION = "國際實體防護諮詢服務去過幾個國家？"


async def ask(person: Person, question: str = QUESTION):
    person.send(question)
    return await person.chat.reply()


async def test_an_answer_has_the_buttons_that_people_look_for(ada: Person) -> None:
    labels = (await ask(ada)).labels
    assert {"◀ 14", "16 ▶", "👍", "👎", "為什麼？", "分享"} <= set(labels)
    assert any("·" in label for label in labels)  # a related article, by number and heading


async def test_next_and_previous_edit_the_message_in_place(ada: Person, by_number) -> None:
    answer = await ask(ada)
    await ada.press(answer, "16 ▶").answer()
    await answer.edited()
    assert answer.marked("expandable_blockquote") == [by_number(16).text]
    await ada.press(answer, "◀ 15").answer()
    await answer.edited(version=2)
    assert answer.marked("expandable_blockquote") == [by_number(15).text]
    assert ada.chat.unread == ()


async def test_at_the_ends_there_is_no_way_further(ada: Person) -> None:
    assert not any("▶" in label for label in (await ask(ada, "第36條")).labels)
    preface = await ask(ada, "前言")
    assert not any("◀" in label for label in preface.labels) and "1 ▶" in preface.labels
    assert "◀ 前言" in (await ask(ada, "第1條")).labels


async def test_a_related_article_opens_in_place(ada: Person, document: Document) -> None:
    answer = await ask(ada)
    label = next(label for label in answer.labels if "·" in label)
    await ada.press(answer, label).answer()
    await answer.edited()
    (shown,) = answer.marked("expandable_blockquote")
    article = next(a for a in document if a.text == shown)
    assert label.startswith(article.label)


async def test_buttons_work_after_a_restart_and_on_old_messages(
    server: TelegramServer, serving, by_number
) -> None:
    ada = server.person(1001, "Ada")
    async with serving(server.url, server.token):
        answer = await ask(ada)
    async with serving(server.url, server.token):
        await ada.press(answer, "16 ▶").answer()
        await answer.edited()
        assert answer.marked("expandable_blockquote") == [by_number(16).text]
        await ada.press(answer, "目錄").answer()
        await answer.edited(version=2)


async def test_why_shows_what_the_search_found(ada: Person) -> None:
    answer = await ask(ada)
    await ada.press(answer, "為什麼？").answer()
    why = await ada.chat.reply()
    assert "為什麼是這幾條" in why.text and "hague-2014" in why.text
    assert why.marked("pre")


async def test_why_is_not_offered_where_nothing_was_searched(ada: Person) -> None:
    assert "為什麼？" not in (await ask(ada, "第15條")).labels


async def test_why_without_its_question_says_so(ada: Person, document: Document) -> None:
    answer = await ask(ada, "第15條")
    answer.raw.pop("reply_to_message")
    notice = await ada.press_data(answer, encode("why", document, 15)).answer()
    assert notice["show_alert"] and "再問一次" in notice["text"]


async def test_share_leads_to_a_link_that_opens_the_article(ada: Person) -> None:
    answer = await ask(ada)
    (share,) = [b for row in answer.buttons for b in row if b["text"] == "分享"]
    assert "t.me%2Ftiaowen_test_bot%3Fstart%3Da15" in share["url"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("a:000000:15", "這個按鈕屬於另一份文件"),
        ("a:{tag}:99", "已經沒有那一條"),
        ("a:{tag}", "已經沒有那一條"),
        ("s:{tag}:99", "已經沒有那一節"),
        ("nonsense", "已經不用了"),
        ("x:{tag}:1", "已經不用了"),
        ("a:{tag}:15:16", "已經不用了"),
        ("核:{tag}", "已經不用了"),
    ],
)
async def test_a_button_that_leads_nowhere_says_so(
    bot: TelegramServer, ada: Person, document: Document, data: str, words: str
) -> None:
    answer = await ask(ada, "第15條")
    tag = encode("toc", document).partition(":")[2]
    notice = await ada.press_data(answer, data.replace("{tag}", tag)).answer()
    assert words in notice["text"] and notice["show_alert"]
    await bot.settled()
    assert len(answer.versions) == 1 and all(call.error is None for call in bot.calls)


async def test_the_contents_lead_to_every_article(ada: Person, document: Document) -> None:
    ada.send("/toc")
    contents = await ada.chat.reply()
    reached = {label for label in contents.labels if label in {a.label for a in document}}
    for version, section in enumerate(document.sections):
        label = next(label for label in contents.labels if label == section)
        await ada.press(contents, label).answer()
        await contents.edited(version=2 * version + 1)
        reached |= set(contents.labels)
        await ada.press(contents, "◀ 目錄").answer()
        await contents.edited(version=2 * version + 2)
    assert len(document.sections) == 17
    assert {article.label for article in document} <= reached


async def test_pressing_twice_is_no_error(bot: TelegramServer, ada: Person) -> None:
    answer = await ask(ada)
    first, second = ada.press(answer, "16 ▶"), ada.press(answer, "16 ▶")
    await first.answer()
    await second.answer()
    await bot.settled()
    assert ada.chat.unread == ()


async def test_a_press_that_waited_too_long_is_still_followed(
    bot: TelegramServer, ada: Person
) -> None:
    answer = await ask(ada)
    ada.press(answer, "16 ▶").expire()
    await answer.edited()
    await bot.settled()
    assert ada.chat.unread == ()


async def test_below_an_answer_of_several_messages_an_article_is_sent_anew(
    bot: TelegramServer, ada: Person, by_number
) -> None:
    first = await ask(ada, "1-36")
    await bot.settled()
    parts = [first]
    while ada.chat.unread:
        parts.append(await ada.chat.reply())
    await ada.press(parts[-1], "2 ▶").answer()
    sent = await ada.chat.reply()
    assert sent.marked("expandable_blockquote") == [by_number(2).text]
    assert [len(part.versions) for part in parts] == [1] * len(parts)
    # What stands alone changes in place.
    await ada.press(sent, "3 ▶").answer()
    await sent.edited()
    assert sent.marked("expandable_blockquote") == [by_number(3).text]


async def test_a_button_speaks_the_language_of_the_question(bot: TelegramServer) -> None:
    bob = bot.person(1002, "Bob", language_code="en")
    answer = await ask(bob)
    await bob.press(answer, "為什麼？").answer()
    assert "為什麼是這幾條" in (await bob.chat.reply()).text
    assert "謝謝" in (await bob.press(answer, "👍").answer())["text"]
    assert "可以" in (await bob.chat.reply()).labels
    await bob.press(answer, "16 ▶").answer()
    await answer.edited()
    assert {"目錄", "分享"} <= set(answer.labels)


async def test_under_a_command_a_button_speaks_the_persons_language(bot: TelegramServer) -> None:
    for code, contents in (("en", "Contents"), ("zh-hant", "目錄")):
        person = bot.person(1002 if code == "en" else 1003, language_code=code)
        answer = await ask(person, "/article 15")
        await person.press(answer, "16 ▶").answer()
        await answer.edited()
        assert contents in answer.labels


async def test_what_the_bot_wrote_is_no_question_whose_language_counts(bot: TelegramServer) -> None:
    bob = bot.person(1002, "Bob", language_code="en")
    last = await ask(bob, "articles 1-36")
    await bot.settled()
    while bob.chat.unread:
        last = await bob.chat.reply()
    await bob.press(last, "2 ▶").answer()
    sent = await bob.chat.reply()  # a reply to the bot's own message, which quotes Chinese
    await bob.press(sent, "3 ▶").answer()
    await sent.edited()
    assert "Contents" in sent.labels


async def test_next_goes_on_from_an_article_that_a_button_opened(
    ada: Person, document: Document
) -> None:
    answer = await ask(ada)
    await ada.press(answer, "16 ▶").answer()
    await answer.edited()
    assert (await ask(ada, "下一條")).marked("bold")[1].startswith("第 17 條")
    ada.send("/toc")
    contents = await ada.chat.reply()
    article = next(a for a in document if a.section == document.sections[1])
    for version, label in enumerate((document.sections[1], article.label), start=1):
        await ada.press(contents, label).answer()
        await contents.edited(version=version)
    next_one = f"第 {article.number + 1} 條"
    assert (await ask(ada, "下一條")).marked("bold")[1].startswith(next_one)


async def test_a_press_in_a_group_moves_the_conversation_of_who_pressed(
    bot: TelegramServer, ada: Person
) -> None:
    bob = bot.person(1002, "Bob")
    group = bot.group("Seminar", ada, bob)
    ada.send("/ask 第15條", chat=group)
    answer = await group.reply()
    await bob.press(answer, "16 ▶").answer()
    await answer.edited()
    for person, number in ((ada, 16), (bob, 17)):
        person.send("/ask 下一條", chat=group)
        assert (await group.reply()).marked("bold")[1].startswith(f"第 {number} 條")


async def test_a_message_that_telegram_no_longer_shows_still_changes_in_place(
    bot: TelegramServer, ada: Person, by_number
) -> None:
    answer = await ask(ada)
    answer.inaccessible = True
    await ada.press(answer, "16 ▶").answer()
    await answer.edited()
    assert answer.marked("expandable_blockquote") == [by_number(16).text]
    assert (await ask(ada, "下一條")).marked("bold")[1].startswith("第 17 條")
    assert ada.chat.unread == () and all(call.error is None for call in bot.calls)


async def test_of_a_message_that_is_no_longer_shown_the_topic_is_not_guessed(
    bot: TelegramServer, ada: Person
) -> None:
    forum = bot.group("Forum", ada, topics=["law"])
    ada.send("/ask 第15條", chat=forum, thread=forum.topic("law"))
    answer = await forum.reply()
    answer.inaccessible = True
    ada.send("/ask 第3條", chat=forum)
    await forum.reply()
    await ada.press(answer, "16 ▶").answer()
    await answer.edited()
    ada.send("/ask 下一條", chat=forum)
    assert (await forum.reply()).marked("bold")[1].startswith("第 4 條")
