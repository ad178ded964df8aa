"""The providers by name."""

from __future__ import annotations

from examples.generator.connexcs import CONNEXCS
from examples.generator.files import Provider
from examples.generator.generic import GENERIC
from examples.generator.plivo import PLIVO
from examples.generator.twilio import TWILIO
from examples.generator.voiso import VOISO

PROVIDERS: dict[str, Provider] = {
    provider.name: provider for provider in (TWILIO, PLIVO, CONNEXCS, VOISO, GENERIC)
}
