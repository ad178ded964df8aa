#!/bin/sh
# The other reports on the example months, as commands to try:  sh examples/reports.sh FOLDER
# Each writes its workbook into the folder. They end with 1, since the examples have something to look at.
set -eu
folder=${1%/}
here=$(dirname "$0")

report() {
    name=$1
    shift
    rm -f "$folder/$name.xlsx"
    code=0
    told=$(tollsheet "$@" -o "$folder/$name.xlsx" --force) || code=$?
    if [ "$code" -gt 1 ] || [ ! -s "$folder/$name.xlsx" ]; then
        echo "$told" >&2
        exit 2
    fi
    echo "Written: $folder/$name.xlsx"
}

connexcs=$here/connexcs
report investigation investigate --month 2026-09 --calls "$connexcs/calls-cdr.csv" \
    --billed "$connexcs/billed-cdr.csv" --rates "$connexcs/rates.csv"
report reconciliation-connexcs reconcile --month 2026-09 --calls "$connexcs/calls-cdr.csv" \
    --billed "$connexcs/billed-cdr.csv" --rates "$connexcs/rates.csv"
report disputes dispute "$folder/reconciliation-connexcs.xlsx" --as-of 2026-10-15
report billing-report billing-report --charges "$here/billing/charges.csv" --roster "$here/billing/roster.csv" \
    --month 2026-09 --everyone --country US --country GB
report storage storage --recordings "$here/plivo/storage-recordings.json" \
    --deletions "$here/plivo/storage-deletions.csv" --from-month 2026-04 --to-month 2026-09
