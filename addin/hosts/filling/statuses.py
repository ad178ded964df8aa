"""Whether a call is charged, where the word in its file does not say it: a mapping or a setting decides then.

A template knows a call by the word in its column Status alone. A word that only the mapping explains would be
unknown there, and the call in no figure, although its file was read with an answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from addin.errors import in_quotes
from addin.hosts.filling.targets import Given
from addin.reconcile.wording import counted
from addin.records.call import Call
from addin.records.formats import answered, billed_by
from templates.inputs import BILLED, CALLS


def with_known_statuses(given: Sequence[Given]) -> tuple[list[Given], list[str]]:
    """The same, with a word that every template knows where the file's own says something else or nothing;
    and what was entered for which word, in sentences."""
    said: list[str] = []
    return [_known(one, said) if one.table in (CALLS, BILLED) else one for one in given], said


def _known(given: Given, said: list[str]) -> Given:
    words: Counter[tuple[str, str]] = Counter()
    records: list[Call] = []
    for call in given.records:
        if call.is_billed is not None and billed_by(call.status) is not call.is_billed:
            word = answered(call.is_billed)
            words[call.status, word] += 1
            call = replace(call, status=word)
        records.append(call)
    said += [
        f'{given.table.name}: {in_quotes([written])} in {counted(count, "row")} was entered as "{word}", as '
        "the column mapping or the setting of voicemail says."
        for (written, word), count in words.items()
    ]
    return replace(given, records=records) if words else given
