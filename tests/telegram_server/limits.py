"""What Telegram refuses in a message, a keyboard, a command list or inline results."""

import re
from typing import Any

from .entities import KINDS, Entity, detect, tidy, units
from .errors import bad_request
from .markup import parse_html
from .parameters import Parameters

LONGEST_TEXT = 4096
LONGEST_CALLBACK_DATA = 64
MOST_BUTTONS = 100
MOST_RESULTS = 50
MOST_COMMANDS = 100
_UPLOADS = ("photo", "video", "voice", "document", "video_note")
ACTIONS = frozenset(
    {"typing", "choose_sticker", "find_location", "record_video", "record_voice"}
    | {"record_video_note", *(f"upload_{kind}" for kind in _UPLOADS)}
)
_LINK = re.compile(r"(https?|tg|ton)://\S+|[\w-]+(\.[\w-]+)+(/\S*)?")


def formatted(
    parameters: Parameters, field: str = "text", entities_field: str = "entities"
) -> tuple[str, list[Entity]]:
    """Return the plain text and entities a message will have, or raise the refusal."""
    text = parameters.text(field)
    mode = parameters.text("parse_mode").lower()
    if mode == "html":
        text, entities = parse_html(text)
    elif mode in {"markdown", "markdownv2"}:
        raise NotImplementedError(f"this stand-in parses HTML only, not parse_mode {mode!r}")
    elif mode:
        raise bad_request("unsupported parse_mode")
    else:
        entities = _given(parameters.structure(entities_field), units(text))
    text, entities = tidy(text, entities)
    if not text:
        raise bad_request(f"message {field} is empty")
    if units(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    found = sorted(
        [*entities, *detect(text, entities)],
        key=lambda entity: (entity["offset"], -entity["length"]),
    )
    return text, found


def _given(entities: Any, size: int) -> list[Entity]:
    if entities is None:
        return []
    if not isinstance(entities, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    for entity in entities:
        if not isinstance(entity, dict) or entity.get("type") not in KINDS:
            raise bad_request("can't parse MessageEntity: unsupported type specified")
        if not all(isinstance(entity.get(name), int) for name in ("offset", "length")):
            raise bad_request("can't parse MessageEntity: offset and length must be of type Number")
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if start < 0 or end > size or end < start:
            raise bad_request(
                f"entity beginning at UTF-16 offset {start} ends after the end of the text at"
                f" UTF-16 offset {size}"
            )
    return entities


def keyboard(markup: Any) -> dict[str, Any] | None:
    """Return an acceptable reply markup, None for none."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in markup:
        return markup
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" must be of type Array of Array')
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    for button in buttons:
        _check_button(button)
    return {"inline_keyboard": [row for row in rows if row]}


def _check_button(button: Any) -> None:
    if not isinstance(button, dict) or not button.get("text"):
        raise bad_request("can't parse inline keyboard button: text is empty")
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str) or not 0 < len(data.encode()) <= LONGEST_CALLBACK_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
    elif "url" in button:
        if not _LINK.fullmatch(str(button["url"])):
            raise bad_request(
                f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL"
            )
    elif not any(
        name.startswith("switch_inline") or name in {"web_app", "login_url", "copy_text", "pay"}
        for name in button
    ):
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )


def inline_results(results: Any) -> list[dict[str, Any]]:
    """Return acceptable results of an inline query, their texts parsed."""
    if not isinstance(results, list):
        raise bad_request("can't parse inline query results JSON object")
    if len(results) > MOST_RESULTS:
        raise bad_request("too many inline query results specified")
    checked = [_inline_result(result) for result in results]
    ids = [result["id"] for result in checked]
    if len(set(ids)) != len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    return checked


def _inline_result(result: Any) -> dict[str, Any]:
    problem = "can't parse inline query result: "
    if not isinstance(result, dict) or not isinstance(result.get("type"), str):
        raise bad_request(problem + 'Can\'t find field "type"')
    if not isinstance(result.get("id"), str) or not 0 < len(result["id"].encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    if result["type"] == "article" and not result.get("title"):
        raise bad_request(problem + 'Can\'t find field "title"')
    checked = {**result, "reply_markup": keyboard(result.get("reply_markup"))}
    content = result.get("input_message_content")
    if isinstance(content, dict) and "message_text" in content:
        text, entities = formatted(Parameters(content), field="message_text")
        checked["input_message_content"] = {**content, "message_text": text, "entities": entities}
    elif result["type"] == "article":
        raise bad_request(problem + "input message content is not specified")
    return checked


def commands(given: Any) -> list[dict[str, str]]:
    """Return an acceptable list of the bot's commands."""
    if not isinstance(given, list):
        raise bad_request("can't parse commands JSON object")
    if len(given) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in given:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", str(command.get("command", ""))):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 0 < len(str(command.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return [{name: command[name] for name in ("command", "description")} for command in given]


def language(code: str) -> str:
    """Return a two-letter language code, or "" for everyone."""
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


def chat_action(action: str) -> str:
    """Return a chat action Telegram shows."""
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    return action
