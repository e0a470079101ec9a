"""Checking what a settings file says against the structures it should fill; pure.

msgspec stops at the first problem and speaks of types. Here every problem is found, and each is said
in words: what should stand there and what does. Reading the file is `sync.settings`.
"""

import difflib
import re
import types
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeAlias, Union, get_args, get_origin

import msgspec

Place: TypeAlias = tuple[str | int, ...]
_HEADER: Final = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.-]+)\s*\]")
_TOML_LINE: Final = re.compile(r"\(at line ([0-9]+), column [0-9]+\)")
_KEY: Final = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where (tables, indexes, key) and in words."""

    place: Place
    words: str


def check_tables(
    data: Mapping[str, Any], tables: Mapping[str, type[msgspec.Struct]], others: Collection[str]
) -> tuple[dict[str, Any], list[Problem]]:
    """Return the structures that could be built and every problem, in the order of the file.

    A table whose name comes closest to one of `others`, which another program checks, is that
    program's problem.
    """
    problems = [
        Problem((key,), f"没有这一节 (unknown table){_meant(key, [*tables, *others])}")
        for key in data
        if key not in tables
        and key not in others
        and _closest(key, [*tables, *others]) not in others
    ]
    built = {
        name: _table(data.get(name, {}), kind, (name,), problems) for name, kind in tables.items()
    }
    return built, problems


def check_table(data: Mapping[str, Any], kind: type[msgspec.Struct]) -> tuple[Any, list[Problem]]:
    """Return the structure that a whole file is, None if anything is wrong, and every problem."""
    problems: list[Problem] = []
    return _table(data, kind, (), problems), problems


def words_for(kind: Any) -> str:
    """Return in Chinese and English what may stand for a value of `kind`."""
    meta, plain = _meta(kind)
    if meta is not None and meta.extra and "words" in meta.extra:
        return str(meta.extra["words"])
    if get_origin(plain) is Literal:
        choices = [f'"{choice}"' for choice in get_args(plain)]
        return f"{' 或 '.join(choices)} ({' or '.join(choices)})"
    if get_origin(plain) is tuple:
        most = f"最多 {meta.max_length} 个，" if meta else ""
        at_most = f"at most {meta.max_length}, " if meta else ""
        inner = get_args(plain)[0]
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
            return f"{most}每个一节 ({at_most}one table each)"
        return f"方括号里的列表，{most}每个是 {words_for(inner)} (a list, {at_most}each like that)"
    if plain in {int, float} and meta is not None:
        zh, en = ("整数", "a whole number") if plain is int else ("数", "a number")
        return f"{meta.ge} 到 {meta.le} 的{zh} ({en} from {meta.ge} to {meta.le})"
    return {
        bool: "true 或 false (true or false)",
        Path: "以 / 开头的路径 (a path that begins with /)",
    }[plain]


def tell(problems: Iterable[Problem], lines: Mapping[Place, int], name: str) -> str:
    """Return one line of text for each problem, headed by the file's `name`."""
    return "\n".join(
        [name, *(f"  {_shown(problem.place, lines)}：{problem.words}" for problem in problems)]
    )


def lines_of(text: str) -> dict[Place, int]:
    """Return the line (from 1) of each table and key, as far as it can be told without a parser."""
    found: dict[Place, int] = {}
    arrays: dict[Place, int] = {}
    table: Place = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = tuple(header[2].split("."))
            if header[1] == "[[":
                arrays[table] = arrays.get(table, -1) + 1
                table = (*table, arrays[table])
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault((*table, key[1]), number)
    return found


def place_of(error: Exception, *, lines_before: int = 0) -> str:
    """Return in Chinese the line at which tomllib stopped, "" where its words don't tell.

    `lines_before` is how many lines of the file stand above the TOML.
    """
    line = _TOML_LINE.search(str(error))
    return f"第 {int(line[1]) + lines_before} 行" if line else ""


def _table(value: Any, kind: type[msgspec.Struct], place: Place, problems: list[Problem]) -> Any:
    if not isinstance(value, dict):
        problems.append(Problem(place, f"应该是一节 (should be a table), {_found(value)}"))
        return None
    before = len(problems)
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    for key in value:
        if key not in fields:
            words = f"没有这一项 (unknown key){_meant(key, fields)}"
            problems.append(Problem((*place, key), words))
    built = {}
    for name, field in fields.items():
        if name in value:
            built[name] = _value(value[name], field.type, (*place, name), problems)
        elif field.required:
            words = f"必须写上，应为 {words_for(field.type)} (is missing)"
            problems.append(Problem((*place, name), words))
    if len(problems) > before:
        return None
    try:
        return kind(**built)
    except ValueError as error:
        problems.append(Problem(place, str(error)))
        return None


def _value(value: Any, kind: Any, place: Place, problems: list[Problem]) -> Any:
    meta, plain = _meta(kind)
    if isinstance(plain, type) and issubclass(plain, msgspec.Struct):
        return _table(value, plain, place, problems)
    if get_origin(plain) is tuple and isinstance(value, list):
        if meta is not None and len(value) > (meta.max_length or 0):
            problems.append(
                Problem(place, f"应为 {words_for(kind)}, 写了 {len(value)} 个 (too many)")
            )
            return None
        inner = get_args(plain)[0]
        return tuple(
            _value(item, inner, (*place, index), problems) for index, item in enumerate(value)
        )
    try:
        good = msgspec.convert(value, kind, dec_hook=_path)
    except (msgspec.ValidationError, UnicodeError):
        good = None
    check = (meta.extra or {}).get("check") if meta is not None else None
    if good is None or good != good or (check is not None and not check(good)):  # noqa: PLR0124  # nan
        problems.append(Problem(place, f"应为 {words_for(kind)}, {_found(value)}"))
        return None
    return good


def _path(kind: type, value: Any) -> Any:
    if kind is Path and isinstance(value, str) and value.startswith("/") and value.isprintable():
        return Path(value)
    raise msgspec.ValidationError(str(kind))


def _meta(kind: Any) -> tuple[msgspec.Meta | None, Any]:
    if get_origin(kind) in {Union, types.UnionType}:
        kind = next(choice for choice in get_args(kind) if choice is not type(None))
    if get_origin(kind) is Annotated:
        return kind.__metadata__[0], get_args(kind)[0]
    return None, kind


def _meant(key: str, names: Iterable[str]) -> str:
    close = _closest(key, names)
    return f"，是不是 {close}？(did you mean {close}?)" if close else ""


def _closest(key: str, names: Iterable[str]) -> str:
    return next(iter(difflib.get_close_matches(key[:64], list(names), n=1, cutoff=0.5)), "")


def _found(value: Any) -> str:
    quoted = isinstance(value, str) and value.isprintable()
    shown = f'"{value}"' if quoted else ascii(value)
    if isinstance(value, bool):
        shown = shown.lower()  # as TOML writes it
    shown = shown if len(shown) <= 60 else f"{shown[:60]}…"
    return f"写的是 {shown} (found)"


def _shown(place: Place, lines: Mapping[Place, int]) -> str:
    path = ""
    for part in place:
        path += f"[{part + 1}]" if isinstance(part, int) else f".{part[:64]}" if path else part[:64]
    line = next((lines[place[:n]] for n in range(len(place), 0, -1) if place[:n] in lines), None)
    path = path or "整个文件 (the whole file)"
    return path if line is None else f"{path}（第 {line} 行, line {line}）"
