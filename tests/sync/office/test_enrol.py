"""A kiosk's key and its signed days come to the office on a stick, and are compared."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from sync import publish
from sync.errors import BadInput, NotAllowed, OfficeError
from sync.notices import KioskKey
from sync.office import evidence
from sync.office.enrolment import Arrival, Standing, Unreadable, with_kiosk
from sync.office.status import in_words
from sync.office.village import toml
from sync.signed_days import fingerprint
from tests.support.medium import pulled_after
from tests.support.signing import SigningKiosk
from tests.support.terminal import Terminal
from tests.sync.office.conftest import VILLAGE, Desk


@pytest.fixture
def kiosk(tmp_path: Path) -> SigningKiosk:
    return SigningKiosk(tmp_path / "outbox")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


def arrival_on(desk: Desk, stick: Path) -> Arrival:
    (found,) = desk.office.arrivals(stick)
    assert isinstance(found, Arrival)
    return found


def enrolled(desk: Desk, kiosk: SigningKiosk, stick: Path, days: int = 3) -> None:
    arrival = arrival_on(desk, kiosk.write_on(stick, kiosk.days(days)))
    desk.office.enrol(arrival.kiosk)
    desk.office.take_days(arrival)


def test_kiosk_is_shown_with_the_digits_of_its_status_page(
    desk: Desk, kiosk: SigningKiosk, stick: Path
) -> None:
    found = arrival_on(desk, kiosk.write_on(stick, kiosk.days(3)))

    assert (found.standing, found.kiosk) == (Standing.NEW, kiosk.key)
    assert found.digits == fingerprint(kiosk.public)


def test_enrolled_kiosk_is_sealed_with_the_next_board(
    desk: Desk, kiosk: SigningKiosk, stick: Path
) -> None:
    desk.publish()
    enrolled(desk, kiosk, stick)

    assert desk.office.village.kiosks == (kiosk.key,)
    assert any("登记了公示屏" in line for line in in_words(desk.office.status()))
    desk.seal()

    feed = desk.feed()
    assert feed is not None
    assert feed.village.kiosks == (kiosk.key,)
    assert not any("登记了公示屏" in line for line in in_words(desk.office.status()))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "# 最后一行没有换行"])
def test_what_people_wrote_in_office_toml_stays_letter_for_letter(end: str, last: str) -> None:
    written = ("# 我们的注释\n" + toml(VILLAGE) + "\n# 李四记着改电话\n" + last).replace("\n", end)
    kiosk = KioskKey("square-1", '村"口"', "ab" * 32)

    made = with_kiosk(written.encode(), kiosk)
    again = with_kiosk(made, KioskKey("square-2", "广场", "cd" * 32))

    assert made.startswith(written.encode())
    assert again.startswith(made)
    assert b"\r\n" not in again.replace(b"\r\n", b"") or end == "\n"
    assert again.count(b"[[kiosks]]") == 2


def test_kiosk_that_cannot_stand_in_office_toml_is_refused() -> None:
    kiosk = KioskKey("square-1", "村口", "ab" * 32)
    data = toml(VILLAGE).encode()

    with pytest.raises(BadInput, match="登记不到"):
        with_kiosk(b"kiosks = []\n" + data, kiosk)
    with pytest.raises(BadInput, match="重复"):
        with_kiosk(with_kiosk(data, kiosk), kiosk)


def test_days_are_kept_once_and_fit_together(desk: Desk, kiosk: SigningKiosk, stick: Path) -> None:
    enrolled(desk, kiosk, stick, days=3)

    taken, known = desk.office.take_days(arrival_on(desk, kiosk.write_on(stick, kiosk.days(5))))

    assert taken == evidence.Taken(new=2, refused=0)
    assert (known.continuity.days, known.continuity.until) == (5, date(2026, 11, 5))
    assert evidence.in_words(known) == (
        "公示屏 村口（square-1）：展示记录 2026-11-01 到 2026-11-05，5 天，前后都接得上 (nothing is missing)",
    )
    kept = desk.folder / "evidence/square-1" / f"{kiosk.key.key}.jsonl"
    signed = [kiosk.sign(day) for day in kiosk.days(5)]
    assert sorted(kept.read_bytes().splitlines()) == sorted(signed)


def test_kiosk_that_is_not_enrolled_leaves_nothing_in_the_office(
    desk: Desk, kiosk: SigningKiosk, stick: Path
) -> None:
    arrival = arrival_on(desk, kiosk.write_on(stick, kiosk.days(3)))

    with pytest.raises(NotAllowed, match="还没有登记"):
        desk.office.take_days(arrival)

    assert not (desk.folder / "evidence").exists()


def test_missing_days_and_new_beginnings_are_told(
    desk: Desk, kiosk: SigningKiosk, stick: Path
) -> None:
    days = kiosk.days(6)
    anew = kiosk.days(2, salt="anew", begun=date(2026, 11, 9))
    enrolled(desk, kiosk, stick, days=2)

    _, known = desk.office.take_days(arrival_on(desk, kiosk.write_on(stick, [*days[4:], *anew])))

    assert evidence.in_words(known) == (
        "公示屏 村口（square-1）：展示记录 2026-11-01 到 2026-11-10，6 天",
        "  缺 2026-11-02 以后、2026-11-05 以前的记录，200 行 (missing)",
        "  2026-11-09 记录重新开始过，原因在检查包里 (the log was begun anew; the pack says why)",
    )


def test_log_written_anew_is_told_loudly_and_both_accounts_are_kept(
    desk: Desk, kiosk: SigningKiosk, stick: Path
) -> None:
    enrolled(desk, kiosk, stick)
    forged = kiosk.days(3, salt="forged")

    taken, known = desk.office.take_days(arrival_on(desk, kiosk.write_on(stick, forged)))

    assert taken.new == 3
    assert known.continuity.contradicted == tuple(date(2026, 11, n) for n in (1, 2, 3))
    assert evidence.in_words(known)[0].startswith("！！公示屏 村口（square-1） 2026-11-01 有两份")
    lines = in_words(desk.office.status())
    assert any("的记录被改写过：报告镇里" in line for line in lines)


def test_days_of_another_key_kiosk_or_village_are_refused(
    desk: Desk, kiosk: SigningKiosk, stick: Path, tmp_path: Path
) -> None:
    enrolled(desk, kiosk, stick)
    replaced = msgspec.structs.replace
    days = kiosk.days(6)[3:]
    foreign = [replaced(days[0], kiosk="other"), replaced(days[1], village="hongyan")]
    crook = SigningKiosk(tmp_path / "crook")
    kiosk.write_on(stick, [*foreign, days[2]])
    lines = (stick / "sunboard-kiosk/square-1/outbox.jsonl").read_bytes()
    crook.write_on(tmp_path / "crooked", crook.days(6)[3:])
    lines += (tmp_path / "crooked/sunboard-kiosk/square-1/outbox.jsonl").read_bytes()
    (stick / "sunboard-kiosk/square-1/outbox.jsonl").write_bytes(lines)

    taken, known = desk.office.take_days(arrival_on(desk, stick))

    assert taken == evidence.Taken(new=1, refused=5)
    assert known.continuity.contradicted == ()


def test_other_key_is_no_silent_change_and_other_village_none_of_ours(
    desk: Desk, kiosk: SigningKiosk, stick: Path, tmp_path: Path
) -> None:
    enrolled(desk, kiosk, stick)
    other = SigningKiosk(tmp_path / "other")

    found = arrival_on(desk, other.write_on(tmp_path / "second", other.days(2)))
    assert (found.standing, found.kiosk) == (Standing.OTHER_KEY, kiosk.key)
    assert desk.office.take_days(found)[0] == evidence.Taken(new=0, refused=2)

    foreign = SigningKiosk(tmp_path / "foreign", id="far-1", village="hongyan")
    found = arrival_on(desk, foreign.write_on(tmp_path / "third", foreign.days(2)))
    assert found.standing is Standing.FOREIGN


@pytest.mark.parametrize("name", ["", "a\x1b[31mb", "长" * 41, "两\n行", "\u202e反"])
def test_name_that_a_terminal_would_obey_is_not_shown(
    desk: Desk, kiosk: SigningKiosk, stick: Path, name: str
) -> None:
    kiosk.name = name

    (found,) = desk.office.arrivals(kiosk.write_on(stick, []))

    assert isinstance(found, Unreadable)


def test_stick_without_a_kiosk_is_explained(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="没有公示屏写的"):
        desk.office.arrivals(tmp_path)
    with pytest.raises(BadInput, match="没有找到 U 盘"):
        desk.office.arrivals(tmp_path / "gone")


def test_damaged_line_in_the_offices_own_file_is_told(
    desk: Desk, kiosk: SigningKiosk, stick: Path
) -> None:
    enrolled(desk, kiosk, stick)
    kept = desk.folder / "evidence/square-1" / f"{kiosk.key.key}.jsonl"
    kept.write_bytes(kept.read_bytes()[:-30])

    lines = in_words(desk.office.status())

    assert any("有 1 行坏了或被改过" in line for line in lines)
    taken, known = desk.office.take_days(arrival_on(desk, stick))
    assert (taken.new, known.continuity.days) == (1, 3)


def test_kiosk_of_which_nothing_has_come_is_named(desk: Desk, kiosk: SigningKiosk) -> None:
    desk.office.enrol(kiosk.key)

    assert any("还没有收到过展示记录" in line for line in in_words(desk.office.status()))


def test_power_cut_at_any_step_keeps_office_toml_and_days_whole(
    desk: Desk, kiosk: SigningKiosk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk.write_on(stick, kiosk.days(3))
    settings = desk.folder / "office.toml"
    before = settings.read_bytes()
    for steps in range(30):
        arrival = arrival_on(desk, stick)
        with pulled_after(steps, monkeypatch):
            try:
                if arrival.standing is Standing.NEW:
                    desk.office.enrol(arrival.kiosk)
                desk.office.take_days(arrival)
            except OfficeError:
                assert settings.read_bytes() in (before, with_kiosk(before, kiosk.key))
                continue
        break

    assert steps > 3
    assert desk.office.village.kiosks == (kiosk.key,)
    assert desk.office.status().evidence[0].continuity.days == 3


def test_clerk_compares_the_digits_and_enrols(desk: Desk, kiosk: SigningKiosk, stick: Path) -> None:
    kiosk.write_on(stick, kiosk.days(3))
    no = Terminal("--office", str(desk.folder), "enrol", str(stick))
    assert no.converse({r"一样吗.*: $": "n"}) == 0
    assert "没有登记" in no.shown
    assert desk.office.village.kiosks == ()

    yes = Terminal("--office", str(desk.folder), "enrol", str(stick))
    assert yes.converse({r"一样吗.*: $": "y"}) == 0

    assert fingerprint(kiosk.public) in yes.shown
    assert "新收 3 天" in yes.shown
    assert desk.office.village.kiosks == (kiosk.key,)


def test_program_ends_with_an_error_when_a_log_was_rewritten(
    desk: Desk, kiosk: SigningKiosk, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--office", str(desk.folder), "enrol", str(stick)]
    kiosk.write_on(stick, kiosk.days(3))
    assert publish.main([*command, "--yes"]) == 0
    kiosk.write_on(stick, kiosk.days(3, salt="forged"))

    assert publish.main(command) == 1

    said = capsys.readouterr()
    assert "was rewritten" in said.err
    assert "two accounts of this day" in said.out


def test_program_passes_by_what_is_not_the_villages(
    desk: Desk, kiosk: SigningKiosk, stick: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    enrolled(desk, kiosk, stick)
    SigningKiosk(tmp_path / "a", id="far-1", village="hongyan").write_on(stick, [])
    SigningKiosk(tmp_path / "b").write_on(stick, [])
    (stick / "sunboard-kiosk/broken").mkdir()

    assert publish.main(["--office", str(desk.folder), "enrol", str(stick)]) == 0

    out = capsys.readouterr().out
    assert "broken 写的读不了" in out
    assert "是别的村的（hongyan），不收" in out
    assert "another key than enrolled" in out
    assert len(desk.office.village.kiosks) == 1
