"""Call logs, usage records and recordings of telephony providers, read into one exact record type."""

from addin.records.mapping import ColumnMapping, read_mapping
from addin.records.rate_file import read_rate_card
from addin.records.reading import PROVIDERS, read_records

__all__ = ["PROVIDERS", "ColumnMapping", "read_mapping", "read_rate_card", "read_records"]
