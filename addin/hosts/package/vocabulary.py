"""Words of the file format (ECMA-376, transitional): namespaces, kinds of relationships and of parts."""

from __future__ import annotations

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/"
"""How namespaces and relationships of Excel's "Strict Open XML" files begin: another vocabulary."""

RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ID = f"{{{OFFICE}}}id"
"""The attribute r:id, as `Element.attributes` names it."""

TO_DOCUMENT = f"{OFFICE}/officeDocument"
TO_CALC_CHAIN = f"{OFFICE}/calcChain"
TO_TABLE = f"{OFFICE}/table"
TO_EXTERNAL_LINK = f"{OFFICE}/externalLink"

RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_EXCEL = "application/vnd.ms-excel"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
WORKBOOKS = {
    f"{_SHEET}.sheet.main+xml": ".xlsx",
    f"{_SHEET}.template.main+xml": ".xltx",
    f"{_EXCEL}.sheet.macroEnabled.main+xml": ".xlsm",
    f"{_EXCEL}.template.macroEnabled.main+xml": ".xltm",
    f"{_EXCEL}.addin.macroEnabled.main+xml": ".xlam",
}
"""The content types of a workbook's main part, and the ending of such files."""
