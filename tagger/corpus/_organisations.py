# ruff: noqa: E501, SIM905 - tables of words: one long line reads better than a column
"""Names of organisations: companies, made-up brands, hospitals, courts, schools, parties, papers."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from ._countries import HOME
from ._lexicon import lexicon
from ._people import Names
from ._places import towns

_HEADS = (
    "Acu Adva Aero Agri Alba Alti Ambi Ana Aqua Arca Argo Astra Auro Avi Axio Bio Blu Bri Caly Car Cel Cen Cer Chro Cir Clari Cora Core Cryo "
    "Cyber Dal Data Del Digi Dyna Eco Ela Elec Emba Ener Epi Equi Esta Evo Exo Fara Ferro Fin Flexi Flo Forti Gala Gen Geo Glo Gran Helio Hexa "
    "Hydro Ido Info Inno Inte Iso Jet Kali Kine Lumi Luna Magna Mar Max Medi Mega Meri Micro Mira Mono Multi Nano Nava Neo Neuro Nexo Nova Nu Octo "
    "Omni Opti Orbi Oxy Pano Para Peri Petro Phy Pixel Plano Poly Prima Pro Pyro Quanta Quo Radi Retro Robo Rota Sana Sola Soma Sono Spectra Stella "
    "Syn Tech Tele Terra Tetra Thermo Tri Turbo Ultra Uni Vari Vela Veri Vero Vita Vivo Volta Xeno Zen Zeta Zylo"
).split()
_TAILS = (
    "bit bridge byte cast chain con core corp data dex dia dyne era fab flex flow form fy gen graph grid ix kit lab labs lane ify line link lis logic "
    "loop ly mart matic med mesh metrics mind mod motion net nex nis node nova on one opia path pay pharm plex point port pulse quest ris rix scape "
    "scope sense shift sis soft sol source space spark sphere spring stack sys tec tech tek ton tra tric tron trust va val ve vent via vision vox ware "
    "wave well wise works xis zon"
).split()
_PLAIN = (
    "Apple Orange Blue Red Green Silver Golden Bright Clear True Open Next First Prime Grand Global General United National Royal Pacific Atlantic "
    "Northern Southern Eastern Western Alpine Summit Harbor Anchor Beacon Compass Bridge Cedar Copper Crown Falcon Fox Granite Horizon Iron Lantern "
    "Liberty Lighthouse Maple Meridian Monarch Mountain North Oak Olive Peak Phoenix Pioneer Raven River Rocket Sage Sapphire Sky Star Stone Sun Swift "
    "Thunder Timber Titan Union Velvet Vista Willow Wolf Zebra Credit Health Home Money Trip Job Care Fresh Smart Lending Legal Farm Food Cloud Code"
).split()
_THINGS = (
    "Systems Solutions Industries Technologies Holdings Partners Group Consulting Capital Ventures Media Studios Labs Networks Logistics Foods Energy "
    "Motors Airlines Insurance Investments Pharma Pharmaceuticals Analytics Software Robotics Dynamics Works Hub Club Box Tree Point Karma Coach Genius "
    "Street Loop Wallet Desk Basket Compare Direct Advisors Realty Properties Electric Steel Textiles Shipping Records Pictures Games Bikes Coffee Bakery"
).split()
_WORLD_FORMS = (
    "Inc", "Inc.", "Ltd", "Ltd.", "LLC", "Corp", "Corp.", "Corporation", "Co.", "& Co", "plc", "PLC", "LLP", "Pty Ltd", "Company", "Group", "Holdings",
    "GmbH", "AG", "SE", "KG", "GmbH & Co. KG", "S.A.", "SA", "S.L.", "SARL", "SAS", "S.p.A.", "S.r.l.", "B.V.", "N.V.", "Oy", "AB", "A/S", "AS", "Sp. z o.o.",
    "s.r.o.", "Kft.", "d.o.o.", "OOO", "Ltda.", "Pvt. Ltd.", "K.K.", "Co., Ltd.", "Bhd", "Tbk",
)  # fmt: skip
_SHARE = {
    "company": 46,
    "hospital": 8,
    "school": 8,
    "court": 5,
    "authority": 8,
    "bank": 5,
    "club": 5,
    "paper": 5,
    "party": 3,
    "ngo": 7,
}


@dataclass(slots=True)
class Organisations:
    """Draws names of organisations for texts of one language."""

    rng: Random
    language: str
    people: Names

    def any(self) -> str:
        return self.kind(self.rng.choices(tuple(_SHARE), tuple(_SHARE.values()))[0])

    def kind(self, kind: str) -> str:
        """One of a kind: `company` is composed, the others come from the language's forms."""
        if kind == "company":
            return self.company()
        return self._filled(self.rng.choice(lexicon(self.language)[kind]))

    def company(self) -> str:
        chance = self.rng.random()
        if chance < 0.28:
            return self._family_firm()
        name = self.brand() if chance < 0.62 else self._descriptive() if chance < 0.72 else self._plain()
        return f"{name} {self.form()}" if self.rng.random() < 0.42 else name

    def form(self) -> str:
        own = lexicon(self.language)["form"]
        return self.rng.choice(own) if self.rng.random() < 0.7 else self.rng.choice(_WORLD_FORMS)

    def brand(self) -> str:
        """A made-up word, at times in odd capitals or an abbreviation."""
        rng = self.rng
        chance = rng.random()
        if chance < 0.12:
            return "".join(
                rng.choice("ABCDEFGHIKLMNOPRSTUVWXZ") for _ in range(rng.choice((2, 3, 3, 3, 4, 5)))
            )
        word = rng.choice(_HEADS) + rng.choice(_TAILS)
        if chance < 0.2:
            return rng.choice(_HEADS) + rng.choice(_TAILS).capitalize()
        if chance < 0.24:
            return word.upper()
        return f"{word}{rng.choice(('.com', '.io', '24', '360', '.ai', '!'))}" if chance < 0.3 else word

    def _plain(self) -> str:
        rng = self.rng
        first, second = rng.choice(_PLAIN), rng.choice(_THINGS)
        return f"{first}{second.lower()}" if rng.random() < 0.15 else f"{first} {second}"

    def _descriptive(self) -> str:
        return self._filled(self.rng.choice(lexicon(self.language)["firm"]))

    def _family_firm(self) -> str:
        rng, family = self.rng, self.people.family
        joint = lexicon(self.language)["and"][0]
        forms = (
            "{a}, {b} {j} {c}", "{a} {j} {b}", "{a} & {b}", "{a}-{b}", "{a} {f}", "{a} {t}", "{a}, {b} and {c}", "{a} and {b}", "{a} & {s}", "{a}-{b} {f}",
            "{a}, {b} & {c} {f}", "{a} {t} {f}", "{g} {a} {f}", "{a} Group", "{a} PLC", "{a} Inc", "{a} LLC", "{a} Ltd", "{a} and Sons", "{a} & Partner",
        )  # fmt: skip
        form = rng.choice(forms)
        person = self.people.person()
        values = {
            "a": person.family,
            "g": person.call,
            "b": family() if "{b}" in form else "",
            "c": family() if "{c}" in form else "",
            "j": joint,
            "f": self.form(),
            "t": rng.choice(lexicon(self.language)["trade"]),
            "s": rng.choice(("Sons", "Söhne", "Hijos", "Fils", "Figli", "Co", "Cie", "Co.")),
        }
        return form.format_map(values)

    def _filled(self, form: str) -> str:
        rng = self.rng
        values = {
            "town": self._town() if "{town}" in form else "",
            "region": rng.choice(lexicon(self.language)["region"]) if "{region}" in form else "",
            "family": self.people.family() if "{family}" in form else "",
            "full": self.people.full() if "{full}" in form else "",
            "saint": rng.choice(lexicon(self.language)["saint"]),
            "n": str(rng.randint(1, 40)),
            "brand": self.brand() if "{brand}" in form else "",
            "trade": rng.choice(lexicon(self.language)["trade"]),
            "field": rng.choice(lexicon(self.language)["field"]),
        }
        return form.format_map(values)

    def _town(self) -> str:
        listed = towns().get(self.rng.choice(HOME[self.language])) or towns()[""]
        return self.rng.choice(listed.big if self.rng.random() < 0.6 else listed.every)


def organisations_of(rng: Random, language: str) -> Organisations:
    """Organisations for texts of a language, named after people to train on."""
    return Organisations(rng, language, Names(rng, language, held_out=False))
