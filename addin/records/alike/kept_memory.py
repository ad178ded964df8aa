"""Memory that is used again, block by block.

Every block of a large table needs some tens of megabytes for as long as it is read. The C library of Linux,
and the allocator that arrow brings along, give such pieces back to the system at once, which then has to hand
out pages of zeros for the next block: of reading ten million calls that was a twentieth.
"""

from __future__ import annotations

import os
from functools import cache

import numpy as np

_PIECE = (1 << 25) - (1 << 16)
"""Of the pieces that the C library may learn to keep the largest, about: at 32 MB it stops."""
_CHOSEN = "ARROW_DEFAULT_MEMORY_POOL"
"""By which a person chooses arrow's allocator."""


@cache
def keep_freed_memory() -> None:
    """From here on pieces of up to 32 MB are kept for the next one that asks. Where the C library is not
    glibc nothing changes."""
    try:
        is_glibc = (os.confstr("CS_GNU_LIBC_VERSION") or "").startswith("glibc")
    except (AttributeError, ValueError, OSError):  # another system, or another library
        return
    if not is_glibc:
        return
    import pyarrow as pa

    if _CHOSEN not in os.environ:
        pa.set_memory_pool(pa.system_memory_pool())
    np.empty(_PIECE, np.uint8)  # freed at once: from its size the library learns which ones to keep
