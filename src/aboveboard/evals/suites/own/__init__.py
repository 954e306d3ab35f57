"""A suite made of a team's own cases."""

from aboveboard.evals.suites.own._case_files import FOLDER, case_files, read_case, write_case

__all__ = ["FOLDER", "case_files", "read_case", "write_case"]
