"""Which article each sentence of a text tells of: a text about several is held against one of them at a time.

Held against all of them at once, one article's number could stand beside another one's name.
"""

from collections.abc import Sequence

from digest.model.article import Article
from digest.summarizer.grounding import Ungrounded, ungrounded_in
from digest.summarizer.grounds import Grounds
from digest.summarizer.quotations import after


def strange(sentences: Sequence[str], articles: Sequence[Article]) -> tuple[Ungrounded, ...]:
    """Return what a text says and no article does; nothing where each part of it holds against one of them.

    A part is a run of sentences, as long as can be; a quotation is not torn between two.
    """
    grounds = [Grounds(article) for article in articles]
    if len(grounds) == 1:
        return ungrounded_in(" ".join(sentences), grounds[0])
    at = 0
    while at < len(sentences):
        end = next((end for end in range(len(sentences), at, -1) if _holds(sentences[at:end], grounds)), at)
        if end == at:
            return _least(sentences[at:], grounds)
        at = end
    return ()


def _holds(part: Sequence[str], grounds: Sequence[Grounds]) -> bool:
    text = " ".join(part)
    return after(text).closed and any(not ungrounded_in(text, each) for each in grounds)


def _least(part: Sequence[str], grounds: Sequence[Grounds]) -> tuple[Ungrounded, ...]:
    """Return what is strange about the beginning of a part that no article has, up to where nothing is open."""
    beginnings = (" ".join(part[:end]) for end in range(1, len(part) + 1))
    text = next((text for text in beginnings if after(text).closed), " ".join(part))
    return min((ungrounded_in(text, each) for each in grounds), key=len)
