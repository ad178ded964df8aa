"""What holds for every command, and for the reconciliation."""

from __future__ import annotations

from addin.ribbon.settings.sections.section import Section

MONTH = "Month"
ZONE = "Time zone"
BILL_ZONE = "Time zone of the bill"
VOICEMAIL = "Voicemail is billed"
MAPPING = "Column mapping"
MINUTES = "Tolerance, minutes"
AMOUNT = "Tolerance, amount"
WINDOW = "Matching window, seconds"
INVOICE_TOTAL = "Invoice total"
TAXES = "Taxes"
CREDITS = "Credits"
OTHER_LINES = "Other lines"
ACCOUNT = "Account"
EARLIER = "Earlier reconciliation"

FILES = Section(
    "Month and files",
    (
        (MONTH, "", "YYYY-MM, in UTC. Blank: the month that the records cover is proposed."),
        (ZONE, "", "Of times that name none, such as America/New_York or +05:30. Blank: UTC."),
        (BILL_ZONE, "", "The same for the bill. Blank: as above."),
        (VOICEMAIL, "", "yes or no (Voiso). Blank: calls answered by voicemail have an unknown status."),
        (
            MAPPING,
            "",
            "A mapping file (.toml) for other exports: its path, counted from this workbook's folder.",
        ),
    ),
)

RECONCILIATION = Section(
    "Reconciliation",
    (
        (MINUTES, "0", "The difference in minutes that is allowed in each category and day."),
        (AMOUNT, "0", "The same for amounts."),
        (WINDOW, "60", "How far apart two records of one call may start where their ids do not match."),
    ),
)

INVOICE = Section(
    "Invoice",
    (
        (INVOICE_TOTAL, "", "Such as 1234.56 or 1234.56 USD. Blank: the invoice is not looked at."),
        (TAXES, "", "On the invoice, written like its total."),
        (CREDITS, "", "The same; an amount of 0 or more, which is taken off."),
        (OTHER_LINES, "", "Of the invoice, separated by semicolons, such as Support=50; Discount=-10."),
        (ACCOUNT, "", "For the line of the books, where the records name no account."),
        (
            EARLIER,
            "",
            "Of the month before, as .xlsx or .json: its path, counted from this workbook's folder.",
        ),
    ),
)
