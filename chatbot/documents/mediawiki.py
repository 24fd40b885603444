"""MediaWiki text."""

from chatbot.documents.export import read

__all__ = ["read"]
