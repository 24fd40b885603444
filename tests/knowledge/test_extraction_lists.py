"""Lists and key-value blocks to relations: records of people, plain lists, properties and their parts."""

from pathlib import Path

import pytest
from extracted import cell_of, relation_of, relations_of, roles_of, types_of, values_of

PEOPLE = """\
# Notable people

- Hédi Annabi (1943–2010), Tunisian diplomat, head of a mission
- Maurice Baril (born 1943), Canadian general
- Wilhelmina Frith (born 3 May 1934; died 1999), javelin thrower
- Kiran Bedi (b. June 1949)
- Sir Brian Urquhart (28 February 1919 – 2 January 2021): author
"""


def test_records_of_people(tmp_path: Path) -> None:
    relation = relation_of(tmp_path, "people.md", PEOPLE, "records")
    assert roles_of(relation) == {
        "Name": "key",
        "Born": "birth",
        "Died": "death",
        "Country": "country",
        "Description": "description",
    }
    assert types_of(relation)["Name"] == "person"
    assert values_of(relation, "Name") == [
        "Hédi Annabi",
        "Maurice Baril",
        "Wilhelmina Frith",
        "Kiran Bedi",
        "Sir Brian Urquhart",
    ]
    assert values_of(relation, "Born") == ["1943", "1943", "1934-05-03", "1949-06", "1919-02-28"]
    assert values_of(relation, "Died") == ["2010", None, "1999", None, "2021-01-02"]
    assert values_of(relation, "Description") == [
        "Tunisian diplomat, head of a mission",
        "Canadian general",
        "javelin thrower",
        None,
        "author",
    ]


@pytest.mark.parametrize(
    ("header", "row", "written"),
    [
        ("Born", 0, "1943"),
        ("Died", 0, "2010"),
        ("Born", 2, "3 May 1934"),
        ("Died", 4, "2 January 2021"),
        ("Description", 1, "Canadian general"),
    ],
)
def test_each_part_of_a_record_keeps_its_own_place(tmp_path: Path, header: str, row: int, written: str) -> None:
    cell = cell_of(relation_of(tmp_path, "people.md", PEOPLE, "records"), header, row)
    assert PEOPLE[cell.start : cell.end] == cell.text == written


def test_a_nationality_in_a_description_is_a_country(tmp_path: Path) -> None:
    relation = relation_of(tmp_path, "people.md", PEOPLE, "records")
    assert values_of(relation, "Country") == ["Tunisia", "Canada", None, None, None]
    cell = cell_of(relation, "Country", 0)
    assert PEOPLE[cell.start : cell.end] == "Tunisian"


@pytest.mark.parametrize(
    ("description", "country"),
    [
        ("General in the Canadian Forces, adviser", "Canada"),
        ("officer of the Royal Dutch Navy", "Netherlands"),
        ("Swedish-Israeli officer", "Sweden and Israel"),
        ("traveller in the Canadian north", None),
        ("painter, guest of the Canadian Forces", None),
    ],
)
def test_countries_of_people(tmp_path: Path, description: str, country: str | None) -> None:
    text = f"# People\n\n- Ana Ruiz (1902–1980), {description}\n- Bo Lind (1910–1990), Dutch painter\n"
    relation = relation_of(tmp_path, "people.md", text, "records")
    cells = {column.header: cell for column, cell in zip(relation.columns, relation.rows[0], strict=True)}
    cell = cells["Country"]
    assert (cell.text if cell else None) == country


def test_places_of_birth_and_death(tmp_path: Path) -> None:
    text = "# People\n\n- Ana Ruiz (born 1902 in Cádiz; died 1980 in Lima), poet\n- Bo Lind (born 1910), painter\n"
    relation = relation_of(tmp_path, "people.md", text, "records")
    assert values_of(relation, "Place of birth") == ["Cádiz", None]
    assert values_of(relation, "Place of death") == ["Lima", None]


def test_a_record_without_dates_among_dated_ones(tmp_path: Path) -> None:
    text = (
        "# People\n\n- Ana Ruiz (1902–1980), poet\n- Bo Lind (1910–1999), painter\n- Eva Klein, sculptor\n"
        "- Ida Holm (1911–2001), singer\n"
    )
    relation = relation_of(tmp_path, "people.md", text, "records")
    assert values_of(relation, "Name")[2] == "Eva Klein"
    assert values_of(relation, "Born")[2] is None
    assert values_of(relation, "Description")[2] == "sculptor"


def test_works_with_years_are_no_people(tmp_path: Path) -> None:
    text = "# Ships\n\n- Aurora (1901–1943), ferry\n- Meridian (1930–1958), tug\n- Petrel (1911–1950), trawler\n"
    assert types_of(relation_of(tmp_path, "ships.md", text, "records"))["Name"] == "text"


def test_described_names(tmp_path: Path) -> None:
    text = "# Staff\n\n- Ana Ruiz, keeper of the keys\n- Bo Lindqvist – cook\n- Eva Klein, gardener\n"
    relation = relation_of(tmp_path, "staff.txt", text, "records")
    assert values_of(relation, "Name") == ["Ana Ruiz", "Bo Lindqvist", "Eva Klein"]
    assert values_of(relation, "Description") == ["keeper of the keys", "cook", "gardener"]


def test_names_with_remarks_in_brackets(tmp_path: Path) -> None:
    text = "# Companies\n\n- Quay Glass (melting and casting)\n- Fjordsight (binoculars, bought in 1987)\n"
    relation = relation_of(tmp_path, "companies.md", text, "records")
    assert values_of(relation, "Name") == ["Quay Glass", "Fjordsight"]
    assert values_of(relation, "Description") == ["melting and casting", "binoculars, bought in 1987"]


def test_plain_names(tmp_path: Path) -> None:
    text = "# Missions\n\nThe missions are:\n\n- Mission in Arvale\n- Mission in Quell\n- Northern Observer Group\n"
    relation = relation_of(tmp_path, "missions.md", text, "records")
    assert values_of(relation, "Name") == ["Mission in Arvale", "Mission in Quell", "Northern Observer Group"]
    assert relation.caption == "The missions are:"


def test_nested_items_belong_to_those_above(tmp_path: Path) -> None:
    text = "# Parts\n\n- Office of Ports\n  - Harbour Unit\n- Office of Roads\n"
    assert values_of(relation_of(tmp_path, "parts.md", text, "records"), "Name") == [
        "Office of Ports",
        "Office of Roads",
    ]


def test_a_list_of_prose_is_no_relation(tmp_path: Path) -> None:
    text = "# Rules\n\n- Oars may not be varnished before the race begins in spring.\n- Every boat carries lanterns.\n"
    assert relations_of(tmp_path, "rules.md", text, "records") == []


PROPERTIES = """\
# Directorate of Ports

- Abbreviation: DOP
- Formation: March 1992
- Area: 38.6 km²
- Height (m): 41
- Budget: $6.5 billion
- Population: 24,310 (2021)
- Head: Ana Ruiz
- Country: Spain
- Active: 1990–1999
- Motto: Steady in the current
- Subsidiaries: Office of Operations, Office of Military Affairs, Policy, Evaluation and Training Division
"""


def test_properties_are_typed_cell_by_cell(tmp_path: Path) -> None:
    relation = relation_of(tmp_path, "ports.md", PROPERTIES, "properties")
    found = {
        column.header: (cell.type, cell.value)
        for column, cell in zip(relation.columns, relation.rows[0], strict=True)
        if cell is not None and column.header not in ("Abbreviation", "Subsidiaries")
    }
    assert found == {
        "Formation": ("date", "1992-03"),
        "Area": ("number", 38.6),
        "Height": ("number", 41),
        "Budget": ("money", 6.5e9),
        "Population": ("number", 24310),
        "Head": ("person", "Ana Ruiz"),
        "Country": ("country", "Spain"),
        "Active": ("interval", "1990/1999"),
        "Motto": ("text", "Steady in the current"),
    }


@pytest.mark.parametrize(
    ("lines", "name", "title"),
    [
        (["Leader title: Head", "Leader name: Director-General for Ports, Ana Ruiz"], "Ana Ruiz", ""),
        (["Leader name: Ana Ruiz, Director-General for Ports"], "Ana Ruiz", ""),
        (["Head: Ana Ruiz (Director-General for Ports)"], "Ana Ruiz", ""),
        (["Leader title: Harbour master", "Leader name: Governor of Ports, Ana Ruiz"], "Ana Ruiz", "Harbour master"),
        (["Leader name: Ana Ruiz, Madrid"], "Ana Ruiz, Madrid", None),
    ],
)
def test_a_leader_s_title_beside_the_name(tmp_path: Path, lines: list[str], name: str, title: str | None) -> None:
    text = "# Directorate of Ports\n\n" + "".join(f"- {line}\n" for line in [*lines, "Formation: 1992"])
    relation = relation_of(tmp_path, "ports.md", text, "properties")
    by_header = {c.header.lower(): cell for c, cell in zip(relation.columns, relation.rows[0], strict=True) if cell}
    named = by_header.get("leader name") or by_header["head"]
    titled = by_header.get("leader title")
    assert named.text == name
    assert (titled.text if titled else None) == ("Director-General for Ports" if title == "" else title)


@pytest.mark.parametrize(("header", "unit"), [("Area", "km²"), ("Budget", "USD"), ("Population", "")])
def test_a_property_keeps_its_unit(tmp_path: Path, header: str, unit: str) -> None:
    assert cell_of(relation_of(tmp_path, "ports.md", PROPERTIES, "properties"), header).unit == unit


def test_a_unit_in_a_key_is_the_column_s(tmp_path: Path) -> None:
    relation = relation_of(tmp_path, "ports.md", PROPERTIES, "properties")
    assert {column.header: column.unit for column in relation.columns if column.unit} == {"Height": "m"}


def test_properties_are_about_the_document_s_subject(tmp_path: Path) -> None:
    relation = relation_of(tmp_path, "ports.md", PROPERTIES, "properties")
    assert relation.subjects[0] == "Directorate of Ports"


@pytest.mark.parametrize(
    ("written", "members"),
    [
        (
            "Office of Operations, Office of Military Affairs, Policy, Evaluation and Training Division",
            [
                "Office of Operations",
                "Office of Military Affairs",
                "Policy, Evaluation and Training Division",
            ],
        ),
        (
            "Policy, Evaluation and Training Division",
            [],
        ),
        (
            "Office of Operations; Office of Rule of Law and Security Institutions; Policy, Evaluation and Training Division",
            [
                "Office of Operations",
                "Office of Rule of Law and Security Institutions",
                "Policy, Evaluation and Training Division",
            ],
        ),
        (
            "Brisac-sur-Lienne, Hohenbuch, Castel San Vito",
            ["Brisac-sur-Lienne", "Hohenbuch", "Castel San Vito"],
        ),
        ("Ana Ruiz and Bo Lindqvist", ["Ana Ruiz", "Bo Lindqvist"]),
        ("Harbour Office, Road Office and Mine Unit", ["Harbour Office", "Road Office", "Mine Unit"]),
        ("Office of Rule of Law and Security Institutions", []),
        ("Steady in the current, come what may.", []),
        ("Great Refractor • Calvo Reflector", ["Great Refractor", "Calvo Reflector"]),
        ("Great Refractor", []),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else None,
)
def test_the_members_of_a_list_in_one_cell(tmp_path: Path, written: str, members: list[str]) -> None:
    text = f"# Directorate of Ports\n\n- Formation: 1992\n- Members: {written}\n- Motto: Onward\n"
    cell = cell_of(relation_of(tmp_path, "ports.md", text, "properties"), "Members")
    assert [part.value for part in cell.parts] == members
    assert [text[part.start : part.end] for part in cell.parts] == members


def test_an_infobox_is_properties_too(tmp_path: Path) -> None:
    text = """<h1>Port of Tarn</h1><table class="infobox"><tr><th>Opened</th><td>3 May 1934</td></tr>
<tr><th>Berths</th><td>12</td></tr><tr><th>Owner</th><td>Ana Ruiz<br>Bo Lindqvist</td></tr></table>"""
    relation = relation_of(tmp_path, "port.html", text, "properties")
    assert [column.header for column in relation.columns] == ["Opened", "Berths", "Owner"]
    assert cell_of(relation, "Opened").value == "1934-05-03"
    assert [part.value for part in cell_of(relation, "Owner").parts] == ["Ana Ruiz", "Bo Lindqvist"]


def test_a_definition_list_is_properties_too(tmp_path: Path) -> None:
    text = "= Port of Tarn =\n\n; Opened\n: 3 May 1934\n; Berths\n: 12\n"
    relation = relation_of(tmp_path, "port.wiki", text, "properties")
    assert values_of(relation, "Berths") == [12]


def test_front_matter_speaks_of_the_document_and_is_no_fact(tmp_path: Path) -> None:
    text = "---\ntitle: Ports\nauthor: Ana Ruiz\n---\n\n# Ports\n\nWords.\n"
    assert relations_of(tmp_path, "ports.md", text, "properties") == []
