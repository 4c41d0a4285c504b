"""Tables as spreadsheets write them: what parts their columns, and what these are called."""

import re

_EXCEL = re.compile(r"sep=(.)")
"""What Excel writes above a table, and reads."""

_MOST = 10_000
"""Characters of the first line that are looked at."""


def delimiter(text: str) -> str:
    """Return what parts the columns: what Excel says (`sep=;`), else what the first line has most of."""
    first = text.lstrip().partition("\n")[0][:_MOST]
    if said := _EXCEL.fullmatch(first.strip("\r")):
        return said[1]
    return max(",;\t", key=first.count)


def column(name: str) -> str:
    """Return a column's name in the one form in which it is looked up: `Send_Date` is `send date`."""
    return " ".join(re.sub(r"[_\s-]+", " ", name[:100]).split()).casefold()
