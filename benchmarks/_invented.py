"""An invented language for archives of any size: words as frequent as words are, names, figures, sites' furniture."""

import random
from collections.abc import Sequence
from itertools import accumulate

_STARTS = ("b", "br", "d", "f", "gl", "h", "k", "l", "m", "n", "pr", "r", "s", "st", "t", "v")
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ea")
_WORDS, _NAMES = 40_000, 2_000
_NAME, _FIGURE = 0.06, 0.08
"""Of a hundred words six are names and two are figures, about as in a newspaper."""


class Language:
    """Words by Zipf's law; the same ones for the same seed."""

    def __init__(self, seed: str) -> None:
        self.rng = random.Random(seed)  # noqa: S311 - the same language for the same seed
        syllables = [start + vowel for start in _STARTS for vowel in _VOWELS]
        made = (
            "".join(self.rng.choices(syllables, k=self.rng.choice((1, 1, 2, 2, 3)))) + self.rng.choice(("", "n", "r"))
            for _ in range(_WORDS)
        )
        self.lexicon = list(dict.fromkeys(made))
        self.names = [word.capitalize() for word in self.rng.sample(self.lexicon, _NAMES)]
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.lexicon))))

    def common(self, count: int) -> list[str]:
        """Return so many words, none of them a name or a figure."""
        return self.rng.choices(self.lexicon, cum_weights=self._weights, k=count)

    def words(self, count: int) -> list[str]:
        """Return so many words, with a name or a figure now and then."""
        said = self.common(count)
        for at in range(1, count):
            lot = self.rng.random()
            if lot < _FIGURE:
                said[at] = self.name() if lot < _NAME else self.figure()
        return said

    def name(self) -> str:
        """Return a name."""
        return self.rng.choice(self.names)

    def figure(self) -> str:
        """Return a number as news have them."""
        rng = self.rng
        small, large = str(rng.randrange(2, 60)), f"{rng.randrange(1_000, 99_000):,}"
        return rng.choice((small, large, f"{rng.uniform(1, 99):.1f}", str(rng.randrange(1950, 2030))))

    def sentence(self) -> str:
        """Return a sentence of 6 to 27 words."""
        first, *others = self.words(self.rng.randrange(6, 28))
        return f"{first.capitalize()} {' '.join(others)}."

    def paragraph(self) -> str:
        """Return a paragraph of one to four sentences."""
        return " ".join(self.sentence() for _ in range(self.rng.randrange(1, 5)))

    def text(self, least: int) -> tuple[str, ...]:
        """Return paragraphs of at least so many words together."""
        paragraphs: list[str] = []
        while size(paragraphs) < least:
            paragraphs.append(self.paragraph())
        return tuple(paragraphs)

    def title(self) -> str:
        """Return a headline of four to ten words."""
        return " ".join(self.words(self.rng.randrange(4, 11))).capitalize()


def size(paragraphs: Sequence[str]) -> int:
    """Return how many words paragraphs have."""
    return sum(len(text.split()) for text in paragraphs)
