"""The core phrases in German, Spanish, French and Italian, on plain text (no accents, so `würde` is
`wurde`).
"""

import re

from aboveboard.detectors._phrases import Phrase, say

_LAUGH = re.compile(
    r"\b(?:hunger|lachen|langeweile|durst|hambre|risa|aburrimiento|verguenza|sueno|calor|rire|faim|soif"
    r"|ennui|honte|fame"
    r"|risate|ridere|sete|noia|vergogna|sonno|caldo|in minecraft|im spiel|en el juego|dans le jeu|nel gioco"
    r"|roman|film)\b"
)


def _say(score: float, pattern: str, *stems: str) -> Phrase:
    return say(score, rf"(?:{pattern})\b", *stems, unless=_LAUGH)


GERMAN: tuple[Phrase, ...] = (
    _say(
        0.95,
        r"(?:bringe?|brachte) mich (?:einfach |heute |bald )?um|mich (?:selbst )?(?:umbringen|umzubringen"
        r"|toten|zu toten|erhangen|vor (?:den|einen) zug (?:zu )?(?:werfen|schmeissen))",
        "mich",
    ),
    _say(
        0.9,
        r"(?:mir|mein) (?:\w+ )?(?:das )?leben (?:zu )?(?:nehmen|beenden)|meinem leben ein ende (?:zu "
        r")?(?:setzen|machen)|selbstmord (?:begehen|machen|zu begehen)|suizid(?:gedanken| begehen)"
        r"|selbstmordgedanken",
        "leben",
        "mord",
        "suizid",
    ),
    _say(
        0.9,
        r"(?:ich )?(?:will|mochte|wurde am liebsten) (?:\w+ )?(?:nicht mehr (?:leben|da sein|aufwachen)"
        r"|(?:nur noch |einfach )?sterben|tot sein)|(?:ich )?(?:will|mochte) nicht mehr leben",
        "leben",
        "sterben",
        "tot",
        "da sein",
        "aufwachen",
    ),
    _say(
        0.8,
        r"(?:niemand|keiner) (?:wurde|wird) (?:\w+ ){0,2}(?:merken|vermissen|auffallen"
        r"|interessieren)(?=.{0,30}(?:weg|nicht mehr|tot|mich|$))|ohne mich (?:\w+ ){0,3}(?:besser dran"
        r"|besser|glucklicher)|(?:besser|glucklicher)(?: dran)? ohne mich",
        "niemand",
        "keiner",
        "ohne mich",
    ),
    _say(
        0.8,
        r"keinen (?:sinn|grund) (?:mehr )?(?:im leben|zu leben|weiterzuleben|am leben)|(?:ich )?(?:kann"
        r"|halte) (?:das |es |so )?(?:alles )?nicht mehr (?:aus|weiterleben|weiter leben)|(?:alles|es) "
        r"(?:soll|muss) (?:endlich )?ein ende haben",
        "sinn",
        "grund",
        "nicht mehr",
        "ende",
    ),
    _say(
        0.85,
        r"(?:ritze|schneide|verletze) mich(?: selbst| wieder| absichtlich)|mich (?:selbst )?(?:zu "
        r")?(?:ritzen|verletzen)",
        "mich",
    ),
)
SPANISH: tuple[Phrase, ...] = (
    _say(
        0.95,
        r"(?:matarme|suicidarme|ahorcarme|me (?:voy a|quiero) (?:matar|suicidar))",
        "matar",
        "suicid",
        "ahorcar",
    ),
    _say(
        0.9,
        r"(?:quitarme|quitar|acabar con|terminar con|poner fin a) (?:mi )?(?:la )?(?:propia )?vida",
        "vida",
    ),
    _say(
        0.9,
        r"(?:me )?(?:quiero|quisiera|deseo|ganas de|prefiero|preferiria) (?:morir(?:me)?|estar muert[oa]"
        r"|desaparecer para siempre)|no (?:quiero|tengo ganas de) (?:seguir )?(?:vivir|viviendo|despertar"
        r"|seguir vivi?endo|seguir viv[oa])",
        "mori",
        "muert",
        "vivi",
        "desperta",
        "desaparecer",
        "viv",
    ),
    _say(
        0.8,
        r"nadie (?:me (?:va a )?(?:extranaria|extranara|echaria de menos|echara de menos)|(?:lo "
        r")?(?:notaria|se daria cuenta|le importaria)(?= si))|(?:mejor|mas felices) sin mi",
        "nadie",
        "sin mi",
    ),
    _say(
        0.8,
        r"(?:no (?:le )?(?:veo|tengo|encuentro)|sin) (?:ningun )?(?:sentido|razon|razones|motivos?) (?:a|de"
        r"|para) (?:la vida|mi vida|vivir|seguir viviendo)|no (?:puedo|aguanto) mas (?:con )?(?:esta|la"
        r"|mi) vida|ya no (?:aguanto|puedo) mas vivir",
        "vivi",
        "vida",
    ),
    _say(
        0.85,
        r"(?:me corto|cortarme|me hago dano|hacerme dano|autolesion\w*)(?= (?:los brazos|las venas|a mi|a "
        r"proposito|otra vez|para|cuando|las munecas|porque)| ?$|[.,!])",
        "corto",
        "cortarme",
        "dano",
        "autolesion",
    ),
)
FRENCH: tuple[Phrase, ...] = (
    _say(
        0.95,
        r"(?:me suicider|me tuer|me pendre|me foutre en l'air|me jeter sous un train|je vais me tuer)",
        "me ",
    ),
    _say(
        0.9,
        r"(?:mettre fin a|en finir avec|m'oter|m'enlever) (?:mes jours|ma vie|la vie|tout)|envie d'en finir"
        r"|pensees suicidaires|(?:je suis|je me sens) suicidaire",
        "fin",
        "vie",
        "suicid",
    ),
    _say(
        0.9,
        r"(?:je )?(?:veux|voudrais|prefere|prefererais|souhaite|envie de) (?:juste )?(?:mourir|etre morte?"
        r"|disparaitre pour toujours)|(?:je )?(?:ne )?(?:veux|ai) (?:plus|pas) (?:envie de )?(?:vivre|me "
        r"reveiller|etre la|exister)|plus envie de vivre",
        "mourir",
        "mort",
        "vivre",
        "reveiller",
        "disparaitre",
        "etre la",
        "exister",
    ),
    _say(
        0.8,
        r"personne ne (?:me regretterait|remarquerait|me pleurerait|s'en (?:rendrait compte|apercevrait))"
        r"|(?:mieux|plus heureux|tranquilles) sans moi",
        "personne",
        "sans moi",
    ),
    _say(
        0.8,
        r"(?:plus|aucune|pas de) (?:aucune )?raison de vivre|la vie (?:n'a|n'en vaut|ne vaut) plus (?:de "
        r"sens|la peine)(?: d'etre vecue)?|(?:je )?n'en peux plus de (?:vivre|la vie|cette vie)",
        "vie",
        "vivre",
    ),
    _say(
        0.85,
        r"(?:je )?me (?:scarifie|mutile|fais du mal expres|coupe les veines|fais du mal)|m'ouvrir les "
        r"veines|me (?:scarifier|mutiler|faire du mal)",
        "me ",
        "veines",
    ),
)
ITALIAN: tuple[Phrase, ...] = (
    _say(
        0.95,
        r"(?:uccidermi|ammazzarmi|suicidarmi|impiccarmi|mi (?:uccido|ammazzo|voglio (?:uccidere|ammazzare)))",
        "mi",
    ),
    _say(
        0.9,
        r"(?:togliermi|farla finita con|porre fine alla|mettere fine alla) (?:la |mia )*(?:mia )?vita"
        r"|(?:voglio|vorrei|pensato di) farla finita|pensieri suicidi",
        "vita",
        "finita",
        "suicidi",
    ),
    _say(
        0.9,
        r"(?:voglio|vorrei|preferirei|desidero) (?:solo )?(?:morire|essere mort[oa]|sparire per sempre)"
        r"|non (?:voglio|ho) piu (?:voglia di )?(?:vivere|svegliarmi|esistere)",
        "mori",
        "mort",
        "sparire",
        "vivere",
        "svegliarmi",
        "esistere",
    ),
    _say(
        0.8,
        r"nessuno (?:se ne accorgerebbe|si accorgerebbe|sentirebbe la mia mancanza|piangerebbe)|(?:meglio"
        r"|piu felici) senza di me",
        "nessuno",
        "senza di me",
    ),
    _say(
        0.8,
        r"(?:nessun|non ho|senza) (?:un |alcun |nessun |piu )*(?:motivo|ragione|motivi|ragioni) (?:per|di) "
        r"(?:vivere|continuare a vivere)|non ce la faccio piu a (?:vivere|continuare)|(?:la )?(?:mia "
        r")?vita non ha (?:piu )?senso",
        "vivere",
        "vita",
        "continuare",
    ),
    _say(
        0.85,
        r"mi (?:taglio|faccio del male)(?: apposta| di proposito| le vene| le braccia| di nuovo|$)"
        r"|tagliarmi le vene|autolesionis\w+",
        "mi ",
        "vene",
        "autolesion",
    ),
)
