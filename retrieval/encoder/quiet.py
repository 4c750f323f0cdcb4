"""Keep the chatter of model libraries out of the user's terminal while something is built."""

import contextlib
import io
import logging
import warnings
from collections.abc import Iterator
from importlib import import_module
from typing import Any


class _Deaf(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno >= logging.ERROR


_TALKATIVE = (
    "",
    "httpx",
    "huggingface_hub",
    "onnx_ir",
    "onnxruntime",
    "onnxscript",
    "sentence_transformers",
    "torch.onnx",
    "transformers",
)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Silence warnings, progress bars, prints and log records below ERROR inside the block.

    Streams and warning filters are the process's own, so the block belongs in a command that
    builds, not in a server that answers at the same time.
    """
    transformers_logging: Any = import_module("transformers.utils.logging")
    deaf = _Deaf()
    loggers = [logging.getLogger(name) for name in _TALKATIVE]
    # Records reach a parent's handlers without passing its filters, so the trees' tops are
    # lowered too; the filters catch what is logged on those loggers directly.
    levels = [logger.level for logger in loggers]
    had_bars = transformers_logging.is_progress_bar_enabled()
    for logger in loggers:
        logger.addFilter(deaf)
        if logger.name != "root":
            logger.setLevel(logging.ERROR)
    transformers_logging.disable_progress_bar()
    try:
        with (
            warnings.catch_warnings(),
            contextlib.redirect_stdout(io.StringIO()),
            contextlib.redirect_stderr(io.StringIO()),
        ):
            warnings.simplefilter("ignore")
            yield
    finally:
        if had_bars:
            transformers_logging.enable_progress_bar()
        for logger, level in zip(loggers, levels, strict=True):
            logger.removeFilter(deaf)
            logger.setLevel(level)
