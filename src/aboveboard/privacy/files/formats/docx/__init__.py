"""DOCX (Office Open XML, ECMA-376): every text of every part; what is no text is not copied."""

from aboveboard.privacy.files.formats.docx._document import DocxReader

__all__ = ["DocxReader"]
