"""What was skipped and why, where it cannot be overlooked; and where a skip is a failure.

In CI (`CI=true`) a missing counterpart fails the test, but for models that cannot be fetched, for recordings that do
not belong to the project, and for Home Assistant, which is large and needs one version of Python. `--no-skips` lets
only the recordings be missing.
"""

import os
from collections import Counter
from collections.abc import Generator

import pytest

RECORDINGS = "EDGE_VOICE_DATA"
MODEL = "needs the model"
HOME_ASSISTANT = "needs Home Assistant"
"""Skip reasons hold one of these; a reason with none of them names a missing counterpart."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="a skipped test is a failure, but for want of recordings")


def allowed(config: pytest.Config) -> tuple[str, ...] | None:
    """What a reason must hold for the skip to be no failure; None: anything goes."""
    if config.getoption("--no-skips"):
        return (RECORDINGS,)
    return (RECORDINGS, MODEL, HOME_ASSISTANT) if os.environ.get("CI") == "true" else None


def reason_of(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Why a test was skipped."""
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return reason.removeprefix("Skipped: ")


def refuse(report: pytest.TestReport | pytest.CollectReport, config: pytest.Config) -> None:
    """Turn a skip that is not allowed into a failure."""
    permitted = allowed(config)
    if permitted is None or not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = reason_of(report)
    if not any(words in reason for words in permitted):
        report.outcome = "failed"
        report.longrepr = f"this may not be skipped here: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    refuse(report, item.config)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    refuse(report, collector.config)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [report for report in terminalreporter.stats.get("skipped", []) if not hasattr(report, "wasxfail")]
    if not reports:
        return
    terminalreporter.section(f"NOT TESTED: {len(reports)} skipped", red=True, bold=True)
    for reason, count in Counter(map(reason_of, reports)).most_common():
        terminalreporter.line(f"{count:5}  {reason}", yellow=True)
