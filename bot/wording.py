"""Put an answer's status and notes into words, the same in the terminal and in Telegram.

The article itself is never worded here: it is shown as the document has it.
"""

from bot.markup import clip
from bot.translations import Translate, is_foreign, language_name
from corpus import Article
from retrieval import Answer, Note

_EARLIER = 60


def headline(answer: Answer, _: Translate) -> str:
    """Return the sentence that says what was found."""
    codes = {note.code for note in answer.notes}
    if "empty" in codes:
        return _("Please type a question.")
    if "more" in codes:
        return _("Further articles, the nearest first:")
    if "no_more" in codes:
        return _("There are no further articles on this.")
    if answer.status == "answered":
        if len(answer.citations) > 1:
            return _("The document says, in {count} articles:").format(count=len(answer.citations))
        return _("The document says:")
    if answer.status == "related":
        return _(
            "The document speaks of this, but does not say what you ask. The nearest articles:"
        )
    if "out_of_range" in codes:
        return _("There is no article of that number.")
    if "past_end" in codes:
        return _("There is no article further on.")
    return _("The document does not say anything about this.")


def original(answer: Answer, language: str, _: Translate) -> list[str]:
    """Return the sentence that names the ``language`` of what is cited, where it is a foreign one."""
    if not answer.citations or not is_foreign(language, _):
        return []
    return [
        _("The text is in {language}, word for word.").format(language=language_name(language, _))
    ]


def too_many_questions(_: Translate) -> str:
    """Return what is said to a person who is over the quota."""
    return _("That is a lot of questions. Give me a minute, then ask on.")


def notes(answer: Answer, title: str, _: Translate) -> list[str]:
    """Return a sentence for each note that the headline does not already say."""
    return [text for note in answer.notes if (text := _note(note, title, _))]


def _note(note: Note, title: str, _: Translate) -> str:
    values = dict(note.values)
    match note.code:
        case "out_of_range" | "past_end":
            return _("This document has articles {first}–{last}.").format(**values)
        case "cut":
            return _("Only the first {limit} characters of the question were read.").format(
                **values
            )
        case "other_law":
            return _("That article number is another law's; this document is “{title}”.").format(
                title=title
            )
        case "in_context":
            earlier = clip(" ".join(str(values["earlier"]).split()), _EARLIER)
            return _("Read as a follow-up to “{earlier}”.").format(earlier=earlier)
        case _other:
            return ""


def heading(article: Article) -> str:
    """Return an article's label and section, as the document has them."""
    return f"{article.label} · {article.section}" if article.section else article.label


def facts(article: Article, _: Translate) -> list[str]:
    """Return the facts printed outside an article's text, each a line with its name."""
    names = {"translator": _("Translator")}
    return [f"{names.get(key, key)}: {value}" for key, value in article.metadata.items()]
