"""Dishonest feeds, signed with real keys, and the stock TUF client that is to judge them.

`forge` rewrites any metadata file and signs everything again, so that only the rule under test is
broken and never a hash or a signature by accident.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from securesystemslib.formats import encode_canonical
from securesystemslib.signer import CryptoSigner, Signature, Signer
from tuf.api.exceptions import DownloadHTTPError
from tuf.api.metadata import TargetFile
from tuf.ngclient import Updater
from tuf.ngclient.fetcher import FetcherInterface

from sync.feed.keys import PARTY_FIELD, new_key
from sync.feed.layout import INDEX_TARGET, FeedFiles, ref_of
from sync.feed.writing import metadata_paths
from tests.support.office import OfficeInMemory, Signers

Edit = Callable[[dict[str, Any]], None]


class OtherId(Signer):
    """A key that signs under an id that is not its own."""

    def __init__(self, signer: CryptoSigner, keyid: str) -> None:
        self._signer = signer
        self._keyid = keyid

    @property
    def public_key(self) -> Any:
        """Return the true key."""
        return self._signer.public_key

    @classmethod
    def from_priv_key_uri(cls, *_: Any, **__: Any) -> Any:
        """Do not load: this key exists in memory only."""
        raise NotImplementedError

    def sign(self, payload: bytes) -> Signature:
        """Sign truly, name falsely."""
        return Signature(self._keyid, self._signer.sign(payload).signature)


def forge(
    files: FeedFiles,
    signers: Signers,
    *,
    seals: Sequence[Signer] | None = None,
    index: bytes | None = None,
    edits: dict[str, Edit] | None = None,
) -> FeedFiles:
    """Return `files` with the `edits` made to the signed parts and everything signed again.

    `edits` goes by role: root, targets, notices, snapshot, timestamp.
    """
    edits = edits or {}
    index = files.index if index is None else index
    seals = (signers.committee_seal, signers.supervisor_seal) if seals is None else seals
    roots = files.roots
    if "root" in edits:
        roots = (*roots[:-1], _again(roots[-1], signers.guardians, edits["root"]))
    targets = _again(files.targets, signers.guardians, edits.get("targets"))

    def name_index(signed: dict[str, Any]) -> None:
        ref = ref_of(index)
        signed["targets"] = {INDEX_TARGET: {"hashes": {"sha256": ref.sha256}, "length": ref.length}}
        edits.get("notices", lambda _: None)(signed)

    notices = _again(files.notices, seals, name_index)

    def list_both(signed: dict[str, Any]) -> None:
        for name, data in (("targets.json", targets), ("notices.json", notices)):
            signed["meta"][name] = _listed(data)
        edits.get("snapshot", lambda _: None)(signed)

    snapshot = _again(files.snapshot, (signers.online,), list_both)

    def list_snapshot(signed: dict[str, Any]) -> None:
        signed["meta"]["snapshot.json"] = _listed(snapshot)
        edits.get("timestamp", lambda _: None)(signed)

    timestamp = _again(files.timestamp, (signers.online,), list_snapshot)
    return FeedFiles(roots, timestamp, snapshot, targets, notices, index)


def one_key_under_two_ids(office: OfficeInMemory, index: bytes) -> FeedFiles:
    """Return a feed where the committee's seal stands a second time, as the supervisors'."""
    seal, second = office.signers.committee_seal, "5" * 64

    def delegate(signed: dict[str, Any]) -> None:
        keys = signed["delegations"]["keys"]
        own = keys[seal.public_key.keyid]
        signed["delegations"]["keys"] = {
            seal.public_key.keyid: own,
            second: own | {PARTY_FIELD: "supervisor"},
        }
        signed["delegations"]["roles"][0]["keyids"] = [seal.public_key.keyid, second]

    return forge(
        office.files(),
        office.signers,
        seals=(seal, OtherId(seal, second)),
        index=index,
        edits={"targets": delegate},
    )


def targets_that_name_files(office: OfficeInMemory, index: bytes) -> FeedFiles:
    """Return a feed whose top-level targets put another index in place of the sealed one."""

    def override(signed: dict[str, Any]) -> None:
        signed["targets"] = {INDEX_TARGET: TargetFile.from_data(INDEX_TARGET, index).to_dict()}

    return forge(office.files(), office.signers, edits={"targets": override})


def two_seals_of_one_party(office: OfficeInMemory, index: bytes) -> FeedFiles:
    """Return a feed with a deputy of the committee, sealed by the committee and its deputy alone."""
    deputy = new_key("committee", "副手示例")
    key = deputy.public_key

    def delegate(signed: dict[str, Any]) -> None:
        signed["delegations"]["keys"][key.keyid] = key.to_dict()
        signed["delegations"]["roles"][0]["keyids"].append(key.keyid)

    return forge(
        office.files(),
        office.signers,
        seals=(office.signers.committee_seal, deputy),
        index=index,
        edits={"targets": delegate},
    )


class _InMemory(FetcherInterface):
    def __init__(self, files: FeedFiles) -> None:
        self._files = metadata_paths(files)

    def _fetch(self, url: str) -> Iterator[bytes]:
        path = url.removeprefix("http://feed/")
        if path not in self._files:
            raise DownloadHTTPError(f"no {path}", 404)
        return iter([self._files[path]])


def stock_client_accepts(
    files: FeedFiles, anchor: bytes, folder: Path, *, at: datetime
) -> str | None:
    """Return the SHA-256 of the index that the stock TUF client takes from this feed.

    `folder` is the client's own, empty at the start.
    """
    metadata = folder / "metadata"
    metadata.mkdir(parents=True, exist_ok=True)
    client = Updater(
        str(metadata), "http://feed/metadata/", fetcher=_InMemory(files), bootstrap=anchor
    )
    client._trusted_set.reference_time = at
    client.refresh()
    target = client.get_targetinfo(INDEX_TARGET)
    return target.hashes["sha256"] if target else None


def _again(data: bytes, signers: Sequence[Signer], edit: Edit | None) -> bytes:
    signed = json.loads(data)["signed"]
    if edit:
        edit(signed)
    payload = (encode_canonical(signed) or "").encode()
    signatures = [signer.sign(payload).to_dict() for signer in signers]
    both = {"signatures": signatures, "signed": signed}
    return json.dumps(both, sort_keys=True, separators=(",", ":")).encode()


def _listed(data: bytes) -> dict[str, Any]:
    ref = ref_of(data)
    version = json.loads(data)["signed"].get("version", 1)
    return {"hashes": {"sha256": ref.sha256}, "length": ref.length, "version": version}
