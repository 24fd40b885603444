"""Extraction: from documents to relations and entities."""
