"""Countries by name, variant, code and demonym."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.language.countries import country, demonym_country, demonyms, is_country


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("France", "France"),
        ("france", "France"),
        (" FRANCE ", "France"),
        ("UK", "United Kingdom"),
        ("U.K.", "United Kingdom"),
        ("GBR", "United Kingdom"),
        ("Great Britain", "United Kingdom"),
        ("USA", "United States"),
        ("U.S.", "United States"),
        ("the United States of America", "United States"),
        ("Ivory Coast", "Ivory Coast"),
        ("Côte d’Ivoire", "Ivory Coast"),
        ("cote d'ivoire", "Ivory Coast"),
        ("Türkiye", "Turkey"),
        ("Czechia", "Czech Republic"),
        ("The Gambia", "Gambia"),
        ("St. Lucia", "Saint Lucia"),
        ("Trinidad & Tobago", "Trinidad and Tobago"),
        ("GER", "Germany"),
        ("DEU", "Germany"),
        ("SUI", "Switzerland"),
        ("DRC", "Democratic Republic of the Congo"),
        ("Republic of Korea", "South Korea"),
        ("USSR", "Soviet Union"),
    ],
    ids=str,
)
def test_a_country_is_known_by_its_names_and_codes(text, name):
    assert country(text) == name
    assert is_country(text)


@pytest.mark.parametrize("text", ["us", "it", "be", "in", "French", "Paris", "Europe", "", "Who", "Franc", "GBRX"])
def test_other_words_are_no_countries(text):
    assert country(text) is None
    assert not is_country(text)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("French", "France"),
        ("dutch", "Netherlands"),
        ("Guatemalan", "Guatemala"),
        ("British", "United Kingdom"),
        ("American", "United States"),
        ("Germans", "Germany"),
        ("Frenchmen", "France"),
        ("Irishwomen", "Ireland"),
        ("Britons", "United Kingdom"),
        ("Germen", None),
        ("Swiss", "Switzerland"),
        ("Burkinabe", "Burkina Faso"),
        ("France", None),
        ("Swedish-Israeli", None),
        ("s", None),
        ("", None),
    ],
    ids=str,
)
def test_demonyms_lead_to_their_country(word, name):
    assert demonym_country(word) == name


@pytest.mark.parametrize("name", ["France", "Kenya", "Sweden", "Guatemala", "New Zealand"])
def test_every_demonym_of_a_country_leads_back_to_it(name):
    assert demonyms(name)
    assert {demonym_country(word) for word in demonyms(name)} == {name}


def test_the_adjective_comes_first_and_unknown_names_have_none():
    assert demonyms("Spain")[0] == "Spanish"
    assert demonyms("Atlantis") == ()


@given(st.text())
def test_a_canonical_name_names_itself(text):
    name = country(text)
    assert name is None or country(name) == name
    demonym_country(text)
