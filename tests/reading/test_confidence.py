import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.reading.confidence import Parts, confidence

share = st.floats(0, 1)
parts = st.builds(Parts, share, share, share, share, share, share, share, share)


@given(parts)
def test_confidence_is_a_probability(given_parts: Parts) -> None:
    assert 0 < confidence(given_parts) < 1


@given(parts, st.sampled_from(Parts.__struct_fields__))
def test_more_of_any_part_never_makes_less_sure(given_parts: Parts, name: str) -> None:
    most = 0.0 if name == "lacking" else 1.0
    assert confidence(msgspec.structs.replace(given_parts, **{name: most})) >= confidence(given_parts)


@pytest.mark.parametrize(("value", "answers"), [(1.0, True), (0.5, False), (0.0, False)])
def test_only_a_good_match_answers(value: float, answers: bool) -> None:
    assert (confidence(Parts(value, value, value, value, value, value, 1 - value, value)) >= 0.5) is answers
