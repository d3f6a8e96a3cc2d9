"""The parts of a workbook around its sheets (ECMA-376): what lies where, which sheets there are, two styles."""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import quoteattr

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PLAIN, BOLD = 0, 1  # places in the list of cell styles

TYPES = {
    "xl/workbook.xml": f"{SHEETS}.sheet.main+xml",
    "xl/styles.xml": f"{SHEETS}.styles+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
}
FONT = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}"><fonts count="2"><font>{FONT}</font><font><b/>{FONT}</font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
ABOUT = (  # the day is nobody's: a clock would make other bytes of the same data
    f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>Workshop</dc:title>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:created></cp:coreProperties>'
)


def sheet(number: int) -> str:
    """Where a sheet lies; the first is 1."""
    return f"xl/worksheets/sheet{number}.xml"


def parts(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Everything but the sheets of these names: where it lies, and its text."""
    numbers = range(1, len(names) + 1)
    yield "[Content_Types].xml", _types(numbers)
    book = f"{OFFICE}/officeDocument", "xl/workbook.xml"
    yield "_rels/.rels", _links([book, (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")])
    yield "docProps/core.xml", ABOUT
    yield "xl/workbook.xml", _list_of(names)
    links = [(f"{OFFICE}/worksheet", sheet(number).removeprefix("xl/")) for number in numbers]
    yield "xl/_rels/workbook.xml.rels", _links([*links, (f"{OFFICE}/styles", "styles.xml")])
    yield "xl/styles.xml", STYLES


def _types(numbers: Sequence[int]) -> str:
    types = TYPES | {sheet(number): f"{SHEETS}.worksheet+xml" for number in numbers}
    listed = (f'<Override PartName="/{path}" ContentType="{each}"/>' for path, each in types.items())
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{"".join(listed)}</Types>'
    )


def _links(targets: Sequence[tuple[str, str]]) -> str:
    """From one part to others, the first as rId1."""
    listed = (
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{"".join(listed)}</Relationships>'


def _list_of(names: Sequence[str]) -> str:
    listed = (
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(names, 1)
    )
    return (
        f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{''.join(listed)}</sheets></workbook>"
    )
