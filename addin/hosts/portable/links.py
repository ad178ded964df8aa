"""The files that a workbook is linked to: which is the add-in, and what is left once that is gone."""

from __future__ import annotations

from addin.hosts.package import Element, Package
from addin.hosts.package.vocabulary import ID, MAIN, TO_EXTERNAL_LINK
from addin.hosts.portable.formula import Links, is_add_in

_CALC = "Calc"


def links_of(package: Package) -> Links:
    """By their numbers in formulas: the order of the references in the workbook part, from 1."""
    listed = _references(package)
    ours = frozenset(number for number, (_, part) in enumerate(listed, 1) if _is_ours(package, part))
    others = [number for number in range(1, len(listed) + 1) if number not in ours]
    return Links(ours, {old: new for new, old in enumerate(others, 1)}, _is_by_calc(package))


def remove_links(package: Package, links: Links) -> list[str]:
    """Take the links to the add-in out; where each led. Formulas are the caller's to change."""
    gone = [one for number, one in enumerate(_references(package), 1) if number in links.ours]
    ids = {id for id, _ in gone}
    with package.edit(package.document) as xml:
        references = xml.find("externalReference")
        left = [one for one in references if one.attributes.get(ID) not in ids]
        for element in references if left else xml.find("externalReferences"):
            if element not in left:
                xml.remove(element)
    targets = [_target(package, part) for _, part in gone]
    for _, part in gone:
        package.remove(part)
    return targets


def _references(package: Package) -> list[tuple[str, str]]:
    """Id and part of each."""
    parts = {one.id: one.part for one in package.relationships(package.document, TO_EXTERNAL_LINK)}
    found: list[Element] = package.find(package.document, "externalReference", namespace=MAIN)
    return [(id, parts.get(id, "")) for id in (one.attributes.get(ID, "") for one in found)]


def _is_ours(package: Package, part: str) -> bool:
    return part in package and is_add_in(_target(package, part))


def _target(package: Package, part: str) -> str:
    """The file that a link leads to: of its relationships the one that the link names, for a link may have
    another one to the same file in the cloud."""
    books = package.find(part, "externalBook", namespace=MAIN)
    id = books[0].attributes.get(ID, "") if books else ""
    return next((one.target for one in package.relationships(part) if one.id == id), "")


def _is_by_calc(package: Package) -> bool:
    version = package.find(package.document, "fileVersion", namespace=MAIN)
    return any(one.attributes.get("appName") == _CALC for one in version)
