"""The charter that `aboveboard init` writes."""

import json
import textwrap
from collections.abc import Iterable

from aboveboard.charter._errors import CharterError, Problem
from aboveboard.charter._profiles import Profile, profile
from aboveboard.charter._scalars import text_flaw

_LONGEST_NAME = 200

_TEMPLATE = """\
# What we promise about one system. Change what is yours to say, then run:
#   aboveboard charter explain   what this file promises, in plain words
#   aboveboard assess            whether the promises are kept
charter: 1

system:
  name: {name}
  purpose: {purpose}
  context: {context}    # brings the default promises and guards listed below
  not_for: {not_for}
  affected: {affected}
  jurisdictions: [EU]    # where it is used: EU, DE, UK, US-NYC ...

# Lines of responsibility. Every charter has `accountable`: who answers for the whole.
roles:
  accountable: {{title: Head of service, contact: accountable@example.org}}    # put yours here

models:
  - {{id: smollm2-135m, provider: local, role: primary}}
  # - id: big
  #   provider: openai    # any endpoint that speaks OpenAI's protocol
  #   base_url: "http://127.0.0.1:8000/v1"
  #   api_key_env: BIG_KEY    # the variable that holds the key, never the key
  #   role: fallback

# Promises that the context '{context}' makes already.
# To change one, write it under `promises:` with the same id.
# To drop some: `defaults: {{promises: [id, id]}}`; to drop all: `defaults: {{promises: false}}`.
{promises}
#
# Your own promises go here; `aboveboard measures` lists what can be measured.
# promises:
#   - id: our-{own.id}    # an id of your own: the default stays beside it
#     measure: {own.measure}
{own_over}#     must: "{own.must}"
#     confidence: 0.95    # how sure; else the verdict is "undecided"
#     when: [release, monthly]
#     owner: accountable
#     if_broken: {own.if_broken}    # warn | fallback | hold | stop
#     reason: {own_reason}
#     source: {own_source}

# Guards that the context brings already; write one under `guards:` to change it.
{guards}

# access: {{keys: required, console: required}}    # `aboveboard key create`, `aboveboard user add`
disclosure: {{ai_notice: header+first-message, provenance: receipt}}
retention: {{payloads: 30d, receipts: 3y}}
footprint: {{grid: auto}}
# privacy_budgets: {{support-tickets: {{epsilon: 4.0, delta: 1.0e-6, unit: user}}}}
# sign_off: {{quorum: 2, from: [ethicist, legal, community]}}
"""


def charter_template(context: str, name: str = "Our assistant") -> str:
    """A commented charter for a context, which loads as it stands.

    Raises UnknownNameError for a context without a profile, CharterError for a name that no charter can hold.
    """
    defaults = profile(context)
    if flaw := text_flaw(name, _LONGEST_NAME):
        raise CharterError(
            [Problem(0, 0, f"not a name for a system: {flaw}", "choose a short plain name")], "name"
        )
    first = defaults.promises[0]
    return _TEMPLATE.format(
        name=json.dumps(name, ensure_ascii=False),
        context=context,
        purpose=_quoted(defaults.example.purpose),
        not_for=_list(defaults.example.not_for),
        affected=_list(defaults.example.affected),
        promises=_promises(defaults),
        guards=_guards(defaults),
        own=first,
        own_over=f"#     over: [{', '.join(first.over)}]\n" if first.over else "",
        own_reason=_quoted(first.reason),
        own_source=_quoted(first.source),
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _list(items: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, items))}]"


def _promises(defaults: Profile) -> str:
    lines: list[str] = []
    for promise in defaults.promises:
        over = f" over {', '.join(promise.over)}" if promise.over else ""
        lines.append(
            f"#   {promise.id}: {promise.measure} {promise.must}{over}, if broken {promise.if_broken}"
        )
        lines.append(_comment(promise.reason))
    return "\n".join(lines)


def _guards(defaults: Profile) -> str:
    lines: list[str] = []
    for guard in defaults.guards:
        lines.append(f"#   {guard.guard}: {' and '.join(guard.mode)}, {guard.action}")
        lines.append(_comment(guard.reason))
    return "\n".join(lines)


def _comment(text: str) -> str:
    return textwrap.fill(text, 100, initial_indent="#       ", subsequent_indent="#       ")
