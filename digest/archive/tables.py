"""The archive's tables, by the schema that brought them; what is listed under a schema was never changed since."""

from typing import Final

SCHEMA: Final = 3
"""The schema that this version writes; the newest that it reads."""

_FIRST = (
    # Instants are microseconds since 1970 in UTC. `data` is the Article that its sightings make.
    """CREATE TABLE article (
        row INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        url TEXT NOT NULL,
        published INTEGER,
        first_seen INTEGER NOT NULL,
        gone INTEGER NOT NULL,
        data TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX article_published ON article (published, id)",
    "CREATE INDEX article_seen ON article (first_seen, published)",
    "CREATE INDEX article_unplaced ON article (first_seen, id) WHERE published IS NULL OR gone = 1",
    """CREATE TABLE sighting (
        row INTEGER PRIMARY KEY,
        article INTEGER NOT NULL REFERENCES article (row),
        data TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX sighting_article ON sighting (article)",
    # Every URL, guid, id and body by which an article is known. An index by article would be as large as the table,
    # and is not needed: an article's names follow from its sightings.
    "CREATE TABLE name (key TEXT PRIMARY KEY, article INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE source (name TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT, WITHOUT ROWID",
)

_SECOND = (
    # On how many pages of a source a line stands; the key is a hash of both.
    "CREATE TABLE line (key INTEGER PRIMARY KEY, pages INTEGER NOT NULL) STRICT",
    # Raw pages, for as long as the configuration says. `data` is the Document without its body, `body` is packed.
    """CREATE TABLE page (
        source TEXT NOT NULL,
        url TEXT NOT NULL,
        retrieved INTEGER NOT NULL,
        data TEXT NOT NULL,
        body BLOB NOT NULL,
        PRIMARY KEY (source, url)
    ) STRICT""",
    "CREATE INDEX page_retrieved ON page (retrieved)",
)

_THIRD = (
    # By what an answer can be asked for again, for each reader that has stored all that came with it.
    """CREATE TABLE fetched (
        reader TEXT NOT NULL,
        url TEXT NOT NULL,
        etag TEXT NOT NULL,
        last_modified TEXT NOT NULL,
        PRIMARY KEY (reader, url)
    ) STRICT, WITHOUT ROWID""",
    # Pages that are still to be read, for the source that named them. `always`: even where a source gives the whole
    # body. `published` is the item's date, by which the newest come first; `said` the hash of an item that is nothing
    # but an address.
    """CREATE TABLE wanted (
        url TEXT PRIMARY KEY,
        source TEXT NOT NULL,
        always INTEGER NOT NULL,
        published INTEGER NOT NULL,
        said TEXT NOT NULL,
        tries INTEGER NOT NULL,
        error TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX wanted_order ON wanted (tries, published DESC, url)",
    # The pages that were read; what a mere address said then: the same again asks for nothing.
    "CREATE TABLE followed (url TEXT PRIMARY KEY, said TEXT NOT NULL) STRICT, WITHOUT ROWID",
    # Some runs of five words of each body, by their hashes; how many of the body are kept, and how many it has. By them
    # is found what repeats an article. No index by article: its runs follow from its body.
    """CREATE TABLE run (
        hash INTEGER NOT NULL,
        article INTEGER NOT NULL,
        kept INTEGER NOT NULL,
        runs INTEGER NOT NULL,
        PRIMARY KEY (hash, article)
    ) STRICT, WITHOUT ROWID""",
)

TABLES: Final = {1: _FIRST, 2: _SECOND, 3: _THIRD}
"""What each schema added to the one before."""
