"""Run a command in namespaces of its own: without a network, or with mounts that it alone sees."""

import shutil
import subprocess

import pytest


def namespaces(*kinds):
    """Return the words before a command that give it *kinds* (``--net``, ``--mount``), or skip.

    A user maps itself to root first; root may do without, and has to in a chroot.
    """
    if shutil.which("unshare") is None:
        pytest.skip("unshare is not on this system")
    for words in (["unshare", "--map-root-user", *kinds], ["unshare", *kinds]):
        if subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0:
            return words
    pytest.skip(f"unshare {' '.join(kinds)} may not run here")
