"""Which formulas of a report are written again in the workbook that its sheets move into."""

from __future__ import annotations

from pathlib import Path

from xlsxwriter import Workbook

from addin.hosts.open_workbook.made_formulas import Block, formulas_of


def test_those_that_lead_on_in_blocks(tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    with Workbook(path) as book:
        first, own = book.add_worksheet("Mixed"), book.add_worksheet("Own")
        for row in range(2, 5):  # two beside each other, three below each other, and one of its own between
            first.write_formula(f"A{row}", f"=Own!A{row}")
            first.write_formula(f"B{row}", '=SUM(Calls[Cost])&" A1"')
            first.write_formula(f"C{row}", f'=IF(A{row}="Own!A1",TRUE,$B{row})')
            first.write_formula(f"D{row}", "=bill_cost")
        first.write_formula("A6", "=Own!A6")
        own.write_formula("A1", "=ROUND(B1,2)+LOG10(C1)")
        first.add_table("F1:G2", {"name": "Calls", "columns": [{"header": "Cost"}, {"header": "Id"}]})
        book.define_name("bill_cost", "=Own!$A$1")
    found = formulas_of(path, ["Mixed", "Own"])
    assert [*found] == ["Mixed"]
    text = '=SUM(Calls[Cost])&" A1"'
    assert sorted(found["Mixed"], key=lambda block: (block.row, block.column)) == [
        Block(2, 1, [[f"=Own!A{row}", text] for row in range(2, 5)]),
        Block(2, 4, [["=bill_cost"]] * 3),
        Block(6, 1, [["=Own!A6"]]),
    ]
