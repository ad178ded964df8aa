"""Faults of formulas, of what they name, of LAMBDA and of charts."""

from __future__ import annotations

from tests.workbook_lint.plants.planting import CALLS, CHART, FIRST, TABLE, Edit, Plant, formula, name, plant

TWICE = "_xlfn.LAMBDA(_xlpm.a,_xlpm.a*2)"

PLANTS = (
    formula("formula-parses", "SUM(A2"),
    formula("formula-parses", "SUM(A2))"),
    formula("formula-parses", "A2+"),
    formula("formula-parses", "A2 A3+*1"),
    formula("formula-parses", '"open'),
    formula("formula-parses", "{1,2;3}"),
    formula("formula-parses", "Calls[Cost"),
    formula("formula-parses", "1 2"),
    formula("formula-parses", "A2§A3"),
    name("formula-parses", "half", "_xlfn.LAMBDA(_xlpm.a,_xlpm.a/2"),
    plant("formula-parses", FIRST, "<formula>$A2&gt;5</formula>", "<formula>$A2&gt;</formula>"),
    formula("formula-equals", "=A2"),
    name("formula-equals", "half", "=1/2"),
    formula("formula-semicolon", "SUM(A2;1)"),
    formula("formula-at", "@A2"),
    Plant(
        "formula-at",
        (
            Edit(
                CALLS, "<f>BILLED(Calls[[#This Row],[Seconds]],30)</f>", "<f>BILLED(Calls[@Seconds],30)</f>"
            ),
            Edit(
                CALLS, "<f>BILLED(Calls[[#This Row],[Seconds]],30)</f>", "<f>BILLED(Calls[@Seconds],30)</f>"
            ),
            Edit(
                CALLS, "<f>BILLED(Calls[[#This Row],[Seconds]],30)</f>", "<f>BILLED(Calls[@Seconds],30)</f>"
            ),
            Edit(TABLE, "BILLED(Calls[[#This Row],[Seconds]],30)", "BILLED(Calls[@Seconds],30)"),
        ),
    ),
    formula("formula-length", "+".join(["A2"] * 2_732)),
    name("formula-length", "sums", "+".join(["1"] * 4_097)),
    *(
        formula("formula-prefix", f"{one}(A2,1)")
        for one in ("CONCAT", "IFNA", "XLOOKUP", "TEXTJOIN", "MAXIFS")
    ),
    formula("formula-prefix", "ISOMITTED(A2)"),
    formula("formula-prefix", "LET(_xlpm.a,1,_xlpm.a)"),
    name("formula-prefix", "half", "LAMBDA(_xlpm.a,_xlpm.a/2)"),
    formula("formula-prefix", "_xlfn.SUM(A2)"),
    formula("unknown-function", "CALL_COST(A2)"),
    formula("unknown-function", "_xlfn.NO_SUCH(A2)"),
    formula("formula-error", "#REF!+1"),
    formula("formula-error", "SUM('All calls'!#REF!)"),
    name("formula-error", "gone", "#REF!"),
    formula("external-link", "[1]Sheet1!$A$1"),
    formula("external-link", "'[1]All calls'!$A$1"),
    formula("external-link", "'C:\\a\\tollsheet.xlam'!total_cost"),
    formula("external-link", "tollsheet.xlam!total_cost"),
    formula("external-link", "SUM([1]!total_cost)"),
    formula("unknown-sheet", "Nowhere!A1"),
    formula("unknown-sheet", "'No where'!A1"),
    formula("unknown-sheet", "SUM(First:Nowhere!A1)"),
    name("unknown-sheet", "gone", "Nowhere!$A$1"),
    formula("unknown-table", "SUM(Nothing[Cost])"),
    formula("unknown-table", "SUM([Cost])"),
    formula("unknown-column", "SUM(Calls[Coast])"),
    formula("unknown-column", "SUM(Calls[[#Data],[Rate]:[Coast]])"),
    formula("unknown-column", "SUM(Calls[[#Dater],[Cost]])"),
    formula("formula-parses", "COUNTA(Calls[From [it''s]])"),
    formula("unknown-name", "no_such_name"),
    formula("unknown-name", "A1048577+1"),
    formula("unknown-name", "XFE1+1"),
    plant("unknown-name", FIRST, '"open,closed"', "open,closed"),
    formula("unknown-name", "total_cost+totalcost"),
    formula("this-row", "Calls[[#This Row],[Cost]]"),
    plant(
        "this-row",
        CALLS,
        '<row r="4"',
        '<row r="2"><c r="G2"><f>Calls[[#This Row],[Cost]]</f></c></row><row r="4"',
    ),
    plant(
        "table-reference", FIRST, "<formula>$A2&gt;5</formula>", "<formula>SUM(Calls[Cost])&gt;5</formula>"
    ),
    plant("table-reference", FIRST, "'All calls'!$H$5:$H$6</formula1>", "Kinds[Kind]</formula1>"),
    name("lambda-brackets", "half", "_xlfn.LAMBDA(_xlpm.a,[_xlpm.b],_xlpm.a/_xlpm.b)"),
    name("lambda-prefix", "half", "_xlfn.LAMBDA(a,a/2)"),
    name("lambda-prefix", "half", "_xlfn.LAMBDA(_xlpm.a,_xlfn.LET(b,1,_xlpm.a/b))"),
    name("lambda-prefix", "half", "_xlfn.LAMBDA(_xlpm.a,_xlfn.LET(total_cost,1,_xlpm.a))"),
    name("lambda-optional", "half", "_xlfn.LAMBDA(_xlpm.a,_xlop.b,_xlpm.a/_xlop.b)"),
    name("lambda-optional", "half", "_xlfn.LAMBDA(_xlop.a,_xlpm.b,_xlpm.a/_xlpm.b)"),
    name("lambda-optional", "half", "_xlfn.LAMBDA(_xlpm.a,_xlfn.LET(_xlop.b,1,_xlpm.a/_xlpm.b))"),
    *(
        name("lambda-local", "half", f"_xlfn.LAMBDA(_xlpm.a,_xlfn.LET(_xlpm.{one},1,_xlpm.a/_xlpm.{one}))")
        for one in ("r", "C", "OPT2", "a.b", "R1C1", "r2", "true")
    ),
    name("lambda-local", "half", "_xlfn.LAMBDA(_xlpm.ab12,_xlpm.ab12/2)"),
    name("lambda-local", "half", "_xlfn.LAMBDA(_xlpm.half,_xlpm.half/2)"),
    name("lambda-local", "half", "_xlfn.LAMBDA(_xlpm.cost,_xlpm.cost/2)"),
    name("lambda-twice", "half", "_xlfn.LAMBDA(_xlpm.a,_xlpm.A,_xlpm.a)"),
    name("lambda-twice", "half", "_xlfn.LAMBDA(_xlpm.a,_xlfn.LET(_xlpm.b,1,_xlpm.b,2,_xlpm.a))"),
    name("lambda-unbound", "half", "_xlfn.LAMBDA(_xlpm.a,_xlpm.a/_xlpm.b)"),
    name("lambda-unbound", "half", "_xlfn.LAMBDA(_xlpm.a,_xlfn.LET(_xlpm.b,_xlpm.b,_xlpm.a/_xlpm.b))"),
    formula("lambda-unbound", "_xlfn.LET(_xlpm.a,1,_xlpm.a)+_xlpm.a"),
    name("lambda-shape", "half", "_xlfn.LAMBDA(_xlpm.a,_xlfn.LET(_xlpm.b,1))"),
    name("lambda-shape", "half", "_xlfn.LAMBDA(_xlpm.a,)"),
    formula("lambda-arguments", "COST(61)"),
    formula("lambda-arguments", "BILLED(61,30,6)"),
    formula("lambda-arguments", "BILLED()"),
    formula("dynamic-array", "BILLED('All calls'!B5:B7)"),
    formula("dynamic-array", "BILLED(J3:J4)"),
    formula("dynamic-array", "BILLED(Calls[Seconds])"),
    formula("dynamic-array", "SUM(BILLED((Calls[Seconds])))"),
    formula("dynamic-array", "_xlfn.SEQUENCE(3)"),
    plant("dynamic-array", FIRST, 'r="J2" cm="1"', 'r="J2"'),
    plant("dynamic-array", FIRST, '<f t="array" ref="J2:J4">', "<f>"),
    plant("chart-reference", CHART, "'All calls'!$B$5:$B$7", "Nowhere!$B$5:$B$7"),
    plant("chart-reference", CHART, "'All calls'!$B$5:$B$7", "'All calls'!#REF!"),
    plant("chart-reference", CHART, "'All calls'!$B$5:$B$7", "Calls[Seconds]"),
)

RIGHT = (
    formula("", "SUM(Calls[[#Totals],[Cost]],Calls[[#All],[Rate]:[Cost]])"),
    formula("", "COUNTA(Calls[From '[it''s']])+ROWS(Calls[])+ROWS(Calls)"),
    formula("", "SUM('First:All calls'!A1)"),
    formula("", "SUM('All calls'!B:B,'All calls'!$4:$4,A2%,-.5E-3)"),
    formula("", "BILLED(J3:J3)"),
    formula("", "BILLED(SUM(Calls[Seconds]),)"),
    formula("", 'HYPERLINK("#\'All calls\'!A1","to the calls")'),
    formula("", 'IF(A2="#REF! =[1]x; @LET(","(",")")'),
    name("", "twice", TWICE),
    name("", "both", "_xlfn.LAMBDA(_xlpm.f,_xlpm.f(1)+_xlpm.f(2))"),
    name("", "total_cost", "1", ' localSheetId="0"'),
)
"""Things that look odd and are right."""
