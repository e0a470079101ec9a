"""The voice worker as a real process: what it makes, what it refuses, what it survives."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.voice.prompts import FOLDER, load
from kiosk.voice.synthesis import NoVoice, Synthesiser
from kiosk.voice.worker import SOUNDS_LIMIT, Made, Order
from sync.reading import pinyin, spoken
from tests.support.sound import Measured, measure_file

pytestmark = pytest.mark.skipif(
    shutil.which("espeak-ng") is None and not any(Path("/usr/lib").glob("*/libespeak-ng.so.1")),
    reason="espeak-ng is not installed",
)

SENTENCES = (
    "本月村集体收入一万二千三百元。",
    "2026年11月15日上午8:30，在村委会召开公开唱账会。",
    "收入¥1,234.50，支出200元，余额12.05元。",
    "请拨打服务热线0933-0000000。",
    "急病打120，火警打119。",
    "低保补贴每人每月300元，共2户5人。",
    "重阳节给六十岁以上老人发放慰问品。",
    "会计和出纳要把账目按时公布在村务公开栏。",
    "种植玉米每亩补贴120元，占12.5%。",
    "一组、二组、三组的灌溉渠已经修好。",
    "退耕还林补助资金已经打到银行卡。",
    "医保缴费截止到12月31日。",
    "广场照明用电320千瓦时。",
    "危房改造对象共3户，每户补助2万元。",
    "请大家不要在河边洗衣服。",
    "王大爷，您的养老金到账了。",
    "今天下午两点停水，请提前储水。",
    "兄弟姐妹们，熊猫牌水泵用完请归还。",
    "对公示内容有不同意见，请扫二维码。",
    "村规民约修订草案征求意见。",
    "第七届村民代表大会第二次会议通过。",
    "道路硬化工程全长1.2公里，宽3.5米。",
    "女儿绿色旅游，耳朵。",
    "承包费每年每亩450元。",
    "卫生费人均5元。",
    "无异议后上报镇政府审批。",
    "张*三，二组，享受金额300元。",
    "收入合计7.8万元，支出合计6万元。",
    "微信APP里也能看。",
    "谢谢。",
    "银行账号27012345678901。",
    "余额-200元。",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("voice")


@pytest.fixture(scope="module")
def synthesiser(folder: Path) -> Iterator[Synthesiser]:
    made = Synthesiser(folder)
    yield made
    made.close()


def order(
    name: str = "a", text: str = "收入三百元。", *, rate: int = 185, volume: float = 0.8
) -> Order:
    return Order(name, pinyin(spoken(text)), rate, volume)


def heard(synthesiser: Synthesiser, folder: Path, text: str, **how: float) -> Measured:
    made = synthesiser.make(order(text=text, **how))  # type: ignore[arg-type]
    assert not made.problem
    return measure_file(folder / "a.wav")


@pytest.mark.parametrize("text", SENTENCES)
def test_village_sentence_has_the_right_length_and_loudness(
    synthesiser: Synthesiser, folder: Path, text: str
) -> None:
    sound = heard(synthesiser, folder, text)

    syllables = len(pinyin(spoken(text)).split())
    # Measured at 185 words a minute: 0.24 s a syllable, 0.3 s a pause.
    assert 0.20 <= sound.seconds / syllables <= 0.50
    assert 0.05 <= sound.loudness <= 0.3
    assert sound.peak < 1.0


def test_slow_and_fast_change_the_length_and_nothing_else(
    synthesiser: Synthesiser, folder: Path
) -> None:
    slow, plain, fast = (
        heard(synthesiser, folder, SENTENCES[5], rate=rate) for rate in (150, 185, 230)
    )

    assert 1.15 < slow.seconds / plain.seconds < 1.4
    assert 0.65 < fast.seconds / plain.seconds < 0.9
    assert slow.loudness == pytest.approx(plain.loudness, rel=0.2)


def test_each_step_of_volume_is_three_decibels(synthesiser: Synthesiser, folder: Path) -> None:
    quiet, loud = (
        heard(synthesiser, folder, SENTENCES[5], volume=volume).loudness for volume in (0.57, 0.8)
    )

    assert loud / quiet == pytest.approx(1.41, rel=0.05)


def test_hundred_sentences_give_no_empty_file(synthesiser: Synthesiser) -> None:
    made = [synthesiser.make(order(f"s{number}")) for number in range(100)]

    frames = [one.frames for one in made]
    assert min(frames) > 22_050
    assert max(frames) / min(frames) < 1.02


def test_memory_of_the_worker_stays_small(synthesiser: Synthesiser) -> None:
    synthesiser.make(order())
    status = Path(f"/proc/{synthesiser.pid}/status").read_text("utf-8")
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))

    assert int(resident.split()[1]) < 40_000  # kB


@pytest.mark.parametrize(
    "bad",
    [
        Order("../a", "yi1", 185, 0.8),
        Order("a/b", "yi1", 185, 0.8),
        Order("", "yi1", 185, 0.8),
        Order("a", "  ", 185, 0.8),
        Order("a", "yi1 " * SOUNDS_LIMIT, 185, 0.8),
        Order("a", "yi1", 0, 0.8),
        Order("a", "yi1", 185, 99.0),
    ],
)
def test_unreasonable_order_is_refused_and_the_worker_goes_on(
    synthesiser: Synthesiser, bad: Order
) -> None:
    refused = synthesiser.make(bad)

    assert refused.problem
    assert refused.unsayable
    assert not synthesiser.make(order()).problem


def test_endless_order_never_reaches_the_worker(synthesiser: Synthesiser) -> None:
    synthesiser.warm()
    worker = synthesiser.pid

    made = synthesiser.make(Order("long", "yi1 " * 100_000, 185, 0.8))

    assert made.unsayable
    assert synthesiser.pid == worker


@pytest.mark.parametrize(
    "sounds", ["，。", "\x00", "<speak>", "[[h@l'oU]]", "字", "\u202e", "a" * 1_000]
)
def test_odd_sounds_never_stop_the_worker(synthesiser: Synthesiser, sounds: str) -> None:
    synthesiser.warm()
    worker = synthesiser.pid

    synthesiser.make(Order("odd", sounds, 185, 0.8))

    assert not synthesiser.make(order()).problem
    assert synthesiser.pid == worker


def test_killed_worker_is_replaced_by_the_next_order(synthesiser: Synthesiser) -> None:
    synthesiser.warm()
    first = synthesiser.pid
    assert first
    os.kill(first, signal.SIGKILL)

    made = synthesiser.make(order())

    assert made == Made("a", made.frames)
    assert synthesiser.pid != first


def test_frozen_worker_is_replaced_when_its_answer_is_late(
    synthesiser: Synthesiser, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nobody wants to wait eight seconds for this test.
    monkeypatch.setattr("kiosk.voice.synthesis.ANSWER_SECONDS", 1.0)
    synthesiser.warm()
    first = synthesiser.pid
    assert first
    os.kill(first, signal.SIGSTOP)

    assert not synthesiser.make(order()).problem
    assert synthesiser.pid != first


def test_folder_that_is_gone_is_a_problem_and_no_hang(tmp_path: Path) -> None:
    synthesiser = Synthesiser(tmp_path / "gone")
    try:
        made = synthesiser.make(order())
    finally:
        synthesiser.close()

    assert made.problem
    assert not made.unsayable


def test_missing_synthesiser_is_said_once_and_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # espeak-ng without its voices is what a half-installed system has.
    monkeypatch.setenv("ESPEAK_DATA_PATH", str(tmp_path))
    synthesiser = Synthesiser(tmp_path)

    with pytest.raises(NoVoice):
        synthesiser.warm()
    synthesiser.close()


def test_protocol_channel_carries_json_lines_only(tmp_path: Path) -> None:
    orders = b"".join(
        json.dumps({"name": f"n{n}", "sounds": "yi1 er4", "rate": 185, "volume": 0.8}).encode()
        + b"\n"
        for n in range(3)
    )
    done = subprocess.run(
        [sys.executable, "-m", "kiosk.voice.worker", str(tmp_path)],
        input=orders,
        capture_output=True,
        check=True,
        timeout=60,
    )

    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert answers[0] == {"problem": ""}
    assert [answer["name"] for answer in answers[1:]] == ["n0", "n1", "n2"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["n0.wav", "n1.wav", "n2.wav"]


def test_every_prompt_has_its_sound_file() -> None:
    prompts = load()

    for key, text in prompts.prompts.items():
        sound = measure_file(FOLDER / f"{key}.wav")
        syllables = len(pinyin(spoken(text)).split())
        # The pause at the end weighs more in a word of one syllable.
        assert 0.20 * syllables <= sound.seconds <= 0.3 + 0.50 * syllables
        assert 0.08 <= sound.loudness <= 0.3
    assert {path.stem for path in FOLDER.glob("*.wav")} >= set(prompts.prompts)


def test_prompt_made_anew_sounds_like_the_one_shipped(
    synthesiser: Synthesiser, folder: Path
) -> None:
    prompts = load()
    text = prompts.prompts["help_sending"]

    made = heard(synthesiser, folder, text, rate=prompts.rate, volume=prompts.volume)

    assert made.seconds == pytest.approx(measure_file(FOLDER / "help_sending.wav").seconds, rel=0.1)
