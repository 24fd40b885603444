"""Fixtures of the terminal's tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder with the index of the documents shipped, so that every program starts at once."""
    folder = tmp_path_factory.mktemp("cache")
    command = [sys.executable, "-m", "chatbot", "index"]
    subprocess.run(command, env=os.environ | {"CHATBOT_CACHE": str(folder)}, check=True, capture_output=True)
    return folder
