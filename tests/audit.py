"""`make audit`: known vulnerabilities, licences and signs of neglect of what is installed.

Exit 0 where all was looked at and nothing found, 1 where something was, 3 where the advisory service
could not be asked: what was not checked is never called safe.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

CONSTRAINTS = Path(__file__).parents[1] / "constraints.txt"
# Not to be depended on: their authors say so, or they have had no release for years.
NEGLECTED = frozenset(
    "docopt nose pycrypto python-jose pytz-deprecation-shim toml pkg-resources mock six-legacy retrying".split()
)
# Of these, what we ship would have to be given away under the same terms.
_COPYLEFT = re.compile(r"\b(?:A?GPL)", re.IGNORECASE)
_UNREACHABLE = re.compile(
    r"ConnectionError|ServiceError|HTTPError|Max retries|Timeout|resolve|refused|unreachable|403|404|503",
    re.IGNORECASE,
)


def pinned(path: Path = CONSTRAINTS) -> list[tuple[str, str]]:
    """Return the names and versions that a constraints file pins."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([A-Za-z0-9._-]+)==([^\s;#]+)", line.strip()):
            found.append((match[1], match[2]))
    return found


def licence_of(package: Distribution) -> str:
    """Return a package's licence as it states it: an expression, a classifier, or a name."""
    about = package.metadata
    if expression := about.get("License-Expression"):
        return str(expression)
    named = [c for c in about.get_all("Classifier", []) if c.startswith("License ::")]
    if named:
        return ", ".join(sorted({c.rpartition(" :: ")[2] for c in named}))
    text = str(about.get("License") or "").strip()
    return text.splitlines()[0][:60] if text else "not stated"


def complaints(package: Distribution) -> Iterator[str]:
    """Yield what speaks against depending on a package."""
    about = package.metadata
    name = str(about["Name"])
    if name.lower() in NEGLECTED or "Development Status :: 7 - Inactive" in about.get_all(
        "Classifier", []
    ):
        yield f"{name} is no longer kept"
    licence = licence_of(package)
    if _COPYLEFT.search(licence) and "LGPL" not in licence:
        yield f"{name} is under {licence}"


def advisories() -> tuple[int, str]:
    """Ask about every pinned version; return the exit code and what to say."""
    command = [
        sys.executable, "-m", "pip_audit", "--requirement", str(CONSTRAINTS), "--no-deps", "--disable-pip",
        "--format", "json", "--progress-spinner", "off", "--timeout", "20",
    ]  # fmt: skip
    try:
        ended = subprocess.run(
            command, capture_output=True, encoding="utf-8", check=False, timeout=600
        )
    except subprocess.TimeoutExpired:
        return (
            3,
            "NOT CHECKED for vulnerabilities: the advisory service did not answer in 10 minutes",
        )
    return read_advisories(ended.stdout, ended.stderr)


def read_advisories(out: str, err: str) -> tuple[int, str]:
    """Return the exit code and the sentence for what pip-audit wrote."""
    try:
        packages = json.loads(out)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = (err.strip().splitlines() or ["it said nothing"])[-1][:200]
        why = (
            "the advisory service cannot be reached"
            if _UNREACHABLE.search(err)
            else "pip-audit failed"
        )
        return 3, f"NOT CHECKED for vulnerabilities: {why} ({last})"
    bad = [f"{p['name']} {p['version']}: {v['id']}" for p in packages for v in p.get("vulns", [])]
    if bad:
        return 1, "vulnerable: " + "; ".join(bad)
    skipped = [p for p in packages if "skip_reason" in p]
    if skipped:
        some = ", ".join(p["name"] for p in skipped[:5])
        return 3, (
            f"NOT CHECKED for vulnerabilities: {len(skipped)} of {len(packages)} packages ({some} …): "
            f"{skipped[0]['skip_reason'][:200]}"
        )
    return 0, f"no known vulnerability in {len(packages)} packages"


def main() -> int:
    """Print the licences, the complaints and the advisories."""
    code = 0
    for name, version in pinned():
        try:
            package = distribution(name)
        except PackageNotFoundError:
            sys.stdout.write(f"{name} {version}: not installed here\n")
            continue
        sys.stdout.write(f"{name} {package.version}: {licence_of(package)}\n")
        for complaint in complaints(package):
            code = 1
            sys.stdout.write(f"  ✗ {complaint}\n")
    found, said = advisories()
    sys.stdout.write(said + "\n")
    return code or found


if __name__ == "__main__":
    sys.exit(main())
