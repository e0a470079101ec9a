"""The guide to the pack, held to what the programs do."""

import re
from pathlib import Path

import kiosk.inspection as package
from kiosk.inspection.program import main
from tests.support.inspecting import Packed

GUIDE = (Path(__file__).parents[3] / "docs" / "inspection.md").read_text(encoding="utf-8")


def test_the_guide_names_every_file_of_a_pack(fortnight: Packed) -> None:
    table = GUIDE.split("\n## 里面有什么")[1].split("\n## ")[0]
    told = set(re.findall(r"`([a-z.-]+/?)`", table)) | {"README.txt"}

    names = {name.split("/")[0] + "/" if "/" in name else name for name in fortnight.members}

    assert told == names


def test_what_the_guide_says_a_check_says_stands_in_the_program() -> None:
    rows = re.findall(
        r"^\| ([^|`·]+) \| ", GUIDE.split("\n## 它说什么，是什么意思")[1], re.MULTILINE
    )
    source = "".join(
        path.read_text(encoding="utf-8") for path in Path(str(package.__file__)).parent.glob("*.py")
    )

    assert len(rows) == 9
    assert [words for words in rows if words not in source] == []


def test_the_guides_check_is_the_programs(fortnight: Packed, tmp_path: Path) -> None:
    (command,) = re.findall(r"^\.venv/bin/kiosk (verify .*)$", GUIDE, re.MULTILINE)
    pack, root = tmp_path / "pack.zip", tmp_path / "root.json"
    pack.write_bytes(fortnight.pack)
    root.write_bytes(fortnight.life.anchor)
    verb, _, option, _ = command.split()

    assert main((verb, str(pack), option, str(root))) == 0
