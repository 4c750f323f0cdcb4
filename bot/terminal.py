"""Show answers in a terminal: coloured where it is one, plain text where it is a pipe."""

import os
import sys
from collections.abc import Sequence
from typing import TextIO

from bot import wording
from bot.translations import Translate, translation, ui_language
from corpus import Article, Document
from retrieval import Answer, Citation

# Brackets that the bundled document does not use, so that a mark cannot be taken for its text.
_OPEN, _CLOSE = "【", "】"


def show(answer: Answer, document: Document, file: TextIO) -> None:
    """Write ``answer`` from ``document`` to ``file`` for a person to read."""
    _ = translation(ui_language(answer.language, fallback=terminal_language()))
    if file.isatty():
        _show_rich(answer, document, file, _)
    else:
        file.write("\n".join(_plain_lines(answer, document, _)) + "\n")


def terminal_language() -> str:
    """Return the language the terminal is set to."""
    setting = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return ui_language(setting or "", fallback="zh-Hant")


def _plain_lines(answer: Answer, document: Document, _: Translate) -> list[str]:
    lines = [wording.headline(answer, _), *_notes(answer, document, _)]
    for citation in answer.citations:
        lines += ["", wording.heading(citation.article), _marked(citation)]
        lines += [
            f"{_OPEN}{line}{_CLOSE}" if name in citation.facts else line
            for name, line in _facts(citation, _)
        ]
    if answer.related:
        lines += ["", _("See also:")] if answer.citations else [""]
        lines += [f"  {_related_line(c.article)}" for c in answer.related]
    if answer.status == "related" and answer.related:
        nearest = answer.related[0]
        lines += ["", wording.heading(nearest.article), nearest.article.text]
    return lines


def _notes(answer: Answer, document: Document, _: Translate) -> list[str]:
    original = wording.original(answer, document.language, _)
    return [*original, *wording.notes(answer, document.title, _)]


def _marked(citation: Citation) -> str:
    text = citation.article.text
    for start, end in reversed(citation.spans):
        text = f"{text[:start]}{_OPEN}{text[start:end]}{_CLOSE}{text[end:]}"
    return text


def _facts(citation: Citation, _: Translate) -> list[tuple[str, str]]:
    """Return the name and the line of each fact outside the article's text."""
    article = citation.article
    return list(zip(article.metadata, wording.facts(article, _), strict=True))


def _related_line(article: Article) -> str:
    first = article.text.partition("。")[0].partition("\n")[0]
    return wording.heading(article) if article.section else f"{article.label} · {first[:24]}…"


def _show_rich(answer: Answer, document: Document, file: TextIO, _: Translate) -> None:
    from rich.console import Console, Group
    from rich.panel import Panel
    from rich.text import Text

    console = Console(file=file, highlight=False)
    colour = {"answered": "green", "related": "yellow", "not_found": "red"}[answer.status]
    console.print(Text(wording.headline(answer, _), style=f"bold {colour}"))
    for note in _notes(answer, document, _):
        console.print(Text(note, style="italic"))

    marked = "bold black on yellow"

    def panel(citation: Citation, extra: Sequence[tuple[str, str]]) -> Panel:
        text = Text(citation.article.text)
        for start, end in citation.spans:
            text.stylize(marked, start, end)
        lines = [Text(line, marked if name in citation.facts else "dim") for name, line in extra]
        body = Group(text, *lines)
        heading = Text(wording.heading(citation.article), style="bold")
        return Panel(body, title=heading, title_align="left", width=min(console.width, 88))

    for citation in answer.citations:
        console.print(panel(citation, _facts(citation, _)))
    if answer.status == "related" and answer.related:
        console.print(panel(Citation(answer.related[0].article), ()))
    further = answer.related if answer.citations else answer.related[1:]
    if further:
        console.print(Text(_("See also:"), style="dim"))
        for citation in further:
            console.print(Text(f"  {_related_line(citation.article)}", style="dim"))


class BuildProgress:
    """Report on stderr what is being built, as a bar in a terminal and as lines elsewhere."""

    def __init__(self, opening: str | None = None) -> None:
        """Take the line to open with; by default, that building happens once."""
        self._opening = opening
        self._step = ""
        self._bar: object = None

    def __call__(self, step: str, share: float) -> None:
        """Report that ``share``, in [0, 1], of ``step`` is done."""
        if not self._step:
            _ = translation(terminal_language())
            first = _("First run: building what answering needs. This happens once.")
            sys.stderr.write(f"{self._opening or first}\n")
        if sys.stderr.isatty():
            self._draw(step, share)
        elif step != self._step:
            sys.stderr.write(f"  {step}\n")
        self._step = step

    def _draw(self, step: str, share: float) -> None:
        from rich.console import Console
        from rich.progress import Progress

        if not isinstance(self._bar, Progress):
            self._bar = Progress(console=Console(file=sys.stderr), transient=True)
            self._bar.add_task(step, total=1.0)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], description=step, completed=share)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is None:
            return
        from rich.progress import Progress

        if isinstance(self._bar, Progress):
            self._bar.stop()
