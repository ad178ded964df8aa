"""Why a call has no cost: what is wrong, in which cell, and what to do."""

from __future__ import annotations

NO_ID = "No call id: type it, or delete the row where it holds no call"
NO_STATUS = "Status is blank: type the provider's word for how the call ended"
UNKNOWN_STATUS = "Status is not on the sheet Statuses: add it there, with yes or no"
NO_WAY = "Direction is unknown: write outbound or inbound"
NO_DIGITS = " is no telephone number: type its digits, with or without +"
NO_NUMBER = " is blank, and Rates has no row for all numbers: type the number"
NOT_COVERED = "No row of Rates covers it: look at its prefixes, directions, categories and days"
NO_CARD = "Rates cannot be read: see its column Problem"
TIE = " of Rates cover it equally well: give them other days, directions or categories"
TOO_LARGE = "Its cost is too large for formulas that are exact"
