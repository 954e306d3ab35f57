# ruff: noqa: E501 - tables of words: one long line reads better than a column
"""How addresses are written, country by country (after each post's own addressing guide).

A street format is filled with {w} (a street's own name), {t} (a kind of street), {p} (a person's full
name), {f} (a family name), {n} (a house number), {o} (an ordinal). A layout is a tuple of lines with
{street} {unit} {zip} {town} {region} {country}; single-line addresses join the lines with commas.
In a postcode, # is a digit and @ a capital letter.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Country:
    code: str
    name: str
    streets: tuple[str, ...]
    types: tuple[str, ...]
    words: tuple[str, ...]
    units: tuple[str, ...] = ()
    postcode: str = "#####"
    layout: tuple[str, ...] = ("{street}", "{unit}", "{zip} {town}")
    regions: tuple[str, ...] = ()


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip().replace("_", " ") for word in text.split(",") if word.strip())


_ENGLISH = _words(
    "Maple,Oak,Cedar,Elm,Pine,Walnut,Chestnut,Willow,Birch,Hawthorn,Sycamore,Poplar,Magnolia,Park,Lake,Hill,River,Spring,"
    "Mill,Church,High,Station,Bridge,Market,Castle,Victoria,Queen,King,Prince,Albert,George,Main,Washington,Lincoln,"
    "Jefferson,Madison,Franklin,Jackson,Highland,Sunset,Ridge,Valley,Forest,Meadow,Orchard,Garden,Green,Grove,Manor,"
    "Abbey,Chapel,School,College,Bank,Dock,Harbour,Ferry,Beach,Ocean,Bay,Shore,Cliff,Quarry,Farm,Field,Heath,Moor,"
    "Windmill,Kingfisher,Swan,Fox_Hollow,Deer_Run,Eagle_Crest,Stonebridge,Silver_Creek,Rocky_Ford,Old_Post,New,Upper,"
    "Lower,North,South,East,West,St_Mary's,St_John's,St_James's,Wellington,Nelson,Waterloo,Trafalgar,Cambridge,Oxford,"
    "York,Lancaster,Windsor,Balmoral,Clarence,Gloucester,Richmond,Kensington,Rosewood,Hazel,Ivy,Laurel,Primrose,Bluebell"
)
_US_TYPES = _words(
    "Street,St,St.,Avenue,Ave,Ave.,Road,Rd,Rd.,Drive,Dr,Dr.,Lane,Ln,Boulevard,Blvd,Blvd.,Court,Ct,Place,Pl,Terrace,"
    "Way,Parkway,Pkwy,Circle,Cir,Trail,Highway,Hwy,Square,Loop,Crossing,Alley,Plaza,Pike,Turnpike,Ridge,Run,Point,Walk"
)
_UK_TYPES = _words(
    "Street,Road,Avenue,Lane,Close,Drive,Crescent,Gardens,Grove,Terrace,Way,Place,Court,Mews,Square,Hill,Park,Row,Walk,"
    "Rise,Green,Parade,Wharf,Quay,Gate,View,St,Rd,Ave,Yard,Broadway,Embankment,Esplanade"
)
_STATES = _words(
    "AL,AK,AZ,AR,CA,CO,CT,DE,FL,GA,HI,ID,IL,IN,IA,KS,KY,LA,ME,MD,MA,MI,MN,MS,MO,MT,NE,NV,NH,NJ,NM,NY,NC,ND,OH,OK,OR,PA,"
    "RI,SC,SD,TN,TX,UT,VT,VA,WA,WV,WI,WY,DC,PR,California,Texas,Florida,New_York,Ohio,Georgia,Michigan,Oregon"
)
_GERMAN = _words(
    "Haupt,Bahnhof,Garten,Dorf,Schul,Berg,Kirch,Wald,Wiesen,Ring,Birken,Linden,Eichen,Buchen,Rosen,Tannen,Ahorn,Amsel,"
    "Lerchen,Finken,Feld,Mühlen,Bach,Brunnen,Markt,Burg,Schloss,Sonnen,Post,Kloster,Hafen,Ufer,See,Rhein,Donau,Elbe,Goethe,"
    "Schiller,Mozart,Beethoven,Bismarck,Wilhelm,Friedrich,Kaiser,Lessing,Uhland,Eichendorff,Weinberg,Ziegel,Industrie,"
    "Handwerker,Steinweg,Hohenzollern,Königs,Luisen,Karl,Theodor,Heide,Holunder,Flieder,Tulpen,Nelken,Veilchen"
)
_SPANISH = _words(
    "Mayor,Real,Nueva,del_Sol,de_la_Luna,de_Alcalá,de_la_Constitución,de_la_Paz,de_la_Libertad,San_Juan,San_Pedro,Santa_Ana,"
    "Santa_María,de_los_Olivos,de_las_Flores,del_Pilar,de_la_Iglesia,de_la_Estación,del_Carmen,de_Goya,de_Velázquez,de_Toledo,"
    "de_Segovia,Marqués_de_Urquijo,Conde_de_Aranda,Duque_de_Alba,Doctor_Fleming,Doctor_Marañón,Padre_Damián,General_Ricardos,"
    "Reyes_Católicos,Gran_Vía,de_Cervantes,Juan_XXIII,2_de_Mayo,12_de_Octubre,de_la_Fuente,del_Molino,de_la_Rosa,Infanta_Isabel,"
    "de_América,de_Europa,de_Andalucía,de_los_Pinos,del_Río,de_la_Sierra,Virgen_del_Rocío,Arcipreste_de_Hita,Islas_Canarias"
)
_FRENCH = _words(
    "de_la_République,de_l'Église,du_Moulin,Victor-Hugo,Pasteur,Jean-Jaurès,du_Général-de-Gaulle,de_la_Gare,des_Écoles,"
    "de_la_Liberté,du_Château,des_Lilas,des_Tilleuls,de_Verdun,Gambetta,Voltaire,Émile-Zola,de_la_Paix,du_Port,Saint-Martin,"
    "Saint-Honoré,Sainte-Catherine,Notre-Dame,des_Acacias,du_Faubourg,de_Paris,de_Lyon,du_8_Mai_1945,du_11_Novembre,"
    "de_la_Fontaine,des_Vignes,des_Roses,de_la_Forêt,du_Stade,Jules-Ferry,Léon-Blum,Pierre-Curie,Anatole-France,du_Marché,"
    "du_Lavoir,des_Peupliers,de_Bretagne,aux_Herbes,Molière,Lafayette,de_la_Croix-Rousse,de_l'Abbé-Grégoire,de_Strasbourg"
)
_ITALIAN = _words(
    "Roma,Garibaldi,Mazzini,Cavour,Dante,Verdi,Marconi,Matteotti,della_Repubblica,Vittorio_Emanuele_II,Umberto_I,XX_Settembre,"
    "IV_Novembre,XXV_Aprile,San_Giovanni,San_Marco,Santa_Lucia,dei_Mille,del_Corso,della_Libertà,delle_Rose,dei_Tigli,Leopardi,"
    "Manzoni,Petrarca,Galileo_Galilei,Leonardo_da_Vinci,della_Stazione,della_Chiesa,del_Popolo,Nazionale,Aldo_Moro,Gramsci,"
    "Alcide_De_Gasperi,Milano,Torino,Napoli,Po,Tevere,Monte_Rosa,dell'Industria,degli_Ulivi,del_Lavoro,Trieste,Trento"
)
_DUTCH = _words(
    "Kerk,Molen,Dorps,School,Station,Nieuwe,Oude,Wilhelmina,Juliana,Beatrix,Emma,Oranje,Linden,Eiken,Beuken,Berken,Kastanje,"
    "Rozen,Tulpen,Haven,Markt,Prinsen,Keizers,Heren,Brouwers,Vondel,Rembrandt,Nassau,Ooster,Wester,Zuider,Noorder,Polder,Dijk"
)
_NORDIC = _words(
    "Stor,Kirke,Skole,Strand,Park,Skov,Bjerg,Mølle,Birke,Ege,Rosen,Sol,Nord,Sønder,Vester,Øster,Havne,Stations,Torve,Drottning,"
    "Kungs,Vasa,Linné,Björk,Tall,Ek,Gran,Berg,Sjö,Å,Hamn,Kyrko,Slotts,Köpmans,Fjord,Fjell,Elve,Møller,Bygdøy,Haug,Lille"
)
_POLISH = _words(
    "Kościuszki,Mickiewicza,Słowackiego,Piłsudskiego,Polna,Leśna,Słoneczna,Krótka,Szkolna,Ogrodowa,Lipowa,Brzozowa,Łąkowa,"
    "Kwiatowa,Kościelna,Sosnowa,Parkowa,Akacjowa,Sienkiewicza,Chopina,Kopernika,Żeromskiego,Reymonta,3_Maja,11_Listopada,"
    "Warszawska,Krakowska,Dworcowa,Zielona,Wiśniowa,Piękna,Nowy_Świat,Marszałkowska,Puławska,Długa"
)
_CZECH = _words(
    "Nádražní,Husova,Masarykova,Palackého,Komenského,Školní,Zahradní,Lipová,Jiráskova,Nerudova,Dlouhá,Krátká,Polní,Tyršova,"
    "Havlíčkova,Vinohradská,Smetanova,Dvořákova,Žižkova,Pod_Lipami,Na_Příkopě,U_Hřiště,Ke_Hřbitovu,Nad_Rybníkem,Štefánikova,"
    "Hlavná,Mierová,Záhradnícka,Hviezdoslavova,Kukučínova"
)
_HUNGARIAN = _words(
    "Kossuth_Lajos,Petőfi_Sándor,Széchenyi,Rákóczi,Ady_Endre,Arany_János,József_Attila,Dózsa_György,Bartók_Béla,Deák_Ferenc,"
    "Fő,Kert,Rózsa,Akác,Virág,Templom,Iskola,Szabadság,Hunyadi,Béke,Jókai,Nyár,Bem_József"
)
_SLAVIC = _words(
    "Lenina,Pushkina,Gagarina,Sovetskaya,Mira,Sadovaya,Tsentralnaya,Lesnaya,Shkolnaya,Molodezhnaya,Tverskaya,Nevsky,Gogolya,"
    "Chekhova,Kirova,Shevchenka,Franka,Khreshchatyk,Hrushevskoho,Vitosha,Tsar_Boris_III,Knez_Mihailova,Kralja_Petra,Trg_bana_Jelačića,"
    "Ilica,Vukovarska,Slovenska,Dunajska,Prešernova,Njegoševa,Bulevar_Oslobođenja"
)
_GREEK = _words(
    "Ermou,Stadiou,Panepistimiou,Akadimias,Patission,Kifisias,Vasilissis_Sofias,Syngrou,Egnatia,Tsimiski,Venizelou,Makariou,"
    "Ledras,Agiou_Andreou,Kolokotroni,Korai,Solonos,Skoufa,Aristotelous,Ippokratous,Πανεπιστημίου,Ερμού,Αγίου Γεωργίου,Μακαρίου"
)
_TURKISH = _words(
    "İstiklal,Atatürk,Cumhuriyet,Bağdat,İnönü,Fevzi_Çakmak,Gazi,Kazım_Karabekir,Barış,Gül,Lale,Menekşe,Çınar,Zafer,Fatih,"
    "Mevlana,Yunus_Emre,Sakarya,Kızılırmak,Hürriyet"
)
_PORTUGUESE = _words(
    "da_Liberdade,da_República,25_de_Abril,do_Comércio,das_Flores,de_São_João,Santo_António,da_Boavista,Augusta,Garrett,Camões,"
    "Dom_Pedro_II,Paulista,Sete_de_Setembro,Quinze_de_Novembro,Rio_Branco,Getúlio_Vargas,das_Palmeiras,dos_Andradas,"
    "Marechal_Deodoro,Tiradentes,Barão_do_Rio_Branco,Visconde_de_Pirajá,da_Igreja,do_Sol,do_Carmo,Nova,Direita"
)
_INDIAN = _words(
    "MG,Gandhi,Nehru,Park,Station,Church,Brigade,Residency,Linking,Hill,Mall,Anna,Rajaji,Netaji_Subhash,Shivaji,Tilak,Ring,"
    "Lake,Temple,Bazaar,Jubilee_Hills,Banjara_Hills,Vasant_Vihar,Lajpat_Nagar,Sarojini_Nagar,Koramangala,Indiranagar,Salt_Lake,"
    "Gulshan,Dhanmondi,Clifton,Model_Town,Gulberg,Jinnah,Ferozepur,Galle,Duplication"
)
_JAPANESE = _words(
    "Shibuya,Shinjuku,Minato,Chiyoda,Akasaka,Roppongi,Ginza,Nakano,Setagaya,Meguro,Umeda,Namba,Sakae,Tenjin,Hakata,Motomachi,"
    "Kita,Nishi,Minami,Higashi,Honcho,Sakura,Midori,Asahi,Hibarigaoka,Jingumae,Ueno,Asakusa,Kanda"
)
_CHINESE = _words(
    "Nanjing,Beijing,Zhongshan,Jiefang,Renmin,Huaihai,Chang'an,Jianguo,Fuxing,Zhongxiao,Heping,Minsheng,Nathan,Queen's,Des_Voeux,"
    "Hennessy,Canton,Orchard,Serangoon,Bukit_Timah,Jalan_Besar,Wangfujing,Xizhimen,Tianhe,Shennan,Binhai,Dongfeng"
)
_MALAY = _words(
    "Sudirman,Thamrin,Gatot_Subroto,Merdeka,Diponegoro,Ahmad_Yani,Ampang,Bukit_Bintang,Tun_Razak,Raja_Chulan,Melati,Mawar,"
    "Kenanga,Veteran,Pahlawan,Imam_Bonjol,Hasanuddin,Rizal,Bonifacio,Mabini,Quezon,Taft,EDSA,Roxas"
)
_AFRICAN = _words(
    "Kenyatta,Moi,Kimathi,Uhuru,Ngong,Mombasa,Independence,Liberation,Nkrumah,Awolowo,Allen,Adeola_Odeku,Broad,Marina,Herbert_Macaulay,"
    "Ahmadu_Bello,Nelson_Mandela,Long,Voortrekker,Jan_Smuts,Oxford,Rivonia,Kerk,Church,Bole,Churchill,Samora_Machel,Julius_Nyerere,"
    "Cairo,Lumumba,Patrice_Lumumba,Habib_Bourguiba,Mohammed_V,Hassan_II,Didouche_Mourad,de_la_Corniche,de_l'Indépendance"
)
_ARABIC = _words(
    "Al-Thawra,Al-Hamra,King_Fahd,King_Abdulaziz,Sheikh_Zayed,Al_Wasl,Al_Maktoum,Tahrir,Talaat_Harb,Ramses,Salah_al-Din,"
    "Al-Rasheed,Rainbow,Gemmayzeh,Corniche,Dizengoff,Ben_Yehuda,Rothschild,HaYarkon,Jaffa,Herzl,Allenby,Valiasr,Azadi,Ferdowsi,Enghelab"
)
_UK_UNITS = (
    "Flat {n}",
    "Flat {n}{l}",
    "Apartment {n}",
    "Unit {n}",
    "{o} Floor",
    "Suite {n}",
    "Room {n}",
    "Basement Flat",
)
_US_UNITS = (
    "Apt {n}",
    "Apt. {n}",
    "Apt {n}{l}",
    "Suite {n}",
    "Ste. {n}",
    "Unit {n}",
    "#{n}",
    "Floor {n}",
    "Bldg {l}",
    "Room {n}",
    "apt {n}",
    "Apt. 0{n}",
    "Lot {n}",
    "PMB {n}",
    "Penthouse {n}",
)
_DE_UNITS = (
    "{n}. Stock",
    "{n}. OG",
    "Hinterhaus",
    "EG links",
    "{n}. Etage",
    "Wohnung {n}",
    "Top {n}",
    "2. OG rechts",
    "Aufgang {l}",
)
_ES_UNITS = (
    "{n}{L}",
    "{n}º {L}",
    "{n}º",
    "piso {n}",
    "{n}º izquierda",
    "{n}º dcha.",
    "bajo",
    "bajo {L}",
    "esc. {n}, {n}º{L}",
    "puerta {n}",
    "portal {n}",
    "{n}-{L}",
    "Bloque {n}",
    "ático",
    "entresuelo {n}ª",
    "{n}ºD",
)
_MX_UNITS = (
    "Int. {n}",
    "Depto. {n}",
    "Piso {n}",
    "Apto {n}",
    "Oficina {n}",
    "Col. Centro",
    "Col. Roma Norte",
    "Barrio El Prado",
    "Torre {L}",
)
_FR_UNITS = (
    "Appt {n}",
    "Appartement {n}",
    "Bâtiment {L}",
    "Bât. {L}",
    "{n}e étage",
    "Escalier {L}",
    "Résidence Les Lilas",
    "Porte {n}",
    "RDC",
    "Esc. {n}",
)
_IT_UNITS = (
    "int. {n}",
    "scala {L}",
    "piano {n}",
    "interno {n}",
    "sc. {L} int. {n}",
    "{n}º piano",
    "palazzina {L}",
)

_UK = (
    "{n} {w} {t}",
    "{n} {w} {t}",
    "{n}{l} {w} {t}",
    "{f} House, {n} {w} {t}",
    "The {w} House, {w} {t}",
    "{n} {f} {t}",
    "{n}-{m} {w} {t}",
)
_US = (
    "{n} {w} {t}",
    "{n} {f} {t}",
    "{n} N {w} {t}",
    "{n} {o} {t}",
    "{n} West {o} {t}",
    "{n} S. {w} {t}",
    "{n} {w} {f} {t}",
    "{n} {t} {m}",
    "{n} SW {o} {t}",
    "{n} {p} {t}",
    "{n} County Road {m}",
    "{n} State Route {m}",
    "{n} Martin Luther King {t}",
)
_DE = (
    "{w}straße {n}",
    "{w}str. {n}",
    "{w}weg {n}",
    "{w}gasse {n}",
    "{w}allee {n}",
    "{w}platz {n}",
    "{w}straße {n}{l}",
    "{p}-Straße {n}",
    "{f}straße {n}",
    "{f}weg {n}",
    "Am {w}berg {n}",
    "An der {w}mühle {n}",
    "Im {w}grund {n}",
    "Zur {w}höhe {n}",
    "Alte {w}straße {n}",
    "{w}damm {n}-{m}",
    "{w}straße {n} {l}",
    "Unter den Linden {n}",
    "Auf der Heide {n}",
    "{p}-Platz {n}",
    "Weg am {w}bach {n}",
)
_ES = (
    "{t} {w}, {n}",
    "{t} {w} {n}",
    "{t} {w}, nº {n}",
    "{t} {p}, {n}",
    "{t} {p} {n}",
    "{t} {w} número {n}",
    "{t} {w}, s/n",
    "{t} {f}, {n}",
    "{t} Dr. {p}, {n}",
    "{t} {w} nº{n}",
    "{t} de {p}, {n}",
    "{t} {w},  {n}",
)
_ES_TYPES = _words(
    "Calle,Calle,Calle,C/,C/,c/,Avenida,Avda.,Av.,Avda,Plaza,Pza.,Plza.,Paseo,Pº,Camino,Carretera,Ctra.,Ronda,Travesía,Glorieta,"
    "Urbanización,Urb.,Callejón,Cuesta,Pasaje,Bulevar,Rúa,Carrer,Rambla,Polígono Industrial,Costanilla,Barrio"
)
_FR = (
    "{n}, {t} {w}",
    "{n} {t} {w}",
    "{n} bis, {t} {w}",
    "{n} ter {t} {w}",
    "{n}, {t} {p}",
    "{n} {t} {f}",
    "{t} {w}, {n}",
    "{n}-{m} {t} {w}",
    "{n} {t} du Docteur-{f}",
    "Lieu-dit La {f}ière",
    "{n}, {t} {w}",
)
_FR_TYPES = _words(
    "rue,rue,rue,rue,avenue,boulevard,place,allée,chemin,impasse,quai,cours,square,route,passage,esplanade,sentier,Rue,Avenue,Bd,"
    "av.,bd,all.,montée,villa,résidence,faubourg,traverse,ruelle,promenade"
)
_IT = (
    "{t} {w}, {n}",
    "{t} {w} {n}",
    "{t} {p}, {n}",
    "{t} {p} {n}",
    "{t} {w}, {n}/{L}",
    "{t} {w} n. {n}",
    "{t} {w} n° {n}",
    "{t} {w} {n} bis",
    "{t} {w}, snc",
    "{t} {f}, {n}",
)
_IT_TYPES = _words(
    "Via,Via,Via,via,Viale,V.le,Piazza,P.za,Corso,C.so,Largo,Vicolo,Strada,Piazzale,Contrada,Località,Borgo,Lungomare,Salita,Calle"
)
_BLOCK = ("{street}", "{unit}", "{zip} {town}")
_TOWN_ZIP = ("{street}", "{unit}", "{town} {zip}")

COUNTRIES: tuple[Country, ...] = (
    Country(
        "US",
        "United States",
        _US,
        _US_TYPES,
        _ENGLISH,
        _US_UNITS,
        "#####",
        ("{street}", "{unit}", "{town}, {region} {zip}"),
        _STATES,
    ),
    Country(
        "GB",
        "United Kingdom",
        _UK,
        _UK_TYPES,
        _ENGLISH,
        _UK_UNITS,
        "@@# #@@",
        ("{unit}", "{street}", "{town}", "{zip}"),
        _words(
            "Kent,Surrey,Essex,Devon,Cornwall,Norfolk,Suffolk,Cumbria,Lancashire,Yorkshire,Fife,Gwynedd,Powys"
        ),
    ),
    Country(
        "IE",
        "Ireland",
        _UK,
        _UK_TYPES,
        _ENGLISH,
        _UK_UNITS,
        "@## @@##",
        ("{unit}", "{street}", "{town}", "{region}", "{zip}"),
        _words("Co. Dublin,Co. Cork,Co. Galway,Co. Kerry,Co. Mayo,Co. Clare,Co. Wicklow,Dublin 4,Dublin 8"),
    ),
    Country(
        "AU",
        "Australia",
        ("{n} {w} {t}", "{n} {f} {t}", "{u}/{n} {w} {t}"),
        _UK_TYPES,
        _ENGLISH,
        ("Unit {n}", "Level {n}", "Shop {n}"),
        "####",
        ("{unit}", "{street}", "{town} {region} {zip}"),
        _words("NSW,VIC,QLD,WA,SA,TAS,ACT,NT"),
    ),
    Country(
        "NZ",
        "New Zealand",
        ("{n} {w} {t}", "{u}/{n} {w} {t}", "RD {u}, {n} {w} Road"),
        _UK_TYPES,
        _ENGLISH,
        ("Flat {n}", "Level {n}"),
        "####",
        ("{street}", "{unit}", "{town} {zip}"),
    ),
    Country(
        "CA",
        "Canada",
        _US,
        _US_TYPES,
        _ENGLISH,
        _US_UNITS,
        "@#@ #@#",
        ("{street}", "{unit}", "{town}, {region} {zip}"),
        _words("ON,QC,BC,AB,MB,SK,NS,NB,NL,PE,YT,NT,NU,Ontario,Quebec,Alberta"),
    ),
    Country(
        "DE",
        "Germany",
        _DE,
        ("Straße",),
        _GERMAN,
        _DE_UNITS,
        "#####",
        _BLOCK,
        _words("Bayern,Hessen,Sachsen,NRW"),
    ),
    Country(
        "AT",
        "Austria",
        (*_DE, "{w}gasse {n}/{u}/{m}", "{w}gasse {n}/{u}"),
        ("Gasse",),
        _GERMAN,
        ("Top {n}", "Stiege {n}", "Tür {n}"),
        "####",
        _BLOCK,
    ),
    Country(
        "CH",
        "Switzerland",
        tuple(s.replace("ß", "ss") for s in _DE),
        ("Strasse",),
        _GERMAN,
        _DE_UNITS,
        "####",
        _BLOCK,
        _words("ZH,BE,LU,VD,GE,TI,SG"),
    ),
    Country(
        "FR", "France", _FR, _FR_TYPES, _FRENCH, _FR_UNITS, "#####", ("{street}", "{unit}", "{zip} {town}")
    ),
    Country(
        "BE",
        "Belgium",
        (*_FR[:3], "{w}straat {n}", "{t} {w} {n}"),
        _FR_TYPES[:10],
        (*_FRENCH, *_DUTCH),
        ("bte {n}", "bus {n}", "boîte {n}"),
        "####",
        _BLOCK,
    ),
    Country("LU", "Luxembourg", _FR[:4], _FR_TYPES[:8], _FRENCH, (), "L-####", _BLOCK),
    Country(
        "ES",
        "Spain",
        _ES,
        _ES_TYPES,
        _SPANISH,
        _ES_UNITS,
        "#####",
        ("{street}, {unit}", "{zip} {town}", "({region})"),
        _words(
            "Madrid,Barcelona,Valencia,Sevilla,Zaragoza,Málaga,Murcia,Cádiz,Vizcaya,Alicante,Granada,Toledo,Cáceres,Badajoz,Lugo"
        ),
    ),
    Country(
        "MX",
        "Mexico",
        ("{t} {w} #{n}", "{t} {w} No. {n}", "{t} {w} {n}", "{t} {p} {n}"),
        _ES_TYPES[:12],
        _SPANISH,
        _MX_UNITS,
        "#####",
        ("{street}", "{unit}", "{zip} {town}, {region}"),
        _words("CDMX,Jal.,N.L.,Pue.,Oax.,Ver.,Gto.,Yuc."),
    ),
    Country(
        "AR",
        "Argentina",
        ("{t} {w} {n}", "{w} {n}", "{p} {n}"),
        ("Av.", "Calle", "Pasaje"),
        _SPANISH,
        ("Piso {n}", "Dto. {L}", "{n}º {L}"),
        "C####@@@",
        ("{street}", "{unit}", "{zip} {town}"),
    ),
    Country(
        "CO",
        "Colombia",
        (
            "Calle {n} # {m}-{u}",
            "Carrera {n} No. {m}-{u}",
            "Cra. {n} #{m}-{u}",
            "Transversal {n} # {m}-{u}",
            "Diagonal {n} {m}-{u}",
        ),
        ("Calle",),
        _SPANISH,
        ("Apto {n}", "Int. {n}", "Torre {n}", "Oficina {n}"),
        "######",
        ("{street}", "{unit}", "{town}, {region}"),
        _words("Antioquia,Cundinamarca,Valle del Cauca,Atlántico,Santander"),
    ),
    Country(
        "CL",
        "Chile",
        ("{t} {w} {n}", "{w} {n}", "{p} {n}"),
        ("Av.", "Avenida", "Pasaje", "Calle"),
        _SPANISH,
        ("Depto. {n}", "Of. {n}", "Casa {n}"),
        "#######",
        _BLOCK,
    ),
    Country(
        "PE",
        "Peru",
        ("{t} {w} {n}", "Jr. {w} {n}", "Av. {w} {n}, Urb. {f}", "Jirón {p} {n}"),
        ("Av.", "Calle", "Jr."),
        _SPANISH,
        ("Dpto. {n}", "Mz. {L} Lt. {n}"),
        "#####",
        _BLOCK,
    ),
    Country(
        "IT",
        "Italy",
        _IT,
        _IT_TYPES,
        _ITALIAN,
        _IT_UNITS,
        "#####",
        ("{street}", "{unit}", "{zip} {town} ({region})"),
        _words("MI,RM,TO,NA,BO,FI,GE,VE,PA,BA,CT,PD,VR,BG,BS,MO,PR,LE,SA,CA"),
    ),
    Country(
        "PT",
        "Portugal",
        ("{t} {w}, {n}", "{t} {w} nº {n}", "{t} {p}, {n}"),
        _words("Rua,Avenida,Av.,Praça,Travessa,Largo,R."),
        _PORTUGUESE,
        ("{n}º Esq.", "{n}º Dto", "r/c", "{n}.º andar"),
        "####-###",
        _BLOCK,
    ),
    Country(
        "BR",
        "Brazil",
        ("{t} {w}, {n}", "{t} {p}, {n}", "{t} {w}, nº {n}", "{t} {f} {n}"),
        _words("Rua,Avenida,Av.,Praça,Travessa,Alameda,R.,Rodovia"),
        _PORTUGUESE,
        ("apto {n}", "bloco {L}", "sala {n}", "casa {n}", "Centro", "Vila Nova"),
        "#####-###",
        ("{street}", "{unit}", "{town} - {region}", "{zip}"),
        _words("SP,RJ,MG,BA,RS,PR,SC,PE,CE,GO,DF,AM,PA"),
    ),
    Country(
        "NL",
        "Netherlands",
        (
            "{w}straat {n}",
            "{w}laan {n}",
            "{w}weg {n}",
            "{w}gracht {n}",
            "{w}plein {n}",
            "{w}kade {n}-{l}",
            "{f}straat {n} {l}",
            "{n} {w}straat",
            "{p}laan {n}",
        ),
        ("straat",),
        _DUTCH,
        ("{n} hoog", "bis", "app. {n}"),
        "#### @@",
        _BLOCK,
    ),
    Country(
        "DK",
        "Denmark",
        ("{w}gade {n}", "{w}vej {n}", "{w}allé {n}", "{f}s Vej {n}", "{w}gade {n}, {u}. tv", "{w}stræde {n}"),
        ("gade",),
        _NORDIC,
        ("{n}. th", "{n}. tv", "st. mf"),
        "####",
        _BLOCK,
    ),
    Country(
        "NO",
        "Norway",
        (
            "{w}gata {n}",
            "{w}veien {n}",
            "{w} gate {n}",
            "{w}vegen {n}{l}",
            "{f}s vei {n}",
            "{w}terrasse {n}",
            "{w}åsen {n}",
        ),
        ("gate",),
        _NORDIC,
        ("H0{n}",),
        "####",
        _BLOCK,
    ),
    Country(
        "SE",
        "Sweden",
        (
            "{w}gatan {n}",
            "{w}vägen {n}",
            "{w}gränd {n}",
            "{w}stigen {n}",
            "{f}gatan {n}",
            "{w}torp {n}",
            "{w}by {n}",
            "{w}torget {n}",
        ),
        ("gatan",),
        _NORDIC,
        ("lgh {n}", "{n} tr"),
        "### ##",
        _BLOCK,
    ),
    Country(
        "FI",
        "Finland",
        (
            "{w}katu {n}",
            "{w}tie {n}",
            "{w}kuja {n} {L}",
            "{w}polku {n}",
            "{w}katu {n} {L} {u}",
            "{w}ntie {n}",
        ),
        ("katu",),
        _words(
            "Manner,Koulu,Kirkko,Puisto,Ranta,Metsä,Mäki,Koivu,Kuusi,Mänty,Asema,Kauppa,Järvi,Pelto,Kallio,Satama,Vainio,Laakso,Hämeen,Aleksanterin"
        ),
        ("as {n}",),
        "#####",
        _BLOCK,
    ),
    Country(
        "IS",
        "Iceland",
        ("{w}gata {n}", "{w}vegur {n}", "{w}braut {n}", "{w}stígur {n}", "{w}holt {n}", "{w}hlíð {n}"),
        ("gata",),
        _words(
            "Lauga,Hverfis,Skóla,Aðal,Hafnar,Strand,Dal,Fells,Kópavogs,Suður,Vestur,Njáls,Þórs,Bergs,Hring,Miklu,Sól"
        ),
        (),
        "###",
        _BLOCK,
    ),
    Country(
        "PL",
        "Poland",
        (
            "ul. {w} {n}",
            "ul. {w} {n}/{u}",
            "al. {w} {n}",
            "os. {w} {n}/{u}",
            "pl. {w} {n}",
            "{w} {n}",
            "ulica {w} {n} m. {u}",
        ),
        ("ul.",),
        _POLISH,
        ("m. {n}", "lok. {n}"),
        "##-###",
        _BLOCK,
    ),
    Country(
        "CZ",
        "Czechia",
        ("{w} {n}", "{w} {n}/{u}", "{w} {m}/{u}", "nám. {w} {n}", "třída {w} {n}"),
        ("ulice",),
        _CZECH,
        ("{n}. patro", "byt {n}"),
        "### ##",
        _BLOCK,
    ),
    Country(
        "SK",
        "Slovakia",
        ("{w} {n}", "{w} ulica {n}", "ul. {w} {n}/{u}"),
        ("ulica",),
        _CZECH,
        (),
        "### ##",
        _BLOCK,
    ),
    Country(
        "HU",
        "Hungary",
        (
            "{w} utca {n}.",
            "{w} u. {n}.",
            "{w} út {n}.",
            "{w} tér {n}.",
            "{w} körút {n}",
            "{w} krt. {n}. {u}/{m}",
        ),
        ("utca",),
        _HUNGARIAN,
        ("{n}. em. {u}.", "fszt. {n}"),
        "####",
        ("{town}", "{street}", "{unit}", "{zip}"),
    ),
    Country(
        "RO",
        "Romania",
        ("Str. {w} nr. {n}", "Strada {w} {n}", "Bd. {w} nr. {n}", "Calea {w} {n}"),
        ("Str.",),
        _words(
            "Victoriei,Unirii,Mihai Eminescu,Republicii,Libertății,Gării,Florilor,Avram Iancu,Nicolae Bălcescu,Tudor Vladimirescu,Ștefan cel Mare,Moților,Dorobanților"
        ),
        ("bl. {L}{n}", "ap. {n}", "sc. {L}, et. {u}, ap. {n}"),
        "######",
        _BLOCK,
    ),
    Country(
        "GR",
        "Greece",
        ("{w} {n}", "{w} & {w} {n}", "Leoforos {w} {n}", "Odos {w} {n}", "{n} {w} Street"),
        ("Odos",),
        _GREEK,
        ("{n}os orofos",),
        "### ##",
        _BLOCK,
    ),
    Country(
        "CY",
        "Cyprus",
        ("{n} {w} Street", "{w} {n}", "{n} {w} Avenue", "{w} Street {n}"),
        ("Street",),
        _GREEK,
        ("Flat {n}", "Office {n}"),
        "####",
        ("{street}", "{unit}", "{town}", "{zip}"),
    ),
    Country(
        "TR",
        "Turkey",
        (
            "{w} Cad. No:{n}",
            "{w} Caddesi {n}",
            "{w} Sok. No: {n}",
            "{w} Mah. {w} Sk. {n}/{u}",
            "{w} Bulvarı {n}",
        ),
        ("Cad.",),
        _TURKISH,
        ("Daire {n}", "Kat {n}", "D:{n}"),
        "#####",
        ("{street}", "{unit}", "{zip} {town}"),
    ),
    Country(
        "RU",
        "Russia",
        (
            "ul. {w}, d. {n}",
            "ul. {w} {n}, kv. {u}",
            "{w} ul., {n}",
            "prospekt {w}, {n}",
            "{n} {w} St.",
            "{w} pr-t {n}",
        ),
        ("ul.",),
        _SLAVIC,
        ("kv. {n}", "korp. {n}"),
        "######",
        ("{street}", "{unit}", "{town}", "{zip}"),
    ),
    Country(
        "HR",
        "Croatia",
        ("{w} {n}", "Ulica {w} {n}", "{w} ulica {n}", "{w} cesta {n}", "Trg {f} {n}"),
        ("ulica",),
        _SLAVIC,
        (),
        "#####",
        _BLOCK,
    ),
    Country(
        "SI",
        "Slovenia",
        ("{w} cesta {n}", "{w} ulica {n}", "{w} {n}{l}", "{f}eva ulica {n}"),
        ("cesta",),
        _SLAVIC,
        (),
        "####",
        _BLOCK,
    ),
    Country(
        "RS",
        "Serbia",
        ("{w} {n}", "Bulevar {w} {n}", "{w} {n}/{u}"),
        ("ulica",),
        _SLAVIC,
        ("stan {n}",),
        "#####",
        _BLOCK,
    ),
    Country(
        "UA",
        "Ukraine",
        ("vul. {w}, {n}", "{w} St, {n}", "{n} {w} Street", "prospekt {w} {n}"),
        ("vul.",),
        _SLAVIC,
        ("apt. {n}", "kv. {n}"),
        "#####",
        ("{street}", "{unit}", "{town}", "{zip}"),
    ),
    Country(
        "BG",
        "Bulgaria",
        ("ul. {w} {n}", "bul. {w} {n}", "{w} Blvd {n}"),
        ("ul.",),
        _SLAVIC,
        ("et. {n}, ap. {u}", "vh. {L}"),
        "####",
        _BLOCK,
    ),
    Country(
        "EE",
        "Estonia",
        ("{w} {n}", "{w} tn {n}", "{w} tee {n}-{u}", "{w} mnt {n}", "{w} {n}-{u}"),
        ("tänav",),
        _words(
            "Pikk,Lai,Viru,Narva,Tartu,Pärnu,Kooli,Aia,Metsa,Lille,Tallinna,Kalda,Mäe,Ranna,Uus,Kase,Kuuse,Õnne,Vabaduse,Raekoja"
        ),
        ("krt {n}",),
        "#####",
        _BLOCK,
    ),
    Country(
        "LT",
        "Lithuania",
        ("{w} g. {n}", "{w} g. {n}-{u}", "{w} pr. {n}", "{w} iela {n}", "{w} iela {n}-{u}"),
        ("g.",),
        _words(
            "Gedimino,Vilniaus,Kauno,Laisvės,Basanavičiaus,Maironio,Brīvības,Rīgas,Skolas,Dārza,Liepu,Meža,Čaka,Elizabetes"
        ),
        (),
        "LT-#####",
        _BLOCK,
    ),
    Country(
        "IN",
        "India",
        (
            "{n}, {w} Road",
            "No. {n}, {w} Road",
            "{n}/{u} {w} Marg",
            "Plot {n}, {w}",
            "House No. {n}, Sector {u}",
            "{n} {o} Cross, {w}",
            "H. No. {n}-{u}, {w} Nagar",
            "{f} Nivas, {w} Road",
        ),
        ("Road",),
        _INDIAN,
        ("Flat {n}", "{o} Floor", "Flat No. {n}{L}", "near {w} Temple", "Opp. Post Office"),
        "######",
        ("{unit}", "{street}", "{town} - {zip}", "{region}"),
        _words(
            "Maharashtra,Karnataka,Tamil Nadu,Kerala,Gujarat,Punjab,West Bengal,Uttar Pradesh,Rajasthan,Delhi,Sindh,Bihar"
        ),
    ),
    Country(
        "JP",
        "Japan",
        ("{n}-{u}-{m} {w}", "{n} Chome-{u}-{m} {w}", "{w} {n}-{u}-{m}", "{n}-{u} {w}-cho"),
        ("chome",),
        _JAPANESE,
        ("Room {n}", "{n}F", "#{n}", "{w} Heights {n}"),
        "###-####",
        ("{street}", "{unit}", "{town} {zip}"),
    ),
    Country(
        "CN",
        "China",
        (
            "No. {n} {w} Road",
            "{n} {w} Lu",
            "{n} {w} West Road",
            "{w} Street No. {n}",
            "Lane {n}, {w} Road",
            "{n} {w} Road",
        ),
        ("Road",),
        _CHINESE,
        ("Room {n}", "Bldg {n}", "Unit {n}", "{n}/F", "Flat {L}, {n}/F"),
        "######",
        ("{unit}", "{street}", "{town} {zip}"),
    ),
    Country(
        "KR",
        "South Korea",
        ("{n} {w}-ro", "{n}, {w}-daero {u}-gil", "{w}-ro {n}beon-gil {u}", "{n}-{u} {w}-dong"),
        ("ro",),
        _words(
            "Gangnam,Teheran,Sejong,Mapo,Jong,Itaewon,Hannam,Seocho,Songpa,Haeundae,Yeouido,Dongil,Bongeunsa,Apgujeong"
        ),
        ("{n}-ho", "#{n}", "Apt {n}-{u}"),
        "#####",
        _TOWN_ZIP,
    ),
    Country(
        "VN",
        "Vietnam",
        ("{n} {w}", "{n} Đường {w}", "{n}/{u} {w}", "So {n} {w} Street", "Ngõ {u} {w}"),
        ("Đường",),
        _words(
            "Nguyễn Huệ,Lê Lợi,Trần Hưng Đạo,Hai Bà Trưng,Lý Thường Kiệt,Điện Biên Phủ,Phạm Ngũ Lão,Võ Văn Tần,Nguyen Trai,Le Duan,Hoàng Diệu"
        ),
        ("Phường {n}", "Quận {n}", "P. {n}, Q. {u}"),
        "######",
        _BLOCK,
    ),
    Country(
        "ID",
        "Indonesia",
        (
            "Jl. {w} No. {n}",
            "Jalan {w} {n}",
            "Jl. {w} {n}",
            "Lorong {w} {n}",
            "{n} Jalan {w}",
            "No. {n}, Jalan {w} {u}/{m}",
        ),
        ("Jl.",),
        _MALAY,
        ("RT {n}/RW {u}", "Blok {L}{n}", "Lt. {n}", "Unit #0{u}-{n}"),
        "#####",
        ("{street}", "{unit}", "{town} {zip}"),
    ),
    Country(
        "PH",
        "Philippines",
        ("{n} {w} St.", "{n} {w} Ave.", "Blk {n} Lot {u} {w} St.", "{n} {p} St., Brgy. {w}"),
        ("St.",),
        _MALAY,
        ("Unit {n}{L}", "{n}/F"),
        "####",
        ("{unit}", "{street}", "{town}", "{zip}"),
    ),
    Country(
        "ZA",
        "South Africa",
        ("{n} {w} Street", "{n} {w} Road", "{n} {f} Avenue", "{n} {w} Drive", "{n} {f}straat"),
        ("Street",),
        _AFRICAN,
        ("Unit {n}", "Flat {n}", "Private Bag X{n}"),
        "####",
        ("{street}", "{unit}", "{town}", "{zip}"),
    ),
    Country(
        "NG",
        "Nigeria",
        (
            "{n} {w} Street",
            "No. {n} {f} Street",
            "{n}, {w} Road",
            "Plot {n} {w} Way",
            "{n} {f} Close, off {w} Road",
        ),
        ("Street",),
        _AFRICAN,
        ("Flat {n}", "Block {L}"),
        "######",
        ("{street}", "{unit}", "{town}", "{region}"),
        _words("Lagos State,Oyo State,Kano State,Rivers State,Enugu State,Abuja FCT"),
    ),
    Country(
        "KE",
        "Kenya",
        ("{w} Road", "{n} {w} Avenue", "{w} House, {w} Street", "P.O. Box {n}", "P. O. Box {n}-00{n}"),
        ("Road",),
        _AFRICAN,
        ("{o} Floor", "Hse {n}"),
        "00###",
        ("{street}", "{unit}", "{zip} {town}"),
    ),
    Country(
        "MA",
        "Morocco",
        ("{n}, {t} {w}", "{n} {t} {w}", "{t} {w} n° {n}"),
        ("rue", "avenue", "bd", "Boulevard", "Derb", "Hay", "Quartier"),
        _AFRICAN,
        ("Appt {n}", "Imm. {n}", "{n}e étage"),
        "#####",
        _BLOCK,
    ),
    Country(
        "TN",
        "Tunisia",
        ("{n}, {t} {w}", "{n} {t} {w}", "{t} {w}"),
        ("rue", "avenue", "impasse", "Rue", "Avenue", "Cité"),
        _AFRICAN,
        ("Appt {n}",),
        "####",
        _BLOCK,
    ),
    Country(
        "AE",
        "United Arab Emirates",
        ("{w} Street, Villa {n}", "{n} {w} Rd", "Building {n}, {w} Street", "{w} Tower, Office {n}"),
        ("Street",),
        _ARABIC,
        ("PO Box {n}", "Office {n}", "Apt {n}"),
        "",
        ("{street}", "{unit}", "{town}"),
    ),
    Country(
        "IL",
        "Israel",
        ("{n} {w} St", "{w} {n}", "{w} Street {n}", "{n} {w} Boulevard"),
        ("St",),
        _ARABIC,
        ("Apt. {n}", "Entrance {L}"),
        "#######",
        _TOWN_ZIP,
    ),
    Country(
        "EG",
        "Egypt",
        ("{n} {w} St.", "{n}, {w} Street", "{n} {p} St."),
        ("St.",),
        _ARABIC,
        ("Flat {n}", "{o} Floor"),
        "#####",
        ("{street}", "{unit}", "{town}", "{zip}"),
    ),
    Country(
        "IR",
        "Iran",
        ("No. {n}, {w} St.", "{w} Ave., No. {n}", "{n} {w} Alley"),
        ("St.",),
        _ARABIC,
        ("Unit {n}",),
        "##########",
        ("{street}", "{unit}", "{town}", "{zip}"),
    ),
    Country(
        "GL",
        "Greenland",
        ("{w} {n}", "B-{n}", "{w} B-{n}"),
        ("",),
        _words(
            "Aqqusinersuaq,Imaneq,Tuapannguit,Aqqartarfik,Qarsaalik,Kuussuaq,Saqqarlernut,Jens Kreutzmannip Aqqutaa"
        ),
        (),
        "39##",
        _BLOCK,
    ),
    Country(
        "UY",
        "Uruguay",
        ("{w} {n}", "{p} {n}", "Bulevar {w} {n}", "Av. {p} {n}", "{p} {n} bis"),
        ("Av.",),
        _SPANISH,
        ("apto. {n}", "esq. {w}"),
        "#####",
        _BLOCK,
    ),
)
BY_CODE = {country.code: country for country in COUNTRIES}
HOME = {
    "en": ("US", "US", "US", "GB", "GB", "AU", "CA", "IE", "NZ", "IN", "ZA"),
    "de": ("DE", "DE", "DE", "DE", "AT", "CH"),
    "es": ("ES", "ES", "ES", "ES", "MX", "AR", "CO", "CL", "PE", "UY"),
    "fr": ("FR", "FR", "FR", "BE", "CH", "CA", "LU", "MA"),
    "it": ("IT", "IT", "IT", "IT", "CH"),
}
