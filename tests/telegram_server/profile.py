"""The methods about the bot itself and about the chats it is in."""

import json
from collections.abc import Callable
from typing import Any

from .chats import Chat, Raw, User
from .errors import bad_request
from .limits import commands, language
from .parameters import Parameters
from .world import World


def get_me(world: World, parameters: Parameters) -> Raw:
    """Return the bot."""
    return {
        **world.bot.as_json(),
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _place(parameters: Parameters) -> tuple[str, str]:
    scope = parameters.structure("scope") or {"type": "default"}
    return json.dumps(scope, sort_keys=True), language(parameters.text("language_code"))


def set_my_commands(world: World, parameters: Parameters) -> bool:
    """Keep the commands for one scope and language."""
    world.profile["commands", *_place(parameters)] = commands(parameters.structure("commands"))
    return True


def get_my_commands(world: World, parameters: Parameters) -> list[dict[str, str]]:
    """Return the commands of exactly one scope and language."""
    return list(world.profile.get(("commands", *_place(parameters)), []))


def delete_my_commands(world: World, parameters: Parameters) -> bool:
    """Drop the commands of one scope and language."""
    world.profile.pop(("commands", *_place(parameters)), None)
    return True


def _setter(field: str, most: int) -> Callable[[World, Parameters], bool]:
    def setter(world: World, parameters: Parameters) -> bool:
        text = parameters.text(field)
        if len(text) > most:
            raise bad_request(f"bot {field.replace('_', ' ')} is too long")
        world.profile[field, "", language(parameters.text("language_code"))] = text
        return True

    return setter


def _getter(field: str) -> Callable[[World, Parameters], Raw]:
    def getter(world: World, parameters: Parameters) -> Raw:
        wanted = language(parameters.text("language_code"))
        default = world.profile.get((field, "", ""), "")
        return {field: world.profile.get((field, "", wanted)) or default}

    return getter


def get_chat(world: World, parameters: Parameters) -> Raw:
    """Return a chat in full."""
    chat = world.chats.get(parameters.integer("chat_id"))
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    return {
        **chat.as_json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {name: True for name in (*gifts, "gifts_from_channels")},
    }


def get_chat_member(world: World, parameters: Parameters) -> Raw:
    """Return who someone is in a chat."""
    chat: Chat = world.chats.get(parameters.integer("chat_id"))
    wanted = parameters.integer("user_id")
    if wanted == world.bot.id:
        status = "administrator" if chat.bot_is_admin else "member"
        rights = "can_be_edited is_anonymous can_manage_chat can_delete_messages"
        rights += " can_manage_video_chats can_restrict_members can_promote_members"
        rights += " can_change_info can_invite_users can_post_stories can_edit_stories"
        rights += " can_delete_stories"
        granted = {right: right == "can_delete_messages" for right in rights.split()}
        extra = granted if chat.bot_is_admin else {}
        return {"status": status, "user": world.bot.as_json(), **extra}
    user: User | None = chat.members.get(wanted)
    if user is None:
        raise bad_request("user not found")
    return {"status": "member", "user": user.as_json()}


def get_file(world: World, parameters: Parameters) -> Raw:
    """Refuse: this stand-in keeps no files."""
    raise bad_request("wrong file_id or the file is temporarily unavailable")


METHODS: dict[str, Any] = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _setter("name", 64),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description", 512),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description", 120),
    "getMyShortDescription": _getter("short_description"),
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getFile": get_file,
}
