"""The month's workbook with polars and XlsxWriter: `python polars_workbook.py LOG USAGE RATES OUT.xlsx`.

As `pandas_workbook.py`; XlsxWriter in its mode of constant memory.
"""

import csv
import sys

import polars as pl
from xlsxwriter import Workbook

log, usage, rates, out = sys.argv[1:]
with open(rates) as file:
    card = [(row["prefix"], row["direction"], float(row["rate"])) for row in csv.DictReader(file)]
inbound = next(rate for _, direction, rate in card if direction == "inbound")
number, rate = pl.col("To").str.strip_chars_start("+"), pl.lit(None, pl.Float64)
for prefix, _, its in sorted((row for row in card if row[1] == "outbound"), key=lambda row: len(row[0])):
    rate = pl.when(number.str.starts_with(prefix)).then(its).otherwise(rate)
answered = pl.col("Status") == "completed"
kept = pl.col("Call SID").is_first_distinct()
step = pl.when(~kept).then(pl.lit("duplicates")).when(answered).then(pl.lit("expected"))
terms = {"Minimum": 60, "Increment": 60, "Fee": 0, "Places": 5, "Rounding": "half-up"}
calls = (
    pl.read_csv(log, infer_schema=False)
    .with_row_index("row", 2)
    .with_columns(
        pl.col("Start Time")
        .str.to_datetime("%Y-%m-%d %H:%M:%S%z")
        .dt.replace_time_zone(None)
        .alias("Started"),
        pl.col("Duration").cast(pl.Float64, strict=False).fill_null(0).alias("Seconds"),
        step.otherwise(pl.lit("not billed")).alias("Step"),
        pl.when(pl.col("Direction") == "inbound").then(inbound).otherwise(rate).alias("Rate"),
        (-pl.col("Price").cast(pl.Float64, strict=False)).alias("Log price"),
        pl.format("{}:{}", pl.lit(log.rpartition("/")[2]), "row").alias("Place"),
        *(pl.when(answered).then(pl.lit(value)).alias(name) for name, value in terms.items()),
    )
    .with_columns(
        pl.when(pl.col("Step") == "expected").then((pl.col("Seconds") / 60).ceil()).alias("Minutes"),
        (pl.col("Seconds") / 60 * pl.col("Rate")).round(10).alias("Talked cost"),
        pl.col("Started").dt.truncate("1d").alias("Day"),
    )
    .with_columns((pl.col("Minutes") * pl.col("Rate")).round(5).alias("Cost"))
    .select(
        *("Call SID", "Place", "Started", "Direction", "From", "To", "Status", "Seconds", "Step", "Minutes"),
        *("Cost", "Price Unit", "Log price", "Talked cost", "Rate", "Minimum", "Increment", "Fee", "Places"),
        *("Rounding", "Account SID", "Day"),
    )
)
days = calls.filter(pl.col("Step") == "expected").group_by("Day").agg(pl.col("Minutes", "Cost").sum())
bill = pl.read_csv(usage).select(pl.col("start_date").str.to_datetime().alias("Day"), "usage", "price")
with Workbook(out, {"constant_memory": True, "strings_to_urls": False}) as book:
    book.add_format()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    at = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    summary, by_day, sheet = (book.add_worksheet(name) for name in ("Summary", "By day", "Calls"))
    for row, (head, column) in enumerate((("minutes", "J"), ("cost", "K"))):
        summary.write_row(row, 0, [f"Expected {head}", f"=SUM(Calls!{column}:{column})"])
        book.define_name(f"expected_{head}", f"=Summary!$B${row + 1}")
    by_day.write_row(0, 0, ["Day", "Minutes", "Cost", "Billed minutes", "Billed cost", "Variance"])
    joined = days.join(bill, on="Day", how="full", coalesce=True).sort("Day")
    for row, cells in enumerate(joined.iter_rows(), 1):
        by_day.write_datetime(row, 0, cells[0], day)
        by_day.write_row(row, 1, [*cells[1:], f"=E{row + 1}-C{row + 1}"])
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": ["By day", 1, 2, joined.height, 2]})
    by_day.insert_chart("H2", chart)
    sheet.write_row(0, 0, calls.columns)
    formats = [{"Started": at, "Day": day}.get(name) for name in calls.columns]
    for row, cells in enumerate(calls.iter_rows(), 1):
        for column, (cell, cell_format) in enumerate(zip(cells, formats, strict=True)):
            if cell is not None:
                sheet.write(row, column, cell, cell_format)
