"""What `routing` says, in plain words."""

from collections.abc import Iterator

from aboveboard.charter._routing import Routing
from aboveboard.charter._words import duration_words, sentence_list


def routing_sentences(routing: Routing) -> Iterator[str]:
    """A sentence for each thing that it changes; none for a charter without it."""
    if routing.fallback:
        names = sentence_list(routing.fallback)
        yield f"When the model asked for fails, these are asked in its place, in this order: {names}."
    if routing.auto:
        names = sentence_list(routing.auto.among, "or")
        yield f"Who asks for {routing.auto.id} gets the cheapest of {names} whose promises are all kept."
    if routing.cache.exact:
        which = "" if routing.cache.always else " that asks for the same answer"
        length = duration_words(routing.cache.exact)
        yield f"The same request{which} of the same person may get the same answer again for {length}."
        if routing.cache.reworded:
            yield "So does a short question that differs from it in words of courtesy alone."
