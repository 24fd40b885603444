"""Facts in prose: enumerations, dated figures, aliases and definitions."""

from pathlib import Path

import pytest
from extracted import cell_of, entity_of, knowledge_of, relation_of, relations_of, roles_of, values_of

# -- enumerations


def prose(*sentences: str, title: str = "Directorate of Ports") -> str:
    return f"# {title}\n\n" + "\n\n".join(sentences) + "\n"


PROVIDERS = (
    "The top 5 providers of contributions for 2020–2021 were: the United States (27.89%), China (15.21%), "
    "Japan (8.56%), and Germany (6.09%)."
)


def test_an_enumeration_is_a_relation_with_its_sentence_as_caption(tmp_path: Path) -> None:
    relation = relation_of(tmp_path, "p.md", prose(PROVIDERS), "enumeration")
    assert roles_of(relation) == {"Providers": "key", "Share": "measure"}
    assert values_of(relation, "Providers") == ["United States", "China", "Japan", "Germany"]
    assert values_of(relation, "Share") == [27.89, 15.21, 8.56, 6.09]
    assert relation.caption == PROVIDERS
    assert relation.as_of == "2020/2021"


def test_members_keep_their_places(tmp_path: Path) -> None:
    text = prose(PROVIDERS)
    relation = relation_of(tmp_path, "p.md", text, "enumeration")
    cell = cell_of(relation, "Share", 1)
    assert text[cell.start : cell.end] == "15.21%"
    cell = cell_of(relation, "Providers", 0)
    assert text[cell.start : cell.end] == "United States"


def test_amounts_need_not_be_shares(tmp_path: Path) -> None:
    text = prose("Troops came from Norland (1,200), Costa Verde (640) and the Isles (72).")
    relation = relation_of(tmp_path, "p.md", text, "enumeration")
    assert values_of(relation, "Amount") == [1200, 640, 72]
    assert relation.columns[0].role == "key"
    assert values_of(relation, relation.columns[0].header) == ["Norland", "Costa Verde", "Isles"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Directorate of Ports (DOP) and the Harbour Board (HB) work together.",
        "Only Norland (52%) paid.",
        "Ana Ruiz (the elder) and Bo Lind (the younger) disagreed.",
    ],
)
def test_brackets_without_amounts_enumerate_nothing(tmp_path: Path, sentence: str) -> None:
    assert relations_of(tmp_path, "p.md", prose(sentence), "enumeration") == []


# -- dated figures


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        (
            "As of March 2020, the department had 81,370 personnel in 13 peacekeeping missions.",
            [(81370, "personnel", "2020-03"), (13, "peacekeeping missions", "2020-03")],
        ),
        ("As of March 2021, the town had 24,310 inhabitants.", [(24310, "inhabitants", "2021-03")]),
        ("In 1975 it had 96 employees.", [(96, "employees", "1975")]),
        ("The budget for 2010 amounted to $14.9 million.", [(14.9e6, "budget", "2010")]),
        ("In 2019, the annual budget was 2 million euros.", [(2e6, "annual budget", "2019")]),
        (
            "As of 1930, 12 people worked there, and as of March 2023, 131 people worked there.",
            [(12, "people", "1930"), (131, "people", "2023-03")],
        ),
        (
            "The budget was 3 million euros in 1999, 5 million euros in 2015 and 7 million euros in 2025.",
            [(3e6, "budget", "1999"), (5e6, "budget", "2015"), (7e6, "budget", "2025")],
        ),
        (
            "The workforce grew from 86 in 1961 to 640 in 1975. It stood at 520 in 1990.",
            [(86, "workforce", "1961"), (640, "workforce", "1975"), (520, "workforce", "1990")],
        ),
        ("The harvest was 3,900 hl in 2003.", [(3900, "harvest", "2003")]),
        ("The works had 640 workers.", []),
        ("Resolution 1325 was passed in 2000.", []),
        ("In 1999 it stood for 24 hours.", []),
    ],
)
def test_figures_with_what_they_count_and_when(
    tmp_path: Path, sentence: str, figures: list[tuple[float, str, str]]
) -> None:
    found = [
        (quantity.value, counted.text, when.value)
        for relation in relations_of(tmp_path, "p.md", prose(sentence), "figures")
        for quantity, counted, when, _ in relation.rows
        if quantity is not None and counted is not None and when is not None
    ]
    assert found == figures


def test_the_parts_of_a_figure_keep_their_places(tmp_path: Path) -> None:
    text = prose("The quays are old.", "As of March 2020, the port had over 81,370 crates. Nobody counts the rats.")
    relation = relation_of(tmp_path, "p.md", text, "figures")
    assert roles_of(relation) == {
        "Quantity": "measure",
        "What": "counted",
        "When": "as_of",
        "Sentence": "description",
    }
    quantity = cell_of(relation, "Quantity")
    assert quantity.about
    assert "81,370" in text[quantity.start : quantity.end]
    assert cell_of(relation, "Sentence").text == "As of March 2020, the port had over 81,370 crates."


def test_a_property_dated_in_brackets_is_a_figure_too(tmp_path: Path) -> None:
    text = "# Port\n\n| | |\n|---|---|\n| Workforce | 2,140 (2025) |\n| Seat | Quay 4 (north) |\n| Quays | 9 |\n"
    relation = relation_of(tmp_path, "p.md", text, "figures")
    assert values_of(relation, "Quantity") == [2140]
    assert values_of(relation, "What") == ["Workforce"]
    assert values_of(relation, "When") == ["2025"]


def test_a_sentence_that_leans_on_the_one_before_takes_its_date(tmp_path: Path) -> None:
    text = prose("In 1910 the works stood at their height. They employed 640 workers.")
    assert values_of(relation_of(tmp_path, "p.md", text, "figures"), "When") == ["1910"]


def test_a_sentence_that_leans_on_nothing_has_no_date(tmp_path: Path) -> None:
    text = prose("In 1910 the works stood at their height. Glass needs 640 kilns.")
    assert relations_of(tmp_path, "p.md", text, "figures") == []


# -- aliases


def aliases(tmp_path: Path, *sentences: str) -> list[tuple[str, str, str]]:
    return [
        (name.text, alias.text, kind.text)
        for relation in relations_of(tmp_path, "p.md", prose(*sentences), "aliases")
        for name, alias, kind, *_ in relation.rows
        if name is not None and alias is not None and kind is not None
    ]


@pytest.mark.parametrize(
    ("sentence", "long", "short"),
    [
        ("The Department of Peace Operations (DPO) is old.", "Department of Peace Operations", "DPO"),
        ("It fed the Office of Mission Support (OMS).", "Office of Mission Support", "OMS"),
        (
            "They aid the UN Truce Supervision Organisation (UNTSO).",
            "UN Truce Supervision Organisation",
            "UNTSO",
        ),
        (
            "They aid the African Union Mission in Somalia (AMISOM).",
            "African Union Mission in Somalia",
            "AMISOM",
        ),
        ("The EIB (Elmsford Improvement Board) built it.", "Elmsford Improvement Board", "EIB"),
        ("We use heat shock protein (HSP) tests.", "heat shock protein", "HSP"),
        ("The Board of Trade and Industry (BTI) met.", "Board of Trade and Industry", "BTI"),
    ],
)
def test_abbreviations_after_schwartz_and_hearst(tmp_path: Path, sentence: str, long: str, short: str) -> None:
    assert aliases(tmp_path, sentence) == [(long, short, "abbreviation")]


def test_an_abbreviation_of_five_letters_may_have_one_of_its_own(tmp_path: Path) -> None:
    found = aliases(tmp_path, "The budget of the UN African Union Hybrid Operation in Darfur (UNAMID) is gone.")
    assert found == [("UN African Union Hybrid Operation in Darfur", "UNAMID", "abbreviation")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Department of Peace (XYZ) is old.",
        "The United Nations Operation in Darfur (UNXYD) is old.",
        "He won the race (OK) twice.",
        "Some sentence ends. (ABC) is not meant by it.",
        "The chief (later a judge) resigned.",
        "Ana Ruiz (1902–1980) wrote it.",
        "The service centre is in Brindisi (Italy).",
    ],
)
def test_brackets_that_abbreviate_nothing(tmp_path: Path, sentence: str) -> None:
    assert aliases(tmp_path, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "alias", "kind"),
    [
        ("The directorate was formerly known as the Harbour Board.", "Harbour Board", "former name"),
        ("Until 1952 it was known as the Royal Solar Station.", "Royal Solar Station", "former name"),
        ("Until 1831 it was officially named Port-on-Tarrow.", "Port-on-Tarrow", "former name"),
        ("The directorate, previously the Harbour Board, is small.", "Harbour Board", "former name"),
        ("It was renamed from Harbour Board in 1990.", "Harbour Board", "former name"),
        ("It is also known as the Quay House.", "Quay House", "other name"),
        ("It is nicknamed “Old Salt” by the crews.", "Old Salt", "other name"),
    ],
)
def test_former_and_other_names_of_the_subject(tmp_path: Path, sentence: str, alias: str, kind: str) -> None:
    assert aliases(tmp_path, sentence) == [("Directorate of Ports", alias, kind)]


@pytest.mark.parametrize(
    ("sentence", "alias"),
    [
        ("It was founded in 1872 as Harbour Tanners.", "Harbour Tanners"),
        ("It was known as the Quay Infirmary until 1934.", "Quay Infirmary"),
        ("The directorate was called Quay & Sons until 1921.", "Quay & Sons"),
    ],
)
def test_former_names_told_by_the_time_they_were_used(tmp_path: Path, sentence: str, alias: str) -> None:
    assert aliases(tmp_path, sentence) == [("Directorate of Ports", alias, "former name")]


def test_a_former_name_knows_until_when_it_was_used(tmp_path: Path) -> None:
    text = prose("It was called Quay Brothers until 1921 and then Quay & Sons until 3 May 1958.")
    relation = relation_of(tmp_path, "p.md", text, "aliases")
    assert values_of(relation, "Also called") == ["Quay Brothers", "Quay & Sons"]
    assert values_of(relation, "Until") == ["1921", "1958-05-03"]


def test_what_another_thing_is_known_as_is_no_name_of_the_subject(tmp_path: Path) -> None:
    assert aliases(tmp_path, "The beam engine known as Old Prudence was built in 1889.") == []


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The Department of Ports (DP) (French: Département des ports) is old.", "Department of Ports"),
        ("The Department of Ports (DP; French: Département des ports) is old.", "Department of Ports"),
        ("In French the directorate is called Département des ports.", "Directorate of Ports"),
        ("It is known in French as Département des ports, and is old.", "Directorate of Ports"),
        ("Its French name is Département des ports.", "Directorate of Ports"),
    ],
)
def test_names_in_other_languages(tmp_path: Path, sentence: str, name: str) -> None:
    rows = [row for relation in relations_of(tmp_path, "p.md", prose(sentence), "aliases") for row in relation.rows]
    told = [[cell.text if cell else "" for cell in row] for row in rows]
    assert [name, "Département des ports", "foreign name", "French"] in told


@pytest.mark.parametrize(
    "sentence", ["The chair (French: see below) is old.", "Some French name is not known.", "It is said in French."]
)
def test_mere_words_about_a_language_name_nothing(tmp_path: Path, sentence: str) -> None:
    assert "Département" not in str(aliases(tmp_path, sentence))


def test_a_former_name_belongs_to_the_name_right_before_it(tmp_path: Path) -> None:
    found = aliases(
        tmp_path,
        "The Elmsford Improvement Board, previously known as the Paving Commission, was set up in 1868.",
    )
    assert found == [("Elmsford Improvement Board", "Paving Commission", "former name")]


def test_an_alias_is_told_once(tmp_path: Path) -> None:
    sentence = "The Department of Peace Operations (DPO) is old."
    assert len(aliases(tmp_path, sentence, sentence)) == 1


def test_an_alias_keeps_its_place(tmp_path: Path) -> None:
    text = prose("The Office of Mission Support (OMS) is old.")
    relation = relation_of(tmp_path, "p.md", text, "aliases")
    name, alias = cell_of(relation, "Name"), cell_of(relation, "Also called")
    assert text[name.start : name.end] == "Office of Mission Support"
    assert text[alias.start : alias.end] == "OMS"


# -- what things are


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Elmsford is a market town on the lower Tarrow.", "market town"),
        ("Elmsford (formerly Elm) was the capital of the county.", "capital"),
        ("Elmsford is one of the oldest ports in the county.", "oldest ports"),
    ],
)
def test_the_first_sentence_says_what_the_subject_is(tmp_path: Path, sentence: str, kind: str) -> None:
    knowledge = knowledge_of(tmp_path, {"e.md": prose(sentence, title="Elmsford")})
    assert kind in entity_of(knowledge, "Elmsford").kinds


def test_what_another_thing_is_is_not_what_the_subject_is(tmp_path: Path) -> None:
    knowledge = knowledge_of(tmp_path, {"e.md": prose("Hohenbuch is a village nearby.", title="Elmsford")})
    assert "village" not in entity_of(knowledge, "Elmsford").kinds
