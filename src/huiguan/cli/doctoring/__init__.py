"""What is wrong with an installation, and what to do about it."""

from huiguan.cli.doctoring.checks import check_all
from huiguan.cli.doctoring.findings import Finding

__all__ = ["Finding", "check_all"]
