"""Files of edits as people write them: each form that TOML has for a key, a text and a table, comments anywhere."""

from hypothesis import strategies as st

from digest.issues.toml_text import written

NOISE = st.lists(st.sampled_from(["\n", "# note\n", "  # in [[story]]\n", "\t\n", "#\n"]), max_size=2).map("".join)
ENDS = st.sampled_from(["", "  ", ' # c [x] "q" \'', "\t#tab", "# {"])
TEXTS = st.sampled_from(
    ["x", 'a"b', "it's", "# no", "[[story]]", "a\nb", "", "é", '"""', "'''", "\\", "a = 1", "{", "}]"]
)


def names(key: str) -> st.SearchStrategy[str]:
    """Return spellings of a key."""
    return st.sampled_from([key, f'"{key}"', f"'{key}'", f" {key} ", f"\t{key}", f'"\\u{ord(key[0]):04x}{key[1:]}"'])


def texts(text: str) -> st.SearchStrategy[str]:
    """Return spellings of a text."""
    forms = [written(text), written(text, one_line=True)]
    if "'" not in text and text.isprintable():
        forms += [f"'{text}'", f"'''\n{text}'''"]
    if '"' not in text and "\\" not in text and text.isprintable():
        forms += [f'"""{text}"""', f'"""\\\n   {text}\\\n\n  """']
    return st.sampled_from(forms)


@st.composite
def statements(draw: st.DrawFn, key: str, values: st.SearchStrategy[str] = TEXTS) -> str:
    """Return the statement of a key."""
    equals = draw(st.sampled_from(["=", " = ", "\t=  "]))
    return f"{draw(names(key))}{equals}{draw(texts(draw(values)))}{draw(ENDS)}\n"


@st.composite
def was(draw: st.DrawFn) -> tuple[str, str]:
    """Return what a source said: as keys of the story, and as a table of its own."""
    keys = draw(st.lists(st.sampled_from(["headline", "lead", "dek"]), unique=True, max_size=3))
    match draw(st.sampled_from(["inline", "dotted", "table"])):
        case "dotted" if keys:
            return "".join(f"was . {draw(statements(key)).lstrip()}" for key in keys), ""
        case "table" if keys:
            head = draw(st.sampled_from(["[story.was]", "[ story . was ]", "[\"story\".'was']", "  [story.was]"]))
            inner = "".join(draw(NOISE) + draw(statements(key)) for key in keys)
            return "", f"{draw(NOISE)}{head}{draw(ENDS)}\n{inner}"
        case _:
            said = ", ".join(f"{draw(names(key))} = {written(draw(TEXTS), one_line=True)}" for key in keys)
            return f"was = {{ {said} }}{draw(ENDS)}\n", ""


@st.composite
def stories(draw: st.DrawFn) -> str:
    """Return a table of a story; of several one article may be the same."""
    articles = st.sampled_from(["anchor", "buoy", "capstan", "https://harbour.example/e"])
    keys = draw(st.lists(st.sampled_from(["headline", "lead", "section", "after"]), unique=True, max_size=3))
    parts = [draw(statements("article", articles)), *(draw(statements(key)) for key in keys)]
    line, table = draw(was()) if draw(st.booleans()) else ("", "")
    head = draw(st.sampled_from(["[[story]]", "[[ story ]]", '[["story"]]', "  [[story]]", '[["st\\u006fry"]]']))
    body = "".join(draw(NOISE) + part for part in draw(st.permutations([*parts, line])))
    return f"{draw(NOISE)}{head}{draw(ENDS)}\n{body}{table}"


@st.composite
def links(draw: st.DrawFn) -> str:
    """Return a table of a piece from elsewhere."""
    url = draw(statements("url", st.sampled_from([f"https://e.example/{each}" for each in "abc"])))
    return f"{draw(NOISE)}[[link]]{draw(ENDS)}\n{url}{draw(NOISE)}{draw(statements('title'))}"


@st.composite
def issues(draw: st.DrawFn) -> tuple[str, str]:
    """Return what is said of the issue: above all tables, and as a table."""
    keys = draw(st.lists(st.sampled_from(["subject", "preheader", "opening"]), unique=True, max_size=3))
    match draw(st.sampled_from(["table", "dotted", "inline"])):
        case "table":
            body = "".join(draw(NOISE) + draw(statements(key)) for key in keys)
            return "", f"{draw(NOISE)}{draw(st.sampled_from(['[issue]', '[ issue ]']))}{draw(ENDS)}\n{body}"
        case "dotted":
            return "".join(f"{draw(NOISE)}issue.{draw(statements(key)).lstrip()}" for key in keys), ""
        case _:
            said = ", ".join(f"{key} = {written(draw(TEXTS), one_line=True)}" for key in keys)
            return f"issue = {{{said}}}{draw(ENDS)}\n", ""


@st.composite
def lists(draw: st.DrawFn) -> str:
    """Return stories in one statement over several lines."""
    rows = draw(st.lists(st.sampled_from(["anchor", "buoy"]), max_size=3))
    inner = "".join(f'{{ article = "{row}", lead = {written(draw(TEXTS), one_line=True)} }}, # c ]\n' for row in rows)
    return f"story = [ # all\n  # of them\n{inner}]{draw(ENDS)}\n"


@st.composite
def files(draw: st.DrawFn) -> str:
    """Return a whole file."""
    top, table = draw(issues())
    is_list = draw(st.integers(0, 3)) == 0
    kinds = [links()] if is_list else [links(), stories(), stories()]
    tables = draw(st.permutations([table, *draw(st.lists(st.one_of(*kinds), max_size=5))]))
    schema = draw(st.sampled_from(["", "schema = 1\n", "schema=1 # one\n"]))
    text = f"{draw(NOISE)}{schema}{top}{draw(lists()) if is_list else ''}{''.join(tables)}{draw(NOISE)}"
    text = text.rstrip("\n") if draw(st.booleans()) else text
    text = text.replace("\n", "\r\n") if draw(st.booleans()) else text
    return f"\ufeff{text}" if draw(st.booleans()) else text
