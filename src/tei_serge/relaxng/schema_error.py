"""What is wrong with a schema itself."""


class SchemaError(Exception):
    """A schema cannot be used: a sentence, and the file, line and column (from 1; 0 if unknown) at fault."""

    def __init__(self, message: str, path: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column


class EndlessDefinition(SchemaError):
    """A definition stands for itself without an element in between; no fault where nothing asks for it."""
