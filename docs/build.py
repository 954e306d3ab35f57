"""Draws docs/pictures/overview.svg, and writes docs/reference/cli.md from the commands themselves and
docs/reference/suites/ from the suites."""

import copy
from dataclasses import dataclass
from pathlib import Path

import click

from aboveboard.cli._app import COMMANDS, aboveboard
from aboveboard.evals import load_suite, suite_names
from aboveboard.evals.pages import NOTE, as_markdown, facts_of, index_page, page_of

DOCS = Path(__file__).parent

STYLE = """
  text { font: 15px system-ui, 'DejaVu Sans', sans-serif; fill: #1d2733; }
  .title { font-weight: 650; font-size: 17px; }
  .small { font-size: 13px; fill: #51606f; }
  .box { fill: #ffffff; stroke: #c3ced9; stroke-width: 1.5; }
  .charter { fill: #fff6df; stroke: #d9a72b; }
  .ledger { fill: #e7f3ee; stroke: #3f8f6f; }
  .arrow { stroke: #7b8a99; stroke-width: 1.8; fill: none; marker-end: url(#tip); }
  .proof { stroke: #3f8f6f; stroke-dasharray: 4 4; }
  .tip { fill: #7b8a99; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } .small { fill: #a7b4c1; }
    .box { fill: #1b232c; stroke: #44525f; }
    .charter { fill: #3a301a; stroke: #d9a72b; } .ledger { fill: #16302a; stroke: #4fae88; }
  }
"""


@dataclass(frozen=True)
class Box:
    """A box of the picture: its place in pixels, its title and its lines of small text."""

    x: int
    y: int
    width: int
    height: int
    title: str
    lines: tuple[str, ...]
    kind: str = ""

    def draw(self) -> str:
        left = self.x + 16
        shape = (
            f'<rect class="box {self.kind}" x="{self.x}" y="{self.y}" '
            f'width="{self.width}" height="{self.height}" rx="10"/>'
        )
        title = f'<text class="title" x="{left}" y="{self.y + 28}">{self.title}</text>'
        lines = "".join(
            f'<text class="small" x="{left}" y="{self.y + 50 + 19 * row}">{line}</text>'
            for row, line in enumerate(self.lines)
        )
        return shape + title + lines


STAGES = [
    Box(
        20,
        130,
        212,
        112,
        "assess",
        ("bias · privacy · truth ·", "safety in context · energy", "kept / broken / undecided"),
    ),
    Box(
        256,
        130,
        212,
        112,
        "guard",
        ("every request and answer,", "streamed or not: mask,", "support, block, disclose"),
    ),
    Box(
        492,
        130,
        212,
        112,
        "answer",
        ("with a receipt that proves", "model, charter, checks", "and who is accountable"),
    ),
    Box(
        728,
        130,
        212,
        112,
        "account",
        ("report, model card, console,", "appeals, transparency page:", "every number has a record"),
    ),
]
CHARTER = Box(
    20,
    16,
    920,
    74,
    "charter.yaml",
    ("what the team promises: measures, thresholds, confidence, owners, guards, retention, budgets",),
    "charter",
)
LEDGER = Box(
    20,
    284,
    920,
    74,
    "ledger",
    ("tamper-evident (C2SP transparency log, witnesses), erasable (salted commitments, a key per person)",),
    "ledger",
)


TIP = (
    '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    '<path class="tip" d="M0 0 L8 4 L0 8 z"/></marker>'
)


def arrow(points: str, kind: str = "") -> str:
    return f'<path class="arrow {kind}" d="{points}"/>'


def overview() -> str:
    """The picture at the top of the README."""
    middles = [box.x + box.width // 2 for box in STAGES]
    down = [arrow(f"M{x} 90 V126") for x in middles]
    across = [arrow(f"M{box.x + box.width} 186 H{box.x + box.width + 20}") for box in STAGES[:-1]]
    proofs = [arrow(f"M{x} 242 V280", "proof") for x in middles]
    boxes = [box.draw() for box in (CHARTER, *STAGES, LEDGER)]
    label = "One charter drives assessment, guards, answers and documents; one ledger holds the evidence."
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 374" role="img" aria-label="{label}">'
        f"<style>{STYLE}</style><defs>{TIP}</defs>{''.join(down + across + proofs + boxes)}</svg>\n"
    )


def cli_reference() -> str:
    """Every command with its help text, as the command line prints it."""
    parts = ["# Command line", "", "Written by `make docs` from the commands themselves.", ""]
    for path, command in commands():
        parts += [f"## {path}", "", "```text", help_text(path, command), "```", ""]
    return "\n".join(parts)


def commands() -> list[tuple[str, click.Command]]:
    """Every command and sub-command with its full name."""
    found: list[tuple[str, click.Command]] = [("aboveboard", aboveboard)]
    context = click.Context(aboveboard)
    for name in COMMANDS:
        command = aboveboard.get_command(context, name)
        assert command is not None
        found.append((f"aboveboard {name}", command))
        if isinstance(command, click.Group):
            found += [(f"aboveboard {name} {sub}", each) for sub, each in command.commands.items()]
    return found


def help_text(path: str, command: click.Command) -> str:
    names = ["-h", "--help"]  # as the root command sets them for all
    command = copy.copy(command)
    vars(command)["_help_option"] = None  # click keeps the one made first, whatever its names
    context = click.Context(command, info_name=path, terminal_width=100, help_option_names=names)
    return command.get_help(context)


def suite_pages() -> dict[str, str]:
    """A page for each suite and one that leads to them, by file name."""
    facts = [facts_of(load_suite(name)) for name in suite_names()]
    foot = f"\n[All suites](README.md) · [how to read results](../measures.md) · {NOTE}\n"
    pages = {f"{each.id}.md": as_markdown(page_of(each)) + foot for each in facts}
    return {"README.md": index_page(facts), **pages}


def main() -> None:
    (DOCS / "pictures" / "overview.svg").write_text(overview(), encoding="utf-8")
    (DOCS / "reference" / "cli.md").write_text(cli_reference(), encoding="utf-8")
    folder = DOCS / "reference" / "suites"
    folder.mkdir(exist_ok=True)
    for name, text in suite_pages().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
