import importlib
import json

from tests.bench.__main__ import SUBJECTS
from tests.bench.figures import Figure, against, table, write


def test_figures_are_a_table_for_people_and_a_list_for_machines(tmp_path):
    figures = [against("start_s", 0.6, "s", 0.4), Figure("memory_mb", 47.0, "MB")]

    write(figures, tmp_path / "build" / "bench.json")

    assert json.loads((tmp_path / "build" / "bench.json").read_text()) == [
        {"name": "start_s", "value": 0.6, "unit": "s", "baseline": 0.4, "ratio": 1.5},
        {"name": "memory_mb", "value": 47.0, "unit": "MB", "baseline": None, "ratio": None},
    ]
    assert table(figures).splitlines()[1].split() == ["start_s", "0.6", "s", "0.4", "1.5"]


def test_every_subject_can_be_measured():
    for subject in SUBJECTS:
        assert callable(importlib.import_module(f"tests.bench.{subject}").measure)
