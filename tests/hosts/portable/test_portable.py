"""A workbook with links to the add-in, as a copy without: what changes, and that all else stays."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from addin.errors import TollsheetError
from addin.hosts.package import Package, Workbook, read_package
from addin.hosts.package.vocabulary import MAIN
from addin.hosts.portable.needing import Needing
from addin.hosts.portable.portable import Portable, save_portable
from templates.formulas.lambdas import LAMBDAS
from tests.hosts.package.made import unzipped
from tests.hosts.portable.linked import ADD_IN, OTHER, STARTUP, add_link, linked_workbook
from tests.validator.validate import problems

CHANGED_PARTS = {
    "[Content_Types].xml",
    "xl/_rels/workbook.xml.rels",
    "xl/charts/chart1.xml",
    "xl/tables/table1.xml",
    "xl/workbook.xml",
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet2.xml",
}
GONE = {"xl/externalLinks/externalLink1.xml", "xl/externalLinks/_rels/externalLink1.xml.rels"}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return linked_workbook(tmp_path / "book.xlsx")


def converted(book: Path) -> tuple[Path, Portable]:
    return save_portable(book, None, force=True)


def changed(book: Path, change: Callable[[Package], None]) -> Path:
    package = read_package(book)
    change(package)
    package.write(book)
    return book


def texts(path: Path, part: str, *names: str) -> list[str]:
    package = read_package(path)
    with package.edit(part) as xml:
        return [xml.text(one) for one in xml.find(*names, namespace=None) if xml.text(one)]


def test_the_copy_stands_beside_it_and_is_valid(book: Path) -> None:
    before = book.read_bytes()
    target, made = converted(book)
    assert target == book.with_name("book (portable).xlsx")
    assert book.read_bytes() == before
    assert problems(target) == []
    assert made.links == [ADD_IN]
    assert made.uses


def test_formulas_of_every_kind_are_plain(book: Path) -> None:
    target, made = converted(book)
    assert texts(target, "xl/worksheets/sheet1.xml", "f", "formula", "formula1") == [
        "CALL_COST(A2,B2)",
        "BILLED_MINUTES(A2:A3)",
        "BILLED_MINUTES(A2:A3)",
        'CALL_COST(A3,[1]Rates!$B$2)&"[1]!CALL_COST("',
        "'[1]My rates'!A1+[1]Rates!B9",
        "SUM(A2:A5)",
        "BILLED_MINUTES($A2)>1",
        "rates",
        "Calls!A2:A5",
    ]
    assert texts(target, "xl/worksheets/sheet2.xml", "f") == [
        "MONTH_ATTRIBUTE(45000)", "CALL_COST(1,2)", "CALL_COST(1,2)", "[1]Rates!A2:A5",
    ]  # fmt: skip
    assert texts(target, "xl/tables/table1.xml", "calculatedColumnFormula") == ["CALL_COST(1,2)"]
    assert texts(target, "xl/charts/chart1.xml", "f") == ["[1]Rates!$A$2:$A$5"]
    names = {one.name: one.text for one in Workbook(read_package(target)).names()}
    assert names["rates"] == "[1]Rates!$B$2:$B$9"
    assert names["minutes"] == "BILLED_MINUTES(Calls!$A$2)"
    assert (made.formulas, made.renumbered) == (10, 4)


def test_the_other_link_stays_and_is_the_first(book: Path) -> None:
    package = read_package(converted(book)[0])
    [reference] = package.find(package.document, "externalReference", namespace=MAIN)
    [link] = [
        one for one in package.relationships(package.document) if one.id in reference.attributes.values()
    ]
    assert [one.target for one in package.relationships(link.part)] == [OTHER]


def test_only_what_has_to_change_does(book: Path) -> None:
    before, after = unzipped(book.read_bytes()), unzipped(converted(book)[0].read_bytes())
    assert [part for part in before if part not in GONE] == [*after]
    assert {part for part in after if after[part] != before[part]} == CHANGED_PARTS
    sheet = "xl/worksheets/sheet1.xml"
    formulas = re.compile(rb"(<(?:f|formula|formula1)\b[^>]*>)[^<]*")
    assert formulas.sub(rb"\1", after[sheet]) == formulas.sub(rb"\1", before[sheet])
    assert b'<c r="E2" cm="1"><f t="array" ref="E2:E3">BILLED_MINUTES(A2:A3)</f><v>2</v>' in after[sheet]


def test_it_carries_the_functions_and_calculates_on_opening(book: Path) -> None:
    changed(
        book,
        lambda package: package.put(
            package.document, package.content(package.document).replace(b' fullCalcOnLoad="1"', b"")
        ),
    )
    target, made = converted(book)
    workbook = Workbook(read_package(target))
    named = {one.name: one for one in workbook.names()}
    for name, function in LAMBDAS.items():
        assert (named[name].text, named[name].comment) == (function.stored, function.comment)
    assert made.names_added == [*LAMBDAS]
    with workbook.package.edit(workbook.part) as xml:
        calculation = xml.first("calcPr")
    assert calculation
    assert calculation.attributes["fullCalcOnLoad"] == "1"


def test_what_needs_the_add_in_is_named(book: Path) -> None:
    def use_cards(package: Package) -> None:
        for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml"):
            content = package.content(part)
            package.put(part, content.replace(b"[1]!BILLED_MINUTES(", b"[1]!CARD_COST("))

    cards = ("CARD_COST",)
    assert converted(changed(book, use_cards))[1].needing == [
        Needing("Calls", "D2:D3", cards),
        Needing("Calls", "E2:E3", cards),
        Needing("a conditional format on Calls", "", cards),
        Needing("the name minutes", "", cards),
    ]


def test_made_portable_again_nothing_changes(book: Path) -> None:
    first, _ = converted(book)
    second, made = converted(first)
    assert unzipped(first.read_bytes()) == unzipped(second.read_bytes())
    assert made == Portable(uses=True, needing=made.needing)


def test_several_links_to_the_add_in_all_go(tmp_path: Path) -> None:
    book = linked_workbook(tmp_path / "book.xlsx", [ADD_IN, OTHER, "tollsheet%20(1).xlam"])
    target, made = converted(book)
    assert made.links == [ADD_IN, "tollsheet%20(1).xlam"]
    assert (
        len(
            Workbook(read_package(target)).package.find(
                "xl/workbook.xml", "externalReference", namespace=MAIN
            )
        )
        == 1
    )
    assert problems(target) == []


def test_without_other_links_the_list_of_links_goes(tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    workbook = xlsxwriter.Workbook(book)
    workbook.add_worksheet().write_formula("A1", "[1]!CALL_COST(1,2)", None, 3)
    workbook.close()
    changed(book, lambda package: add_link(package, 1, "tollsheet.xlam", STARTUP))
    target, made = converted(book)
    parts = unzipped(target.read_bytes())
    assert made.links == ["tollsheet.xlam"]
    assert b"externalReference" not in parts["xl/workbook.xml"]
    assert not any("xternalLink" in name or b"xternalLink" in content for name, content in parts.items())
    assert problems(target) == []


def test_a_link_with_a_second_address_goes_by_the_one_it_names(book: Path) -> None:
    part = "xl/externalLinks/externalLink2.xml"

    def name_the_second(package: Package) -> None:
        package.unrelate(part, "rId1")
        package.relate(part, "cloud", "https://x/tollsheet.xlam", outside=True)
        package.put(part, package.content(part).replace(b'"rId1"', b'"rId2"'))
        package.relate(part, "path", OTHER, outside=True)

    assert converted(changed(book, name_the_second))[1].links == [ADD_IN]


def test_rules_of_later_excels_are_changed_within(book: Path) -> None:
    rule = (
        '<ext xmlns:x14="u" xmlns:xm="v" uri="x"><x14:dataValidations><x14:dataValidation><x14:formula1>'
        "<xm:f>[2]Rates!$A$1:$A$9</xm:f></x14:formula1><xm:sqref>A1</xm:sqref></x14:dataValidation>"
        "</x14:dataValidations></ext>"
    )
    sheet = "xl/worksheets/sheet1.xml"

    def add_rule(package: Package) -> None:
        with package.edit(sheet) as xml:
            [extensions] = xml.find("extLst")
            xml.append(extensions, rule)

    target, _ = converted(changed(book, add_rule))
    assert rule.replace("[2]", "[1]").encode() in unzipped(target.read_bytes())[sheet]


def test_parts_without_formulas_are_not_even_read(book: Path) -> None:
    notes = b"<no XML> [1]!CALL_COST("
    target, _ = converted(
        changed(book, lambda package: package.add("customXml/item1.xml", notes, "application/xml"))
    )
    assert unzipped(target.read_bytes())["customXml/item1.xml"] == notes


def test_formulas_that_share_are_counted_and_a_cell_may_stand_anywhere(tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    workbook = xlsxwriter.Workbook(book)
    workbook.add_worksheet("One").write_formula("B2", "FORMULA", None, 3)
    workbook.close()
    shared = (
        b'<f t="shared" ref="B2:B4" si="0">_xll.CALL_RATE(A2,C:D)</f><v>3</v></c></row>'
        b'<row r="3"><c r="B3"><f t="shared" si="0"/><v>3</v></c></row>'
        b'<row r="4"><c r="B4"><f t="shared" si="0"/><v>3</v></c><c r="C4"><f>CARD_COST(A1)</f><v>3</v>'
    )

    def share(package: Package) -> None:
        sheet = package.content("xl/worksheets/sheet1.xml")
        package.put("xl/worksheets/sheet1.xml", sheet.replace(b"<f>FORMULA</f><v>3</v>", shared))

    target, made = converted(changed(book, share))
    assert made.formulas == 3
    assert [one.place for one in made.needing] == ["One!B2:B4", "One!C4"]
    sheet = unzipped(target.read_bytes())["xl/worksheets/sheet1.xml"]
    assert shared.replace(b"_xll.", b"") in sheet


def test_a_button_of_the_add_in_runs_nothing_and_others_stay(book: Path) -> None:
    vml = "xl/drawings/vmlDrawing1.vml"
    drawing = "xl/drawings/drawing1.xml"
    ours = b"<x:FmlaMacro>[0]!Mine</x:FmlaMacro>"

    def assign(package: Package) -> None:
        old = package.content(vml)
        assert ours in old
        shown = (
            b"<br>"
            + ours.replace(b"[0]!Mine", b"[1]!TollsheetInvestigate")
            + b"<x:FmlaLink>[2]R!$A$1</x:FmlaLink>"
        )
        package.put(vml, old.replace(ours, ours + shown))
        shape = package.content(drawing)
        assert b'macro=""' in shape
        package.put(
            drawing,
            shape.replace(
                b'macro="" textlink="Calls!$A$2"', b'macro="[1]!TollsheetAbout" textlink="[2]R!$A$2"'
            ).replace(
                b"<xdr:nvSpPr>", b'<xdr:nvSpPr><a14:cameraTool xmlns:a14="urn:a14" cellRange="[2]R!B2"/>'
            ),
        )

    target, made = converted(changed(book, assign))
    parts = unzipped(target.read_bytes())
    assert ours + b"<br><x:FmlaMacro></x:FmlaMacro><x:FmlaLink>[1]R!$A$1</x:FmlaLink>" in parts[vml]
    assert b'macro="" textlink="[1]R!$A$2"' in parts[drawing]
    assert b'cellRange="[1]R!B2"' in parts[drawing]
    assert made.buttons == ["Calls", "Calls"]


def test_a_cell_of_the_add_in_is_refused_by_its_place(book: Path) -> None:
    sheet = "xl/worksheets/sheet1.xml"
    changed(
        book,
        lambda package: package.put(sheet, package.content(sheet).replace(b"SUM(A2:A5)", b"[1]conf!$B$2")),
    )
    with pytest.raises(
        TollsheetError, match=r"^Calls!C5 of book\.xlsx takes more.*functions: \[1\]conf!\$B\$2"
    ):
        converted(book)


def test_a_signature_goes_with_what_was_signed(book: Path) -> None:
    def sign(package: Package) -> None:
        package.add(
            "_xmlsignatures/origin.sigs",
            b"",
            "application/vnd.openxmlformats-package.digital-signature-origin",
        )
        package.add("_xmlsignatures/sig1.xml", b"<Signature/>", "application/xml")
        package.relate("", "origin", "_xmlsignatures/origin.sigs")
        package.relate("_xmlsignatures/origin.sigs", "signature", "_xmlsignatures/sig1.xml")

    target, made = converted(changed(book, sign))
    assert made.was_signed
    assert not any(
        "signature" in name or b"signature" in content
        for name, content in unzipped(target.read_bytes()).items()
    )


def test_a_workbook_with_macros_stays_one(tmp_path: Path) -> None:
    book = linked_workbook(tmp_path / "book.xlsx").rename(tmp_path / "Book.XLSM")

    def with_macros(package: Package) -> None:
        types = package.content("[Content_Types].xml")
        package.put(
            "[Content_Types].xml",
            types.replace(
                b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
            ),
        )
        package.add("xl/vbaProject.bin", b"\x00VBA", "application/vnd.ms-office.vbaProject")

    changed(book, with_macros)
    target, _ = converted(book)
    assert target.name == "Book (portable).xlsm"
    assert unzipped(target.read_bytes())["xl/vbaProject.bin"] == b"\x00VBA"
    with pytest.raises(TollsheetError, match=r"x\.xlsx does not end in \.xlsm, as Book\.XLSM has to"):
        save_portable(book, tmp_path / "x.xlsx", force=False)


def test_a_workbook_without_our_functions_gets_them(tmp_path: Path) -> None:
    book = tmp_path / "plain.xlsx"
    workbook = xlsxwriter.Workbook(book)
    workbook.add_worksheet().write_formula("A1", "=1+1", None, 2)
    workbook.close()
    target, made = converted(book)
    assert made == Portable(names_added=[*LAMBDAS])
    before, after = unzipped(book.read_bytes()), unzipped(target.read_bytes())
    assert {part for part in after if after[part] != before[part]} == {"xl/workbook.xml"}


def test_what_exists_is_kept_without_force(book: Path) -> None:
    target, _ = converted(book)
    target.write_bytes(b"mine")
    with pytest.raises(TollsheetError, match="exists already"):
        save_portable(book, None, force=False)
    assert target.read_bytes() == b"mine"
    changed(book, lambda package: Workbook(package).set_name("CALL_COST", "1"))
    with pytest.raises(TollsheetError, match="exists already"):  # said before anything else is
        save_portable(book, None, force=False)
    with pytest.raises(TollsheetError, match="is an input"):
        save_portable(book, book, force=True)
