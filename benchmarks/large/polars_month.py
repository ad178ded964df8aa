"""The month's figures with polars: `python polars_month.py LOG USAGE RATES OUT.json`.

As `duckdb_month.py`.
"""

import csv
import json
import sys

import polars as pl

log, usage, rates, out = sys.argv[1:]
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
calls = (
    pl.scan_csv(log, infer_schema=False)
    .select(
        pl.col("Call SID").alias("id"),
        answered.alias("answered"),
        pl.col("Duration").cast(pl.Int64, strict=False).fill_null(0).alias("seconds"),
        pl.col("Start Time").str.head(10).alias("day"),
        pl.when(pl.col("Direction") == "inbound").then(inbound).otherwise(rate).alias("rate"),
    )
    .with_columns(
        pl.col("id").is_first_distinct().alias("kept"),
        pl.when(pl.col("answered")).then((pl.col("seconds") + 59) // 60).otherwise(0).alias("minutes"),
    )
    .with_columns((pl.col("minutes") * pl.col("rate")).alias("cost"))
    .collect()
)
kept, answered = pl.col("kept"), pl.col("answered")
steps = calls.select(
    pl.len().alias("talked"),
    pl.col("seconds").sum(),
    (~kept).sum().alias("copies"),
    pl.col("seconds").filter(~kept).sum().alias("copied"),
    (kept & ~answered).sum().alias("not billed"),
    (kept & answered).sum().alias("expected"),
    pl.col("minutes").filter(kept).sum(),
    pl.col("cost").filter(kept).sum(),
).row(0)
ours = (
    calls.filter(kept & answered)
    .group_by("day")
    .agg(pl.len().alias("calls"), pl.col("minutes").sum(), pl.col("cost").sum())
)
theirs = pl.read_csv(usage, infer_schema=False).select(
    pl.col("start_date").alias("day"),
    pl.col("count").cast(pl.Int64).alias("their calls"),
    pl.col("usage").cast(pl.Int64).alias("their minutes"),
    (pl.col("price").str.replace(".", "", literal=True).cast(pl.Int64)).alias("their cost"),
)
days = ours.join(theirs, on="day", how="full", coalesce=True).sort("day").rows()
copies = calls.filter(~kept)["id"].sort().to_list()
findings = [day for day in days if day[1:4] != day[4:7]]
with open(out, "w") as file:
    json.dump({"steps": steps, "days": days, "findings": findings, "copies": copies}, file, default=int)
