import os
import socket

import pytest

from sync.errors import BadInput
from sync.prepare import read_file

from . import papers

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def _refused(path, said):
    with pytest.raises(BadInput, match=said):
        read_file(path)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("账.xls", _OLE + "Workbook".encode("utf-16-le"), "旧格式.*另存为”.xlsx"),
        ("文.doc", _OLE + "WordDocument".encode("utf-16-le"), "旧格式.*另存为”.docx"),
        ("账.xlsx", _OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        ("图.heic", b"\0\0\0\x18ftypheic" + bytes(64), "HEIC.*JPEG"),
        ("图.gif", b"GIF89a" + bytes(64), "GIF"),
        ("文.rtf", b"{\\rtf1 x}", "RTF"),
        ("账.xls", b"<html><table>", "网页"),
        ("账.csv", "日期,金额\n1,2\n".encode(), "另存为 .xlsx"),
        ("空.md", b"", "文件是空的"),
        ("乱.md", bytes(range(256)), "不是文本文件"),
        ("包.zip", b"PK\x03\x04" + bytes(100), "已损坏"),
        ("图.jpg", "这是文字".encode(), "文件名说是图片，内容却是文本"),
        ("账.xlsx", papers.picture(), "文件名说是电子表格，内容却是图片"),
        ("文.docx", b"%PDF-1.7\n", "文件名说是文字文档，内容却是PDF"),
        ("文.pdf", papers.picture(kind="PNG"), "文件名说是PDF，内容却是图片"),
    ],
)
def test_file_that_is_not_taken_says_why(tmp_path, name, data, said):
    (tmp_path / name).write_bytes(data)

    _refused(tmp_path / name, said)


def test_document_under_a_spreadsheets_name_is_refused(tmp_path):
    _refused(papers.document(tmp_path, "文字", name="账.xlsx"), "内容却是文字文档")


def test_picture_of_another_kind_than_its_name_is_still_a_picture(tmp_path):
    (tmp_path / "扫描.jpg").write_bytes(papers.picture(kind="PNG"))

    assert len(read_file(tmp_path / "扫描.jpg").blobs) == 1


def test_what_is_no_ordinary_file_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "link.md").symlink_to(tmp_path / "pipe.md")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s.md"))

        _refused(tmp_path / "s.md", "不是普通文件")
    _refused(tmp_path / "pipe.md", "不是普通文件")
    _refused(tmp_path / "link.md", "一个链接")
    _refused(tmp_path / "none.md", "找不到")
    _refused(tmp_path, "文件夹")


def test_device_is_refused(tmp_path):
    with pytest.raises(BadInput, match="不是普通文件"):
        read_file(type(tmp_path)("/dev/zero"))


def test_photos_never_mentioned_follow_at_the_end(tmp_path):
    (tmp_path / "a.jpg").write_bytes(papers.picture(70, 50))
    (tmp_path / "n.md").write_text("正文", encoding="utf-8")

    material = read_file(tmp_path / "n.md", photos={"现场照片.jpg": tmp_path / "a.jpg"})

    assert [type(block).__name__ for block in material.blocks] == ["Paragraph", "Picture"]
    assert material.blocks[1].caption == "现场照片"
    assert material.blocks[1].blob.sha256 in material.blobs


def test_file_that_is_too_large_is_refused_without_being_read(tmp_path):
    path = tmp_path / "大.md"
    with path.open("wb") as file:
        file.truncate(1 << 40)

    _refused(path, "超过 64 MB")
