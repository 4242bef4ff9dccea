"""Reads a QR code as a phone does that sees it perfectly: by the standard (ISO/IEC
18004), from its dark squares alone, and without mending errors."""

from collections.abc import Iterator, Sequence

# By version, at level M: middles of the small squares, and the sizes of the blocks.
SQUARES = {
    7: ((6, 22, 38), (31,) * 4),
    8: ((6, 24, 42), (38, 38, 39, 39)),
    9: ((6, 26, 46), (36, 36, 36, 37, 37)),
    10: ((6, 28, 50), (43, 43, 43, 43, 44)),
}
MASKS = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, x: y % 2 == 0,
    lambda y, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0,
    lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)
FORMAT_MASK, LEVEL_M = 0b101010000010010, 0b00
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
BYTES, ALPHANUMERIC = 0b0100, 0b0010


def read_qr(rows: Sequence[Sequence[int]]) -> str:
    """What the code of ``rows`` says, without its quiet zone."""
    version = (len(rows) - 17) // 4
    level, mask = format_of(rows)
    assert level == LEVEL_M
    words = codewords(rows, version, MASKS[mask])
    return text_of("".join(f"{word:08b}" for word in words), version)


def format_of(rows) -> tuple[int, int]:
    """Error level and mask, from beside the finder at the upper left."""
    bits = [rows[8][x] for x in (0, 1, 2, 3, 4, 5, 7, 8)]
    bits += [rows[y][8] for y in (7, 5, 4, 3, 2, 1, 0)]
    said = int("".join(map(str, bits)), 2) ^ FORMAT_MASK
    return said >> 13, said >> 10 & 0b111


def codewords(rows, version: int, mask) -> list[int]:
    """The words of the data, with the mask lifted and the blocks told apart."""
    path = path_of_data(len(rows), SQUARES[version][0])
    bits = "".join(str(rows[y][x] ^ mask(y, x)) for y, x in path)
    read = iter(int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8))
    blocks: list[list[int]] = [[] for _each in SQUARES[version][1]]
    for place in range(max(SQUARES[version][1])):
        for block, size in zip(blocks, SQUARES[version][1], strict=True):
            if place < size:
                block.append(next(read))
    return [word for block in blocks for word in block]


def path_of_data(side: int, middles: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Two columns at a time, from the right, up and down in turn."""
    taken = set(taken_places(side, middles))
    columns = [x for x in range(side - 1, 0, -2) if x > 6]
    columns += [x - 1 for x in range(6, 0, -2)]
    for turn, right in enumerate(columns):
        ways = range(side) if turn % 2 else range(side - 1, -1, -1)
        for y in ways:
            for x in (right, right - 1):
                if (y, x) not in taken:
                    yield y, x


def taken_places(side: int, middles: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Finders with their format, timing, small squares, and the version."""
    for y in range(side):
        for x in range(side):
            near, far = sorted((y, x))
            is_finder = near < 9 and not 9 <= far < side - 8
            is_version = near < 6 and side - 11 <= far < side - 8
            if is_finder or is_version or 6 in (y, x):
                yield y, x
    last = middles[-1]
    for up in middles:
        for along in middles:
            if (up, along) not in ((6, 6), (6, last), (last, 6)):
                yield from (
                    (up + down, along + aside)
                    for down in range(-2, 3)
                    for aside in range(-2, 3)
                )


def text_of(bits: str, version: int) -> str:
    """The parts of the text, each in its own way of writing."""
    said, stream = "", iter(bits)

    def number(count: int) -> int:
        return int("".join(next(stream) for _bit in range(count)), 2)

    while kind := number(4):
        if kind == BYTES:
            count = number(8 if version < 10 else 16)
            said += bytes(number(8) for _each in range(count)).decode()
        else:
            assert kind == ALPHANUMERIC
            count = number(9 if version < 10 else 11)
            for _pair in range(count // 2):
                first, second = divmod(number(11), 45)
                said += LETTERS[first] + LETTERS[second]
            if count % 2:
                said += LETTERS[number(6)]
    return said
