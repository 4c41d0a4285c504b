"""Names that become paths: what an issue, a newsletter and the files of an issue can be called, and nothing else.

An issue's record may come from anybody's hand. What it names is read and written by that name: beside the record, in
`handover/`, on the site. So a name is one of these, or the record is refused (`digest.issues.record`).
"""

import re

FACES = ("email.html", "email.txt", "web.html")
"""The files of every issue: the mail, its text part, its web version."""

LABEL = re.compile(r"\d[\w.+-]*", re.ASCII)
"""What an issue can be called: `2024-W43`, `2024-10-01--2024-10-20`, at the worst
`2024-10-27T013000.500000+0000--2024-10-28` (`digest.window`)."""

NEWSLETTER = re.compile(r"[a-z][a-z0-9-]*", re.ASCII)
"""What a newsletter can be called: a folder's name that is no issue's."""

COPY = re.compile(r"images/[0-9a-f]{16}-\d+w\d+-\d+x\d+\.(?:jpg|png)", re.ASCII)
"""What the copy of a picture is called: the hash of its source, then its recipe (`digest.pictures.Recipe`). Nobody
else names a file so: where Digest clears up, it is how a copy of its own is told from a person's file."""
