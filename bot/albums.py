"""Tell the pictures of one album apart from messages of their own."""

from collections import OrderedDict

from telegram import Message

_MOST = 1_000


class Albums:
    """Remember which albums came.

    Telegram delivers each item of an album as a message, one after another; the caption stands
    under the first.
    """

    def __init__(self) -> None:
        self._came: OrderedDict[tuple[int, str], None] = OrderedDict()

    def take(self, message: Message) -> bool:
        """Remember the album of ``message``; tell whether no other item of it came before."""
        if message.media_group_id is None:
            return True
        key = (message.chat_id, message.media_group_id)
        is_first = key not in self._came
        self._came[key] = None
        if len(self._came) > _MOST:
            self._came.popitem(last=False)
        return is_first
