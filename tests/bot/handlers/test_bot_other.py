"""What the bot promises about pictures, albums and what was posted with a bot's help."""

from tests.telegram_server import Person, TelegramServer, User

LINE = "我只看得懂文字"


async def test_what_is_no_text_gets_one_friendly_line(bot: TelegramServer, ada: Person) -> None:
    for send in (ada.sticker, ada.voice, ada.photo):
        send()
        assert (await ada.chat.reply()).text.startswith(LINE)
    ada.send("第3條")
    assert (await ada.chat.reply()).marked("bold")[1].startswith("第 3 條")
    await bot.settled()
    assert ada.chat.unread == ()


async def test_an_album_gets_the_friendly_line_once(bot: TelegramServer, ada: Person) -> None:
    for _ in range(2):
        first, *_others = ada.album("", "", "")
        reply = await ada.chat.reply()
        assert reply.text.startswith(LINE) and reply.reply_to == first.id
    await bot.settled()
    assert ada.chat.unread == ()


async def test_an_album_with_a_caption_is_one_question(bot: TelegramServer, ada: Person) -> None:
    for caption in ("第15條", "/ask 第15條"):
        ada.album(caption, "", "")
        assert (await ada.chat.reply()).marked("bold")[1].startswith("第 15 條")
    await bot.settled()
    assert ada.chat.unread == ()


async def test_an_album_in_a_group_is_answered_where_it_is_meant_for_the_bot(
    bot: TelegramServer, ada: Person
) -> None:
    group = bot.group("Seminar", ada)
    group.bot_is_admin = True
    ada.album("", "", chat=group)
    ada.album("@tiaowen_test_bot 第15條", "", chat=group)
    answer = await group.reply()
    assert answer.marked("bold")[1].startswith("第 15 條")
    ada.album("", "", chat=group, reply_to=answer)
    assert (await group.reply()).text.startswith(LINE)
    await bot.settled()
    assert group.unread == ()


async def test_what_was_posted_with_our_own_help_is_left_alone(
    bot: TelegramServer, ada: Person
) -> None:
    group = bot.group("Seminar", ada)
    for chat in (ada.chat, group):
        ada.send("第 15 條 · @tiaowen_test_bot", chat=chat, via_bot=bot.world.bot)
        ada.sticker(chat=chat, via_bot=bot.world.bot)
    await bot.settled()
    assert ada.chat.unread == () and group.unread == ()


async def test_what_was_posted_with_another_bots_help_is_answered(ada: Person) -> None:
    other = User(77, "Pictures", is_bot=True, username="pic")
    ada.sticker(via_bot=other)
    assert (await ada.chat.reply()).text.startswith(LINE)
    ada.send("第15條", via_bot=other)
    assert (await ada.chat.reply()).marked("bold")[1].startswith("第 15 條")
