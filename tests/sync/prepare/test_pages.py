import pytest
from PIL import Image

from sync.errors import BadInput
from sync.notices import Picture
from sync.prepare import pages, read_file


def _pdf(folder, sizes, name="n.pdf"):
    path = folder / name
    first, *others = [Image.new("L", size, 200) for size in sizes]
    first.save(path, save_all=True, append_images=others, resolution=72)
    return path


def test_pages_become_upright_pictures_of_screen_size(tmp_path):
    material = read_file(_pdf(tmp_path, [(595, 842), (842, 595)]))

    first, second = material.blocks
    assert isinstance(first, Picture)
    assert isinstance(second, Picture)
    assert (first.height, second.width) == (2_000, 2_000)
    assert (first.caption, second.caption) == ("第 1 页，共 2 页", "第 2 页，共 2 页")
    assert material.blobs.keys() == {first.blob.sha256, second.blob.sha256}


def test_single_page_has_no_caption(tmp_path):
    (page,) = read_file(_pdf(tmp_path, [(595, 842)])).blocks

    assert isinstance(page, Picture)
    assert page.caption == ""


def test_too_many_pages_are_refused(tmp_path):
    with pytest.raises(BadInput, match="超过 40 页"):
        read_file(_pdf(tmp_path, [(20, 20)] * 41))


def test_page_thin_as_a_thread_is_refused(tmp_path):
    with pytest.raises(BadInput, match=r"第 1 页.*图片太小"):
        read_file(_pdf(tmp_path, [(10_000, 1)]))


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(5_000)])
def test_forged_pdf_is_damaged(tmp_path, data):
    (tmp_path / "n.pdf").write_bytes(data)

    with pytest.raises(BadInput, match="PDF 已损坏"):
        read_file(tmp_path / "n.pdf")


def test_pdf_that_takes_too_long_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "SECONDS_LIMIT", 0.01)

    with pytest.raises(BadInput, match="太复杂"):
        read_file(_pdf(tmp_path, [(595, 842)]))


def test_pdf_under_a_password_is_refused(tmp_path):
    locked = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"3 0 obj<</Filter/Standard/V 1/R 2/P -4/O<"
        + b"41" * 32
        + b">/U<"
        + b"42" * 32
        + b">>>endobj\n"
        b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]>>\n%%EOF"
    )
    (tmp_path / "n.pdf").write_bytes(locked)

    with pytest.raises(BadInput, match="设了密码"):
        read_file(tmp_path / "n.pdf")
