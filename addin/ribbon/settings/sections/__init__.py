"""THE list of settings: label, default and help, by section. The sheet is made from it and read by labels.

A label stands once in the whole list, so that a row may be moved anywhere on the sheet.
"""

from __future__ import annotations

from addin.ribbon.settings.sections import billing, disputes, investigation, month, storage

SHEET = "Tollsheet settings"
SECTIONS = (
    month.FILES,
    month.RECONCILIATION,
    month.INVOICE,
    billing.SECTION,
    storage.SECTION,
    investigation.SECTION,
    disputes.SECTION,
)
KNOWN = frozenset(label for section in SECTIONS for label, _, _ in section.rows)
