"""The unit and the image in which the service is run for others."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
UNIT = ROOT / "docs" / "filmgraph.service"
IMAGE = ROOT / "Containerfile"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_finds_no_fault(tmp_path: Path) -> None:
    """Every line of the unit is understood by systemd itself."""
    text = UNIT.read_text(encoding="utf-8").replace("/opt/filmgraph/.venv/bin/filmgraph", "/bin/true")
    path = tmp_path / UNIT.name
    path.write_text(text, encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, [line for line in done.stderr.splitlines() if UNIT.name in line]) == (0, [])


def test_the_unit_gives_few_rights() -> None:
    """The service is no superuser, writes only temporary files, reloads by SIGHUP and ends in order."""
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # names with capitals, as they are
    unit.read_string(UNIT.read_text(encoding="utf-8"))
    service = unit["Service"]
    assert service["User"] not in ("", "root")
    assert (service["NoNewPrivileges"], service["ProtectSystem"], service["CapabilityBoundingSet"]) == (
        "yes",
        "strict",
        "",
    )
    assert (service["KillMode"], service["ExecReload"]) == ("mixed", "/bin/kill -HUP $MAINPID")


def test_the_image_is_pinned_and_has_few_rights() -> None:
    """The image is made of pinned ones, runs as a numbered user without rights, and tells whether it is healthy."""
    lines = IMAGE.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    said = [line.partition(" ")[::2] for line in lines if line.strip() and not line.startswith("#")]
    told = {word for word, _ in said}
    assert all(re.search(r":\d+\.\d+\.\d+", rest) for word, rest in said if word == "FROM")
    assert int(dict(said)["USER"]) > 0
    assert {"HEALTHCHECK", "VOLUME", "EXPOSE", "STOPSIGNAL"} <= told
    assert "/readyz" in dict(said)["HEALTHCHECK"]
    for copied in (
        part for word, rest in said if word == "COPY" and "--from" not in rest for part in rest.split()[:-1]
    ):
        assert (ROOT / copied).exists(), copied


def test_the_linter_finds_no_fault() -> None:
    """The Containerfile is as hadolint wants it."""
    linter = Path(sys.executable).with_name("hadolint")
    if not linter.exists():
        pytest.skip("hadolint is not installed")
    done = subprocess.run([linter, IMAGE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
