"""`junit.xml`: documents and gates as test cases, for CI systems that show those."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ..gates import Gate
from ..report import Report, Result

ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(report: Report, gates: Sequence[Gate]) -> str:
    """One suite a run, a case a document with its scores as properties; one suite of gates."""
    root = Element("testsuites", name=legal(f"evals {report.suite} {report.dataset}"))
    for run in report.runs:
        suite = _suite(root, run.name, len(run.results), len(run.failures))
        for result in run.results:
            _document(suite, run.name, result)
    short = sum(gate.verdict == "fell short" for gate in gates)
    suite = _suite(root, "gates", len(gates), short)
    for gate in gates:
        case = SubElement(suite, "testcase", classname="gates", name=legal(gate.name))
        if gate.verdict == "fell short":
            SubElement(case, "failure", message=legal(f"wanted {gate.wanted}, got {gate.got}"))
        elif gate.verdict == "not measured":
            SubElement(case, "skipped", message=legal(gate.got))
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def legal(text: str) -> str:
    r"""The text without what XML cannot hold.

    >>> legal("报\x00告\x1b")
    '报告'
    """
    return ILLEGAL.sub("", text)


def _suite(root: Element, name: str, tests: int, failures: int) -> Element:
    return SubElement(root, "testsuite", name=legal(name), tests=str(tests), failures=str(failures))


def _document(suite: Element, run: str, result: Result) -> None:
    case = SubElement(
        suite,
        "testcase",
        classname=legal(run),
        name=legal(result.case),
        time=f"{result.seconds:.3f}",
    )
    properties = SubElement(case, "properties")
    for score in result.scores:
        if score.value is not None:
            SubElement(properties, "property", name=score.metric, value=f"{score.value:.6f}")
    if result.error:
        SubElement(case, "failure", message=legal(result.error))
