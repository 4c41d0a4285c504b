"""The keys of the desk: one table for the page that obeys them, its list of them, and the README."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key: `combos` are what the browser calls it (`Alt+ArrowUp`), `shown` what is printed on the keyboard.

    `action` is what the page's script does, or the `data-action` of the button that it presses. Only a key `alone` can
    get in the way of speech input and of screen readers: those can be switched off.
    """

    combos: tuple[str, ...]
    shown: str
    action: str
    does: str

    @property
    def alone(self) -> bool:
        """Tell whether it is pressed without Alt or Ctrl."""
        return not any("+" in combo and not combo.startswith("Shift+") for combo in self.combos)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Keys that belong together."""

    title: str
    keys: tuple[Key, ...]


KEYS = (
    Keys(
        title="Stories",
        keys=(
            Key(combos=("j", "ArrowDown"), shown="j or ↓", action="next", does="the next story"),
            Key(combos=("k", "ArrowUp"), shown="k or ↑", action="previous", does="the story before"),
            Key(combos=("Alt+ArrowDown",), shown="Alt ↓", action="down", does="move it down"),
            Key(combos=("Alt+ArrowUp",), shown="Alt ↑", action="up", does="move it up"),
            Key(
                combos=("Alt+Shift+ArrowDown",), shown="Alt Shift ↓", action="section-down", does="to the next section"
            ),
            Key(combos=("Alt+Shift+ArrowUp",), shown="Alt Shift ↑", action="section-up", does="to the section before"),
            Key(combos=("p",), shown="p", action="pin", does="pin it to the top; again: let it go"),
            Key(combos=("h",), shown="h", action="hold", does="hold it for the next issue"),
            Key(combos=("d",), shown="d", action="drop", does="drop it"),
            Key(combos=("s",), shown="s", action="slot", does="choose its slot"),
            Key(combos=("Enter", "e"), shown="e or Enter", action="edit", does="edit its headline"),
            Key(combos=("t",), shown="t", action="edit-lead", does="edit its text"),
        ),
    ),
    Keys(
        title="The desk",
        keys=(
            Key(combos=("Ctrl+z",), shown="Ctrl z", action="undo", does="undo"),
            Key(combos=("Ctrl+Shift+z", "Ctrl+y"), shown="Ctrl Shift z", action="redo", does="do it again"),
            Key(combos=("/",), shown="/", action="search", does="search what is left out"),
            Key(combos=("i",), shown="i", action="issue", does="subject, preheader, opening"),
            Key(combos=("c",), shown="c", action="checks", does="checks and approval"),
            Key(combos=("y",), shown="y", action="history", does="what was done"),
            Key(combos=("Escape",), shown="Esc", action="leave", does="out of a field, back to the story"),
            Key(combos=("?",), shown="?", action="keys", does="this list"),
        ),
    ),
    Keys(
        title="The mail",
        keys=(
            Key(
                combos=("1", "2", "3", "4", "5", "6", "7", "8", "9", "0"),
                shown="1 … 9, 0",
                action="view",
                does="the views, from left to right",
            ),
        ),
    ),
)
