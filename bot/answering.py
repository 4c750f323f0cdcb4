"""Answer a question that came as a message: quota, conversation, reply, and what is remembered."""

import time
from collections.abc import Sequence

from telegram import Message, User

from bot.markup import plain
from bot.reply import render_answer
from bot.sending import edit, reply
from bot.services import Services
from retrieval import Answer, ConversationState


async def answer_message(
    services: Services,
    message: Message,
    user: User | None,
    question: str,
    earlier: Sequence[int] = (),
) -> None:
    """Answer ``question``, which ``message`` asked.

    ``earlier`` are the numbers of the messages that answered it before it was edited; they are
    changed in place.
    """
    began = time.monotonic()
    person = services.person(user)
    verdict = services.quota.ask(person)
    if verdict != "yes":
        if verdict == "no":
            _ = await services.words(user)
            text = _("That is a lot of questions. Give me a minute, then ask on.")
            await reply(message, [plain(text)])
        return
    chat = services.store.key("chat", message.chat_id, message.message_thread_id or 0)
    # An edited question is asked again as it would be after what stands now.
    state = await services.store.conversations.get(person, chat)
    answer, state = await services.brain.ask(question, state)
    await show(services, message, user, answer, earlier)
    await _remember(services, person, chat, answer, state)
    services.metrics.observe(answer.status, answer.language, time.monotonic() - began)


async def show(
    services: Services,
    message: Message,
    user: User | None,
    answer: Answer,
    earlier: Sequence[int] = (),
) -> None:
    """Send ``answer`` as the reply to ``message``, or turn the ``earlier`` reply into it."""
    _ = await services.words(user, answer.language)
    texts = render_answer(answer, services.document.title, _)
    keyboard = services.keyboards.answer(answer, _, is_searched=not answer.is_by_number)
    if earlier:
        numbers = await edit(message, earlier, texts, keyboard)
    else:
        numbers = [sent.message_id for sent in await reply(message, texts, keyboard)]
    asked = services.store.key("message", message.chat_id, message.message_id)
    await services.store.answers.put(services.person(user), asked, numbers)


async def _remember(
    services: Services, person: str, chat: str, answer: Answer, state: ConversationState
) -> None:
    store = services.store
    await store.conversations.put(person, chat, state)
    await store.counts.add(status=answer.status, language=answer.language)
    is_question = answer.status != "answered" and not answer.notes and answer.question
    if is_question and (await store.people.get(person)).consent:
        await store.unanswered.put(person, answer.question, answer.language, answer.status)
