"""A button that was pressed: what it asks for, and how to answer it."""

from dataclasses import dataclass
from functools import partial

from telegram import (
    CallbackQuery,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    User,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.callback import Callback
from bot.incoming import question_behind
from bot.sending import patiently, reply
from bot.services import Services
from bot.translations import Translate

_LONGEST_NOTICE = 200


@dataclass(frozen=True, slots=True)
class Press:
    """Hold a press and what is needed to answer it."""

    query: CallbackQuery
    callback: Callback
    services: Services
    words: Translate

    @property
    def user(self) -> User:
        """Return who pressed."""
        return self.query.from_user

    @property
    def message(self) -> Message | None:
        """Return the message under which the button is, None where Telegram no longer shows it."""
        return self.query.message if isinstance(self.query.message, Message) else None

    @property
    def message_key(self) -> str:
        """Return what stands for that message in the database."""
        store, query = self.services.store, self.query
        if query.inline_message_id:
            return store.key("inline", query.inline_message_id)
        message = query.message
        return store.key("message", message.chat.id, message.message_id) if message else ""

    @property
    def place(self) -> str:
        """Return the key of the chat, or topic, of the message; "" where that is not to be had."""
        message = self.query.message
        # Telegram does not say in which topic a message is that it no longer shows.
        if message is None or (message.chat.is_forum and not message.is_accessible):
            return ""
        return self.services.place(message)

    @property
    def question(self) -> str:
        """Return the question that the message answered; "" where it is not to be had."""
        return question_behind(self.message, self.services.username) if self.message else ""

    @property
    def own_question(self) -> str:
        """Return the question where whoever pressed asked it; "" where it is somebody else's words."""
        asked = self.message.reply_to_message if self.message else None
        writer = asked.from_user if asked else None
        if asked is None or writer is None or asked.forward_origin is not None:
            return ""
        # An example that was pressed is written out by the bot, in the chat of who pressed it.
        is_example = writer.is_bot and asked.chat.type == asked.chat.PRIVATE
        own = asked.text or asked.caption or ""
        is_own = writer.id == self.user.id and self.question in own
        return self.question if own and (is_example or is_own) else ""

    async def done(self, notice: str = "", *, alert: bool = False) -> None:
        """Stop the button's spinner, with a notice where there is something to say."""
        try:
            await patiently(
                lambda: self.query.answer(notice[:_LONGEST_NOTICE] or None, show_alert=alert)
            )
        except BadRequest as error:
            # A press that waited for a restart is too old to be answered, and needs no answer.
            if "too old" not in error.message.lower():
                raise

    async def show(self, texts: list[str], keyboard: InlineKeyboardMarkup | None) -> None:
        """Show ``texts`` in place of the message, where it stands alone and they fill but one.

        Else below it: part of what was there, or of what comes, would stand beside the other.
        """
        if self.message is None or (len(texts) == 1 and not await self._is_part()):
            await self.change(texts[:1], keyboard)
        else:
            await reply(self.message, texts, keyboard)

    async def _is_part(self) -> bool:
        """Tell whether the message is one of several that answer a question."""
        message = self.message
        asked = message.reply_to_message if message else None
        if message is None or asked is None:
            return False
        store = self.services.store
        given = await store.answers.get(store.key("message", message.chat.id, asked.message_id))
        return given is not None and message.message_id in given.messages[1:]

    async def change(self, texts: list[str], keyboard: InlineKeyboardMarkup | None) -> None:
        """Show the first of ``texts`` in place of the message, and the rest below it."""
        try:
            await patiently(partial(self._edit, texts[0], keyboard))
        except BadRequest as error:
            if "not modified" not in error.message.lower():
                raise
        if self.message is not None and len(texts) > 1:
            await reply(self.message, texts[1:])

    async def _edit(self, text: str, keyboard: InlineKeyboardMarkup | None) -> None:
        query, message = self.query, self.query.message
        # The query's own method refuses a message that Telegram no longer shows; the bot's does not.
        await query.get_bot().edit_message_text(
            text,
            message.chat.id if message else None,
            message.message_id if message else None,
            query.inline_message_id,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
