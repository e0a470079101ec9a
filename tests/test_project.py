"""What the project promises as a whole: its commands, its files, its rules."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from kiosk.catalogue import load
from kiosk.present.status import outcome_words
from sync.clock import BUILT
from sync.records import Outcome

PROJECT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh.md")
GENERATED = {".git", ".venv", "build", "__pycache__", ".mypy_cache", ".ruff_cache", ".hypothesis"}
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted|crates\.io|npmjs|proxy\.golang|/simple\b", re.IGNORECASE
)
MACHINE_PATHS = re.compile(r"/(root|work|home/[a-z]+)/")


def tracked() -> list[Path]:
    """Return every file of the project that a person may read, also where there is no git."""
    found = subprocess.run(
        ["git", "-C", PROJECT, "ls-files", "-z"], capture_output=True, text=True, check=False
    )
    names = found.stdout.split("\0") if found.returncode == 0 else []
    if not any(names):
        names = [str(path.relative_to(PROJECT)) for path in PROJECT.rglob("*") if path.is_file()]
    return [PROJECT / name for name in names if name and not GENERATED & set(Path(name).parts)]


def texts() -> list[tuple[str, str]]:
    """Return name and text of every text file, this test left out."""
    found = []
    for path in tracked():
        if path == Path(__file__) or not path.is_file():
            continue
        data = path.read_bytes()
        if b"\0" not in data[:8_000]:
            found.append((str(path.relative_to(PROJECT)), data.decode("utf-8", "replace")))
    return found


def pyproject() -> dict[str, Any]:
    return tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))


def make_targets() -> set[str]:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    found = [
        f"{name}: {match[0]}"
        for name, text in texts()
        for pattern in (REGISTRY, MACHINE_PATHS)
        for match in pattern.finditer(text)
    ]

    assert found == []


def test_lock_files_pin_every_package_by_hash() -> None:
    for name in ("requirements.lock", "systemd/requirements.lock"):
        text = (PROJECT / name).read_text(encoding="utf-8")
        entries = [part for part in re.split(r"\n(?=[a-z])", text) if re.match(r"[a-z]", part)]

        assert len(entries) > 20
        assert [each.splitlines()[0] for each in entries if "--hash=sha256:" not in each] == []
        assert "://" not in text
        assert not re.search(
            r"^\s*(-i|-f|--index-url|--extra-index-url|--find-links)", text, re.MULTILINE
        )


def test_lock_files_hold_what_the_project_asks_for() -> None:
    project = pyproject()["project"]
    extras = project["optional-dependencies"]
    kiosk = [*project["dependencies"], *extras["kiosk"]]
    everything = [*kiosk, *extras["office"], *extras["dev"]]

    for name, asked in (("requirements.lock", everything), ("systemd/requirements.lock", kiosk)):
        text = (PROJECT / name).read_text(encoding="utf-8").lower()
        locked = set(re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE))
        names = {re.split(r"[<>=;\[ ]", each)[0].lower().replace("_", "-") for each in asked}

        assert names - locked == set()


@pytest.mark.parametrize("name", READMES)
def test_readme_commands_exist(name: str) -> None:
    text = (PROJECT / name).read_text(encoding="utf-8")
    programs = set(pyproject()["project"]["scripts"])

    system = {"cp", "nano"}

    for line in _shell(text):
        program, *arguments = line.removeprefix("sudo ").split()
        if program == "make":
            assert arguments[0] in make_targets()
        elif program.startswith(".venv/bin/"):
            assert Path(program).name in programs
        elif "/" in program:
            assert (PROJECT / program).exists(), program
        else:
            assert program in system


@pytest.mark.parametrize("name", READMES)
def test_readme_links_and_pictures_are_there(name: str) -> None:
    text = (PROJECT / name).read_text(encoding="utf-8")

    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]

    assert [link for link in links if not (PROJECT / link).exists()] == []
    assert any(link.endswith(".png") for link in links)


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = (_shell((PROJECT / name).read_text(encoding="utf-8")) for name in READMES)

    assert english == chinese


def test_architecture_page_has_the_import_rules_that_are_checked() -> None:
    page = (PROJECT / "docs/architecture.md").read_text(encoding="utf-8")
    rules = page.split("## Import rules")[1]

    written = re.findall(r"^- (.+)\.$", rules, re.MULTILINE)

    assert written == [each["name"] for each in pyproject()["tool"]["importlinter"]["contracts"]]


def test_import_rule_of_kivy_leaves_out_only_what_opens_the_window() -> None:
    contracts = pyproject()["tool"]["importlinter"]["contracts"]
    (kept_out,) = [each for each in contracts if each["name"] == "Kivy only in kiosk.ui"]
    modules = {f"kiosk.{path.stem}" for path in (PROJECT / "kiosk").iterdir() if _is_module(path)}

    opens = {"kiosk.ui", "kiosk.app", "kiosk.demo", "kiosk.program"}
    assert modules - set(kept_out["source_modules"]) == opens


def test_architecture_page_has_a_room_for_every_module_of_the_kiosk() -> None:
    page = (PROJECT / "docs/architecture.md").read_text(encoding="utf-8")
    rooms = page.split("## The rooms")[1].split("## Import rules")[0]
    kiosk = "".join(line for line in rooms.splitlines() if line.startswith("| `kiosk/"))
    named = {name.removeprefix("kiosk/").rstrip("/") for name in re.findall(r"`([^`]+)`", kiosk)}

    modules = {path.name for path in (PROJECT / "kiosk").iterdir() if _is_module(path)}

    assert modules - named == set()


def test_architecture_page_names_only_rooms_that_exist() -> None:
    page = (PROJECT / "docs/architecture.md").read_text(encoding="utf-8")
    rooms = page.split("## The rooms")[1].split("## Import rules")[0]

    folder = Path()
    missing = []
    for name in re.findall(r"`([a-z/_]+(?:\.py)?/?)`", rooms):
        path = Path(name) if name.startswith(("sync/", "kiosk/", "systemd")) else folder / name
        folder = path.parent
        if not (PROJECT / path).exists():
            missing.append(str(path))

    assert missing == []


def test_caretaker_guide_uses_the_words_of_the_screen() -> None:
    guide = (PROJECT / "docs/caretaker-guide.md").read_text(encoding="utf-8")
    written = re.findall(r"^\| (.+?) · ", guide, re.MULTILINE)
    say = load("zh")

    outcomes = [outcome_words(say, outcome.value) for outcome in Outcome]
    states = [say("Nothing received yet"), say("The clock is not set"), say("No sound")]
    calls = [say("Help line: out of order"), say("Help line: not tested yet")]

    assert [each for each in (*outcomes, *states, *calls) if each not in written] == []


def test_import_rules_hold() -> None:
    checked = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert checked.returncode == 0, checked.stdout


def test_every_program_says_how_it_is_used() -> None:
    for program in pyproject()["project"]["scripts"]:
        said = subprocess.run(
            [Path(sys.executable).parent / program, "--help"],
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip

        assert said.returncode == 0, said.stderr
        assert program in said.stdout


def test_changelog_begins_with_this_version_and_the_day_that_no_clock_may_be_before() -> None:
    version = pyproject()["project"]["version"]
    changes = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")

    newest = next(line for line in changes.splitlines() if line.startswith("## "))

    assert newest == f"## {version} · {BUILT:%Y-%m-%d}"


def _is_module(path: Path) -> bool:
    if path.is_dir():
        return (path / "__init__.py").exists()
    return path.suffix == ".py" and path.stem != "__init__"


def _shell(text: str) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = [line.split(" #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]
