"""What people say around a question, and what of it changes nothing: in English, German and Spanish.

Each phrase is taken from the start or the end of a text alone, never from its middle, where it may be what
the text is about ("Translate: please").
"""

import re
from collections.abc import Iterable

_GREETINGS = (  # none that tells the time of day: what is open in the morning may be closed in the evening
    "hi|hi there|hello|hello there|hey|hey there|excuse me|sorry"
    "|hallo|guten tag|entschuldigung|verzeihung|sag mal|sagen sie mal"
    "|hola|disculpe|disculpa|perdón"
)
_PLEASE = "please|bitte|por favor"
_THANKS = (
    "thanks|thank you|thank you very much|many thanks|thanks in advance"
    "|danke|vielen dank|gracias|muchas gracias"
)
_ASKED = (
    "how|what|when|where|why|who|whom|whose|which"
    "|wie|was|wann|wo|woher|wohin|warum|wieso|wer|wen|wem|welche|welcher|welches|welchen|ob|bis wann|ab wann"
    "|cómo|qué|cuándo|dónde|por qué|quién|quiénes|cuál|cuáles|cuánto|cuánta|cuántos|cuántas|¿.+"
)
_TELL = (
    r"(?:can|could|would|will) you (?:please )?(?:tell|show) (?:me|us)(?: please)?",
    r"(?:can|could|would|will) you (?:please )?explain",
    r"(?:please )?(?:tell|show) me|explain|do you know",
    r"i(?:['’]d| would) like to (?:know|ask)|i (?:just )?want(?:ed)? to (?:know|ask)",
    r"i was wondering|i wonder",
    r"(?:können|könnten) sie (?:mir )?(?:bitte )?(?:sagen|erklären|zeigen)",
    r"(?:kannst|könntest) du (?:mir )?(?:bitte )?(?:sagen|erklären|zeigen)",
    r"(?:bitte )?sag(?:en sie|e)? mir(?: bitte)?|wissen sie|weißt du",
    r"ich wüsste gerne?|ich (?:möchte|würde) gerne? wissen",
    r"(?:me )?(?:puede|podría|puedes|podrías) decir(?:me)?",
    r"dime|dígame|sabes?|(?:me gustaría|quisiera|quiero) saber",
)
_WEEKDAYS = (
    "on (?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    "|am (?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)"
    "|(?:el|los) (?:lunes|martes|miércoles|jueves|viernes|sábados?|domingos?)"
)
_TIMES = "after|before|during|while|if|nach|vor|wenn|falls|después de|antes de|si|mientras"
_WORK = "translate|write|compose|summari[sz]e|convert|list|calculate|draft|rewrite|correct"


def _any(words: str | Iterable[str]) -> str:
    return f"(?:{words if isinstance(words, str) else '|'.join(words)})"


GREETING = re.compile(rf"{_any(_GREETINGS)}(?:,| -|[.!:])\s+", re.IGNORECASE)
"""At the start, with the sign that ends it."""

PLEASE = re.compile(rf"{_any(_PLEASE)},?\s+", re.IGNORECASE)
"""At the start."""

ENDING = re.compile(
    rf"(?:(?P<end>[.!?]+)\s+{_any(f'{_PLEASE}|{_THANKS}')}|,\s+{_any(_PLEASE)})[.!]*(?P<mark>\?*)$",
    re.IGNORECASE,
)
"""At the end, behind a sentence; only a wish also behind a comma. `end` and `mark` stay."""

MENTIONING = re.compile(
    r":\s|\b(?:(?:this|that|these|esto|eso)\b|(?:ist|is|sind) (?:das|dies)|languag|sprache|idioma|polite|rude"
    r"|formal|höflich|cortés|greet|grüß|salud|rhym|letter|buchstab|letras|sentence|satz|frase|tone"
    r"|say|says|said|spell|mean|means|pronounce|translat|reply|answer|word|phrase|sagt|sagen|heißt|bedeutet|schreib"
    r"|übersetz|dice|decir|significa|escrib|traduc)",
    re.IGNORECASE,
)
"""In a text that may be about words: there, what stands before and after may be what it is about."""

WHETHER = re.compile(rf"{_any(_TELL)}(?:,|:)?\s+(?:if|whether|ob|si)\s+", re.IGNORECASE)
"""At the start of a question that is answered with yes or no."""

TELL = re.compile(
    rf"{_any(_TELL)}(?:,\s+|:\s+|\s+(?={_any(_ASKED)}\b)|\s+(?=¿))(?!if |whether |ob |si )", re.IGNORECASE
)
"""At the start of any other."""

WOULD_YOU = re.compile(rf"(?:can|could|would|will) you (?:please )?(?={_any(_WORK)}\b)", re.IGNORECASE)
"""At the start of something to be done."""

FOR_ME = re.compile(r" for me(?P<end>[.!?]*)$", re.IGNORECASE)
"""At the end of such a text."""

FRONTED = re.compile(
    rf"(?P<first>(?:{_WEEKDAYS}|{_any(_TIMES)} [^,:]+)),\s+(?P<rest>[^,:]+)$",
    re.IGNORECASE,
)
"""A time or a condition that stands before what it is about: `first`, and `rest`."""

ASKING = re.compile(rf"{_any(_ASKED)}\b", re.IGNORECASE)
