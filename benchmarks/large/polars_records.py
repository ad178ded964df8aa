"""A log against call records with polars: `python polars_records.py LOG RECORDS RATES OUT.json`.

By id alone: which calls a side lacks, and what the others differ by, with the sums of each day.
"""

import csv
import json
import sys

import polars as pl

log, records, rates, out = sys.argv[1:]
with open(rates) as file:
    card = [
        (row["prefix"], row["direction"], round(float(row["rate"]) * 100_000)) for row in csv.DictReader(file)
    ]
inbound = next(rate for prefix, direction, rate in card if direction == "inbound")
number = pl.col("To").str.strip_chars_start("+")
rate = pl.lit(None, pl.Int64)
for prefix, _, its in sorted((row for row in card if row[1] == "outbound"), key=lambda row: len(row[0])):
    rate = pl.when(number.str.starts_with(prefix)).then(its).otherwise(rate)
answered = pl.col("Status") == "completed"
minutes = (pl.col("Duration").cast(pl.Int64, strict=False).fill_null(0) + 59) // 60
columns = [
    pl.col("Call SID").alias("id"),
    pl.col("Start Time").str.head(10).alias("day"),
    answered.alias("answered"),
    pl.when(answered).then(minutes).otherwise(0).alias("minutes"),
]
ours = (
    pl.scan_csv(log, infer_schema=False)
    .select(
        *columns,
        pl.when(pl.col("Direction") == "inbound").then(inbound).otherwise(rate).alias("rate"),
    )
    .unique("id", keep="first")
    .with_columns((pl.col("minutes") * pl.col("rate")).alias("cost"))
)
charged = pl.col("Price").str.strip_chars_start("-").str.replace(".", "", literal=True)
theirs = pl.scan_csv(records, infer_schema=False).select(
    *columns, charged.cast(pl.Int64, strict=False).fill_null(0).alias("cost")
)
both = ours.join(theirs, on="id", how="full", suffix=" billed", coalesce=True).collect()
zero = {name: pl.col(name).fill_null(0) for name in ("minutes", "cost", "minutes billed", "cost billed")}
differ = both.filter(
    (zero["minutes"] != zero["minutes billed"])
    | (zero["cost"] != zero["cost billed"])
    | (pl.col("answered") & pl.col("answered billed").is_null())
)
days = (
    both.group_by(pl.coalesce("day", "day billed"))
    .agg(*(one.sum() for one in zero.values()), pl.col("answered").sum(), pl.col("answered billed").sum())
    .sort("day")
)
with open(out, "w") as file:
    json.dump({"days": days.rows(), "differ": differ.rows()}, file, default=int)
