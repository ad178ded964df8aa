"""What people fill in on a letter: who writes, and whom to."""

from __future__ import annotations

PROVIDER, PROVIDER_ADDRESS = "Provider", "Provider's address"
COMPANY, COMPANY_ADDRESS = "Our company", "Our address"
REFERENCE, CUSTOMER = "Our reference", "Customer number"
SIGNED, CONTACT = "Signed by", "Contact"
PARTIES = (
    (COMPANY, "[our company]"),
    (COMPANY_ADDRESS, "[our address]"),
    (PROVIDER, "[provider]"),
    (PROVIDER_ADDRESS, "[provider's address]"),
    (CUSTOMER, "[customer number]"),
    (REFERENCE, "[our reference]"),
    (SIGNED, "[name and role]"),
    (CONTACT, "[telephone or e-mail]"),
)
"""What people fill in, with what stands there until then."""

THEIRS = (PROVIDER, PROVIDER_ADDRESS, CUSTOMER)
OF_ANY = (COMPANY, COMPANY_ADDRESS, SIGNED, CONTACT)
"""What is the same in every letter: one that says nothing takes it from another."""
