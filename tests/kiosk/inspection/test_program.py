"""`kiosk report` and `kiosk verify`, as they are typed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.inspection.program import main
from tests.support.inspecting import Packed

PROJECT = Path(__file__).parents[3]
# Whatever is not among the base dependencies: the computer of an inspector has none of it.
WITHOUT = ("kivy", "fpdf", "PIL", "fontTools", "qrcode", "borax", "pyttsx3", "gpiozero", "pypinyin", "docx", "openpyxl")  # fmt: skip
BARE = f"""
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {WITHOUT!r}:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Missing())
from kiosk.program import main
raise SystemExit(main())
"""


@pytest.fixture
def desk(fortnight: Packed, tmp_path: Path) -> Path:
    """The inspector's folder, with the pack and the trusted root."""
    (tmp_path / "pack.zip").write_bytes(fortnight.pack)
    (tmp_path / "root.json").write_bytes(fortnight.life.anchor)
    return tmp_path


def bare(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BARE, *map(str, arguments)], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONIOENCODING": "utf-8"}, timeout=60,
    )  # fmt: skip


def test_another_computer_without_the_kiosks_parts_proves_a_pack(desk: Path) -> None:
    ended = bare("verify", desk / "pack.zip", "--root", desk / "root.json")

    assert (ended.returncode, ended.stderr) == (0, "")
    lines = ended.stdout.splitlines()
    assert lines[-1].startswith("结论：全部核对无误")
    assert not any(line.startswith("不通过") for line in lines)


def test_a_pack_with_a_changed_byte_ends_with_one(desk: Path) -> None:
    data = bytearray((desk / "pack.zip").read_bytes())
    data[len(data) // 2] ^= 1
    (desk / "pack.zip").write_bytes(data)

    ended = bare("verify", desk / "pack.zip", "--root", desk / "root.json")

    assert ended.returncode == 1
    assert "核对不通过" in ended.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("verify", "nowhere.zip", "--root", "root.json"), "读不了"),
        (("verify", "pack.zip", "--root", "nowhere.json"), "读不了"),
        (("verify", "pack.zip", "--root", "root.json", "--kiosk-key", "xyz"), "64"),
        (("report", "--out", ".", "--settings", "nowhere.toml"), "nowhere.toml"),
    ],
)
def test_what_is_wrong_with_a_command_is_said(
    desk: Path, arguments: tuple[str, ...], says: str,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(desk)

    ended = main(arguments)

    assert ended == 1
    assert says in capsys.readouterr().err


def test_the_kiosk_makes_a_pack_by_its_settings_and_it_is_proved(
    fortnight: Packed, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = desk / "kiosk.toml"
    settings.write_text(
        f'[kiosk]\nid = "square-1"\nname = "文化广场屏"\nvillage = "qingshi"\ndata = "{fortnight.life.data}"\n'
        f'[sync]\nanchor = "{desk / "root.json"}"\n',
        encoding="utf-8",
    )
    out = desk / "U盘"
    out.mkdir()

    made = main(
        ("report", "--from", "2026-11-02", "--to", "2026-11-21", "--out", str(out), "--settings", str(settings)),
        now=lambda: fortnight.life.last,
    )  # fmt: skip
    pack = next(out.iterdir())
    checked = main(("verify", str(pack), "--root", str(desk / "root.json")))

    assert (made, checked) == (0, 0)
    assert "做好了" in capsys.readouterr().out


def test_words_of_a_hostile_pack_do_nothing_to_the_terminal(
    fortnight: Packed, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import msgspec  # noqa: PLC0415

    from kiosk.inspection.contents import MANIFEST, SIGNATURE  # noqa: PLC0415
    from tests.support.inspecting import signed  # noqa: PLC0415

    order = msgspec.structs.replace(fortnight.report.order, name="\x1b[2J\u202e屏")
    members = fortnight.members
    del members[MANIFEST], members[SIGNATURE]
    (desk / "pack.zip").write_bytes(signed(order, members, fortnight.life.key))

    main(("verify", str(desk / "pack.zip"), "--root", str(desk / "root.json")))

    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert "\u202e" not in said
