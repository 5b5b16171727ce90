"""The library: where the shipped regions, policies and scenarios lie, and which folders the user adds."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from planner.errors import Fault, InputFaults, Where

DATA: Final = (".yaml", ".csv", ".geojson")
MOST_FILES: Final = 2_000
MOST_ENTRIES: Final = 50_000


def data_root() -> Path:
    """The folder that holds regions/, policies/ and scenarios/: inside the wheel, else the checkout."""
    package = Path(str(files("planner")))
    shipped = package / "_data"
    return shipped if shipped.is_dir() else package.parent


@dataclass(frozen=True, slots=True)
class Library:
    """The folders in use; later ones add to earlier ones, and the same id twice is a fault."""

    regions: tuple[Path, ...]
    policies: tuple[Path, ...]

    @classmethod
    def shipped(cls, regions: Iterable[Path] = (), policies: Iterable[Path] = ()) -> Library:
        """The shipped folders with the user's own added."""
        root = data_root()
        return cls((root / "regions", *regions), (root / "policies", *policies))

    def digests(self) -> dict[str, str]:
        """Content hash of each folder by a name that does not depend on the machine."""
        named = [("regions", self.regions), ("policies", self.policies)]
        return {
            kind if index == 0 else f"{kind}+{index}": folder_digest(folder)
            for kind, folders in named
            for index, folder in enumerate(folders)
        }


def folder_digest(folder: Path) -> str:
    """SHA-256 over the names and bytes of a folder's data files, in sorted order."""
    digest = hashlib.sha256()
    for path in files_in(folder, *DATA):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def files_in(folder: Path, *suffixes: str, where: Where | None = None) -> list[Path]:
    """The files of a folder and its subfolders by suffix (`.yaml`), sorted; hidden folders are left out.

    Raises:
        InputFaults: more than 2,000 such files, or 50,000 entries of any kind: a whole disk named by mistake is told
            and not walked. Told at `where`, by default at the folder.
    """
    found: list[Path] = []
    seen = 0
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        seen += len(folders) + len(names)
        found += [Path(at, name) for name in names if Path(name).suffix in suffixes]
        if len(found) > MOST_FILES or seen > MOST_ENTRIES:
            held = f"{MOST_FILES:,} files to read" if len(found) > MOST_FILES else f"{MOST_ENTRIES:,} entries"
            text = f"folder {label(folder)!r} holds more than {held}"
            fault = Fault(where or Where(label(folder)), "Y005", text, "name the folder that holds your own files")
            raise InputFaults([fault])
    return sorted(found)


def label(path: Path) -> str:
    """How positions call a file: relative to the data root or the working folder where that is possible."""
    for base in (data_root(), Path.cwd()):
        try:
            return path.resolve().relative_to(base.resolve()).as_posix()
        except ValueError:
            continue
    return str(path)


def is_there(path: Path) -> bool:
    """Whether a file or folder exists; a name that no file can have does not."""
    try:
        return path.exists()
    except OSError:
        return False
