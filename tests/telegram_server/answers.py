"""The methods by which the bot answers presses and inline queries."""

from typing import Any

from .errors import bad_request
from .limits import inline_results
from .parameters import Parameters
from .world import Query, World

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(world: World, parameters: Parameters) -> bool:
    """Answer a press, with a notice or without."""
    query = _open(world, parameters.text("callback_query_id"))
    if len(parameters.text("text")) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answers.append(
        {
            "text": parameters.text("text"),
            "show_alert": parameters.flag("show_alert"),
            "url": parameters.text("url"),
            "cache_time": parameters.integer("cache_time"),
        }
    )
    world.changes.notify()
    return True


def answer_inline_query(world: World, parameters: Parameters) -> bool:
    """Answer an inline query with up to 50 results."""
    query = _open(world, parameters.text("inline_query_id"))
    results = inline_results(parameters.structure("results"))
    if len(parameters.text("next_offset").encode()) > 64:
        raise bad_request("NEXT_OFFSET_INVALID")
    query.answers.append(
        {
            "results": results,
            "cache_time": parameters.integer("cache_time", 300),
            "is_personal": parameters.flag("is_personal"),
            "next_offset": parameters.text("next_offset"),
            "button": parameters.structure("button"),
        }
    )
    world.changes.notify()
    return True


def _open(world: World, query_id: str) -> Query:
    query = world.queries.get(query_id)
    if query is None or query.expired:
        raise bad_request(TOO_OLD)
    return query


METHODS: dict[str, Any] = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}
