"""Settings: where each comes from, what overrules what, and what is said of those that cannot be."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot import settings as known
from chatbot import settingsfile
from chatbot.errors import SettingsError
from chatbot.settings import NAMES, Settings, load

NOTHING: dict[str, str] = {}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config" / "settings.toml"
    path.parent.mkdir()
    monkeypatch.setenv("CHATBOT_CONFIG", str(path))
    return path


def test_without_a_file_every_setting_has_its_default(file: Path) -> None:
    found = load(environment=NOTHING)
    assert found.settings == Settings()
    assert set(found.reasons.values()) == {"default"}


def test_flags_overrule_the_environment_and_that_the_file(file: Path) -> None:
    file.write_text('# mine\ntheme = "dark"\nkeys = "vi"\n\nmouse = true\n')
    found = load({"theme": "plain"}, {"CHATBOT_THEME": "light", "CHATBOT_KEYS": "emacs"})
    assert (found.settings.theme, found.settings.keys, found.settings.mouse) == ("plain", "emacs", True)
    assert found.reasons["theme"] == "--theme"
    assert found.reasons["keys"] == "CHATBOT_KEYS"
    assert found.reasons["mouse"] == f"{file}:5"
    assert found.reasons["pager"] == "default"


@pytest.mark.parametrize("word", ["1", "true", "yes", "on", "ON"])
@pytest.mark.parametrize("name", ["mouse", "cache", "history"])
def test_variables_switch_on_and_off(file: Path, name: str, word: str) -> None:
    opposite = {"1": "0", "true": "false", "yes": "no", "on": "off", "ON": "Off"}[word]
    assert getattr(load(environment={f"CHATBOT_{name.upper()}": word}).settings, name) is True
    assert getattr(load(environment={f"CHATBOT_{name.upper()}": opposite}).settings, name) is False


def test_the_variable_that_moves_the_cache_does_not_switch_it_off(file: Path) -> None:
    assert load(environment={"CHATBOT_CACHE": "/somewhere/else"}).settings.cache is True


def test_an_empty_variable_counts_as_unset(file: Path) -> None:
    assert load(environment={"CHATBOT_THEME": ""}).reasons["theme"] == "default"


def test_folders_are_taken_from_the_home_and_from_where_the_file_lies(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    file.write_text('[corpora]\n"the rules" = "~/rules"\nhere = "docs"\n')
    corpora = load(environment=NOTHING).settings.corpora
    assert corpora == {"the rules": Path("/home/ada/rules"), "here": file.parent / "docs"}


FAULTS = {
    "misspelt": ("\nthme = 'dark'", [":2: ", "“thme”", "Did you mean theme?"]),
    "nothing like it": ("speed = 3", [":1: ", "There is no setting “speed”. Settings: theme, keys,"]),
    "no such choice": ('# x\n# y\ntheme = "blue"', [":3: ", "“blue”", "“auto”, “dark”, “light” or “plain”"]),
    "text for a switch": ('mouse = "yes"', [":1: ", "mouse is “yes”", "true or false"]),
    "number for a text": ("editor = 3", [":1: ", "editor is “3”", "a text in quotes"]),
    "no table": ('corpora = "x"', [":1: ", "a table of names and folders"]),
    "a number among folders": ('[corpora]\na = "/x"\nb = 3', [":3: ", "a table of names and folders"]),
    "no TOML": ('theme = dark"', [":1:9: ", "Invalid value", "texts in quotes"]),
    "twice": ('theme = "dark"\ntheme = "dark"', [":2:", "overwrite"]),
}


@pytest.mark.parametrize(("text", "pieces"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_its_place_and_what_is_allowed(file: Path, text: str, pieces: list[str]) -> None:
    file.write_text(text)
    with pytest.raises(SettingsError) as raised:
        load(environment=NOTHING)
    assert str(raised.value).startswith(str(file))
    assert all(piece in str(raised.value) for piece in pieces), raised.value


def test_all_faults_are_told_together(file: Path) -> None:
    file.write_text('thme = "dark"\nkeys = "nano"\n')
    with pytest.raises(SettingsError) as raised:
        load({"theme": "pink"}, {"CHATBOT_MOUSE": "maybe"})
    places = [line.partition(": ")[0] for line in str(raised.value).splitlines()]
    assert places == [f"{file}:1", f"{file}:2", "CHATBOT_MOUSE", "--theme"]


def test_a_file_that_is_a_folder_is_told(file: Path) -> None:
    file.mkdir()
    with pytest.raises(SettingsError, match="cannot be read"):
        load(environment=NOTHING)


def test_bytes_that_are_no_utf_8_are_told(file: Path) -> None:
    file.write_bytes(b'theme = "\xff"')
    with pytest.raises(SettingsError, match="UTF-8"):
        load(environment=NOTHING)


def test_a_variable_spelt_nearly_as_a_setting_is_told_of() -> None:
    told = list(known.misspelt({"CHATBOT_THEM": "dark", "CHATBOT_SERVER_URL": "x", "CHATBOT_STATE": "y", "HOME": "z"}))
    assert told == ["CHATBOT_THEM is no setting. Did you mean CHATBOT_THEME?"]


def test_changing_the_file_keeps_its_comments_and_order(file: Path) -> None:
    file.write_text('# About colours.\ntheme = "dark"  # at night\n\n[corpora]  # folders\nrules = "/r"\n')
    settingsfile.change(file, lambda document: document.update(keys="vi", theme="light"))
    assert file.read_text() == (
        '# About colours.\ntheme = "light"  # at night\nkeys = "vi"\n\n[corpora]  # folders\nrules = "/r"\n'
    )


def test_a_file_that_is_no_toml_is_not_overwritten(file: Path) -> None:
    file.write_text("theme =")
    with pytest.raises(SettingsError):
        settingsfile.change(file, lambda document: document.update(keys="vi"))
    assert file.read_text() == "theme ="


def test_a_link_to_the_file_stays_a_link(file: Path, tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles.toml"
    kept.write_text("mouse = true\n")
    file.symlink_to(kept)
    settingsfile.change(file, lambda document: document.update(keys="vi"))
    assert file.is_symlink()
    assert kept.read_text() == 'mouse = true\nkeys = "vi"\n'


@given(st.sampled_from(NAMES), st.data())
def test_what_is_worded_is_read_back(name: str, data: st.DataObject) -> None:
    choices = known.choices(name)
    text = data.draw(st.sampled_from(choices) if choices else st.text())
    assert known.worded(known.read_from(name, text)) == text
