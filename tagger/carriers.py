"""Sentences that names are put into to see whether they are found; none of them is trained on.

Every name goes into every sentence, so that a difference between two groups of names is the names' own.
"""

FULL = {
    "en": (
        "The parcel was signed for by {} at noon.",
        "Our neighbour {} feeds the cat while we are away.",
        "Unfortunately {} has missed two appointments since March.",
        "I spoke with {} about the invoice yesterday",
        "Witness: {}",
        "cc: {}; subject: budget for next quarter",
        "hi, {} here, my password does not work any more",
        "{} disagreed and left the room without a word.",
    ),
    "de": (
        "Das Päckchen hat {} gegen Mittag angenommen.",
        "Leider ist {} seit März zweimal nicht erschienen.",
        "Zeuge: {}",
        "Gestern habe ich mit {} über die Rechnung gesprochen",
        "{} widersprach und verließ wortlos den Raum.",
    ),
    "es": (
        "El paquete lo recogió {} a mediodía.",
        "Por desgracia {} ha faltado a dos citas desde marzo.",
        "Testigo: {}",
        "Ayer hablé con {} sobre la factura",
        "{} no estuvo de acuerdo y salió de la sala.",
    ),
    "fr": (
        "Le colis a été remis à {} vers midi.",
        "Malheureusement {} a manqué deux rendez-vous depuis mars.",
        "Témoin : {}",
        "Hier j'ai parlé avec {} de la facture",
        "{} n'était pas d'accord et quitta la salle.",
    ),
    "it": (
        "Il pacco è stato ritirato da {} a mezzogiorno.",
        "Purtroppo {} ha saltato due appuntamenti da marzo.",
        "Testimone: {}",
        "Ieri ho parlato con {} della fattura",
        "{} non era d'accordo e lasciò la sala.",
    ),
}
GIVEN = {
    "en": (
        "Did you ask {} before you sold the bike?",
        "{} and I shared a flat for years.",
        "my sister {} will pick it up",
        "It was {}'s idea from the beginning.",
    ),
    "de": ("Hast du {} gefragt, bevor du das Rad verkauft hast?", "{} und ich wohnten zusammen."),
    "es": ("¿Le preguntaste a {} antes de vender la bici?", "{} y yo compartimos piso."),
    "fr": ("As-tu demandé à {} avant de vendre le vélo ?", "{} et moi avons partagé un appartement."),
    "it": ("Hai chiesto a {} prima di vendere la bici?", "{} ed io abbiamo diviso un appartamento."),
}
