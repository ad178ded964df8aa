"""What a dispute sheet takes from a reconciliation of files: who billed, and negative usage records."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from addin.hosts.report_files.disputes import read_month, write_disputes
from addin.hosts.report_files.reconciliation import write_reconciliation
from tests.cli.test_commands import HEADER, tollsheet
from tests.cli.test_dispute import AS_OF, ROW
from tests.disputes.make import run
from tests.reconcile.make import call, later, usage
from tests.templates.reports import report

COLUMNS = {
    "call_id": "Id",
    "start": "Time",
    "from": "From",
    "to": "To",
    "duration": "Seconds",
    "status": "Status",
    "price": "Price",
}


def test_two_providers_on_one_bill_have_two_letters(tmp_path: Path) -> None:
    """Which provider a record is of follows from its file."""
    names = "".join(f'{key} = "{name}"\n' for key, name in COLUMNS.items())
    mapping = tmp_path / "acme.toml"
    mapping.write_text(f'provider = "acme"\ncurrency = "USD"\n[columns]\n{names}', "utf-8")
    for side, twilio, acme in (("log", "-0.02800", "0.01"), ("bill", "-0.05000", "0.04")):
        rows = [HEADER, ROW.format(2, 12, 61, 9, twilio)]
        (tmp_path / f"twilio-{side}.csv").write_text("\n".join(rows) + "\n", "utf-8")
        row = f"Z1,2026-09-05T12:00:00Z,+15005550006,+447700900111,60,completed,{acme}"
        (tmp_path / f"acme-{side}.csv").write_text(f"{','.join(COLUMNS.values())}\n{row}\n", "utf-8")
    sides = [
        part
        for side, option in (("log", "--calls"), ("bill", "--billed"))
        for part in (option, tmp_path / f"twilio-{side}.csv", tmp_path / f"acme-{side}.csv")
    ]
    out = tmp_path / "september.xlsx"
    done = tollsheet("reconcile", "--month", "2026-09", *sides, "--mapping", mapping, "-o", out)
    assert done.returncode == 1, done.stderr
    read, _ = read_month(out)
    assert read.provider == ""
    assert read.providers == {"twilio-bill.csv": "twilio", "acme-bill.csv": "acme"}
    letters = ("-o", tmp_path / "d.xlsx", "--letter", tmp_path / "l.txt")
    done = tollsheet("dispute", out, *AS_OF, *letters)
    assert "2 letters, one for each provider, account and currency" in done.stdout
    texts = [(tmp_path / name).read_text("utf-8") for name in ("l.txt", "l-2.txt")]
    assert sorted("call Z1" in text for text in texts) == [False, True]
    for text in texts:
        assert ("call Z1" in text) == ("[provider: acme]" in text)
        assert ("call CA2" in text) == ("[provider: twilio]" in text)


def test_negative_usage_records_are_credits_of_the_sheet(tmp_path: Path) -> None:
    day = {"start_on": later(0).date(), "end_on": later(0).date()}
    billed = [usage(1, "2", "0.5", **day), usage(0, "0", "-0.2", "calls-client", **day)]
    billed.append(usage(0, "0", "-0.2", "calls-client"))
    billed.append(usage(0, "0", "-9", "sms", unit="segments", **day))
    write_reconciliation(report([call("A")], billed), tmp_path / "s.xlsx")
    read, _ = read_month(tmp_path / "s.xlsx")
    assert [(one.category, one.cost, one.first) for one in read.usage_credits] == [
        ("calls-client", Decimal("-0.2"), later(0).date())
    ]
    made = run(read)
    (credit,) = [one for one in made.not_disputed if one.kind == "usage credit"]
    assert (credit.group, credit.billed, credit.unit) == ("credit", Decimal("-0.2"), "USD")
    write_disputes(made, tmp_path / "d.xlsx")
