"""The examples in docstrings say what happens."""

import doctest
import importlib
import pkgutil

import pytest

import chatbot

MODULES = [
    module.name
    for module in pkgutil.walk_packages(chatbot.__path__, "chatbot.")
    if not module.name.rpartition(".")[2].startswith(("train_", "__main__"))  # these need what only training needs
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str) -> None:
    tested = doctest.testmod(importlib.import_module(name))
    assert tested.failed == 0
