"""The house keeps its shape: short files, short functions, plain names, a lock that names no address."""

import ast
import re
import statistics
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]

LINES_IN_A_FILE = 350
LINES_IN_A_FUNCTION = 50
LINES_IN_MOST_FUNCTIONS = 30
MEDIAN_LINES_IN_A_MODULE = 180

EMPTY_NAMES = {"manager", "processor", "handler", "service", "helper", "helpers", "util", "utils"}
"""Words in a name that say nothing about the noun or the verb."""

REGISTRIES = [".".join(parts) for parts in (
    ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("deb", "debian", "org"),
    ("crates", "io"), ("conda", "io"), ("ghcr", "io"), ("docker", "io"),
)]  # fmt: skip
"""Written in parts, so that this file does not name them."""

ONE_MACHINE = re.compile(r"(?<![\w.~}])/(?:root|work|home/\w+|Users/\w+)/|\.\./shared/")
"""Paths that exist on somebody's machine only."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_no_file_is_too_long() -> None:
    long = {name: count for name, count in lengths(code()).items() if count > LINES_IN_A_FILE}
    assert not long


def test_the_usual_module_is_read_in_one_sitting() -> None:
    assert statistics.median(lengths(product()).values()) <= MEDIAN_LINES_IN_A_MODULE


def test_no_function_is_too_long() -> None:
    long = [f"{file}:{node.lineno} {node.name}" for file, node in functions(code()) if size(node) > LINES_IN_A_FUNCTION]
    assert not long


def test_nearly_all_functions_fit_in_a_glance() -> None:
    longer = sorted(size(node) for _, node in functions(product()))
    short = sum(lines <= LINES_IN_MOST_FUNCTIONS for lines in longer)
    assert short >= 0.95 * len(longer), f"{len(longer) - short} of {len(longer)} have over {LINES_IN_MOST_FUNCTIONS}"


def test_names_say_something() -> None:
    empty = [f"{file}: {name}" for file, name in names(code()) if EMPTY_NAMES & set(words(name))]
    assert not empty


def test_no_registry_is_named() -> None:
    named = [f"{file}: {host}" for file, text in texts() for host in REGISTRIES if host in text]
    assert not named


def test_no_path_of_one_machine_is_named() -> None:
    named = [f"{file}: {found[0]}" for file, text in texts() if (found := ONE_MACHINE.search(text))]
    assert not named


def test_the_lock_names_digests_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert not re.search(r"^\s*-", lock.replace("    --hash=sha256:", ""), re.MULTILINE)
    assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=\S)", lock.strip()))


def test_the_lock_holds_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {canonicalize_name(name): version for name, version in re.findall(r"^(\S+)==(\S+)", lock, re.MULTILINE)}
    asked = [Requirement(line) for line in project["dependencies"] + project["optional-dependencies"]["dev"]]
    stale = [str(one) for one in asked if not one.specifier.contains(locked.get(canonicalize_name(one.name), "0"))]
    missing = [one.name for one in asked if canonicalize_name(one.name) not in locked]
    assert not stale + missing, "make the lock anew: the command stands in pyproject.toml"


@cache
def files() -> tuple[Path, ...]:
    """Every file that is in the repository or about to be."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(file for name in sorted(set(listed.split("\0")) - {""}) if (file := ROOT / name).is_file())


def code() -> list[Path]:
    """All of our Python: the product, its tests, its benches, and the script that starts it."""
    gold = ROOT / "tests" / "gold"
    return [file for file in files() if (file.suffix == ".py" or file == ROOT / "run") and gold not in file.parents]


def product() -> list[Path]:
    """The Python of the product itself."""
    return [file for file in code() if file.is_relative_to(ROOT / "feed")]


def texts() -> Iterator[tuple[Path, str]]:
    """Name and text of every file that is text."""
    for file in files():
        raw = file.read_bytes()
        if b"\0" not in raw:
            yield file.relative_to(ROOT), raw.decode("utf-8", errors="replace")


def lengths(sources: list[Path]) -> dict[str, int]:
    """Lines of each source file, by its name."""
    return {str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines()) for file in sources}


@cache
def tree(file: Path) -> ast.Module:
    """The syntax tree of a source file."""
    return ast.parse(file.read_text(encoding="utf-8"))


def functions(sources: list[Path]) -> Iterator[tuple[Path, Function]]:
    """Every function and method, with the file in which it stands."""
    for file in sources:
        yield from ((file.relative_to(ROOT), node) for node in ast.walk(tree(file)) if isinstance(node, Function))


def size(function: Function) -> int:
    """Lines from `def` to the end, docstring included."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def names(sources: list[Path]) -> Iterator[tuple[Path, str]]:
    """Names of modules, classes and functions, with the file in which they stand."""
    for file in sources:
        yield file.relative_to(ROOT), file.stem
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.ClassDef | Function):
                yield file.relative_to(ROOT), node.name


def words(name: str) -> list[str]:
    """The words of a name: `LineRefused` and `line_refused` have two."""
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)]
