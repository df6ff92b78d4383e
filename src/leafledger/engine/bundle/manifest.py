"""The manifest: what a bundle is, and the SHA-256 and size of every file in it."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, get_type_hints

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from leafledger.core.entry import canonical
from leafledger.engine.bundle.archive import packed
from leafledger.engine.bundle.mismatch import damaged, shown
from leafledger.engine.bundle.seal import LOOSE, MANIFEST, digest_of, sha256, sign

FORMAT = 2
"""1 did not say which release proves a figure that is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """at: when it was released, by: who did, software: what wrote it, files: SHA-256 and size by name. `format` is of the bundle."""

    format: int
    company: str
    year: int
    release: int
    at: str
    by: str
    software: str
    digest: str
    files: Mapping[str, Mapping[str, object]]

    @property
    def hashes(self) -> dict[str, str]:
        return {name: str(said["sha256"]) for name, said in self.files.items()}

    @property
    def said(self) -> dict[str, Any]:
        """What does not follow from the files."""
        names = ("company", "year", "release", "at", "by", "software")
        return {name: getattr(self, name) for name in names}

    @property
    def name(self) -> str:
        """How the bundle's file is called."""
        return f"{self.company}-{self.year}-r{self.release}.leaf"


def manifest_of(files: Mapping[str, bytes], **said: Any) -> Manifest:
    """The manifest of these files. said: company, year, release, at, by, software."""
    listed = {name: {"sha256": sha256(files[name]), "size": len(files[name])} for name in sorted(files)}
    return Manifest(
        format=FORMAT, digest=digest_of({n: str(f["sha256"]) for n, f in listed.items()}), files=listed, **said
    )


def written(manifest: Manifest) -> bytes:
    return (canonical(asdict(manifest)) + "\n").encode()


def sealed(files: Mapping[str, bytes], key: Ed25519PrivateKey, **said: Any) -> bytes:
    """The files as a bundle: listed, signed and packed. The same files, key and words give the same bytes."""
    manifest = written(manifest_of(files, **said))
    return packed({**files, MANIFEST: manifest, **sign(manifest, key)})


def read_manifest(files: Mapping[str, bytes]) -> Manifest:
    """The manifest, once every file of the bundle is what it says, and no file is missing or added. Refused otherwise."""
    for name in sorted(LOOSE):
        if name not in files:
            raise damaged(
                "files",
                name,
                "the file is missing, and without it nothing can be verified",
            )
    manifest = _parsed(files[MANIFEST])
    here = set(files) - LOOSE
    for name in sorted(set(manifest.files) - here):
        raise damaged(
            "files",
            name,
            "the manifest lists the file and it is not in the bundle",
        )
    for name in sorted(here - set(manifest.files)):
        raise damaged(
            "files", name, "the file is in the bundle and the manifest does not list it, so nobody vouches for it"
        )
    for name, said in sorted(manifest.files.items()):
        found = {"sha256": sha256(files[name]), "size": len(files[name])}
        for what in ("size", "sha256"):
            if found[what] != said[what]:
                template = (
                    "its {what} is {found} and the manifest says {stated}: the file is not the one that was released"
                )
                raise damaged("manifest", name, template, what=what, found=found[what], stated=said[what])
    return manifest


def _parsed(text: bytes) -> Manifest:
    try:
        data = json.loads(text)
        kinds = get_type_hints(Manifest)
        if not isinstance(data, dict) or set(data) != {field.name for field in fields(Manifest)}:
            raise ValueError("it has other keys than a manifest")
        for name in ("format", "year", "release"):
            if type(data[name]) is not int:
                raise ValueError(f"its {name} is not a whole number")
        for name, kind in kinds.items():
            if kind is str and not isinstance(data[name], str):
                raise ValueError(f"its {name} is not a text")
        if data["format"] != FORMAT:
            raise ValueError(
                f"it is of format {data['format']} and this version of the software reads {FORMAT}; verify it with {shown(data['software'])}"
            )
        _check_files(data["files"])
        manifest = Manifest(**data)
        if written(manifest) != text:
            raise ValueError("it is not spelled as a bundle spells it (sorted keys, no spaces)")
    except (ValueError, RecursionError) as error:
        raise damaged(
            "manifest", MANIFEST, "the manifest cannot be read: {problem}", problem=shown(str(error), 200)
        ) from None
    return manifest


def _check_files(files: Any) -> None:
    if not isinstance(files, dict):
        raise ValueError("its files are not a list of names")
    for name, said in files.items():
        fits = isinstance(said, dict) and set(said) == {"sha256", "size"} and type(said["size"]) is int
        if not fits or not re.fullmatch(r"[0-9a-f]{64}", str(said["sha256"])):
            raise ValueError(f"what it says of {shown(name)} is not a SHA-256 and a size")
