"""The version of the program, stated here alone."""

__version__ = "0.1.0"
