"""The units, the stick's rule and the installer, as systemd and bash read them."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
FOLDER = PROJECT / "systemd"
PROGRAMS = ("kiosk.service", "kiosk-sync.service", "kiosk-help.service")
STICK = "sunboard-stick@.service"
MOUNT = "sunboard-mount@.service"
UNITS = (*PROGRAMS, STICK)
NEEDS_SYSTEMD = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="needs systemd-analyze (package systemd)"
)


class Unit:
    """What a unit file says; a key may stand there several times."""

    def __init__(self, name: str) -> None:
        self.text = (FOLDER / name).read_text(encoding="utf-8")

    def all(self, key: str) -> list[str]:
        return re.findall(rf"^{key}=(.*)$", self.text, re.MULTILINE)

    def one(self, key: str) -> str:
        (value,) = self.all(key)
        return str(value)


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Return a root folder in which the units are laid and every program of theirs exists."""
    subprocess.run([FOLDER / "install.sh", "--root", tmp_path], check=True, capture_output=True)
    units = tmp_path / "etc/systemd/system"
    for unit in units.iterdir():
        text = unit.read_text(encoding="utf-8").replace("/opt/sunboard", f"{tmp_path}/opt/sunboard")
        unit.write_text(text, encoding="utf-8")
        for command in re.findall(rf"{tmp_path}/opt/sunboard/venv/bin/[a-z-]+", text):
            program = Path(command)
            program.parent.mkdir(parents=True, exist_ok=True)
            program.write_text("#!/bin/sh\n", encoding="utf-8")
            program.chmod(0o755)
    for template in (STICK, MOUNT):
        (units / template.replace("@", "@sda1")).symlink_to(units / template)
    return units


@NEEDS_SYSTEMD
@pytest.mark.parametrize(
    "name", [*PROGRAMS, "sunboard-stick@sda1.service", "sunboard-mount@sda1.service"]
)
def test_unit_is_clean_in_the_eyes_of_systemd(installed: Path, name: str) -> None:
    command = ["systemd-analyze", "verify", "--man=no", str(installed / name)]

    found = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    assert (found.returncode, found.stdout + found.stderr) == (0, "")


@NEEDS_SYSTEMD
@pytest.mark.parametrize("name", [*PROGRAMS, "sunboard-stick@sda1.service"])
def test_unit_gives_away_little_when_its_program_is_taken_over(installed: Path, name: str) -> None:
    # 0 is shut, 10 is open; services that nobody hardened score 9.6.
    limits = ["--offline=true", "--threshold=25"]
    command = ["systemd-analyze", "security", *limits, str(installed / name)]

    found = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    assert found.returncode == 0, found.stdout[-300:]


@pytest.mark.parametrize("name", PROGRAMS)
def test_program_is_watched_and_always_comes_back(name: str) -> None:
    unit = Unit(name)

    assert unit.one("Type") == "notify"
    assert 10 <= int(unit.one("WatchdogSec")) <= 120
    assert unit.one("Restart") == "always"
    assert unit.one("StartLimitIntervalSec") == "0"


@pytest.mark.parametrize("name", UNITS)
def test_boot_waits_for_neither_network_nor_time(name: str) -> None:
    waits = " ".join(
        value for key in ("After", "Requires", "Wants", "BindsTo") for value in Unit(name).all(key)
    )

    assert not re.search(r"network|time", waits)


@pytest.mark.parametrize("name", UNITS)
def test_clock_may_be_asked_whether_it_is_synchronised(name: str) -> None:
    # Refused, every clock would count as wrong and no notice would ever come down.
    assert "clock_adjtime" in Unit(name).one("SystemCallFilter").split()
    assert Unit(name).all("ProtectClock") == []


@pytest.mark.parametrize("name", UNITS)
def test_unit_starts_a_program_of_this_project(name: str) -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    for line in Unit(name).all("ExecStart"):
        found = re.search(r"^-?(?:/bin/sh -c '.* exec )?(/opt/\S+)(.*)$", line)
        if found:
            assert Path(found[1]).name in project["scripts"]
            assert "--settings /etc/sunboard/kiosk.toml" in found[2]
        else:
            assert line.startswith(
                "-+/usr/bin/nsenter --target 1 --mount -- /bin/mount -o remount,"
            )


def test_screen_and_stick_have_no_business_on_the_network() -> None:
    for name in ("kiosk.service", STICK):
        unit = Unit(name)

        assert "AF_INET" not in unit.one("RestrictAddressFamilies")
        assert unit.one("IPAddressDeny") == "any"


def test_stick_is_mounted_harmless_and_read_without_rights() -> None:
    stick, mount = Unit(STICK), Unit(MOUNT)
    (command,) = (line for line in mount.all("ExecStart") if "/mount " in line)

    assert "-o ro,nosuid,nodev,noexec,uid=sunboard,gid=sunboard,umask=0077 " in command
    assert command.split()[-1] == stick.all("ExecStart")[0].split()[-1]
    assert stick.one("User") == "sunboard"
    assert stick.one("ReadWritePaths") == f"-{command.split()[-1]}"
    assert stick.one("Requires") == MOUNT.replace("@", "@%i")
    assert mount.one("StopWhenUnneeded") == "yes"
    assert any("umount" in line for line in mount.all("ExecStop"))


def test_stick_is_writable_between_import_and_release_and_at_no_other_time() -> None:
    stick = Unit(STICK)
    steps = [
        next(word for word in ("import", "rw", "export", "report", "ro", "release") if word in line)
        for line in (
            re.sub(r"/\S*|sunboard\S*", "", line)
            for line in (*stick.all("ExecStart"), *stick.all("ExecStopPost"))
        )
    ]

    assert steps == ["import", "rw", "export", "report", "ro", "release"]
    privileged = [line for line in stick.text.splitlines() if "=-+" in line or "=+" in line]
    assert len(privileged) == 2
    assert all(
        re.search(
            r"=-\+/usr/bin/nsenter --target 1 --mount -- /bin/mount -o remount,r[ow],nosuid,nodev,noexec /run/",
            line,
        )
        for line in privileged
    )
    assert all(line.startswith("-") for line in stick.all("ExecStart"))


def test_stick_is_mounted_where_its_reader_sees_it() -> None:
    # Each of these gives a unit its own mounts, which end with it.
    own_mounts = r"^(Private|Protect(?!KernelLogs)|ReadOnly|Inaccessible|BindPaths|TemporaryFile)"

    assert not re.search(own_mounts, Unit(MOUNT).text, re.MULTILINE)


def test_stick_rule_starts_the_unit_that_is_there() -> None:
    (rules,) = FOLDER.glob("*.rules")
    wanted = re.findall(r'ENV\{SYSTEMD_WANTS\}\+="([^"]+)"', rules.read_text(encoding="utf-8"))

    assert wanted == ["sunboard-stick@%k.service"]
    assert "RUN+=" not in rules.read_text(encoding="utf-8")


def test_installer_lays_every_unit_and_nothing_else(tmp_path: Path) -> None:
    subprocess.run([FOLDER / "install.sh", "--root", tmp_path], check=True, capture_output=True)

    laid = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert laid == {*UNITS, MOUNT, *(rule.name for rule in FOLDER.glob("*.rules")), "sunboard.conf"}


@pytest.mark.parametrize("script", sorted(FOLDER.glob("*.sh")), ids=lambda script: script.name)
def test_script_is_whole_and_stops_at_the_first_error(script: Path) -> None:
    subprocess.run(["bash", "-n", str(script)], check=True, capture_output=True)

    assert "set -euo pipefail" in script.read_text(encoding="utf-8")
    assert script.stat().st_mode & 0o111
