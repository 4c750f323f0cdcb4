"""Show in a terminal why an answer is what it is."""

from typing import TextIO

from bot.terminal import terminal_language
from bot.translations import Translate, translation, ui_language
from retrieval import Answer, Explanation


def show_why(answer: Answer, file: TextIO) -> None:
    """Write to ``file`` what each leg found for the articles shown in ``answer``."""
    _ = translation(ui_language(answer.language, fallback=terminal_language()))
    file.write("\n" + "\n".join(why_lines(answer, _)) + "\n")


def why_lines(answer: Answer, _: Translate) -> list[str]:
    """Return the lines that say why ``answer`` is what it is."""
    found = answer.explanation
    if found is None:
        return [_("Named by number: nothing was searched for.")]
    lines = [_("Why these articles:"), *_reasons(found)]
    if found.names:
        lines.append(_("The document's words for it: {names}").format(names="、".join(found.names)))
    chances = _("not said: {near:.1%}; another topic: {off:.1%}; confidence: {confidence:.1%}")
    lines.append(
        chances.format(near=found.near_miss, off=found.off_topic, confidence=answer.confidence)
    )
    if found.nearest:
        lines.append(_("Nearest known questions:"))
        lines += [
            f"  {near.cosine:.3f}  {', '.join(map(str, near.gold)) or '–'}  {near.text}"
            for near in found.nearest
        ]
    return [*lines, *(f"{name}: {value}" for name, value in found.provenance)]


def _reasons(found: Explanation) -> list[str]:
    """Return a line an article, under a line that names the columns."""
    rows = ["         p  whole  sentence  known  asked  BM25  words"]
    for reason in found.reasons:
        known = "    –" if reason.known is None else f"{reason.known:.3f}"
        asked = "    –" if reason.association is None else f"{reason.association:5.2f}"
        rows.append(
            f"{reason.number:>3}  {reason.probability:5.3f}  {reason.whole:.3f}     "
            f"{reason.sentence:.3f}  {known}  {asked}  {reason.lexical:4.1f}  {' '.join(reason.words[:12])}".rstrip()
        )
    return rows
