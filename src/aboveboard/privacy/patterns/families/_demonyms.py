"""Words for what people are by nation, people, faith or party, in English, German, Spanish, French, Italian.

Stems with the endings of each language's grammar; lists of our own, after the countries of ISO 3166-1 and
the larger faiths and parties.
"""

ENGLISH = """
Afghan|Albanian|Algerian|Andorran|Angolan|Argentin(?:e|ian|ean)|Armenian|Australian|Austrian|Azerbaijani
|Bahamian
|Bahraini|Bangladeshi|Barbadian|Belarusian|Belgian|Beliz[ei]an|Beninese|Bhutanese|Bolivian|Bosnian|Botswanan
|Brazilian|British|Briton|Bruneian|Bulgarian|Burkinab[eé]|Burmese|Burundian|Cambodian|Cameroonian|Canadian
|Chadian
|Chechen|Chilean|Chinese|Colombian|Comoran|Congolese|Croat(?:ian)?|Cuban|Cypriot|Czech|Dane|Danish|Djiboutian
|Dominican|Dutch(?:man|woman|men)?|Ecuadorian|Ecuadorean|Egyptian|Emirati|English(?:man|woman|men)?|Eritrean
|Estonian|Ethiopian|Fijian|Filipin[oa]|Finn|Finnish|French(?:man|woman|men)?|Gabonese|Gambian|Georgian|German
|Ghanaian|Greek|Greenlandic|Grenadian|Guatemalan|Guinean|Guyanese|Haitian|Honduran|Hungarian|Icelander
|Icelandic
|Indian|Indonesian|Iranian|Iraqi|Irish(?:man|woman|men)?|Israeli|Italian|Ivorian|Jamaican|Japanese
|Jordanian|Kazakh
|Kazakhstani|Kenyan|Korean|Kosovar|Kurd(?:ish)?|Kuwaiti|Kyrgyz|Lao|Laotian|Latvian|Lebanese|Lesothan
|Liberian|Libyan
|Lithuanian|Luxembourgish|Macedonian|Malagasy|Malawian|Malaysian|Maldivian|Malian|Maltese|Mauritanian
|Mauritian
|Mexican|Moldovan|Mongolian|Montenegrin|Moroccan|Mozambican|Namibian|Nepal(?:i|ese)|Zealander|Nicaraguan
|Nigerian
|Nigerien|Norwegian|Omani|Pakistani|Palestinian|Panamanian|Guinean|Paraguayan|Persian|Peruvian|Polish
|Portuguese
|Rican|Qatari|Rohingya|Romanian|Russian|Rwandan|Salvadoran|Samoan|Saudi|Scottish|Scots(?:man|woman)?
|Senegalese|Serb(?:ian)?|Singaporean|Slovak(?:ian)?|Slovene|Slovenian|Somali(?:an)?|Spaniard|Spanish|Lankan
|Sudanese
|Surinamese|Swazi|Swede|Swedish|Swiss|Syrian|Taiwanese|Tajik|Tanzanian|Thai|Tibetan|Togolese|Tongan
|Trinidadian
|Tunisian|Turk|Turkish|Turkmen|Ugandan|Ukrainian|Uruguayan|Uyghur|Uzbek|Venezuelan|Vietnamese|Welsh(?:man
|woman)?
|Yemeni|Zambian|Zimbabwean|African-American|Asian-American|Afro-Caribbean|Latin[oax]|Hispanic|Romani|Basque
|Catalan|Sicilian|Bavarian|Breton|Flemish|Antiguan|Aruban|Basotho|Mosotho|Motswana|Bermudian|Verdean|Caymanian
|Faroese|Gibraltarian|Kittitian|Nevisian|Liechtensteiner|Luxembourger|Macanese|Marshallese|Micronesian|Monegasque
|Nauruan|Niuean|Palauan|Papuan|Sammarinese|Seychellois|Leonean|Timorese|Tuvaluan|Vincentian|Vanuatuan|Hongkonger
|Hong-Konger|Tobagonian|Surinamer|Kirghiz|Belarusan|Byelorussian|Slavic|Arab|Arabian|Scandinavian|Caucasian
"""

# Nations and faiths whose small-lettered form is another word, or that are words of politics first.
ONLY_CAPITAL = """
Dane|Finn|Lao|Polish|Scots|Slovene|Swede|Swiss|Thai|Turk|American|African|Asian|European|Georgian|Catalan
|Persian
|Mormon|Quaker|Democrat|Republican|Tory|Tories|Communist|Socialist|Marxist|Zionist
|Inuit|Maori|Aboriginal|Pashtun|Hutu|Tutsi|Zulu|Sunni|Shia|Alawite|Druze|Yazidi|Copt
|Coptic|Methodist|Baptist|Presbyterian|Lutheran|Calvinist|Anglican|Pentecostal|Evangelical|Adventist
|Scientologist
|Zoroastrian|Jain|Taoist|Shinto|Rastafarian|Wiccan
"""

FAITHS = """
Muslims?|Christians?|Jewish|Jews?|Hindus?|Sikhs?|Buddhists?|Catholics?|Protestants?|Atheists?|Agnostics?
|Islamist
|musulm[aá]n(?:a|es|as|e|i)?|musulmans?|cristian[oaei]s?|chrétien(?:ne)?s?|jud[ií][oa]s?|juifs?|juives?
|ebre[oaie]
|ebraic[oaie]|católic[oa]s?|cattolic[oa]|catholiques?|protestantes?|évangéliques?|evangélic[oa]s?|budistas?
|buddist[aie]
|bouddhistes?|hinduistas?|indù|hindoue?s?|ate[oa]s?|athées?|muslimisch(?:e|en|er|es|em)?|Muslimin(?:nen)?
|jüdisch(?:e|en|er|es|em)?|Jüdin(?:nen)?|katholisch(?:e|en|er|es|em)?|Katholikin|evangelisch(?:e|en|er|es
|em)?|buddhistisch(?:e|en|er|es|em)?
|hinduistisch(?:e|en|er|es|em)?|alevitisch(?:e|en|er|es|em)?|sunnitisch(?:e|en|er|es|em)?|schiitisch(?:e|en
|er|es|em)?
"""

_GERMAN_STEMS = """
afghan|ägypt|alban|alger|amerikan|argentin|armen|äthiop|austral|belg|bolivian|bosn|brasilian|brit|bulgar
|chilen|chines
|dän|engl|estn|finn|französ|georg|griech|holländ|ind|indones|irak|iran|ir|isländ|israel|italien|japan
|jemenit|jordan
|jugoslaw|kanad|kasach|kenian|kolumbian|korean|kosovar|kroat|kuban|kurd|lett|libanes|liby|litau|luxemburg
|malays
|marokkan|mazedon|mexikan|moldau|mongol|montenegrin|nepales|niederländ|nigerian|norweg|österreich|pakistan
|palästinens|peruan|philippin|poln|portugies|rumän|russ|saud|schott|schwed|schweizer|senegales|serb|slowak
|slowen
|somal|span|sudanes|syr|taiwanes|thailänd|tschech|tschetschen|tunes|türk|ukrain|ungar|uruguay|usbek|venezolan
|vietnames|walis
"""
GERMAN = "|".join(f"{stem}isch(?:e|en|er|em|es)?" for stem in "".join(_GERMAN_STEMS.split()).split("|"))
GERMAN += """
|deutsch(?:e|en|er|em|es)?|schweizerisch(?:e|en|er|em|es)?|Deutschen?|Franzosen?|Französin(?:nen)?
|Polin(?:nen)?|Russen?
|Russin(?:nen)?|Türken?|Türkin(?:nen)?|Griechen?|Griechin(?:nen)?|Dänen?|Dänin(?:nen)?|Schwedin(?:nen)?
|Chinesen?
|Chinesin(?:nen)?|Portugiesen?|Portugiesin(?:nen)?|Rumänen?|Rumänin(?:nen)?|Bulgaren?|Bulgarin(?:nen)?
|Kroaten?
|Kroatin(?:nen)?|Serben?|Serbin(?:nen)?|Tschechen?|Tschechin(?:nen)?|Irin(?:nen)?|Briten?|Britin(?:nen)?
|Kurden?
|Kurdin(?:nen)?|Afghanen?|Afghanin(?:nen)?|Österreicher(?:in|innen|n|s)?|Schweizer(?:in|innen|n|s)?
|Italiener(?:in|innen|n|s)?|Spanier(?:in|innen|n|s)?|Engländer(?:in|innen|n|s)?|Niederländer(?:in|innen|n|s)?
|Holländer(?:in|innen|n|s)?|Belgier(?:in|innen|n|s)?|Norweger(?:in|innen|n|s)?|Ungarin(?:nen)?
|Ukrainer(?:in|innen|n|s)?|Amerikaner(?:in|innen|n|s)?|Kanadier(?:in|innen|n|s)?|Mexikaner(?:in|innen|n|s)?
|Brasilianer(?:in|innen|n|s)?|Japaner(?:in|innen|n|s)?|Iraner(?:in|innen|n|s)?|Iraker(?:in|innen|n|s)?
|Syrer(?:in|innen|n|s)?|Ägypter(?:in|innen|n|s)?|Marokkaner(?:in|innen|n|s)?|Tunesier(?:in|innen|n|s)?
|Algerier(?:in|innen|n|s)?|Albaner(?:in|innen|n|s)?|Bosnier(?:in|innen|n|s)?|Pakistaner(?:in|innen|n|s)?
|Nigerianer(?:in|innen|n|s)?
"""

_SPANISH = """
español(?:a|es|as)?|frances(?:a|es|as)|francés|ingles(?:a|es|as)|inglés|portugues(?:a|es|as)|portugués
|irlandes(?:a|es|as)
|irlandés|holandes(?:a|es|as)|holandés|escoces(?:a|es|as)|escocés|danes(?:a|es|as)|danés|japones(?:a|es|as)
|japonés
|libanes(?:a|es|as)|libanés|senegales(?:a|es|as)|senegalés|aleman(?:a|es|as)|alemán|catalan(?:a|es|as)|catalán
|italian[oa]s?|rus[oa]s?|grieg[oa]s?|turc[oa]s?|suec[oa]s?|norueg[oa]s?|finlandes(?:a|es|as)|finlandés
|polac[oa]s?
|ruman[oa]s?|búlgar[oa]s?|húngar[oa]s?|chec[oa]s?|eslovac[oa]s?|croatas?|serbi[oa]s?|ucranian[oa]s?
|albanes(?:a|es|as)
|suiz[oa]s?|austriac[oa]s?|belgas?|estadounidenses?|norteamerican[oa]s?|canadienses?|mexican[oa]s?
|guatemaltec[oa]s?
|hondureñ[oa]s?|salvadoreñ[oa]s?|nicaragüenses?|costarricenses?|panameñ[oa]s?|cuban[oa]s?|dominican[oa]s?
|haitian[oa]s?
|puertorriqueñ[oa]s?|colombian[oa]s?|venezolan[oa]s?|ecuatorian[oa]s?|peruan[oa]s?|bolivian[oa]s?|chilen[oa]s?
|argentin[oa]s?|uruguay[oa]s?|paraguay[oa]s?|brasileñ[oa]s?|marroqu[ií](?:es)?|argelin[oa]s?|tunecin[oa]s?
|egipci[oa]s?
|nigerian[oa]s?|african[oa]s?|subsaharian[oa]s?|magreb[ií](?:es)?|chinos?|chinas|filipin[oa]s?
|paquistan[ií](?:es)?|israelíes|iraníes
|iraquíes|siri[oa]s?|palestin[oa]s?|vietnamitas?|corean[oa]s?|gitan[oa]s?|vasc[oa]s?|galleg[oa]s?
|caucásic[oa]s?
"""
_FRENCH = """
français(?:e|es)?|anglais(?:e|es)?|irlandais(?:e|es)?|écossais(?:e|es)?|hollandais(?:e|es)?|néerlandais(?:e
|es)?
|portugais(?:e|es)?|japonais(?:e|es)?|libanais(?:e|es)?|sénégalais(?:e|es)?|camerounais(?:e|es)?
|congolais(?:e|es)?
|danois(?:e|es)?|suédois(?:e|es)?|chinois(?:e|es)?|hongrois(?:e|es)?|luxembourgeois(?:e|es)?|québécois(?:e
|es)?
|allemande?s?|espagnole?s?|italien(?:ne)?s?|algérien(?:ne)?s?|tunisien(?:ne)?s?|égyptien(?:ne)?s?
|syrien(?:ne)?s?
|irakien(?:ne)?s?|iranien(?:ne)?s?|palestinien(?:ne)?s?|israélien(?:ne)?s?|ukrainien(?:ne)?s?
|norvégien(?:ne)?s?
|autrichien(?:ne)?s?|canadien(?:ne)?s?|brésilien(?:ne)?s?|colombien(?:ne)?s?|péruvien(?:ne)?s?
|haïtien(?:ne)?s?
|malien(?:ne)?s?|ivoirien(?:ne)?s?|nigérien(?:ne)?s?|indien(?:ne)?s?|vietnamien(?:ne)?s?|coréen(?:ne)?s?
|américaine?s?|mexicaine?s?|marocaine?s?|roumaine?s?|cubaine?s?|dominicaine?s?|africaine?s?|maghrébine?s?
|belges?|suisses?|russes?|tchèques?|slovaques?|bulgares?|croates?|serbes?|kurdes?|turcs?|turques?|grec(?:s
|que|ques)?
|polonais(?:e|es)?|finlandais(?:e|es)?|argentine?s?|afghane?s?|albanais(?:e|es)?|kosovare?s?|basques?
|bretonne?s?
"""
_ITALIAN = """
italian[ae]|italiani|frances[ei]|ingles[ei]|portoghes[ei]|irlandes[ei]|scozzes[ei]|olandes[ei]|danes[ei]
|svedes[ei]
|norveges[ei]|finlandes[ei]|giappones[ei]|cines[ei]|libanes[ei]|senegales[ei]|albanes[ei]|ungheres[ei]
|canades[ei]
|tedesc[oaie]|tedeschi|tedesche|spagnol[oaie]|russ[oaie]|turc[oa]|turchi|turche|polacc[oa]|polacchi
|rumen[oaie]
|romen[oaie]|bulgar[oaie]|croat[oaie]|serb[oaie]|ucrain[oaie]|svizzer[oaie]|austriac[oa]|austriaci|belg[ai]
|american[oaie]
|statunitens[ei]|messican[oaie]|brasilian[oaie]|argentin[oaie]|cilen[oaie]|peruvian[oaie]|colombian[oaie]
|cuban[oaie]
|ecuadorian[oaie]|venezuelan[oaie]|marocchin[oaie]|algerin[oaie]|tunisin[oaie]|egizian[oaie]|nigerian[oaie]
|indian[oaie]
|pachistan[oaie]|bengales[ei]|filippin[oaie]|sirian[oaie]|iranian[oaie]|irachen[oaie]|palestines[ei]
|israelian[oaie]
|kosovar[oaie]|maced[oó]n[ei]|moldav[oaie]|curd[oaie]|afghan[oaie]|corean[oaie]|vietnamit[aie]
"""
SMALL_ROMANCE = f"{_SPANISH}|{_FRENCH}|{_ITALIAN}"
"""Written with a small letter: with a capital they are names of countries, of people, or begin a sentence."""
