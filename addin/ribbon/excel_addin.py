"""What the built Excel add-in and its installation have to agree on."""

from __future__ import annotations

NAME = "tollsheet.xlam"
PROJECT = "tollsheet"
"""Of the VBA: xlwings' macros name the sheet and the file of settings after it."""
XLWINGS = "0.37.8"
"""The one version whose DLL, Python and VBA belong together: the DLL's name carries it."""
UDF_MODULE = "addin.hosts.excel.udfs"
"""Where the macros find the functions."""
SETTINGS = {
    "UDF MODULES": UDF_MODULE,
    "USE UDF SERVER": "True",
    "SHOW CONSOLE": "False",
    "ADD_WORKBOOK_TO_PYTHONPATH": "False",
}
"""Of xlwings' macros, on every machine. The workbook's own folder is not searched for Python modules (xlwings
would by default): a file beside a workbook received by mail must not run."""
