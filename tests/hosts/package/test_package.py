"""Parts taken out, put in and changed; the others come out as they were."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from addin.errors import TollsheetError
from addin.hosts.package import Package, read_package, zipped
from tests.hosts.package.made import OFFICE, plain_parts, rich_workbook, unzipped
from tests.hosts.package.made import zipped as as_zip
from tests.validator.validate import problems

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"


def written(package: Package) -> bytes:
    file = io.BytesIO()
    package.write(file)
    return file.getvalue()


@pytest.fixture
def plain() -> Package:
    return Package(as_zip(plain_parts()), "plain.xlsx")


def test_unchanged_parts_come_out_as_they_were(tmp_path: Path) -> None:
    content = rich_workbook(tmp_path / "rich.xlsx")
    package = read_package(tmp_path / "rich.xlsx")
    package.write(tmp_path / "out.xlsx")
    out = (tmp_path / "out.xlsx").read_bytes()
    assert list(unzipped(out).items()) == list(unzipped(content).items())
    assert written(package) == out
    assert problems(tmp_path / "out.xlsx") == []


def test_dates_and_packing_of_parts_stay(plain: Package) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, text in plain_parts().items():
            entry = zipfile.ZipInfo(name, (2024, 2, 29, 12, 30, 2))
            entry.compress_type = zipfile.ZIP_STORED if name == "xl/sheet1.xml" else zipfile.ZIP_DEFLATED
            file.writestr(entry, text)
    package = Package(packed.getvalue(), "a.xlsx")
    package.put("xl/sheet1.xml", b"<new/>")
    with zipfile.ZipFile(io.BytesIO(written(package))) as file:
        entries = {entry.filename: (entry.date_time, entry.compress_type) for entry in file.infolist()}
    assert set(entries) == set(plain_parts())
    assert {date for date, _ in entries.values()} == {(2024, 2, 29, 12, 30, 2)}
    stored = [name for name, (_, packing) in entries.items() if packing == zipfile.ZIP_STORED]
    assert stored == ["xl/sheet1.xml"]


def test_a_part_is_added_and_related(plain: Package) -> None:
    plain.add("xl/externalLinks/externalLink1.xml", b"<a/>", TYPE)
    assert (
        plain.relate("xl/workbook.xml", f"{OFFICE}/externalLink", "xl/externalLinks/externalLink1.xml")
        == "rId2"
    )
    target = "file:///C:/a%20b.xlam"
    assert plain.relate("xl/externalLinks/externalLink1.xml", "t", target, outside=True) == "rId1"
    again = Package(written(plain), "again.xlsx")
    assert again.parts[-2:] == (
        "xl/externalLinks/externalLink1.xml",
        "xl/externalLinks/_rels/externalLink1.xml.rels",
    )
    assert again.content_type("xl/externalLinks/externalLink1.xml") == TYPE
    [one] = again.relationships("xl/workbook.xml", f"{OFFICE}/externalLink")
    assert (one.target, one.part) == ("externalLinks/externalLink1.xml", "xl/externalLinks/externalLink1.xml")
    [out] = again.relationships(one.part)
    assert (out.target, out.part) == (target, "")


def test_what_was_added_can_be_removed_without_a_trace(plain: Package) -> None:
    before = unzipped(written(plain))
    plain.add("xl/b.xml", b"<a/>", TYPE)
    plain.relate("xl/workbook.xml", "t", "xl/b.xml")
    plain.relate("xl/b.xml", "t", "elsewhere.xlam", outside=True)
    plain.remove("xl/b.xml")
    assert unzipped(written(plain)) == before


def test_the_same_name_in_other_case_or_as_an_address_is_the_part() -> None:
    parts = plain_parts()
    rels = "xl/_rels/workbook.xml.rels"
    parts["xl/a b.xml"] = "<a/>"
    parts[rels] = (
        parts[rels]
        .replace("/xl/sheet1.xml", "SHEET1.xml")
        .replace(
            "</Relationships>", '<Relationship Id="rId2" Type="t" Target="./a%20b.xml#x"/></Relationships>'
        )
    )
    package = Package(as_zip(parts), "a.xlsx")
    assert [one.part for one in package.relationships("xl/workbook.xml")] == ["xl/sheet1.xml", "xl/a b.xml"]


def test_an_error_within_an_edit_changes_nothing(plain: Package) -> None:
    before = plain.content("xl/workbook.xml")

    def fail() -> None:
        with plain.edit("xl/workbook.xml") as xml:
            xml.remove(xml.find("sheet")[0])
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert plain.content("xl/workbook.xml") == before


def test_a_missing_part_is_said(plain: Package) -> None:
    with pytest.raises(TollsheetError, match=r"plain\.xlsx is damaged: the part xl/none\.xml is missing"):
        plain.content("xl/none.xml")


def test_a_damaged_part_is_said() -> None:
    content = as_zip(plain_parts())
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        entry = file.getinfo("xl/sheet1.xml")
    at = entry.header_offset + 30 + len(entry.filename)
    package = Package(content[:at] + b"\xff\xff" + content[at + 2 :], "cut.xlsx")
    with pytest.raises(
        TollsheetError, match=r"cut\.xlsx is damaged: its part xl/sheet1\.xml cannot be unpacked"
    ):
        package.content("xl/sheet1.xml")


def changed(part: str, old: str, new: str) -> bytes:
    parts = plain_parts()
    assert old in parts[part]
    return as_zip({**parts, part: parts[part].replace(old, new)})


MAIN_TYPE = "spreadsheetml.sheet.main+xml"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"Call ID,Cost\n", "is no Excel workbook, or is cut off"),
        (as_zip(plain_parts())[:-40], "is no Excel workbook, or is cut off"),
        (OLD, r"old \.xls format"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "is encrypted with a password"),
        (as_zip({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "is no Excel workbook"),
        (changed("[Content_Types].xml", MAIN_TYPE, "wordprocessingml"), r"is no \.xlsx or \.xlsm workbook"),
        (changed("_rels/.rels", "xl/workbook.xml", "xl/none.xml"), r"is no \.xlsx or \.xlsm workbook"),
        (
            changed("_rels/.rels", f"{OFFICE}/officeDocument", "http://purl.oclc.org/ooxml/officeDocument/x"),
            'is a "Strict Open XML" workbook',
        ),
        (as_zip({**plain_parts(), "XL/workbook.xml": "<a/>"}), r"holds the part xl/workbook\.xml twice"),
        (
            as_zip({**plain_parts(), "xl/a.xml": bytes(25_000_000)}),
            r"refused: its part xl/a\.xml unpacks to 25,000",
        ),
    ],
)
def test_what_is_no_workbook_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(TollsheetError, match=f"^book[.]xlsx .*{why}"):
        Package(content, "book.xlsx")


def test_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "LARGEST", 1000)
    with pytest.raises(TollsheetError, match="is too large: it unpacks to"):
        Package(as_zip(plain_parts()), "book.xlsx")


def test_a_zip_with_a_password_is_refused() -> None:
    content = bytearray(as_zip(plain_parts()))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(TollsheetError, match="zip file with a password"):
        Package(bytes(content), "book.xlsx")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(TollsheetError, match=r"none\.xlsx cannot be read: No such file"):
        read_package(tmp_path / "none.xlsx")
