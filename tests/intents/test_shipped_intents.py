"""The intents that come with the program pass their own tests on every corpus they name."""

from pathlib import Path

import pytest
from conftest import CORPORA, TODAY

from chatbot.evaluation.checking import check


@pytest.mark.parametrize("corpus", CORPORA)
def test_shipped_intents_pass_their_own_tests(corpus: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATBOT_CACHE", str(tmp_path))
    report = check([] if corpus == "shipped" else [CORPORA[corpus]], [], TODAY)
    assert not report.failed, "\n".join(report.lines)
