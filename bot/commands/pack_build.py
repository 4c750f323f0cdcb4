"""`tiaowen pack build`: make a pack from a document."""

import argparse
import sys
from pathlib import Path

from corpus import ParseSettings, build_pack
from corpus.pack import slug


def run(arguments: argparse.Namespace) -> int:
    """Build the pack and say on stderr what the parser did; return 0."""
    source, out = Path(arguments.source), Path(arguments.out)
    given = (arguments.id, arguments.title, arguments.language, arguments.footer_is)
    settings = None
    if any(given):
        settings = ParseSettings(
            arguments.id or slug(source.stem),
            arguments.title,
            arguments.language,
            arguments.footer_is,
        )
    report = build_pack(source, out, settings)
    sys.stderr.write(f"{report}\n")
    sys.stdout.write(f"{out}\n")
    return 0
