"""What no way to a workbook can do without: `python floor.py LOG SHEET.xml OUT`.

The bytes of the log are read, the sheet's XML is deflated once, as quickly as it goes, and written.
"""

import sys
from pathlib import Path

from isal import isal_zlib

log, sheet, out = map(Path, sys.argv[1:])
with log.open("rb") as file:
    while file.read(1 << 20):
        pass
deflater = isal_zlib.compressobj(1, isal_zlib.DEFLATED, -15)
with sheet.open("rb") as file, out.open("wb") as target:
    while block := file.read(1 << 20):
        target.write(deflater.compress(block))
    target.write(deflater.flush())
