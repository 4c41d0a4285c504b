"""What a check of forty stories costs, as a ratio, interleaved in one run and warm.

1. rendering: the same issue's three faces filled and inlined from its record.
2. parsing: the bare parsers that a check reads with, once: lxml over the mail and the web version, tinycss2 over the
   style blocks and over each different style of an element.
3. check: every rule over the proof, as a build asks for them.
4. report: the same with the tables of sizes and clients, as `digest check` prints them.

    python benchmarks/check_time.py [--runs 15]
"""

import argparse
import re
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

import tinycss2
from lxml import etree
from render_inline import make_issue

from digest.check import Proof, check, report
from digest.check.facts import Facts
from digest.mailers.message import Terms, make_message, marked_html
from digest.model.issue import Issue
from digest.model.message import Rendered
from digest.pipeline.checking import load_support
from digest.render import render
from digest.theme import Theme, find_theme, shipped

STORIES = 40
_STYLE = re.compile(r'\bstyle="([^"]*)"')
_BLOCK = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)


def proof(issue: Issue, rendered: Rendered, facts: Facts) -> Proof:
    """Return a new proof: what an old one has worked out would cost nothing."""
    terms = Terms(service=facts.service, values=facts.values)
    return Proof(
        issue=issue,
        rendered=rendered,
        message=make_message(issue, rendered, terms),
        marked=marked_html(rendered, terms),
        facts=facts,
    )


def parse(rendered: Rendered) -> None:
    """Parse what a check parses, and no more."""
    for page in (rendered.html, rendered.web):
        etree.fromstring(page.encode(), etree.HTMLParser(encoding="utf-8"))
    for block in _BLOCK.findall(rendered.html):
        tinycss2.parse_stylesheet(block)
    for style in set(_STYLE.findall(rendered.html)):
        tinycss2.parse_blocks_contents(style)


def parts(issue: Issue, theme: Theme) -> Mapping[str, Callable[[], object]]:
    """Return what is compared, each as one call."""
    rendered = render(issue, theme)
    facts = Facts(support=load_support(), values={"address": issue.brand.address})
    return {
        "rendering": lambda: render(issue, theme),
        "parsing": lambda: parse(rendered),
        "check": lambda: check(proof(issue, rendered, facts)),
        "report": lambda: report(proof(issue, rendered, facts)),
    }


def interleaved(calls: Mapping[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """Return the median seconds of each call, A B C D A B C D …, after one run that is not counted."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for run in range(runs + 1):
        for name, call in calls.items():
            began = time.perf_counter()
            call()
            if run:
                times[name].append(time.perf_counter() - began)
    return {name: statistics.median(each) for name, each in times.items()}


def main() -> None:
    """Run the comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--theme", default="roundup")
    told = parser.parse_args()
    theme = find_theme(told.theme, [shipped()])
    issue = replace(make_issue(STORIES), theme=replace(make_issue(1).theme, name=told.theme))
    medians = interleaved(parts(issue, theme), told.runs)
    print(f"{STORIES} stories, {told.theme}")
    for name, median in medians.items():
        print(f"  {name:<12} {median * 1000:8.1f} ms   {median / medians['rendering']:5.2f} of rendering")


if __name__ == "__main__":
    main()
