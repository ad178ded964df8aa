"""How many decimals a column of figures shows, so that its points stand under each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Decimals:
    """The fewest and the most decimals that a column shows; the cells hold all that there are."""

    least: int
    most: int

    def of(self, values: Iterable[object]) -> int:
        """As many as the values need. More than `most` only where a small one would else be shown as 0.

        >>> Decimals(2, 4).of([Decimal(5208.5), Decimal("-96.7125"), None]), Decimals(2, 4).of([Decimal(3)])
        (4, 2)
        >>> Decimals(2, 4).of([Decimal("0.3333333333"), Decimal("0.00000712")])
        6
        """
        needed, first = self.least, 0
        for value in set(values):
            if isinstance(value, Decimal) and value:
                needed = max(needed, decimals_of(value))
                first = max(first, -value.adjusted())
        return needed if needed <= self.most else max(self.most, first)


def decimals_of(value: Decimal) -> int:
    """The decimals of a value without its closing zeros.

    >>> decimals_of(Decimal("1.5000")), decimals_of(Decimal(100))
    (1, 0)
    """
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def number_format(decimals: int, *, is_signed: bool = False) -> str:
    """The format of figures with so many decimals; a signed zero has no sign.

    >>> number_format(4), number_format(0), number_format(2, is_signed=True)
    ('#,##0.0000', '#,##0', '+#,##0.00;-#,##0.00;#,##0.00')
    """
    plain = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f"+{plain};-{plain};{plain}" if is_signed else plain
