"""The promises of the package as a whole."""

import ast
import subprocess
import sys
from pathlib import Path
from types import FunctionType

import corpus
from corpus import document, errors, pack, parse, questions, source

_FOLDER = Path(corpus.__file__).parent


def test_everything_in_all_exists_and_is_sorted_once() -> None:
    assert len(set(corpus.__all__)) == len(corpus.__all__)
    for name in corpus.__all__:
        assert hasattr(corpus, name), name


def test_all_lists_every_name_that_the_package_re_exports() -> None:
    tree = ast.parse(Path(corpus.__file__).read_text(encoding="utf-8"))
    imported = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert imported == set(corpus.__all__)


def test_every_error_is_exported_and_is_a_corpus_error() -> None:
    own = {n: v for n, v in vars(errors).items() if isinstance(v, type)}
    assert set(own) <= set(corpus.__all__)
    assert all(issubclass(error, corpus.CorpusError) for error in own.values())
    assert issubclass(corpus.NumberingError, corpus.SourceError)


def test_every_error_stands_in_the_tree_that_the_module_draws() -> None:
    drawn = errors.__doc__ or ""
    assert all(name in drawn for name, v in vars(errors).items() if isinstance(v, type))


def test_what_the_exported_functions_take_and_return_is_exported() -> None:
    exported = {getattr(corpus, name) for name in corpus.__all__ if name[0].isupper()}
    for module in (document, pack, parse, questions, source):
        for name, function in vars(module).items():
            if not isinstance(function, FunctionType) or name not in corpus.__all__:
                continue
            for annotation in function.__annotations__.values():
                parts = getattr(annotation, "__args__", (annotation,))
                for part in parts:
                    if getattr(part, "__module__", "").startswith("corpus"):
                        assert part in exported, f"{name}: {part}"


def test_the_package_imports_neither_retrieval_nor_bot() -> None:
    for path in _FOLDER.glob("**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            roots = {name.partition(".")[0] for name in names}
            assert not roots & {"retrieval", "bot"}, path


def test_opening_a_pack_imports_no_model_and_no_network() -> None:
    code = (
        "import sys, corpus; corpus.open_pack(); "
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'onnxruntime', 'faiss', "
        "'numpy', 'telegram', 'httpx', 'requests', 'urllib.request', 'http.client', 'ssl', "
        "'pypdf', 'docx'}; "
        "sys.exit(' '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=_FOLDER.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_package_is_typed() -> None:
    assert (_FOLDER / "py.typed").is_file()
