"""Answer a question that came as a message: quota, conversation, reply, and what is remembered."""

import time
from collections.abc import Sequence

from telegram import Message

from bot.markup import plain
from bot.reply import render_answer
from bot.sending import edit, reply
from bot.services import Sender, Services
from bot.store import GivenAnswer
from bot.wording import too_many_questions
from retrieval import Answer, ConversationState


async def answer_message(
    services: Services,
    message: Message,
    user: Sender | None,
    question: str,
    earlier: GivenAnswer | None = None,
    *,
    may_keep: bool = True,
) -> None:
    """Answer ``question``, which ``message`` asked.

    ``earlier`` is what answered it before it was edited: its messages are changed in place, and
    the conversation goes on from where it stood before. ``may_keep`` is False where the words are
    somebody else's, whose consent is not known.
    """
    began = time.monotonic()
    person = services.person(user)
    verdict = services.quota.ask(person)
    if verdict != "yes":
        if verdict == "no":
            _ = await services.words(user)
            await reply(message, [plain(too_many_questions(_))])
        return
    chat = services.place(message)
    before = earlier.before if earlier else await services.store.conversations.get(person, chat)
    answer, state = await services.brain.ask(question, before)
    await show_given(services, message, user, question, answer, before, earlier)
    is_own = earlier is None or not earlier.messages
    await _remember(services, person, chat, answer, state, may_keep=may_keep and is_own)
    await services.forget_again(person, began)
    services.metrics.observe(answer.status, answer.language, time.monotonic() - began)


async def show_given(
    services: Services,
    message: Message,
    user: Sender | None,
    question: str,
    answer: Answer,
    before: ConversationState,
    earlier: GivenAnswer | None = None,
) -> None:
    """Show ``answer`` to ``question`` and remember by which messages, so that an edit finds them.

    ``before`` is where the conversation stood when ``message`` came.
    """
    store = services.store
    numbers = await show(services, message, user, answer, earlier.messages if earlier else ())
    asked = store.key("message", message.chat_id, message.message_id)
    given = GivenAnswer(tuple(numbers), store.key("text", question), before)
    await store.answers.put(services.person(user), asked, given)


async def show(
    services: Services,
    message: Message,
    user: Sender | None,
    answer: Answer,
    earlier: Sequence[int] = (),
) -> list[int]:
    """Send ``answer`` as the reply to ``message``, or turn the ``earlier`` reply into it.

    Returns the numbers of the messages that now show it.
    """
    _ = await services.words(user, answer.language)
    texts = render_answer(answer, services.document, _)
    keyboard = services.keyboards.answer(answer, _, is_searched=not answer.is_by_number)
    if earlier:
        return await edit(message, earlier, texts, keyboard)
    return [sent.message_id for sent in await reply(message, texts, keyboard)]


async def _remember(
    services: Services,
    person: str,
    chat: str,
    answer: Answer,
    state: ConversationState,
    *,
    may_keep: bool,
) -> None:
    store = services.store
    await store.conversations.put(person, chat, state)
    await store.counts.add(status=answer.status, language=answer.language)
    if may_keep and answer.status != "answered" and not answer.notes and answer.question:
        await store.unanswered.put(person, answer.question, answer.language, answer.status)
