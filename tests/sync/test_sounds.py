"""Words become the sounds that a Chinese listener expects."""

import re
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.reading.sounds import initials, pinyin
from sync.reading.words import spoken

READINGS = (
    ("会计和出纳", "kuai4 ji4 he2 chu1 na4"),
    ("银行贷款已还清", "yin2 hang2 dai4 kuan3 yi3 huan2 qing1"),
    ("退耕还林补助", "tui4 geng1 huan2 lin2 bu3 zhu4"),
    ("秸秆还田", "jie1 gan3 huan2 tian2"),
    ("重阳节慰问", "chong2 yang2 jie2 wei4 wen4"),
    ("困难重重", "kun4 nan2 chong2 chong2"),
    ("重大项目", "zhong4 da4 xiang4 mu4"),
    ("产业结构调整", "chan3 ye4 jie2 gou4 tiao2 zheng3"),
    ("调查核实", "diao4 cha2 he2 shi2"),
    ("种植玉米", "zhong4 zhi2 yu4 mi3"),
    ("供销社", "gong1 xiao1 she4"),
    ("参差不齐", "cen1 ci1 bu4 qi2"),
    ("尽快缴费", "jin3 kuai4 jiao3 fei4"),
    ("尽职尽责", "jin4 zhi2 jin4 ze2"),
    ("村民小组长", "cun1 min2 xiao3 zu3 zhang3"),
    ("全长一点二公里", "quan2 chang2 yi4 dian3 er4 gong1 li3"),
    ("增长百分之五", "zeng1 zhang3 bai3 fen1 zhi1 wu3"),
    ("都是村民", "dou1 shi4 cun1 min2"),
    ("首都", "shou3 du1"),
    ("土地承包", "tu3 di4 cheng2 bao1"),
    ("干得好", "gan4 de5 hao3"),
    ("取得成效", "qu3 de2 cheng2 xiao4"),
    ("不得占用", "bu4 de2 zhan4 yong4"),
    ("慢慢地走", "man4 man4 de5 zou3"),
    ("着火", "zhao2 huo3"),
    ("沿着河", "yan2 zhe5 he2"),
    ("各行各业", "ge4 hang2 ge4 ye4"),
    ("行道树", "xing2 dao4 shu4"),
    ("进行公示", "jin4 xing2 gong1 shi4"),
    ("村干部", "cun1 gan4 bu4"),
    ("干旱", "gan1 han4"),
    ("处理", "chu3 li3"),
    ("办事处", "ban4 shi4 chu4"),
    ("为人民服务", "wei4 ren2 min2 fu2 wu4"),
    ("作为", "zuo4 wei2"),
    ("参保率", "can1 bao3 lv4"),
    ("差旅费", "chai1 lv3 fei4"),
    ("差额", "cha1 e2"),
    ("丈量土地", "zhang4 liang2 tu3 di4"),
    ("应收应付", "ying1 shou1 ying1 fu4"),
    ("应当", "ying1 dang1"),
    ("给予补助", "ji3 yu3 bu3 zhu4"),
    ("集中供养", "ji2 zhong1 gong1 yang3"),
    ("便民", "bian4 min2"),
    ("便宜", "pian2 yi5"),
    ("中标人", "zhong4 biao1 ren2"),
    ("更换水泵", "geng1 huan4 shui3 beng4"),
    ("变更", "bian4 geng1"),
    ("乡村振兴", "xiang1 cun1 zhen4 xing1"),
    ("兴修水利", "xing1 xiu1 shui3 li4"),
    ("圈舍", "juan4 she4"),
    ("畜牧", "xu4 mu4"),
    ("转账", "zhuan3 zhang4"),
    ("大夫", "dai4 fu5"),
    ("得票率", "de2 piao4 lv4"),
)
SANDHI = (
    ("一户", "yi2 hu4"),
    ("一个", "yi2 ge4"),
    ("一月一日", "yi1 yue4 yi1 ri4"),
    ("一组", "yi1 zu3"),
    ("第一批", "di4 yi1 pi1"),
    ("统一发放", "tong3 yi1 fa1 fang4"),
    ("一事一议", "yi2 shi4 yi2 yi4"),
    ("一律", "yi2 lv4"),
    ("一起", "yi4 qi3"),
    ("星期一", "xing1 qi1 yi1"),
    ("十一点", "shi2 yi1 dian3"),
    ("一百一十一元", "yi4 bai3 yi1 shi2 yi1 yuan2"),
    ("一万一千元", "yi2 wan4 yi4 qian1 yuan2"),
    ("二零一一年", "er4 ling2 yi1 yi1 nian2"),
    ("看一看", "kan4 yi2 kan4"),
    ("一，基本情况", "yi1， ji1 ben3 qing2 kuang4"),
    ("不是", "bu2 shi4"),
    ("不要", "bu2 yao4"),
    ("不能", "bu4 neng2"),
    ("不一样", "bu4 yi2 yang4"),
    ("不得不", "bu4 de2 bu4"),
)


@pytest.mark.parametrize(("words", "sounds"), READINGS)
def test_word_with_several_readings_gets_the_village_s_one(words: str, sounds: str) -> None:
    assert pinyin(words) == sounds


@pytest.mark.parametrize(("words", "sounds"), SANDHI)
def test_one_and_not_change_their_tone_in_the_sentence(words: str, sounds: str) -> None:
    assert pinyin(words) == sounds


def test_syllables_that_the_synthesiser_takes_for_english_are_respelt() -> None:
    assert pinyin("兄弟用熊猫") == "xong1 di4 yong4 xong2 mao1"


def test_umlaut_is_written_as_v() -> None:
    assert pinyin("绿色女儿") == "lv4 se4 nv3 er2"


def test_pauses_stay_where_the_words_have_them() -> None:
    assert pinyin("收入，支出。余额：两元！") == "shou1 ru4， zhi1 chu1。 yu2 e2： liang3 yuan2！"


def test_letters_are_said_by_their_chinese_names() -> None:
    assert pinyin("下载APP") == "xia4 zai4 ei1 pi4 pi4"


def test_initials_of_a_title_find_it_on_the_letter_keys() -> None:
    assert initials("财务公开") == "cwgk"


def test_initials_keep_digits_and_letters_and_drop_the_rest() -> None:
    assert initials("2026年10月财务公开（A类）·") == "2026n10ycwgkal"


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_synthesiser_says_one_syllable_for_every_sound_of_the_language() -> None:
    letters = "".join(chr(code) for code in range(0x4E00, 0xA000))
    nasals = {"m", "n", "ng", "hm", "hng"}  # interjections: said without a tone
    sounds = sorted({sound for sound in pinyin(letters).split() if sound[:-1] not in nasals})

    said = subprocess.run(
        ["espeak-ng", "-v", "sit/cmn-latn-pinyin", "-x", "-q"],
        input="\n\n".join(f"{sound}。" for sound in sounds),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    syllables = [line.strip() for line in said.splitlines() if line.strip()]

    assert len(sounds) > 1_200
    assert len(syllables) == len(sounds)
    # A language switch is marked with brackets, each syllable ends with _|.
    wrong = {
        sound: syllable
        for sound, syllable in zip(sounds, syllables, strict=True)
        if "(" in syllable or syllable.count("_|") != 1 or not re.search(r"\d", syllable)
    }
    assert wrong == {}


@given(st.text(max_size=120))
def test_any_text_gives_syllables_and_pauses_only(text: str) -> None:
    sounds = pinyin(spoken(text))

    for sound in re.split("[ ，。；：、！？]+", sounds):
        assert not sound or re.fullmatch("[a-z]+[1-5]", sound), sounds


@given(st.text(max_size=120))
def test_any_title_gives_initials_that_can_be_typed(title: str) -> None:
    assert re.fullmatch("[a-z0-9]*", initials(title))
