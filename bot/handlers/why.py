"""Why?: what led to an answer."""

from bot.markup import MAX_UNITS, clip, plain
from bot.press import Press
from bot.sending import reply
from bot.why import why_lines
from bot.wording import too_many_questions


async def press_why(press: Press) -> None:
    """Say what the search found for the question that stands above the answer."""
    _, message = press.words, press.message
    if message is None or not press.question:
        await press.done(_("The question is no longer to be seen here. Ask it again."), alert=True)
        return
    if press.services.quota.ask(press.services.person(press.user)) != "yes":
        await press.done(too_many_questions(_), alert=True)
        return
    answer = await press.services.brain.explain(press.question)
    await press.done()
    lines = "\n".join(why_lines(answer, _))
    text = f"<pre>{plain(clip(lines, MAX_UNITS - 200))}</pre>"
    leant = press.callback.number not in [
        c.article.number for c in answer.citations + answer.related[:1]
    ]
    if leant:
        note = _("Read on its own. In our conversation it leant on what came before.")
        text = f"{plain(note)}\n{text}"
    await reply(message, [text])
