"""Cases from a stream of bytes: one JSON object a line, or one object over many lines.

Nothing is kept longer than its line, so a million cases need no more memory than one.
"""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from measures.reading import Unreadable

LONGEST_LINE = 2 << 20
"""Two megabytes: a village of households. Longer lines are refused unread."""


def cases(stream: BinaryIO) -> Iterator[Any]:
    """Every case of the stream in order: its JSON value, or why it cannot be read."""
    lines = bounded_lines(stream)
    first = next((line for line in lines if not is_blank(line)), None)
    if first is None:
        return
    if not isinstance(first, Unreadable) and opens_an_object(first):
        yield from whole_object(first, lines)
        return
    yield parsed(first)
    for line in lines:
        if not is_blank(line):
            yield parsed(line)


Line = bytes | Unreadable


def bounded_lines(stream: BinaryIO) -> Iterator[Line]:
    """The lines of the stream; one that is too long is skipped and reported."""
    while line := stream.readline(LONGEST_LINE):
        if len(line) < LONGEST_LINE or line.endswith(b"\n"):
            yield line
            continue
        while rest := stream.readline(LONGEST_LINE):
            if rest.endswith(b"\n"):
                break
        yield Unreadable(
            "",
            f"一行超过{LONGEST_LINE}字节",
            f"a line longer than {LONGEST_LINE} bytes",
        )


def is_blank(line: Line) -> bool:
    return isinstance(line, bytes) and not line.strip()


def opens_an_object(line: bytes) -> bool:
    """Whether a first line only begins an object that goes on below."""
    stripped = line.lstrip(b"\xef\xbb\xbf \t").rstrip()
    return stripped.endswith((b"{", b"[", b",")) and stripped.startswith(b"{")


def whole_object(first: bytes, lines: Iterator[Line]) -> Iterator[Any]:
    """The stream as one object; if it is none, every line for itself."""
    held: list[Line] = [first]
    size = len(first)
    for line in lines:
        held.append(line)
        size += len(line) if isinstance(line, bytes) else LONGEST_LINE
        if size > LONGEST_LINE:
            break
    else:
        value = parsed(b"".join(line for line in held if isinstance(line, bytes)))
        if not isinstance(value, Unreadable) or stands_alone(held):
            yield value
            return
    for line in held:
        if not is_blank(line):
            yield parsed(line)
    for line in lines:
        if not is_blank(line):
            yield parsed(line)


def stands_alone(held: list[Line]) -> bool:
    """Whether no later line is a case of its own: then it was one object, broken."""
    later = (line for line in held[1:] if isinstance(line, bytes))
    return not any(
        line.lstrip().startswith(b"{") and line.rstrip().endswith(b"}")
        for line in later
    )


def parsed(line: Line) -> Any:
    """The JSON value of a line, or why there is none."""
    if isinstance(line, Unreadable):
        return line
    try:
        return DECODER.decode(line.decode("utf-8-sig"))
    except Unreadable as fault:
        return fault
    except UnicodeDecodeError:
        return Unreadable("", "不是UTF-8编码", "is not UTF-8")
    except RecursionError:
        return Unreadable("", "嵌套过深", "is nested too deeply")
    except json.JSONDecodeError as fault:
        return Unreadable(
            "",
            f"不是有效的JSON（第{fault.colno}列）",
            f"is not JSON: {fault.msg} (column {fault.colno})",
        )
    except ValueError:
        return Unreadable("", "数字过长", "a number has too many digits")


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            raise Unreadable(key[:100], "字段重复", "the key stands twice")
        seen.add(key)
    return found


def refuse_constant(name: str) -> Any:
    raise Unreadable("", f"{name}不是JSON数字", f"{name} is not a JSON number")


DECODER = json.JSONDecoder(object_pairs_hook=unique, parse_constant=refuse_constant)
