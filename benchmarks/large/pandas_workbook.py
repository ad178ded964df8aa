"""The month's workbook with pandas and openpyxl: `python pandas_workbook.py LOG USAGE RATES OUT.xlsx`.

What somebody writes who wants the same: every call with its minutes and cost, days against the bill, totals
as formulas, names, a chart. In floats; openpyxl in its quickest mode.
"""

import sys

import numpy as np
import pandas as pd
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.workbook.defined_name import DefinedName

log, usage, rates, out = sys.argv[1:]
calls = pd.read_csv(log, dtype=str, keep_default_na=False)
card = pd.read_csv(rates, dtype={"prefix": str}, keep_default_na=False)
calls["Started"] = pd.to_datetime(calls["Start Time"], utc=True).dt.tz_localize(None)
calls["Seconds"] = pd.to_numeric(calls["Duration"]).fillna(0)
calls["Inbound"] = calls["Direction"] == "inbound"
calls["Copy"] = calls["Call SID"].duplicated()
calls["Answered"] = calls["Status"] == "completed"
calls["Rate"] = card.loc[card["direction"] == "inbound", "rate"].iloc[0]
number = calls["To"].str.lstrip("+")
outbound = card[card["direction"] == "outbound"]
for _, row in outbound.sort_values("prefix", key=lambda prefixes: prefixes.str.len()).iterrows():
    calls.loc[number.str.startswith(row["prefix"]) & ~calls["Inbound"], "Rate"] = row["rate"]
is_expected = calls["Answered"] & ~calls["Copy"]
calls["Step"] = np.where(calls["Copy"], "duplicates", np.where(calls["Answered"], "expected", "not billed"))
calls["Minutes"] = np.where(is_expected, np.ceil(calls["Seconds"] / 60), np.nan)
calls["Cost"] = (calls["Minutes"] * calls["Rate"]).round(5)
calls["Talked cost"] = (calls["Seconds"] / 60 * calls["Rate"]).round(10)
calls["Day"] = calls["Started"].dt.normalize()
calls["Log price"] = -pd.to_numeric(calls["Price"])
calls["Place"] = log.rpartition("/")[2] + ":" + (calls.index + 2).astype(str)
for name, value in {"Minimum": 60, "Increment": 60, "Fee": 0, "Places": 5, "Rounding": "half-up"}.items():
    calls[name] = np.where(calls["Answered"], value, None)
shown = [
    *("Call SID", "Place", "Started", "Direction", "From", "To", "Status", "Seconds", "Step", "Minutes"),
    *("Cost", "Price Unit", "Log price", "Talked cost", "Rate", "Minimum", "Increment", "Fee", "Places"),
    *("Rounding", "Account SID", "Day"),
]
days = calls[is_expected].groupby("Day")[["Minutes", "Cost"]].sum()
bill = pd.read_csv(usage, parse_dates=["start_date"]).set_index("start_date")[["usage", "price"]]
book = Workbook(write_only=True)
summary, by_day, sheet = (book.create_sheet(name) for name in ("Summary", "By day", "Calls"))
for head, column in (("Minutes", "J"), ("Cost", "K")):
    summary.append([f"Expected {head.lower()}", f"=SUM(Calls!{column}:{column})"])
    name = f"expected_{head.lower()}"
    book.defined_names[name] = DefinedName(name, attr_text=f"Summary!$B${1 if head == 'Minutes' else 2}")
chart = BarChart()
chart.add_data(Reference(by_day, min_col=3, min_row=1, max_row=len(days) + 1), titles_from_data=True)
by_day.add_chart(chart, "H2")
by_day.append(["Day", "Minutes", "Cost", "Billed minutes", "Billed cost", "Variance"])
for at, row in enumerate(days.join(bill, how="outer").itertuples(), 2):
    by_day.append([*row, f"=E{at}-C{at}"])
sheet.append(shown)
for row in calls[shown].astype(object).where(calls[shown].notna(), None).itertuples(index=False):
    sheet.append(row)
book.save(out)
