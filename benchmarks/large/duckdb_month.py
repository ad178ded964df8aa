"""The month's figures in SQL: `python duckdb_month.py LOG USAGE RATES OUT.json`.

What somebody writes who knows the question: copies by id, the longest prefix, 60/60, steps of the bridge,
days against the usage records, and the findings by day. Exact: amounts are whole hundred thousandths.
"""

import json
import sys

import duckdb

log, usage, rates, out = sys.argv[1:]
db = duckdb.connect()
db.execute(f"""
    create table rates as
    select prefix, direction, cast(cast(rate as decimal(18, 5)) * 100000 as bigint) as rate
    from read_csv('{rates}', all_varchar = true)
""")
db.execute(f"""
    create table calls as
    select
        "Call SID" as id,
        "Status" = 'completed' as answered,
        coalesce(try_cast("Duration" as bigint), 0) as seconds,
        cast(substr("Start Time", 1, 10) as date) as day,
        "Direction" = 'inbound' as inbound,
        ltrim("To", '+') as number
    from read_csv('{log}', all_varchar = true, header = true)
""")
db.execute("""
    create table prefixed as
    select number4, max_by(rate, length(prefix)) as rate
    from (select distinct substr(number, 1, 4) as number4 from calls) n
    join rates r on r.direction = 'outbound' and starts_with(number4, r.prefix)
    group by number4
""")
db.execute("""
    create table rated as
    select
        c.*,
        row_number() over (partition by id) = 1 as kept,
        case when answered then (seconds + 59) // 60 else 0 end as minutes,
        case when inbound then (select rate from rates where direction = 'inbound') else p.rate end as rate
    from calls c left join prefixed p on p.number4 = substr(c.number, 1, 4)
""")
steps = db.execute("""
    select
        count(*), sum(seconds),
        count(*) filter (not kept), sum(seconds) filter (not kept),
        count(*) filter (kept and not answered),
        count(*) filter (kept and answered), sum(minutes) filter (kept), sum(minutes * rate) filter (kept)
    from rated
""").fetchone()
days = db.execute(f"""
    with ours as (
        select day, count(*) as calls, sum(minutes) as minutes, sum(minutes * rate) as cost
        from rated where kept and answered group by day
    ), theirs as (
        select
            cast(start_date as date) as day, cast(count as bigint) as calls, cast(usage as bigint) as minutes,
            cast(cast(price as decimal(18, 5)) * 100000 as bigint) as cost
        from read_csv('{usage}', all_varchar = true)
    )
    select day::varchar, ours.calls, ours.minutes, ours.cost, theirs.calls, theirs.minutes, theirs.cost
    from ours full join theirs using (day) order by day
""").fetchall()
copies = db.execute("select id from rated where not kept order by id").fetchall()
findings = [day for day in days if day[1:4] != day[4:7]]
with open(out, "w") as file:
    json.dump({"steps": steps, "days": days, "findings": findings, "copies": copies}, file, default=int)
