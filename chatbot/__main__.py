"""`python -m chatbot`."""

import sys

from chatbot.cli import program

sys.exit(program())
