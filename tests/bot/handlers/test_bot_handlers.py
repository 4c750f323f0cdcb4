"""What the packages of the ways in promise to export."""

import inspect

import bot
from bot import handlers


def test_every_handler_is_exported_and_nothing_else() -> None:
    assert sorted(handlers.__all__) == handlers.__all__
    functions = {name for name, _ in inspect.getmembers(handlers, inspect.iscoroutinefunction)}
    assert functions == set(handlers.__all__)
    for name in handlers.__all__:
        assert list(inspect.signature(getattr(handlers, name)).parameters) == ["update", "context"]


def test_the_package_itself_exports_nothing() -> None:
    assert not hasattr(bot, "__all__")
    assert not [name for name, value in vars(bot).items() if inspect.isfunction(value)]
