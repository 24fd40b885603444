"""Tables of every format to relations: headers, types, roles, blanks, repaired rows."""

from pathlib import Path

import pytest
from extracted import (
    cell_of,
    knowledge_of,
    lexicon,
    relation_of,
    relations_of,
    roles_of,
    types_of,
    values_of,
)
from hypothesis import given
from hypothesis import strategies as st

from chatbot.documents.model import Document, Table, Text
from chatbot.knowledge.extraction.extract import extract

MAYORS = """\
# Mayors of Tarn

| No. | Mayor | Took office | Left office | Party |
|---|---|---|---|---|
| 1 | Josiah Pell | 4 May 1889 | 9 November 1897 | Liberal |
| 2 | Edmund Vane | 9 November 1897 | 3 August 1914 | Conservative |
| — | *Vacant* | 3 August 1914 | 15 February 1915 | |
| 3 | Agnes Thorburn (acting) | 15 February 1915 | November 1918 | |
| 4 | Dame Honoria Pell | November 1918 | Incumbent | Liberal |
"""


def test_a_table_of_office_holders(tmp_path: Path) -> None:
    relation = relation_of(tmp_path, "mayors.md", MAYORS)
    assert roles_of(relation) == {
        "No.": "order",
        "Mayor": "holder",
        "Took office": "start",
        "Left office": "end",
    }
    assert values_of(relation, "Took office") == [
        "1889-05-04",
        "1897-11-09",
        "1914-08-03",
        "1915-02-15",
        "1918-11",
    ]
    assert values_of(relation, "Left office")[-1] == ".."


def test_nobody_holds_a_vacant_office(tmp_path: Path) -> None:
    assert values_of(relation_of(tmp_path, "mayors.md", MAYORS), "Mayor") == [
        "Josiah Pell",
        "Edmund Vane",
        None,
        "Agnes Thorburn",
        "Dame Honoria Pell",
    ]


@pytest.mark.parametrize("name", ["محمد علي", "יוסף כהן", "王小明", "สมชาย", "Иван Петров"])
def test_an_office_is_held_by_names_of_every_script(tmp_path: Path, name: str) -> None:
    relation = relation_of(tmp_path, "mayors.md", MAYORS.replace("Josiah Pell", name))
    assert values_of(relation, "Mayor")[0] == name


@pytest.mark.parametrize("vacancy", ["Vacant", "*vacant*", "(Office vacant)", "Post vacant", "None", "no one", "—"])
def test_words_for_a_vacancy(tmp_path: Path, vacancy: str) -> None:
    text = MAYORS.replace("*Vacant*", vacancy)
    assert values_of(relation_of(tmp_path, "mayors.md", text), "Mayor")[2] is None


def test_a_cell_is_shown_as_written_and_keeps_its_place(tmp_path: Path) -> None:
    relation = relation_of(tmp_path, "mayors.md", MAYORS)
    cell = cell_of(relation, "Mayor", 3)
    assert cell.text == "Agnes Thorburn (acting)"
    assert MAYORS[cell.start : cell.end] == "Agnes Thorburn (acting)"


def test_a_blank_is_unknown_not_repeated(tmp_path: Path) -> None:
    assert values_of(relation_of(tmp_path, "mayors.md", MAYORS), "Party") == [
        "Liberal",
        "Conservative",
        None,
        None,
        "Liberal",
    ]


THINGS = """\
Name,Country,Built,Height (m),Range [nmi],Cost (in million euros),Status
Skarv Point,France,1861,41,18,1.2,Active
Old Mercy,Norway,1789,24,,0.4,Decommissioned
Grey Sisters,Norway,1902,33,16,2.5,Automated
Punta Ceniza,Chile,1878,"1,052",22,3,Active
"""


def test_a_table_of_things_has_a_key_and_no_holders(tmp_path: Path) -> None:
    relation = relation_of(tmp_path, "lights.csv", THINGS)
    roles = roles_of(relation)
    assert roles["Name"] == "key"
    assert roles["Country"] == "country"
    assert roles["Height"] == roles["Range"] == "measure"
    assert not {"holder", "start", "end", "term"} & set(roles.values())


def test_values_are_typed_and_units_stand_in_the_header(tmp_path: Path) -> None:
    relation = relation_of(tmp_path, "lights.csv", THINGS)
    assert types_of(relation) | {"Cost": ""} == {
        "Name": "text",
        "Country": "country",
        "Built": "date",
        "Height": "number",
        "Range": "number",
        "Cost": "",
        "Status": "text",
    }
    units = {column.header: column.unit for column in relation.columns if column.unit}
    assert units == {"Height": "m", "Range": "nmi", "Cost": "in million euros"}
    assert values_of(relation, "Built") == ["1861", "1789", "1902", "1878"]
    assert values_of(relation, "Height") == [41, 24, 33, 1052]
    assert values_of(relation, "Range") == [18, None, 16, 22]


@pytest.mark.parametrize(
    ("values", "kind", "canonical"),
    [
        (["1 May 1990", "3 June 1991", "July 1993"], "date", ["1990-05-01", "1991-06-03", "1993-07"]),
        (["1990–1993", "1993–96", "1996–"], "interval", ["1990/1993", "1993/1996", "1996/.."]),
        (["5%", "12.5 %", "7 per cent"], "percent", [5, 12.5, 7]),
        (["$6.5 billion", "US$5 million", "$900"], "money", [6.5e9, 5e6, 900]),
        (["81,370", "about 1,200", "13[2]"], "number", [81370, 1200, 13]),
        (["10 days", "2 weeks", "30 days"], "duration", [10, 14, 30]),
        (["GBR", "France", "Ghana"], "country", ["United Kingdom", "France", "Ghana"]),
        (["red", "green", "blue and white"], "text", ["red", "green", "blue and white"]),
        (["1990", "unknown", "1993"], "date", ["1990", "unknown", "1993"]),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_columns_are_typed_by_their_values(
    tmp_path: Path, values: list[str], kind: str, canonical: list[str | float]
) -> None:
    rows = "".join(f"| Thing {'ABC'[i]} | {value} |\n| | |\n"[: -len("| | |\n")] for i, value in enumerate(values))
    relation = relation_of(tmp_path, "t.md", f"# Things\n\n| Thing | Datum | Colour |\n|---|---|---|\n{rows}")
    assert types_of(relation)["Datum"] == kind
    assert values_of(relation, "Datum") == pytest.approx(canonical)


def test_a_cell_of_another_type_than_its_column_says_so(tmp_path: Path) -> None:
    text = "Thing,Mass,Colour\nA,5,red\nB,7,blue\nC,heavy,red\n"
    relation = relation_of(tmp_path, "t.csv", text)
    assert cell_of(relation, "Mass", 2).type == "text"
    assert cell_of(relation, "Mass", 0).type is None


def test_amounts_that_are_not_exact_say_so(tmp_path: Path) -> None:
    text = "# T\n\n| Thing | Mass | Colour |\n|---|---|---|\n| A | about 5 | red |\n| B | 7 | blue |\n"
    relation = relation_of(tmp_path, "t.md", text)
    assert [cell_of(relation, "Mass", row).about for row in (0, 1)] == [True, False]


def test_a_country_code_is_shown_by_the_country(tmp_path: Path) -> None:
    text = "Head,From,To,Country\nAna Ruiz,1990,1992,ESP\nBo Lindqvist,1992,1995,SWE\nEva Klein,1995,1999,DEU\n"
    relation = relation_of(tmp_path, "heads.csv", text)
    cell = cell_of(relation, "Country", 2)
    assert (cell.text, cell.value, text[cell.start : cell.end]) == ("Germany", "Germany", "DEU")


# -- roles


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            "Keeper,From,To\nAnders Holm,1861,1889\nBirgit Holm,1889,1907\nTormod Eide,1907,1931\n",
            {"Keeper": "holder", "From": "start", "To": "end"},
        ),
        (
            "Director,Term,Field\nAnna Berg,1887–1904,Sun\nKarl Vogel,1904–1919,Stars\nLea Pym,1919–present,\n",
            {"Director": "holder", "Term": "term"},
        ),
        (
            "Name,Born,Died,Known for\nAnna Berg,1887,1904,Comets\nKarl Vogel,1904,1980,Stars\n",
            {"Name": "key", "Born": "birth", "Died": "death", "Known for": "description"},
        ),
        (
            "Abbot,Elected\nOswin,1132\nHugh of Carrick,1150\nRalph,1171\nMalachy,1190\n",
            {"Abbot": "holder", "Elected": "start"},
        ),
        (
            "Conductor,Start,End,Country\nAna Ruiz,1990,1992,Spain\nBo Lind,1992,1995,Sweden\n",
            {"Conductor": "holder", "Start": "start", "End": "end", "Country": "country"},
        ),
        (
            "Bridge,Opened,Closed,Length (m)\nOld Bridge,1780,1901,40\nIron Bridge,1855,1950,61\n",
            {"Bridge": "key", "Length": "measure"},
        ),
        (
            "Work,Composer,Length (min)\nMissa Lucida,Ana Ruiz,48\nThe Salt Road,Bo Lind,33\n",
            {"Work": "key", "Length": "measure"},
        ),
        (
            "Year,Winner,Score\n2018,Nadia Kurtz,8\n2019,Owen Blight,7\n2021,Nadia Kurtz,9\n",
            {"Winner": "key", "Score": "measure"},
        ),
        (
            "Player,Joined,Rating\nNadia Kurtz,2009,2411\nOwen Blight,2011,2275\nYan Wei,2022,1876\n",
            {"Player": "key", "Rating": "measure"},
        ),
        (
            "Animal,Arrived,Keeper\nBola,2004,Ned Hill\nTiko,2015,Iris Vell\nMara,2018,Ned Hill\nZelda,2020,Ned Hill\n",
            {"Animal": "key"},
        ),
        (
            "Object,Date made,Acquired,Maker\nLarne Cup,1588,1904,Tobias Wenlock\nIron Owl,1961,1963,Petra Holm\n",
            {"Object": "key"},
        ),
        (
            "Year,Visitors\n2019,1200\n2020,340\n2021,800\n",
            {"Year": "as_of", "Visitors": "measure"},
        ),
        (
            "Instrument,First light,Maker\nSun Tower,1911-06-11,Ferrand\nLittle Eye,2004-07-07,Brandt\n",
            {"Instrument": "key"},
        ),
    ],
    ids=[
        "keepers",
        "one term column",
        "lives",
        "start only",
        "country",
        "things",
        "works",
        "winners",
        "members",
        "keepers of things",
        "things with two dates",
        "years",
        "instruments",
    ],
)
def test_roles_come_from_types_and_the_lexicon(tmp_path: Path, table: str, expected: dict[str, str]) -> None:
    assert roles_of(relation_of(tmp_path, "t.csv", table)) == expected


def test_letters_that_are_codes_of_countries_may_be_titles(tmp_path: Path) -> None:
    relation = relation_of(tmp_path, "t.csv", "Player,Title,Flag\nAda Brook,IM,AT\nBo Carver,FM,GB\nDi Eastley,CM,FR\n")
    assert values_of(relation, "Title") == ["IM", "FM", "CM"]
    assert values_of(relation, "Flag") == ["Austria", "United Kingdom", "France"]


def test_those_who_appointed_are_not_the_holders(tmp_path: Path) -> None:
    text = (
        "Head,Took office,Left office,Appointed by\nAna Ruiz,1990,1992,\nBo Lindqvist,1992,1995,Eva Klein\n"
        "Ida Holm,1995,1999,\nJon Ravn,1999,2003,\n"
    )
    roles = roles_of(relation_of(tmp_path, "heads.csv", text))
    assert roles["Head"] == "holder"
    assert "Appointed by" not in roles


# -- headers and spans


def test_two_header_rows_are_joined(tmp_path: Path) -> None:
    text = """<h1>Heads</h1><table>
<tr><th rowspan="2">Name</th><th colspan="2">Term of office</th><th rowspan="2">Country</th></tr>
<tr><th>Took office</th><th>Left office</th></tr>
<tr><td>Ana Ruiz</td><td>1 May 1990</td><td>3 June 1992</td><td>Spain</td></tr>
<tr><td>Bo Lindqvist</td><td>3 June 1992</td><td>Incumbent</td><td>Sweden</td></tr></table>"""
    relation = relation_of(tmp_path, "heads.html", text)
    assert roles_of(relation) == {
        "Name": "holder",
        "Term of office / Took office": "start",
        "Term of office / Left office": "end",
        "Country": "country",
    }


SLID = """\
Directorate of Ports
== Overview ==
The Directorate of Ports (DOP) looks after ports.
== List of heads ==
| No. | Name | Term of office | Country of origin | Minister | | |
| Took office | Left office | Time in office | | | | |
| 1 | Ana Ruiz | 1 May 1990 | 3 June 1992 | 2 years, 33 days | ESP | Carl Otter |
| 2 | Bo Lindqvist | 3 June 1992 | 30 April 1995 | 2 years, 331 days | SWE |
| 3 | Eva Klein | 1 May 1995 | 5 May 1999 | 4 years, 4 days | Dora Finch |
| 4 | Ida Holm | 6 May 1999 | Incumbent | 20 years, 1 day | NOR |
"""


#: The same with rows of headers as short as they are filled.
RAGGED = SLID.replace("Minister | | |", "Minister |").replace("office | | | | |", "office |")


@pytest.mark.parametrize("text", [SLID, RAGGED], ids=["filled up", "ragged"])
def test_sub_headers_that_lost_their_place_go_under_the_heading_that_fits(tmp_path: Path, text: str) -> None:
    relation = relation_of(tmp_path, "ports.txt", text)
    headers = [column.header for column in relation.columns]
    assert headers == [
        "No.",
        "Name",
        "Term of office / Took office",
        "Term of office / Left office",
        "Term of office / Time in office",
        "Country of origin",
        "Minister",
    ]
    assert list(roles_of(relation).values()) == ["order", "holder", "start", "end", "duration", "country"]


def test_cells_that_slid_are_put_back_and_blanks_stay_unknown(tmp_path: Path) -> None:
    relation = relation_of(tmp_path, "ports.txt", SLID)
    assert values_of(relation, "Country of origin") == ["Spain", "Sweden", None, "Norway"]
    assert values_of(relation, "Minister") == ["Carl Otter", None, "Dora Finch", None]


def test_rows_that_are_right_stay_as_they_are(tmp_path: Path) -> None:
    relation = relation_of(tmp_path, "ports.txt", SLID)
    assert values_of(relation, "Name") == ["Ana Ruiz", "Bo Lindqvist", "Eva Klein", "Ida Holm"]
    assert values_of(relation, "Term of office / Left office")[-1] == ".."


def test_a_row_across_all_columns_is_a_heading_between_rows(tmp_path: Path) -> None:
    text = """<h1>Heads</h1><table><tr><th>Head</th><th>From</th><th>To</th></tr>
<tr><td colspan="3">First republic</td></tr>
<tr><td>Ana Ruiz</td><td>1990</td><td>1992</td></tr>
<tr><td>Bo Lind</td><td>1992</td><td>1995</td></tr></table>"""
    assert len(relation_of(tmp_path, "heads.html", text).rows) == 2


def test_an_empty_column_is_left_out(tmp_path: Path) -> None:
    relation = relation_of(tmp_path, "t.csv", "Name,Portrait,Height (m)\nA Rock,,5\nB Rock,,6\nC Rock,,7\n")
    assert [column.header for column in relation.columns] == ["Name", "Height"]


def test_a_table_without_rows_is_no_relation(tmp_path: Path) -> None:
    assert relations_of(tmp_path, "t.md", "# T\n\nWords.\n\n| A | B | C |\n|---|---|---|\n", "table") == []


def test_wiki_tables_are_read_alike(tmp_path: Path) -> None:
    text = """= Directors =
{| class="wikitable"
|+ Directors of the house
! # !! Director !! Term
|-
| 1 || [[Ana Ruiz|Dr Ana Ruiz]] || 14 May 1887 – 2 February 1904
|-
| 2 || Bo Lindqvist || 1 April 1904 – present
|}
"""
    relation = relation_of(tmp_path, "directors.wiki", text)
    assert relation.caption == "Directors of the house"
    assert values_of(relation, "Term") == ["1887-05-14/1904-02-02", "1904-04-01/.."]
    cell = cell_of(relation, "Director")
    assert cell.text == "Dr Ana Ruiz"
    assert "Dr Ana Ruiz" in text[cell.start : cell.end]


# -- what stands around a table


def test_the_line_above_a_table_is_its_caption(tmp_path: Path) -> None:
    text = "# Town\n\n## People\n\nThese have been mayors, as of 30 June 2022:\n\n" + MAYORS.split("\n\n")[1]
    relation = relation_of(tmp_path, "town.md", text)
    assert relation.caption == "These have been mayors, as of 30 June 2022:"
    assert relation.caption_span is not None
    assert text[slice(*relation.caption_span)] == relation.caption
    assert relation.as_of == "2022-06-30"
    assert relation.section == ("People",)


def test_a_long_paragraph_above_is_no_caption(tmp_path: Path) -> None:
    text = "# Town\n\n" + "Many words stand here. " * 20 + "\n\n" + MAYORS.split("\n\n")[1]
    assert relation_of(tmp_path, "town.md", text).caption == ""


def test_the_front_matter_says_when_and_of_what(tmp_path: Path) -> None:
    text = "---\ntitle: Offices\nsubject: Tarn\nas_of: 2024-06-30\n---\n\n" + MAYORS
    knowledge = knowledge_of(tmp_path, {"offices.md": text})
    (relation,) = [relation for relation in knowledge.relations if relation.kind == "table"]
    assert relation.as_of == "2024-06-30"
    assert relation.subjects == ("Tarn",)
    assert relation.title == "Offices"


def test_ids_are_stable_and_differ(tmp_path: Path) -> None:
    text = MAYORS + "\n## Clerks\n\n| Clerk | From | To |\n|---|---|---|\n| Ana Ruiz | 1990 | 1992 |\n"
    ids = [relation.id for relation in relations_of(tmp_path, "m.md", text, "table")]
    assert ids == [relation.id for relation in relations_of(tmp_path, "m.md", text, "table")]
    assert len(set(ids)) == 2
    assert all(each.startswith("m.md#") for each in ids)


def test_references_are_no_facts(tmp_path: Path) -> None:
    text = "# Town\n\nWords.\n\n## See also\n\n- Ana Ruiz\n- Bo Lindqvist\n- Eva Klein\n"
    assert knowledge_of(tmp_path, {"t.md": text}).relations == ()


CELLS = st.sampled_from(
    [
        "",
        "Ana Ruiz",
        "Bo Lindqvist",
        "1990",
        "3 June 1992",
        "1990–1993",
        "Incumbent",
        "ESP",
        "5",
        "12%",
        "Name",
        "Vacant",
    ]
)
ROWS = st.lists(st.lists(CELLS, max_size=5), max_size=5)


@given(header=ROWS.map(lambda rows: rows[:3]), body=ROWS)
def test_ragged_tables_lose_no_cell_and_invent_none(header: list[list[str]], body: list[list[str]]) -> None:
    source = ""

    def texts(row: list[str]) -> tuple[Text | None, ...]:
        nonlocal source
        found: list[Text | None] = []
        for cell in row:
            found.append(Text(cell, ((0, len(source)),), len(source) + len(cell)) if cell else None)
            source += cell + "|"
        return tuple(found)

    table = Table((), tuple(map(texts, header)), tuple(map(texts, body)))
    knowledge = extract([Document("t.csv", "T", source, (table,))], lexicon())
    written = {cell.start: cell.text for row in table.rows for cell in row if cell is not None}
    for relation in knowledge.relations:
        cells = [cell for row in relation.rows for cell in row if cell is not None]
        assert len({cell.start for cell in cells}) == len(cells)
        assert all(source[cell.start : cell.end] == written[cell.start] for cell in cells)
        assert {len(row) for row in relation.rows} <= {len(relation.columns)}
