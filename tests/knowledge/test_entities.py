"""Entities: what the documents name, of which type, and which names mean the same."""

from pathlib import Path

import pytest
from extracted import entity_of, knowledge_of, relation_of

from chatbot.knowledge.relation import Knowledge

DEPARTMENT = """\
# United Nations Department of Ports

- Abbreviation: DOP
- Former name: Department of Harbours
- Head: Ana Ruiz

The Department of Ports (DOP) was formerly known as the Department of Harbours (DOH).
"""

HEADS = """\
# Heads of the United Nations Department of Ports

| Head | From | To | Country |
|---|---|---|---|
| Ana Ruiz | 1990 | 1992 | ESP |
| Bo Lindqvist (acting) | 1992 | 1995 | SWE |
| Sir Eva Klein | 1995 | present | DEU |
"""


@pytest.fixture
def knowledge(tmp_path: Path) -> Knowledge:
    return knowledge_of(tmp_path, {"department.md": DEPARTMENT, "heads.md": HEADS})


@pytest.mark.parametrize("name", ["DOP", "Department of Ports", "Department of Harbours", "DOH"])
def test_abbreviations_short_forms_and_former_names_are_one_thing(knowledge: Knowledge, name: str) -> None:
    assert entity_of(knowledge, name) == entity_of(knowledge, "United Nations Department of Ports")


def test_a_title_that_ends_with_a_name_is_about_it(knowledge: Knowledge) -> None:
    (heads,) = [relation for relation in knowledge.relations if relation.document == "heads.md"]
    assert entity_of(knowledge, "DOP").id in heads.subjects


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ana Ruiz", "person"),
        ("Bo Lindqvist", "person"),
        ("Germany", "place"),
        ("DOP", "organization"),
    ],
)
def test_types(knowledge: Knowledge, name: str, kind: str) -> None:
    assert entity_of(knowledge, name).type == kind


def test_a_note_on_how_the_office_was_held_is_no_part_of_a_name(knowledge: Knowledge) -> None:
    assert not any("acting" in entity.name for entity in knowledge.entities)


def test_every_entity_stands_once_and_is_not_its_own_alias(knowledge: Knowledge) -> None:
    ids = [entity.id for entity in knowledge.entities]
    assert len(ids) == len(set(ids))
    assert all(entity.name not in entity.aliases for entity in knowledge.entities)


def test_titles_are_known_by_document(knowledge: Knowledge) -> None:
    assert knowledge.titles == {
        "department.md": "United Nations Department of Ports",
        "heads.md": "Heads of the United Nations Department of Ports",
    }


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("Harbour Board", "organization"),
        ("Coastal Lights Ltd", "organization"),
        ("Optica", "thing"),
        ("France", "place"),
    ],
)
def test_names_among_things(tmp_path: Path, value: str, kind: str) -> None:
    text = f"Instrument,Diameter (cm),Maker\nSun Tower,45,{value}\nLittle Eye,60,Ferrand Fils\nNight Wing,9,Salt\n"
    knowledge = knowledge_of(tmp_path, {"instruments.csv": text})
    assert entity_of(knowledge, value).type == kind


@pytest.mark.parametrize(
    "name",
    [
        "Jean-Marie Guéhenno",
        "Marguerite de la Tour",
        "Mireille d'Aubigny",
        "Seán Ó Dálaigh",
        "Karl-Heinz Vogelsang Jr.",
        "J. R. Smith",
        "Martin Luther King",
    ],
)
def test_shapes_of_people_s_names(tmp_path: Path, name: str) -> None:
    text = f"Head,From,To\n{name},1990,1992\nBo Lindqvist,1992,1995\n"
    knowledge = knowledge_of(tmp_path, {"heads.csv": text})
    assert entity_of(knowledge, name).type == "person"


def test_dates_numbers_and_remarks_are_no_entities(tmp_path: Path) -> None:
    text = (
        "Name,Built,Height (m),Remarks\nSkarv Point,1861,41,kept the log in verse for thirty years\n"
        "Old Mercy,1789,24,sold to a garden\n"
    )
    names = {entity.name for entity in knowledge_of(tmp_path, {"lights.csv": text}).entities}
    assert names >= {"Skarv Point", "Old Mercy"}
    assert not {"1861", "41", "kept the log in verse for thirty years", "sold to a garden"} & names


def test_the_corpus_without_one_subject_has_none(tmp_path: Path) -> None:
    text = "Name,Height (m)\nSkarv Point,41\nOld Mercy,24\n"
    assert relation_of(tmp_path, "lights.csv", text).subjects == ()


def test_two_documents_of_different_subjects_keep_them_apart(tmp_path: Path) -> None:
    knowledge = knowledge_of(
        tmp_path,
        {
            "a.md": "# Harbour Board\n\n- Seat: Tarn\n- Members: 12\n\nThe Harbour Board (HB) is old.\n",
            "b.md": "# Road Office\n\n- Seat: Quell\n- Members: 15\n\nThe Road Office (RO) is new.\n",
        },
    )
    subjects = {r.document: r.subjects for r in knowledge.relations if r.kind == "properties"}
    assert subjects == {"a.md": ("Harbour Board",), "b.md": ("Road Office",)}
    assert entity_of(knowledge, "HB").name == "Harbour Board"
