"""Every kind of reply the bot gives, made without a model: for snapshots and for looking at."""

from collections.abc import Iterator
from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from bot.delivery import Health
from bot.handlers.about import about_document
from bot.handlers.language import language_text
from bot.handlers.privacy import privacy_text
from bot.handlers.start import examples, help_text, welcome
from bot.handlers.stats import stats_text
from bot.handlers.toc import contents_text, section_text
from bot.handlers.vote import consent_text
from bot.keyboards import Keyboards
from bot.markup import plain
from bot.metrics import Metrics
from bot.reply import pack_blocks, render_answer, render_article
from bot.translations import translation
from bot.why import why_lines
from corpus import Article, Document
from retrieval import Answer, Citation, Explanation, NearQuestion, Note, Reason
from retrieval.answer import Status

COUNTED = "迄今，國際實體防護諮詢服務已在 40 個國家執行過 62 次任務。"
NOTICES = (
    "That is a lot of questions. Give me a minute, then ask on.",
    "I can only read text. Type your question, and I will look.",
    "This bot serves a closed circle.",
    "Something went wrong here. Please ask again in a moment.",
    "Everything about you is deleted.",
    "This button is no longer in use.",
    "This button belongs to another document.",
    "This document no longer has that article.",
    "Thank you! Your vote is noted.",
    "Thank you. /forget takes it back.",
    "Nothing of it will be kept.",
    "Ask like this: /ask Who hosts the summit in 2016?",
)
ARTICLE_USAGE = "Which article? For example /article 15. This document has articles {first}–{last}; 0 is the preface."
FORGET = "This deletes your language, your conversation, your votes and their questions."


@dataclass(frozen=True, slots=True)
class Shown:
    """Hold one reply: what was asked, its messages in Telegram's HTML, and its buttons."""

    name: str
    asked: str
    messages: tuple[str, ...]
    keyboard: InlineKeyboardMarkup | None = None


class _Still(Metrics):
    """Metrics in which no time passes."""

    @property
    def uptime(self) -> float:
        return 3 * 3600.0


def catalogue(document: Document, language: str) -> Iterator[Shown]:
    """Yield every kind of reply in one language."""
    _ = translation(language)
    keyboards = Keyboards(document, "tiaowen_bot")

    def cite(number: int, marked: str = "") -> Citation:
        article = document.get(number)
        assert article is not None
        start = article.text.index(marked) if marked else 0
        return Citation(article, ((start, start + len(marked)),) if marked else ())

    def answered(name: str, asked: str, status: Status, cited=(), related=(), notes=(), chance=0.9):
        answer = Answer(asked, status, chance, tuple(cited), tuple(related), language, notes)
        texts = render_answer(answer, document, _)
        buttons = keyboards.answer(answer, _, is_searched=not answer.is_by_number)
        return Shown(name, asked, tuple(texts), buttons)

    def note(code: str, **values: int | str) -> tuple[Note, ...]:
        return (Note(code, tuple(values.items())),)  # type: ignore[arg-type]

    one, near = [cite(15, COUNTED)], [cite(20), cite(13), cite(0)]
    yield answered("answered", "IPPAS 去過幾個國家？", "answered", one, near)
    two = [cite(9), cite(10)]
    yield answered("two articles", "有哪些公約？", "answered", two, [cite(17)])
    yield answered("related", "醫用同位素由誰付錢？", "related", (), [cite(22), cite(21)])
    yield answered("not found", "明天會下雨嗎？", "not_found")
    yield answered("by number", "第36條", "answered", [cite(36)], [cite(34)], chance=1.0)
    yield answered("command", "/article 15", "answered", [cite(15)], [cite(16)], chance=1.0)
    range_note = note("out_of_range", first=1, last=36)
    yield answered("out of range", "第99條", "not_found", notes=range_note)
    past_end = note("past_end", first=1, last=36)
    yield answered("past the end", "下一條", "not_found", notes=past_end)
    in_context = note("in_context", earlier="IPPAS 去過幾個國家？")
    yield answered("in context", "那是誰辦的？", "answered", one, near, notes=in_context)
    yield answered("another law", "勞基法第24條", "not_found", notes=note("other_law"))
    yield answered("cut", "…", "answered", [cite(28)], notes=note("cut", limit=1000))
    yield answered("more", "還有嗎", "answered", [cite(6)], notes=note("more"))
    yield answered("no more", "還有嗎", "not_found", notes=note("no_more"))
    yield answered("nothing asked", "", "not_found", notes=note("empty"))
    parts = Citation(_long(document))
    yield answered("several parts", "第37條", "answered", [parts], chance=1.0)
    preface = cite(0).article
    messages = tuple(pack_blocks(render_article(Citation(preface), _)))
    yield Shown("an article opened by a button", "◀ 前言", messages, keyboards.article(preface, _))
    yield Shown("start", "/start", (welcome(document.title, _),), keyboards.examples(examples(_)))
    yield Shown("help", "/help", (help_text(_),))
    made_from = (
        ("source", f"source.txt {'0123456789abcdef' * 4}"),
        ("pack", f"hague-2014 {'fedcba9876543210' * 4}"),
        ("encoder", "0123456789abcdef"),
    )
    yield Shown("about", "/about", tuple(about_document(document, made_from, _)))
    yield Shown("contents", "/toc", (contents_text(document, _),), keyboards.contents())
    number = document.sections.index("國際合作")
    section = (section_text(document, number),)
    yield Shown("a section", "國際合作", section, keyboards.section(number, _))
    for consent in (None, True):
        text = (privacy_text(consent, _),)
        yield Shown(
            f"privacy, consent {consent}", "/privacy", text, keyboards.forget("0123456789ab", _)
        )
    yield Shown("forget", "/forget", (plain(_(FORGET)),), keyboards.forget("0123456789ab", _))
    numbers = {"first": document.first_number, "last": document.last_number}
    yield Shown("usage", "/article", (plain(_(ARTICLE_USAGE).format(**numbers)),))
    yield Shown("languages", "/language", (language_text(_),), keyboards.languages(_))
    yield Shown("consent", "👍", (consent_text(_),), keyboards.consent("0123456789ab", _))
    totals = {"status": {"answered": 41, "related": 7}, "language": {"zh-Hant": 48}}
    metrics, health = _Still(), Health()
    health.got_through()
    metrics.observe("answered", "zh-Hant", 0.012)
    yield Shown("stats", "/stats", (plain(stats_text(totals, metrics, health, _)),))
    yield Shown(
        "why", _("Why?"), (f"<pre>{plain(chr(10).join(why_lines(_explained(), _)))}</pre>",)
    )
    for text in NOTICES:
        yield Shown("notice", "", (plain(_(text)),))


def _long(document: Document) -> Article:
    """Return an article that fills a message and goes on in a second one."""
    text = "各國應確保其核子材料與核設施之保安。" * 240
    return Article(f"{document.id}/37", 37, "第 37 條", document.sections[0], text)


def _explained() -> Answer:
    explanation = Explanation(
        reasons=(Reason(15, ("國際實體防護諮詢服務",), 0.81, 0.86, 31.2, 0.93, 1.74, 0.97),),
        names=("國際實體防護諮詢服務",),
        nearest=(NearQuestion("IPPAS missions so far?", (15,), 0.93),),
        near_miss=0.02,
        threshold=0.5,
        off_topic=0.01,
        provenance=(("pack", "hague-2014 0123456789abcdef"),),
    )
    return Answer("q", "answered", 0.97, explanation=explanation)
