"""The report text, ready to send: plain lines, short enough for a mail."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from addin.errors import safe
from addin.reconcile.measure import printed
from addin.reconcile.wording import calls
from addin.reports.investigation.data import (
    UNIT_MINUTES,
    BalanceReport,
    Compared,
    InvestigationReport,
    PairRow,
    PathReport,
    QuestionRow,
    SideBySide,
)

WIDTH = 96


def text_of(report: InvestigationReport) -> Iterator[str]:
    """The lines. Text from records has nothing in it that could steer a terminal or a mail."""
    for line in _lines(report):
        yield safe(line).rstrip()


def figure(value: Decimal) -> str:
    """A figure as text, without an exponent.

    >>> figure(Decimal("1E+3")), figure(Decimal("-0.50"))
    ('1,000', '-0.5')
    """
    return f"{value.normalize() + 0:,f}"


def readable(value: Decimal) -> str:
    """Minutes seldom end: four places are for reading, the workbook has them all.

    >>> readable(Decimal("59.6666666667"))
    '59.6667'
    """
    return figure(printed(Fraction(value), 4))


def signed(value: Decimal) -> str:
    return f"+{figure(value)}" if value > 0 else figure(value)


def _lines(report: InvestigationReport) -> Iterator[str]:
    yield f"Investigation of the calls of {report.period} (days in UTC)"
    yield ""
    several = len(report.paths) > 1
    for path in report.paths:
        if several:
            yield f"In {path.name}"
            yield ""
        yield from _path(path, report)
    for balance in report.balances:
        yield from _balance(balance)
    if report.warnings:
        yield "Please note"
        for warning in report.warnings:
            yield from _wrapped(warning, "- ")
        yield ""
    yield "Inputs"
    for item in report.about.inputs:
        yield f"- {item.side}: {item.source.name}, {item.source.rows:,} rows, SHA-256 {item.source.sha256}"


def _path(path: PathReport, report: InvestigationReport) -> Iterator[str]:
    yield from _wrapped(path.headline, "")
    yield ""
    if path.kind == "no difference":
        for note in path.notes:
            yield from _wrapped(note, "- ")
        if path.notes:
            yield ""
        return
    for number, step in enumerate(_steps(path, report), 1):
        yield from _wrapped(step, f"{number}. ")
    yield ""
    if path.call is not None:
        yield from _call(path.call)
    rows = path.single if path.kind in ("missing calls", "status") else path.largest
    if len(rows) > 1:
        yield from _calls(rows, path)
    for candidate in path.candidates:
        yield from _wrapped(f"{candidate.why} {candidate.call.call_id} at {candidate.call.place}", "- ")
    for note in path.notes:
        yield from _wrapped(note, "- ")
    if path.ask:
        yield from _wrapped(path.ask, "- ")
    yield ""


def _steps(path: PathReport, report: InvestigationReport) -> Iterator[str]:
    """The path, a sentence a question."""
    if path.day is not None:
        yield f"The day that differs most, by {path.measure}: {path.day}. {_sums(path.whole, path)}"
    else:
        yield f"The period as a whole, for want of daily records. {_sums(path.whole, path)}"
    by_question: dict[str, list[QuestionRow]] = {}
    for row in path.questions:
        by_question.setdefault(row.question, []).append(row)
    for question, rows in by_question.items():
        answer = "Yes" if all(row.answer != "no" for row in rows) else "No"
        figures = "; ".join(map(_asked, rows))
        yield f"{question} {answer}. {figures[:1].upper()}{figures[1:]}."
    if path.hour is not None:
        yield f"The hour with the largest difference in calls: {path.hour:02}:00 to {path.hour:02}:59 UTC."


def _asked(row: QuestionRow) -> str:
    ours, theirs, allowed = (
        readable(value) if row.unit == UNIT_MINUTES else figure(value)
        for value in (row.ours, row.theirs, row.allowed)
    )
    return f"{row.what}: ours {ours}, yours {theirs} {row.unit}".rstrip() + f" (allowed {allowed})"


def _sums(sums: Compared, path: PathReport) -> str:
    said = []
    for name, one in (("Ours", sums.ours), ("yours", sums.theirs), ("difference", sums.variance)):
        sign = "+" if one is sums.variance else ""
        parts = [f"{_plus(sign, one.calls)}{calls(one.calls)}"]
        parts.append(f"{_plus(sign, one.minutes)}{readable(one.minutes)} min")
        if one.cost is not None:
            amount = f"{_plus(sign, one.cost)}{figure(one.cost)}"
            parts.append(f"{amount} {path.currency or ''}".rstrip())
        said.append(f"{name} {', '.join(parts)}")
    return f"{'; '.join(said)}."


def _plus(sign: str, value: Decimal | int) -> str:
    return sign if value > 0 else ""


def _call(call: SideBySide) -> Iterator[str]:
    yield f"The call with the largest difference: {call.call_id or '(no id)'}"
    width = max(len(row.ours) for row in call.fields)
    yield f"    {'':16}{'ours':{width}}   yours"
    for row in call.fields:
        mark = "*" if row.differs else " "
        yield f"  {mark} {row.label:16}{row.ours:{width}}   {row.theirs}"
    yield from _wrapped(call.our_formula, "    ours:  ")
    yield from _wrapped(call.their_formula, "    yours: ")
    yield ""


def _calls(rows: tuple[PairRow, ...], path: PathReport) -> Iterator[str]:
    yield "All calls of the day on one side only" if rows is path.single else "The largest differences"
    for row in rows:
        difference = f"{signed(row.seconds_variance)} s"
        if row.cost_variance is not None:
            difference += f", {signed(row.cost_variance)} {path.currency or ''}".rstrip()
        places = " / ".join(place for place in (row.our_place, row.their_place) if place)
        yield f"  {row.started_at:%Y-%m-%d %H:%M:%S}  {row.call_id}  {difference}  ({places})"
        if row.remark:
            yield f"      {row.remark}"
    yield ""


def _balance(balance: BalanceReport) -> Iterator[str]:
    yield f"Balance{f' in {balance.currency}' if balance.currency else ''}: {balance.result}"
    yield from _wrapped(balance.sentence, "")
    for row in balance.rows:
        at = f"{row.at:%Y-%m-%d %H:%M}" if row.at else ""
        more = ", ".join(part for part in (at, row.reference, row.remark) if part)
        yield f"  {row.kind:18}{signed(row.signed):>16}  {more}"
    yield f"  {'Derived balance':18}{figure(balance.derived):>16}"
    at = f"{balance.stated_at:%Y-%m-%d %H:%M:%S} UTC" if balance.stated_at else ""
    more = ", ".join(part for part in (at, balance.stated_reference, balance.stated_place) if part)
    yield f"  {'Stated balance':18}{figure(balance.stated):>16}  {more}"
    if balance.lowest == balance.highest:
        yield f"  {'Difference':18}{signed(balance.difference):>16}"
    else:
        yield f"  {'Difference, from':18}{signed(balance.lowest):>16}"
        yield f"  {'Difference, to':18}{signed(balance.highest):>16}"
    yield "  A balance is an estimate and is never billed from."
    yield ""


def _wrapped(text: str, start: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=start, subsequent_indent=" " * len(start), break_on_hyphens=False
    )
