"""The report is one page that needs nothing else and leaves no wrong answer out."""

import re
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from pathlib import Path

import pytest

from corpus import Article, Document
from retrieval.evaluation import check_gate, evaluate, read_gate, render_report, write_report

DOCUMENT = Document(
    "law",
    "Law & <Order>",
    "en",
    tuple(Article(f"law/{n}", n, f"Article {n}", f"Section {n}", "x") for n in range(1, 6)),
)
_VOID = {"meta", "br", "hr", "img", "input", "link"}


class Page(HTMLParser):
    """Collect the tags and check that each one opened is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs) -> None:
        self.tags.append(tag)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture
def systems(make_case):
    ours = [
        make_case("a", (1,), (1, 2)),
        make_case("b<script>", (1,), (2, 1), confidence=0.61, lang="ja", kind="fact"),
        make_case("c", (), (3,), lang="ja", kind="near_miss"),
        make_case("d", (), (), "not_found", confidence=0.1, kind="chitchat"),
    ]
    theirs = [make_case(c.id, c.gold, (4,), lang=c.lang, kind=c.kind) for c in ours]
    return [evaluate("ours", ours), evaluate("theirs", theirs)]


def test_the_page_is_well_formed_and_needs_no_script_and_no_network(systems) -> None:
    text = render_report(DOCUMENT, ["q.jsonl"], systems)
    page = Page(text)
    assert page.open == []
    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
    assert not re.search(r"https?://|@import|url\(|src=", text)
    assert "Law &amp; &lt;Order&gt;" in text


def test_every_plot_is_well_formed(systems) -> None:
    plots = re.findall(r"<svg.*?</svg>", render_report(DOCUMENT, [], systems), re.DOTALL)
    assert len(plots) == 7
    for plot in plots:
        assert ElementTree.fromstring(plot).attrib["aria-label"]


def test_a_dot_stands_where_its_figure_is(systems) -> None:
    (first, *_) = re.findall(r"<svg.*?</svg>", render_report(DOCUMENT, [], systems), re.DOTALL)
    dots = {
        dot[0].text.split(":")[0]: float(dot.attrib["cx"])
        for dot in ElementTree.fromstring(first).iter("circle")
        if dot.attrib["class"] == "dot"
    }
    ticks = {
        tick.text: float(tick.attrib["x"])
        for tick in ElementTree.fromstring(first).iter("text")
        if (tick.text or "").endswith("%") and tick.attrib["class"] == "tick"
    }
    assert dots == {"en": ticks["100%"], "ja": ticks["0%"]}


def test_every_wrong_answer_is_there_with_what_was_shown(systems) -> None:
    text = render_report(DOCUMENT, [], systems, why={"c": "matched: x"})
    assert "Every wrong answer: 2" in text
    assert "text of b&lt;script&gt;" in text and "0.61" in text
    assert "text of c" in text and "matched: x" in text
    assert "text of a<" not in text


def test_the_gate_stands_in_the_page(systems, tmp_path: Path) -> None:
    path = tmp_path / "gate.toml"
    path.write_text("[floors.all]\nanswered_right = 0.9\n[ceilings.all]\nfalse_answers = 0.5\n")
    results = check_gate(read_gate(path), systems[0].cases)
    assert "Gate: 1 of 2 lines hold" in render_report(DOCUMENT, [], systems, results)


def test_a_system_without_a_mistake_has_a_page_too(make_case) -> None:
    text = render_report(DOCUMENT, [], [evaluate("ours", [make_case()])])
    assert Page(text).open == []
    assert "There is none." in text


def test_the_page_is_the_same_each_time_and_in_the_folder_asked_for(
    systems, tmp_path: Path
) -> None:
    files = [Path("q.jsonl")]
    one = write_report(tmp_path / "deep" / "one", DOCUMENT, files, systems)
    other = write_report(tmp_path / "two", DOCUMENT, files, systems)
    assert one == tmp_path / "deep" / "one" / "report.html"
    assert one.read_bytes() == other.read_bytes()
