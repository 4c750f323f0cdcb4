"""What a press promises whatever Telegram still shows of its message."""

import telegram
from telegram import CallbackQuery, InaccessibleMessage

from bot.callback import Callback
from bot.press import Press
from bot.translations import translation
from tests.telegram_server import TelegramServer


async def test_an_inaccessible_message_is_edited_in_place(server: TelegramServer) -> None:
    ada = server.person(known=True)
    async with telegram.Bot(server.token, base_url=f"{server.url}/bot") as bot:
        sent = await bot.send_message(ada.user.id, "第 15 條")
        user = telegram.User(ada.user.id, "Ada", is_bot=False)
        old = InaccessibleMessage(sent.chat, sent.message_id)
        query = CallbackQuery("1", user, "1", message=old)
        query.set_bot(bot)
        services = None
        press = Press(query, Callback("article", ""), services, translation("en"))  # type: ignore[arg-type]
        await press.change(["第 16 條"], None)
    assert (await ada.chat.reply()).text == "第 16 條"
