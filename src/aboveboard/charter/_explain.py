"""What a charter promises, in plain words."""

import textwrap
from collections.abc import Iterator

from aboveboard.charter._charter import Charter, GuardEntry, Origin, Promise
from aboveboard.charter._law import jurisdictions, obligations
from aboveboard.charter._misuse_words import misuse_sentences
from aboveboard.charter._monitoring_words import monitoring_sentences
from aboveboard.charter._oversight_words import oversight_sentences
from aboveboard.charter._profiles import profile
from aboveboard.charter._routing_words import routing_sentences
from aboveboard.charter._words import consequence, duration_words, moments, promise_words, sentence_list

_WIDTH = 88
_MODES = {"input": "what people write", "output": "answers as they are written", "terminal": "whole answers"}
_ACTIONS = {
    "annotate": "adds a note",
    "mask": "replaces what it finds by a placeholder",
    "replace": "replaces the text",
    "escalate": "answers supportively and calls a person",
    "hold": "has the answer wait for a person",
    "block": "refuses",
}
_FOUND = "looks for {} in {{where}}, and {{action}}"
_GUARDS = {
    "personal-data": _FOUND.format("e-mail addresses, phone, card and account numbers, and ids"),
    "secrets": _FOUND.format("passwords and keys"),
    "crisis": _FOUND.format("signs that somebody is in danger"),
    "disclosure": "sees to it that answers say that an AI wrote them",
}
_UNKNOWN_GUARD = "checks {where}, and {action}"
_NOTICES = {
    "header+first-message": "in the technical header of every answer and in the first message",
    "first-message": "in the first message",
    "header": "in the technical header of every answer only",
}


def explain(charter: Charter) -> str:
    """The whole charter for somebody who writes no software: a text of about 90 columns."""
    sections = (
        _system,
        _roles,
        _models,
        _promises,
        _guards,
        _oversight,
        _monitoring,
        _access,
        _people,
        _data,
        _footprint,
        _law,
        _sign_off,
    )
    return "\n\n".join("\n".join(lines) for section in sections if (lines := list(section(charter)))) + "\n"


def _wrap(text: str, indent: str = "  ", first: str | None = None) -> str:
    start = indent if first is None else first
    wrapper = textwrap.TextWrapper(_WIDTH, start, indent, break_on_hyphens=False, break_long_words=False)
    return wrapper.fill(text)


def _system(charter: Charter) -> Iterator[str]:
    system = charter.system
    yield system.name
    yield _wrap(system.purpose)
    names = jurisdictions()
    where = sentence_list(names[code].name for code in system.jurisdictions)
    yield _wrap(f"Context: {profile(system.context).title}." + (f" Used in: {where}." if where else ""))
    if system.affected:
        yield _wrap(f"It concerns {sentence_list(system.affected)}.")
    if system.not_for:
        yield _wrap(f"It must not be used for: {sentence_list(system.not_for, 'or')}.")


def _roles(charter: Charter) -> Iterator[str]:
    yield "WHO ANSWERS FOR IT"
    for name, role in charter.roles.items():
        yield _wrap(f"{name}: {role.title}, {role.contact}", "    ", "  ")


def _models(charter: Charter) -> Iterator[str]:
    yield "THE LANGUAGE MODELS"
    yield _wrap(f"{charter.primary.id} writes the answers (provider: {charter.primary.provider}).")
    if charter.fallback:
        yield _wrap(
            f"{charter.fallback.id} takes its place when needed (provider: {charter.fallback.provider})."
        )
    for model in charter.models:
        if model.mitigation:
            yield _wrap(f"What is done so that {model.id} keeps the promises: {model.mitigation}.")
    yield from map(_wrap, routing_sentences(charter.routing))


def _promises(charter: Charter) -> Iterator[str]:
    yield f"WHAT IT PROMISES ({len(charter.promises)})"
    if not charter.promises:
        yield _wrap("Nothing. No promise is made, so nothing about the model is checked.")
    for number, promise in enumerate(charter.promises, 1):
        yield from _promise(number, promise, charter.roles[promise.owner].title)


def _promise(number: int, promise: Promise, owner: str) -> Iterator[str]:
    yield _wrap(promise_words(promise), "     ", f"  {number}. ")
    sure = f"It counts as kept or broken only when we are {100 * promise.confidence:.12g}% sure."
    yield _wrap(f"Checked {moments(promise.when)}. {sure}", "     ")
    yield _wrap(f"If broken, {consequence(promise)}. {owner} ({promise.owner}) answers for it.", "     ")
    if promise.reason:
        yield _wrap(f"Why: {promise.reason}", "     ")
    source = f" Source: {promise.source}" if promise.source else ""
    yield _wrap(f"({promise.id}, {_origin(promise.origin)}.{source})", "     ")


def _origin(origin: Origin) -> str:
    return "written in this charter" if origin == "charter" else "a default of the context"


def _guards(charter: Charter) -> Iterator[str]:
    yield "WHAT CHECKS EVERY ANSWER"
    if not charter.guards:
        yield _wrap("Nothing. Answers go out unchecked.")
    for guard in charter.guards:
        yield _wrap(_guard(guard), "    ", "  ")


def _guard(guard: GuardEntry) -> str:
    where = sentence_list(_MODES[mode] for mode in guard.mode)
    task = _GUARDS.get(guard.guard, _UNKNOWN_GUARD).format(where=where, action=_ACTIONS[guard.action])
    failing = "is held back" if guard.on_error == "closed" else "passes unchecked"
    return f"{guard.guard} {task}. If the check itself fails, the text {failing} ({_origin(guard.origin)})."


def _oversight(charter: Charter) -> Iterator[str]:
    yield "WHAT A PERSON LOOKS AT"
    yield from map(_wrap, oversight_sentences(charter.oversight, charter.webhooks))
    yield from map(_wrap, misuse_sentences(charter.misuse))


def _monitoring(charter: Charter) -> Iterator[str]:
    is_live = any("live" in promise.when for promise in charter.promises)
    sentences = list(monitoring_sentences(charter.monitoring, is_live=is_live))
    if sentences:
        yield "WHAT IS WATCHED WHILE IT ANSWERS"
        yield from map(_wrap, sentences)


def _access(charter: Charter) -> Iterator[str]:
    yield "WHO MAY ASK, AND LOOK"
    asks = charter.access.keys == "required"
    yield _wrap("Whoever has a key that was given to them." if asks else "Whoever reaches the gateway.")
    logs_in = charter.access.console == "required"
    yield _wrap(
        "Into the console looks who logs in, and may there what their roles may."
        if logs_in
        else "Into the console looks whoever is on the machine; nobody decides there."
    )


def _people(charter: Charter) -> Iterator[str]:
    yield "WHAT PEOPLE ARE TOLD"
    notice = _NOTICES.get(charter.disclosure.ai_notice)
    yield _wrap(
        f"That an AI wrote the answer: {notice}." if notice else "Nobody is told that an AI wrote the answer."
    )
    has_receipt = charter.disclosure.provenance == "receipt"
    yield _wrap(
        "Every answer has a receipt that anyone can verify." if has_receipt else "Answers have no receipt."
    )


def _data(charter: Charter) -> Iterator[str]:
    yield "WHAT IS KEPT"
    for kind, length in charter.retention.items():
        yield _wrap(f"{kind}: {duration_words(length)}")
    for name, budget in charter.privacy_budgets.items():
        whom = "any one person" if budget.unit == "user" else "any one record"
        limit = f"epsilon {budget.epsilon:g}, delta {budget.delta:g}"
        yield _wrap(
            f"From the data set {name}, only so much may be learnt about {whom}: {limit}.", "    ", "  "
        )


def _footprint(charter: Charter) -> Iterator[str]:
    yield "WHAT IT COSTS THE ENVIRONMENT"
    grid = charter.footprint.grid
    place = (
        "of the world, for no country is stated" if grid == "auto" else f"of the electricity grid of {grid}"
    )
    yield _wrap(f"Energy is turned into carbon and water with the figures {place}.")
    if charter.footprint.wue:
        yield _wrap(
            f"Cooling evaporates {charter.footprint.wue:g} litres for each kilowatt-hour of the machines."
        )
    for machine in charter.footprint.hardware:
        made = f" Making it took {machine.embodied_kg:g} kg of CO2e." if machine.embodied_kg else ""
        yield _wrap(
            f"{machine.asset}, bought in {machine.bought}, is to serve {machine.life_years:g} years.{made}"
        )


def _law(charter: Charter) -> Iterator[str]:
    if charter.obligations:
        yield "PROVISIONS KEPT IN VIEW (evidence towards them, not a claim to comply)"
    for entry in charter.obligations:
        row = obligations()[entry.id]
        since = f" From {row.applies_from}." if row.applies_from else ""
        yield _wrap(
            f"{row.provision}: {row.what}{since} Our reading: {row.confidence} confidence.", "    ", "  "
        )


def _sign_off(charter: Charter) -> Iterator[str]:
    if charter.sign_off:
        yield "WHO HAS TO AGREE"
        yield _wrap(f"{charter.sign_off.quorum} of: {sentence_list(charter.sign_off.parties)}.")
