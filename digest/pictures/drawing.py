"""The process that draws one SVG: it can take no more than its memory and its time, and it opens nothing but fonts.

    python -m digest.pictures.drawing WIDTH HEIGHT SECONDS < drawing.svg > drawing.png

One of WIDTH and HEIGHT is 0: it follows from the drawing's shape.
"""

import resource
import sys

_MEMORY = 2_000_000_000
"""Bytes of addresses; the fonts of a whole system, which are mapped, come to half of them."""


def main() -> int:
    """Draw what comes in; the exit code says whether it could be."""
    width, height, seconds = (int(each) for each in sys.argv[1:4])
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import resvg_py  # noqa: PLC0415 - under the limits too

    try:
        png = resvg_py.svg_to_bytes(
            svg_string=sys.stdin.buffer.read().decode(), width=width or None, height=height or None
        )
    except ValueError:
        return 1
    sys.stdout.buffer.write(png)
    return 0


if __name__ == "__main__":
    sys.exit(main())
