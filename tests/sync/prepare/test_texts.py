from datetime import date

import pytest

from sync.errors import BadInput
from sync.notices import Decision, Heading, Paragraph, Picture, Publisher, Table
from sync.prepare import read_file

from . import papers

_NOTICE = """+++
title = "停水通知"
category = "affairs"
publisher = "committee"
author = "王*军"
posted = 2026-11-20
period = [2026-11-01, "2026-11-15"]
decided = { on = 2026-11-05, by = "村民代表会议" }
urgent = true
+++
正文第一行
正文第二行

## 时间 ##
- 上午 **8:00**
1. 先储水
| 组别 | 金额（元） |
|---|---:|
| 一组 | 1200 |
| 二组 | |
![现场](现场.jpg)
---
完
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_with_head_is_read_in_every_usual_encoding(tmp_path, encoding):
    (tmp_path / "现场.jpg").write_bytes(papers.picture())
    path = tmp_path / "n.md"
    path.write_bytes(_NOTICE.replace("\n", "\r\n").encode(encoding))

    material = read_file(path)

    (picture,) = [block for block in material.blocks if isinstance(block, Picture)]
    assert picture.caption == "现场"
    assert [block for block in material.blocks if block is not picture] == [
        Paragraph("正文第一行"),
        Paragraph("正文第二行"),
        Heading("时间", 2),
        Paragraph("• 上午 8:00"),
        Paragraph("1. 先储水"),
        Table(("组别", "金额（元）"), (("一组", "1,200.00"), ("二组", "")), money=(1,)),
        Paragraph("完"),
    ]
    assert material.title == "停水通知"
    assert material.period == (date(2026, 11, 1), date(2026, 11, 15))
    assert material.head == {
        "title": "停水通知",
        "category": "affairs",
        "publisher": Publisher.COMMITTEE,
        "author": "王*军",
        "posted": date(2026, 11, 20),
        "period": (date(2026, 11, 1), date(2026, 11, 15)),
        "decided": Decision(date(2026, 11, 5), "村民代表会议"),
        "urgent": True,
    }


def test_first_heading_is_the_title_where_the_head_names_none(tmp_path):
    path = tmp_path / "n.txt"
    path.write_text("# 停水通知\n正文", encoding="utf-8")

    material = read_file(path)

    assert (material.title, material.blocks) == ("停水通知", (Paragraph("正文"),))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('+++\ntitel = "x"\n+++\n文', "titel.*是不是 title"),
        ('+++\nurgent = "yes"\n+++\n文', "urgent.*true 或 false"),
        ("+++\ntitle = 3\n+++\n文", "title.*带引号"),
        ('+++\nposted = "上周"\n+++\n文', "posted.*不是日期"),
        ("+++\nperiod = [2026-11-15, 2026-11-01]\n+++\n文", "period.*先后不能颠倒"),
        ("+++\nperiod = [1, 2]\n+++\n文", "period.*不是日期"),
        ('+++\npublisher = "镇"\n+++\n文', "publisher.*committee"),
        ('+++\ndecided = "昨天"\n+++\n文', "decided.*on and by"),
        ('+++\ncategory = "村务"\n+++\n文', "category.*小写字母"),
        ("+++\ntitle = \n+++\n文", "写法有误"),
        (f"+++\nposted = {'1' * 5_000}\n+++\n文", "写法有误"),
        ("+++\ntitle = 'x'\n文", "没有对应的结束行"),
        ("+++\n+++\n", "没有正文"),
        ('+++\nid = "a"\ntitle = “停水”\n+++\n文', "第 3 行写法有误"),
        ('++\ntitle = "x"\n+++\n文', "第 1 行是“\\+\\+”"),
        ('++++\ntitle = "x"\n++++\n文', "第 1 行是"),
        ('＋＋＋\ntitle = "x"\n＋＋＋\n文', "第 1 行是“＋＋＋”"),
        ('+ + +\ntitle = "x"\n+++\n文', "第 1 行是"),
        ('+++ title = "x"\n+++\n文', "第 1 行是"),
        ('+++\ntitle = "x"\n++\n文', "第 3 行是“\\+\\+”"),
        ('+++\ntitle = "x"\n＋＋＋\n文\n+++', "第 3 行是"),
        ("停水\n+++\n文", "第 2 行是“\\+\\+\\+”"),
        ('+++\ntitle = "x"\n+++\n文\n+++\n文', "第 5 行是"),
        ('title = "x"\n文', "第 1 行.*像是开头"),
        ("---\ntitle: x\n---\n文", "第 2 行“title: x”像是开头"),
        ("正文\u200b有鬼", r"看不见的字符 U\+200B"),
        ("正文\u2066有鬼", r"看不见的字符 U\+2066"),
        ("![x](../secret.jpg)", "第 1 行.*同一文件夹"),
        ("![x](/etc/passwd)", "第 1 行.*同一文件夹"),
        ("![x](http://x.example/a.jpg)", "第 1 行.*同一文件夹"),
        ("正文\n![x](没有.jpg)", "第 2 行.*没有图片"),
        ("字" * 40_001, "超过 40000 字"),
        ("|a|b|\n|--|--|\n" + "|" * 80, "表格是空的，或超过"),
        ("文\n|组|元|\n|--|--|\n|一|5|\n|二|", "第 2 行.*第 2 行“二”有 1 格，表头有 2 格"),
        ("|组|元|\n|--|--|\n|一|5|多|", "第 1 行“一 | 5 | 多”有 3 格，表头有 2 格"),
    ],
)
def test_wrong_text_says_what_and_where(tmp_path, text, said):
    path = tmp_path / "n.md"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(BadInput, match=said):
        read_file(path)


@pytest.mark.parametrize("line", ["+", "++一级", "一 + 一", "C++", "- +"])
def test_plus_in_the_text_is_text(tmp_path, line):
    path = tmp_path / "n.md"
    path.write_text(f"正文\n{line}", encoding="utf-8")

    assert len(read_file(path).blocks) == 2


def test_mistyped_head_is_told_with_what_to_do(tmp_path):
    path = tmp_path / "n.md"
    path.write_text('++\ntitle = "x"\n+++\n文', encoding="utf-8")

    with pytest.raises(BadInput) as refused:
        read_file(path)

    assert "单独一行 +++" in refused.value.advice
