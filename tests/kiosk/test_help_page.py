"""The help page at each stage of a call."""

import pytest

from kiosk import catalogue
from kiosk.intentions import EndHelp
from kiosk.phrases import sounds_of
from kiosk.present.help import Call, Stage, help_heard, help_page, is_fresh, open_call
from tests.support.scene import NOW, SAY


@pytest.mark.parametrize(
    ("call", "title", "key"),
    [
        (Call("countdown", seconds=7), "马上呼叫村里的人", "取消"),
        (Call("sending", who="值班员"), "正在发出求助", "回到公示"),
        (Call("delivered", who="值班员", since=NOW), "已送达，还没有人看到", "回到公示"),
        (Call("silent", who="值班员", since=NOW), "还没有人回应", "回到公示"),
        (Call("seen", who="李示例", since=NOW), "李示例已经看到", "回到公示"),
        (Call("coming", who="李示例", since=NOW), "李示例正在赶来", "回到公示"),
        (Call("queued", since=NOW), "暂时联系不上人", "取消"),
        (Call("queued", who="值班员", since=NOW), "暂时联系不上人", "回到公示"),
        (Call("cancelled"), "求助已取消", "回到公示"),
        (Call("dead"), "求助发不出去", "回到公示"),
    ],
)
def test_help_page_is_honest_at_every_stage(call: Call, title: str, key: str) -> None:
    view = help_page(SAY, call, "0933-0000000", NOW)

    assert (view.title, view.key) == (title, key)
    assert view.numbers == (("急病打", "120"), ("报警打", "110"), ("监督电话", "0933-0000000"))


def test_countdown_says_what_to_do_which_is_nothing() -> None:
    view = help_page(SAY, Call("countdown", seconds=7), "", NOW)

    assert (view.figure, view.lines) == ("7", ("7 秒后发出求助", "不用做任何事"))


def test_page_is_heard_again_with_its_numbers_digit_by_digit() -> None:
    heard = help_heard(help_page(SAY, Call("silent", who="值班员", since=NOW), "0933-0000000", NOW))

    assert [one.sentence.words for one in heard] == [
        "还没有人回应", "已送到：值班员", "今天 9:05 求助", "请打下面的电话。",
        "急病打120", "报警打110", "监督电话，请打 0933-0000000",
    ]  # fmt: skip
    assert heard[4].own == ("急病打", "120")
    assert heard[4].sentence.sounds.endswith("yao1 er4 ling2")


def test_name_that_the_voice_does_not_know_is_somebody() -> None:
    (coming, *_) = help_heard(help_page(SAY, Call("coming", who="李示例"), "", NOW))

    assert coming.own == ("李示例正在赶来",)
    assert coming.sentence.sounds == f"{sounds_of(SAY('somebody'))} zheng4 zai4 gan3 lai2"


def test_nothing_is_read_into_the_seconds_that_the_post_counts_nor_without_a_voice() -> None:
    counting = help_page(SAY, Call("countdown", seconds=7), "", NOW)
    english = help_page(catalogue.load("en"), Call("coming", who="李示例"), "", NOW)

    assert (counting.hear, help_heard(counting)) == (None, ())
    assert (english.hear, help_heard(english)) == (None, ())


@pytest.mark.parametrize("stage", ["delivered", "silent", "seen", "coming"])
def test_call_that_somebody_received_can_be_ended_where_it_was_made(stage: Stage) -> None:
    over = help_page(SAY, Call(stage, who="值班员"), "", NOW).over

    assert over
    assert (over.label, over.intention) == ("有人来了，按住两秒结束", EndHelp())


@pytest.mark.parametrize("stage", ["countdown", "sending", "queued", "ended", "cancelled", "dead"])
def test_call_that_nobody_received_is_ended_by_no_key(stage: Stage) -> None:
    assert help_page(SAY, Call(stage), "", NOW).over is None


def test_open_call_is_said_on_every_page_and_an_ended_one_is_not() -> None:
    assert open_call(SAY, Call("coming", who="李示例")) == "求助进行中：李示例正在赶来"
    assert open_call(SAY, Call("ended")) == open_call(SAY, None) == ""


def test_new_countdown_over_an_old_call_comes_up() -> None:
    assert is_fresh(Call("countdown"), "coming")
    assert not is_fresh(Call("coming"), "coming")
    assert is_fresh(Call("coming"), "")
