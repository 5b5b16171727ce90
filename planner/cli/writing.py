"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click


def atomic_write(path: Path, text: str) -> None:
    """Write through a temporary file beside the target, flushed to disk, then renamed into place.

    Raises:
        click.UsageError: the folder is missing or cannot be written.
    """
    folder = path.resolve().parent
    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
        directory = os.open(folder, os.O_RDONLY)
        os.fsync(directory)
        os.close(directory)
    except OSError as error:
        raise click.UsageError(f"cannot write {path}: {error.strerror}") from None
