"""Promises as test cases of JUnit XML, which continuous integration shows.

There is no standard; this is what Jenkins' junit-10.xsd, GitLab and GitHub's reporters read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element, SubElement, indent, tostring

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, §2.2


@dataclass(frozen=True, slots=True)
class Case:
    """A promise and how it stands; `said` is what a reader should know of it."""

    promise: str
    measure: str
    verdict: Literal["kept", "broken", "undecided"]
    summary: str
    said: str = ""


def junit_xml(
    name: str, cases: Sequence[Case], *, seconds: float = 0.0, undecided_fails: bool = False
) -> str:
    """The document. Kept passes, broken is a failure; undecided is skipped, or a failure if asked."""
    failures = sum(_fails(each, undecided_fails) for each in cases)
    skipped = sum(each.verdict == "undecided" and not undecided_fails for each in cases)
    counts = {
        "tests": str(len(cases)),
        "failures": str(failures),
        "errors": "0",
        "skipped": str(skipped),
        "time": f"{seconds:.3f}",
    }
    root = Element("testsuites", {"name": "aboveboard", **counts})
    suite = SubElement(root, "testsuite", {"name": _clean(name), **counts})
    for each in cases:
        _add(suite, each, undecided_fails)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _fails(case: Case, undecided_fails: bool) -> bool:
    return case.verdict == "broken" or (case.verdict == "undecided" and undecided_fails)


def _add(suite: Element, case: Case, undecided_fails: bool) -> None:
    element = SubElement(
        suite, "testcase", {"classname": _clean(case.measure), "name": _clean(case.promise), "time": "0.000"}
    )
    if case.verdict != "kept":
        tag = "failure" if _fails(case, undecided_fails) else "skipped"
        kind = {"type": case.verdict} if tag == "failure" else {}
        child = SubElement(element, tag, {"message": _clean(case.summary), **kind})
        child.text = _clean(case.said) or None
    else:
        SubElement(element, "system-out").text = _clean(case.summary)


def _clean(text: str) -> str:
    """Without the characters that no XML document may hold."""
    return _FORBIDDEN.sub("�", text)
