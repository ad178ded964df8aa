"""The providers by name."""

from __future__ import annotations

from examples.generator.files import Provider
from examples.generator.twilio import TWILIO

PROVIDERS: dict[str, Provider] = {provider.name: provider for provider in (TWILIO,)}
