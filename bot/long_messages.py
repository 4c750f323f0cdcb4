"""Tell the parts of a message that Telegram split because it was too long."""

from collections import OrderedDict

from telegram import Message

from bot.markup import MAX_UNITS, utf16_length

_WITHIN_SECONDS = 3
_MOST = 1_000


class LongMessages:
    """Recognise the parts that follow the first.

    A question is read up to 1,000 characters, so all of it is in the first part; those after it
    are no questions of their own.
    """

    def __init__(self) -> None:
        self._full: OrderedDict[tuple[int, int], float] = OrderedDict()

    def is_continuation(self, message: Message) -> bool:
        """Tell whether ``message`` continues one that was as long as a message can be."""
        sender = message.from_user.id if message.from_user else 0
        key = (message.chat_id, sender)
        sent = message.date.timestamp()
        full_at = self._full.pop(key, None)
        follows = full_at is not None and 0 <= sent - full_at <= _WITHIN_SECONDS
        # Telegram cuts behind a word where it can, a little before the limit.
        if utf16_length(message.text or "") >= MAX_UNITS - 96:
            self._full[key] = sent
            if len(self._full) > _MOST:
                self._full.popitem(last=False)
        return follows
