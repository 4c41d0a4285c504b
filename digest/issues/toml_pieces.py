"""A TOML file as pieces of text that can be taken out, changed and put in, so that nothing else of it moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from digest.issues.toml_text import comments_within, statements

Span = tuple[int, int, int]
"""Of a table: where the comments right above it begin, where its head is, and where its last key ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One statement with its whole lines. `path` names its key or table; a key's value stands at `value` in `text`."""

    kind: Literal["key", "table", "array", "comment", "blank"]
    text: str
    path: tuple[str, ...] = ()
    value: tuple[int, int] = (0, 0)


def pieces(text: str) -> list[Piece]:
    """Return the pieces of a text."""
    return [
        Piece(
            kind=each.kind,
            text=text[each.start : each.end],
            path=each.path,
            value=(each.value - each.start, each.value_end - each.start),
        )
        for each in statements(text)
    ]


def newline_of(text: str) -> str:
    """Return how the lines of a text end."""
    return "\r\n" if "\r\n" in text else "\n"


def blank(newline: str) -> Piece:
    """Return an empty line."""
    return Piece(kind="blank", text=newline)


def key_piece(name: str, value: str, newline: str) -> Piece:
    """Return a new line for a key whose `value` is written already."""
    begins = len(name) + 3
    return Piece(kind="key", path=(name,), text=f"{name} = {value}{newline}", value=(begins, begins + len(value)))


def set_keys(body: list[Piece], wanted: Mapping[str, str | None], newline: str, table: str) -> None:
    """Give the keys of a table (`body`, its head first) other values; None takes a key away with its line.

    A key that is new stands behind the others. One that was a table of its own (`[story.was]`) becomes a line.
    """
    for name, value in wanted.items():
        own = next(
            (place for place, each in enumerate(body) if place and each.kind != "key" and _heads(each)), len(body)
        )
        place = next((place for place in range(1, own) if body[place].path == (name,)), None)
        if place is not None and value is not None:
            body[place] = _with_value(body[place], value)
            continue
        _drop(body, name, table)
        if value is not None:
            keys = [at for at, each in enumerate(body) if each.kind == "key" and _is_own(body, at)]
            at = (keys[-1] if keys else 0) + 1
            body[at - 1] = _ended(body[at - 1], newline)
            body.insert(at, key_piece(name, value, newline))


def _heads(piece: Piece) -> bool:
    return piece.kind in {"table", "array"}


def _is_own(body: Sequence[Piece], at: int) -> bool:
    """Tell whether a key is the table's own, and none of a table within it."""
    return not any(_heads(each) for each in body[1:at])


def _drop(body: list[Piece], name: str, table: str) -> None:
    """Take a key out of a table, in whatever form it is there."""
    within = False
    kept = body[:1]
    for at, each in enumerate(body[1:], 1):
        if _heads(each):
            within = each.path == (table, name)
        is_its = within if each.kind == "key" and not _is_own(body, at) else each.path[:1] == (name,)
        if not (is_its and each.kind == "key") and not (within and _heads(each)):
            kept.append(each)
    body[:] = kept


def _with_value(piece: Piece, value: str) -> Piece:
    begins, ends = piece.value
    return replace(piece, text=piece.text[:begins] + value + piece.text[ends:], value=(begins, begins + len(value)))


def _ended(piece: Piece, newline: str) -> Piece:
    """Return a piece that ends its line: the last one of a file need not."""
    return piece if piece.text.endswith("\n") or piece.text == "\ufeff" else replace(piece, text=piece.text + newline)


def _comments(piece: Piece, newline: str) -> list[Piece]:
    """Return the comments between the brackets of a value that goes, each on a line of its own."""
    begins, ends = piece.value
    return [Piece(kind="comment", text=f"{each}{newline}") for each in comments_within(piece.text[begins:ends])]


class Page:
    """The pieces of a file."""

    def __init__(self, found: list[Piece], newline: str) -> None:
        self._pieces = found
        self.newline = newline

    @property
    def text(self) -> str:
        """Return the whole text."""
        return "".join(each.text for each in self._pieces)

    def drop_root(self, name: str) -> bool:
        """Take out what stands under a name above all tables, not its comments; tell whether there was something."""
        root = next((place for place, each in enumerate(self._pieces) if _heads(each)), len(self._pieces))
        kept: list[Piece] = []
        for each in self._pieces[:root]:
            kept += [each] if each.path[:1] != (name,) else _comments(each, self.newline)
        is_there = any(each.path[:1] == (name,) for each in self._pieces[:root])
        self._pieces[:root] = kept
        return is_there

    def elements(self, name: str) -> list[Span]:
        """Return where the tables `[[name]]` stand."""
        return [self._span(at) for at, each in enumerate(self._pieces) if (each.kind, each.path) == ("array", (name,))]

    def table(self, name: str) -> Span | None:
        """Return where the table `[name]` stands; None where there is none."""
        at = next((at for at, each in enumerate(self._pieces) if (each.kind, each.path) == ("table", (name,))), None)
        return None if at is None else self._span(at)

    def _span(self, head: int) -> Span:
        lead = head
        while lead and self._pieces[lead - 1].kind == "comment":
            lead -= 1
        name, end = self._pieces[head].path, head + 1
        for at in range(head + 1, len(self._pieces)):
            each = self._pieces[at]
            if (_heads(each) and each.path[: len(name)] != name) or each.kind == "array":
                break
            end = at + 1 if each.kind == "key" or _heads(each) else end
        return lead, head, end

    def body(self, span: Span) -> list[Piece]:
        """Return a table: its head, its keys, and the comments between them."""
        return list(self._pieces[span[1] : span[2]])

    def lead(self, span: Span) -> list[Piece]:
        """Return the comments right above a table."""
        return list(self._pieces[span[0] : span[1]])

    def append(self, body: list[Piece]) -> None:
        """Put a new table behind all others."""
        self._pieces = _Row(self.newline).add(self._pieces).block(body).pieces

    def put_first(self, body: list[Piece]) -> None:
        """Put a new table before all others."""
        first = next((place for place, each in enumerate(self._pieces) if _heads(each)), None)
        at = len(self._pieces) if first is None else self._span(first)[0]
        self._pieces = _Row(self.newline).add(self._pieces[:at]).block(body).add(self._pieces[at:]).pieces

    def replace(
        self, tables: Sequence[tuple[Span, list[Piece] | None, bool]], behind: Mapping[int, list[list[Piece]]]
    ) -> None:
        """Exchange the tables of a list, in their order; each that stays has a body, others None.

        Of one that goes for good (False) the comments stay; who moves takes them along. `behind` are the tables that
        come in behind each, by its place; at -1 those before the first that stays.
        """
        row, at = _Row(self.newline), 0
        stays = [place for place, (_, body, _) in enumerate(tables) if body is not None]
        first = stays[0] if stays else 0
        for place, (span, body, is_kept) in enumerate(tables):
            lead, head, end = span
            row.add(self._pieces[at:lead])
            if place == first:
                row.blocks(behind.get(-1, []))
            if body is not None:
                row.add(self._pieces[lead:head]).add(body)
                row.blocks(behind.get(place, []))
            elif is_kept:
                row.gap()
            else:
                row.add([each for each in self._pieces[lead:end] if each.kind == "comment"]).gap()
            at = end
        row.add(self._pieces[at:])
        if not tables:
            row.blocks(behind.get(-1, []))
        self._pieces = row.pieces


class _Row:
    """Pieces one behind the other, with empty lines between tables where they were put in, and none too many."""

    def __init__(self, newline: str) -> None:
        self.pieces: list[Piece] = []
        self._newline = newline
        self._wants_gap = False
        self._had_gap = False

    def add(self, more: Sequence[Piece]) -> "_Row":
        """Put on what stood there."""
        more = list(more)
        while self._had_gap and more and more[0].kind == "blank" and self._is_open:
            more.pop(0)
        if more:
            self._had_gap = False
            if self._wants_gap and more[0].kind != "blank":
                self.pieces.append(blank(self._newline))
            self._wants_gap = False
            self._end()
            self.pieces.extend(more)
        return self

    def block(self, body: list[Piece]) -> "_Row":
        """Put in a table, an empty line before it, and one behind it where something follows."""
        self._end()
        if not self._is_open:
            self.pieces.append(blank(self._newline))
        self.pieces.extend(_ended(each, self._newline) for each in body)
        self._wants_gap, self._had_gap = True, False
        return self

    def blocks(self, bodies: Sequence[list[Piece]]) -> None:
        """Put in several tables."""
        for body in bodies:
            self.block(body)

    def gap(self) -> None:
        """Remember that something was taken out here: of the empty lines around it those before it are enough."""
        self._had_gap = True

    @property
    def _is_open(self) -> bool:
        """Tell whether an empty line, or nothing, stands last."""
        return not self.pieces or self.pieces[-1].kind == "blank"

    def _end(self) -> None:
        if self.pieces:
            self.pieces[-1] = _ended(self.pieces[-1], self._newline)
