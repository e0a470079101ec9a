"""An inspector comes: a pack is made beside the running kiosk and proved on another computer."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.square import WATER_TITLE, Square

pytestmark = pytest.mark.journey


def _kiosk(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kiosk.program", *map(str, arguments)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def _durable(data: Path) -> dict[str, str]:
    """Return the content of everything that belongs to the evidence and the board."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in [*data.glob("*.db*"), *(data / "evidence").rglob("*")]
        if path.is_file()
    }


def test_pack_made_beside_the_running_kiosk_is_proved_elsewhere(
    square: Square, tmp_path: Path
) -> None:
    square.sync()
    with square.window() as window:
        window.wait_for(lambda: WATER_TITLE in window.labels(), "the board")
    out = tmp_path / "U盘"
    out.mkdir()

    with square.window() as window:
        window.wait_for(lambda: WATER_TITLE in window.labels(), "the board")
        before = _durable(square.data)
        made = _kiosk("report", "--out", out, "--settings", square.settings())
        after = _durable(square.data)
    (pack,) = out.iterdir()
    alone = _kiosk("verify", pack, "--root", square.anchor)
    key = re.search(r'"key":"([0-9a-f]{64})"', pack.read_bytes().decode("utf-8", "replace"))
    assert key
    compared = _kiosk("verify", pack, "--root", square.anchor, "--kiosk-key", key[1])

    assert made.returncode == 0, made.stderr
    assert before.items() <= after.items()  # the kiosk itself may take a picture
    assert alone.returncode == 1
    assert "公示屏的公钥没有登记" in alone.stdout
    assert compared.returncode == 0, compared.stdout
    assert compared.stdout.splitlines()[-1].startswith("结论：内容都对得上")
    assert "每天的签名" in compared.stdout
