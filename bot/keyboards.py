"""The buttons under messages: pure functions from records to keyboards."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from telegram import InlineKeyboardButton as Button
from telegram import InlineKeyboardMarkup as Keyboard

from bot.callback import Action, encode
from bot.deep_link import share_link
from bot.markup import clip
from bot.translations import UI_LANGUAGES, Translate
from bot.wording import heading
from corpus import Article, Document
from retrieval import Answer

T = TypeVar("T")
LANGUAGE_NAMES = {"zh-Hant": "繁體中文", "zh-Hans": "简体中文", "en": "English"}
_LABEL = 40
_MOST_RELATED = 3
# Telegram takes 100 buttons under a message: more go on further pages.
_ROWS_A_PAGE = 24
_ARTICLES_A_PAGE = 30
_OWNER = 8


class Keyboards:
    """Make keyboards for one document and one bot, whose name is in the links it shares."""

    def __init__(self, document: Document, username: str) -> None:
        self._document = document
        self._username = username

    def answer(self, answer: Answer, _: Translate, *, is_searched: bool) -> Keyboard | None:
        """Return the buttons under an answer; none where it shows no article.

        ``is_searched`` tells that the question can be found again beside the message, for why.
        """
        shown = [c.article for c in (answer.citations or answer.related[:1])]
        if not shown:
            return None
        first = shown[0]
        others = [c.article for c in answer.related if c.article not in shown][:_MOST_RELATED]
        rows = [*self._related(others), self._around(first.number, _)]
        votes = [self._button("👍", "up", first.number), self._button("👎", "down", first.number)]
        why = [self._button(_("Why?"), "why", first.number)] if is_searched else []
        return Keyboard([*rows, [*votes, *why, self._share(first, _)]])

    def article(self, article: Article, _: Translate) -> Keyboard:
        """Return the buttons under an article that was opened by its number."""
        siblings = [
            other
            for other in self._document
            if other.section == article.section
            and article.section is not None
            and abs(other.number - article.number) > 1
        ]
        return Keyboard(
            [
                *self._related(siblings[:_MOST_RELATED]),
                self._around(article.number, _),
                [self._button(_("Contents"), "toc"), self._share(article, _)],
            ]
        )

    def contents(self, page: int = 0) -> Keyboard:
        """Return a button a section, and one an article that stands before the first section.

        Where they are too many, those of one page, counted from 0, and the way to the others.
        """
        loose = [article for article in self._document if article.section is None]
        rows = [[self._article_button(article) for article in row] for row in _rows(loose, 4)]
        rows += [
            [self._button(clip(section, _LABEL), "section", index)]
            for index, section in enumerate(self._document.sections)
        ]
        pages = _rows(rows, _ROWS_A_PAGE) or [[]]
        page = min(page, len(pages) - 1)
        return Keyboard([*pages[page], *self._turn(page, len(pages), "toc", "{}")])

    def section(self, index: int, _: Translate, page: int = 0) -> Keyboard:
        """Return a button an article on a page of a section, and the way back."""
        articles, page, pages = articles_on(self._document, index, page)
        rows = [[self._article_button(article) for article in row] for row in _rows(articles, 3)]
        turn = self._turn(page, pages, "section", f"{index}-{{}}")
        return Keyboard([*rows, *turn, [self._button("◀ " + _("Contents"), "toc")]])

    def examples(self, examples: Iterable[str]) -> Keyboard:
        """Return a button an example question."""
        return Keyboard(
            [[self._button(clip(text, 60), "example", n)] for n, text in enumerate(examples)]
        )

    def languages(self, _: Translate) -> Keyboard:
        """Return a button a language, and one for that of each question."""
        row = [self._button(LANGUAGE_NAMES[name], "language", name) for name in UI_LANGUAGES]
        return Keyboard([row, [self._button(_("As I ask"), "language", "auto")]])

    def consent(self, person: str, _: Translate) -> Keyboard:
        """Return yes and no to keeping the text of a person's questions, for that person alone."""
        owner = person[:_OWNER]
        yes = self._button(_("Yes"), "keep", f"1-{owner}")
        no = self._button(_("No"), "keep", f"0-{owner}")
        return Keyboard([[yes, no]])

    def forget(self, person: str, _: Translate) -> Keyboard:
        """Return what confirms that everything of a person is to be deleted, for that person alone."""
        return Keyboard(
            [[self._button(_("Delete everything about me"), "forget", person[:_OWNER])]]
        )

    def _related(self, articles: Sequence[Article]) -> list[list[Button]]:
        return [[self._button(clip(_title(a), _LABEL), "article", a.number)] for a in articles]

    def _around(self, number: int, _: Translate) -> list[Button]:
        buttons = []
        for step, label in ((-1, "◀ {}"), (1, "{} ▶")):
            article = self._document.get(number + step)
            if article is not None:
                name = article.label if article.is_preface else str(article.number)
                buttons.append(self._button(label.format(name), "article", article.number))
        return buttons

    def _turn(self, page: int, pages: int, action: Action, argument: str) -> list[list[Button]]:
        """Return the row that leads to the pages before and behind, none where there is one page."""
        buttons = [
            self._button(label.format(f"{other + 1}/{pages}"), action, argument.format(other))
            for other, label in ((page - 1, "◀ {}"), (page + 1, "{} ▶"))
            if 0 <= other < pages
        ]
        return [buttons] if buttons else []

    def _article_button(self, article: Article) -> Button:
        return self._button(article.label, "article", article.number)

    def _share(self, article: Article, _: Translate) -> Button:
        link = share_link(self._username, article.number, clip(heading(article), _LABEL))
        return Button(_("Share"), url=link)

    def _button(self, text: str, action: Action, argument: object = "") -> Button:
        return Button(text, callback_data=encode(action, self._document, argument))


def _title(article: Article) -> str:
    """Return an article's heading; of one that stands under none, how it begins."""
    if article.section or article.is_preface:
        return heading(article)
    return f"{article.label} · {article.text.replace(chr(10), ' ')}"


def articles_on(document: Document, section: int, page: int) -> tuple[Sequence[Article], int, int]:
    """Return the articles on a page of a section, that page's number, and how many there are.

    Sections and pages count from 0; behind the last page it is the last.
    """
    heading = document.sections[section]
    pages = _rows([a for a in document if a.section == heading], _ARTICLES_A_PAGE)
    page = min(page, len(pages) - 1)
    return pages[page], page, len(pages)


def _rows(items: Sequence[T], width: int) -> list[Sequence[T]]:
    return [items[at : at + width] for at in range(0, len(items), width)]
