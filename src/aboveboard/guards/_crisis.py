"""Crisis: a warm answer with people to call, and a human who is told. Never a refusal."""

from collections.abc import Mapping
from typing import Any, ClassVar

from aboveboard.detectors import CRISIS_THRESHOLD, Detection, detect_crisis, prepare_crisis
from aboveboard.guards._errors import GuardOptionError
from aboveboard.guards._guard import GuardContext
from aboveboard.guards._options import check_options, texts
from aboveboard.guards._resources import EVERYWHERE, lines_for
from aboveboard.guards._verdict import ALLOW, Action, Finding, Mode, Segment, Verdict

# Taken seriously, no judgement, no method, people to talk to, the emergency number, someone to be with.
_WORDS = {
    "en": (
        "I'm really glad you told me. What you're carrying sounds very heavy, and you don't have to carry "
        "it alone.\n\n"
        "I'm an AI system and can't be the support you deserve right now, but people who listen are there "
        "for you, "
        "free and in confidence:",
        "If you might act on these thoughts, or someone is in danger right now, please call your local "
        "emergency "
        "number ({emergency}) or go to the nearest emergency department.\n\n"
        "Is there someone you trust who could be with you now? If you want to, tell me what has been "
        "happening.",
    ),
    "de": (
        "Danke, dass du das geschrieben hast. Das klingt sehr schwer, und du musst damit nicht allein "
        "bleiben.\n\n"
        "Ich bin ein KI-System und kann dir nicht geben, was du jetzt brauchst. Diese Menschen hören zu, "
        "kostenlos und "
        "vertraulich:",
        "Wenn du dir etwas antun könntest oder jemand in Gefahr ist, ruf bitte sofort den Notruf "
        "({emergency}) oder geh "
        "in die nächste Notaufnahme.\n\nGibt es jemanden, dem du vertraust und der jetzt bei dir sein kann?",
    ),
    "es": (
        "Gracias por contármelo. Suena muy duro, y no tienes que llevarlo a solas.\n\n"
        "Soy un sistema de IA y no puedo darte el apoyo que mereces ahora, pero hay personas que escuchan, "
        "gratis y en "
        "confianza:",
        "Si podrías hacerte daño, o alguien está en peligro ahora, llama a emergencias ({emergency}) o ve "
        "al servicio "
        "de urgencias más cercano.\n\n¿Hay alguien de confianza que pueda estar contigo ahora?",
    ),
    "fr": (
        "Merci de me l'avoir dit. Cela semble très lourd, et vous n'avez pas à le porter sans aide.\n\n"
        "Je suis un système d'IA et ne peux pas vous apporter le soutien que vous méritez. Des personnes "
        "écoutent, "
        "gratuitement et en toute confidentialité :",
        "Si vous risquez de vous faire du mal, ou si quelqu'un est en danger, appelez les secours "
        "({emergency}) ou "
        "allez aux urgences les plus proches.\n\nY a-t-il une personne de confiance qui peut être avec "
        "vous maintenant ?",
    ),
    "it": (
        "Grazie per averlo detto. Sembra molto pesante, e non devi portarlo senza aiuto.\n\n"
        "Sono un sistema di IA e non posso darti il sostegno che meriti, ma ci sono persone che ascoltano, "
        "gratis e in "
        "modo riservato:",
        "Se potresti farti del male, o qualcuno è in pericolo adesso, chiama il numero di emergenza "
        "({emergency}) o vai "
        "al pronto soccorso più vicino.\n\nC'è qualcuno di cui ti fidi che può stare con te adesso?",
    ),
}
_REACH = 200  # how much of the parts before is read with a part
_EMERGENCY = {"US": "911", "CA": "911", "UK": "999 or 112", "AU": "000", "NZ": "111"}


class CrisisGuard:
    """Options: `resources` (lines to call by jurisdiction; ours by default), `threshold` (0.6 by default).

    Reads the message being answered, not earlier turns: someone who goes on to another subject is not
    answered with the same words for ever. A message in several parts is read as one.
    """

    name: ClassVar[str] = "crisis"
    modes: ClassVar[tuple[Mode, ...]] = ("input",)
    is_inline: ClassVar[bool] = True

    def __init__(self, options: Mapping[str, Any]) -> None:
        check_options(self.name, options, ("resources", "threshold"))
        self._resources = texts(self.name, options, "resources")
        self._threshold = _threshold(options.get("threshold", CRISIS_THRESHOLD))
        prepare_crisis()

    @property
    def window(self) -> int:
        """Answers are not checked."""
        return 0

    def check(self, segment: Segment, context: GuardContext) -> Verdict:
        """Escalates, with the answer to give, when the message calls for it."""
        if segment.role != "user" or not context.latest:
            return ALLOW
        before = context.memory.get("before", "")
        context.memory["before"] = f"{(before + segment.text)[-_REACH:]} "
        detection = detect_crisis(before + segment.text)
        if detection.score < self._threshold:
            return ALLOW
        answer = self._answer(detection.language, context.jurisdictions)
        return Verdict(Action.ESCALATE, _findings(detection, len(before), len(segment.text)), answer)

    def _answer(self, language: str, jurisdictions: tuple[str, ...]) -> str:
        opening, closing = _WORDS.get(language, _WORDS["en"])
        lines = [*lines_for(jurisdictions, self._resources), EVERYWHERE.line]
        listed = "\n".join(f"- {line}" for line in lines)
        return f"{opening}\n\n{listed}\n\n{closing.format(emergency=_emergency(jurisdictions))}"


def _emergency(jurisdictions: tuple[str, ...]) -> str:
    numbers = [_EMERGENCY.get(jurisdiction.split("-")[0], "112") for jurisdiction in jurisdictions]
    return ", ".join(dict.fromkeys(numbers)) or "112, 911"


def _threshold(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= 1:
        raise GuardOptionError(f"crisis: threshold is {value!r}", cure="write a number above 0, up to 1")
    return float(value)


def _findings(detection: Detection, before: int, length: int) -> tuple[Finding, ...]:
    """The findings in the segment itself; one that began in an earlier part, from the segment's start on."""
    return tuple(
        Finding(
            max(0, span.start - before), min(length, span.end - before), f"crisis-{span.label}", span.score
        )
        for span in detection.spans
        if span.end > before and length
    )
