"""Words that names of columns and files are made of, in five languages; no word that a person, a role or a
state may be called by.
"""

from functools import cache

_OF_COLUMNS = """
id key code ref reference no nr number index row line rank order item sku product brand model version
type kind class category group tag label title subject topic text body content message note notes comment
comments remark description details summary question answer source target date time timestamp datetime
month year week quarter hour created updated modified deleted start end begin duration amount price cost
total sum count quantity qty value score rating rate percent percentage tax discount balance salary
income revenue budget currency unit size weight height width length depth color colour status state stage
phase result outcome reason priority level url link website file filename path folder format language
lang locale country nation region province county city town area zone district location place site branch
office room floor latitude longitude lat lng lon company employer organisation organization department
team role position job occupation function age sex gender nationality religion race ethnicity marital
education school degree diagnosis illness disease condition symptom treatment medication drug dose blood
event action account invoice payment transaction shipping delivery device browser platform channel
campaign segment parent child x y z min max mean betrag preis kosten summe anzahl menge wert datum zeit
uhrzeit jahr monat woche beginn ende dauer art typ kategorie gruppe klasse beschreibung bemerkung
bemerkungen notiz kommentar betreff inhalt frage antwort nummer schluessel schlussel kennung bezeichnung
produkt artikel marke zustand ergebnis grund firma unternehmen abteilung beruf land bundesland ort stadt
ortsteil bezirk filiale standort sprache geschlecht alter staatsangehorigkeit familienstand diagnose
krankheit behandlung rechnung bestellung waehrung wahrung gewicht groesse grosse importe precio coste
cantidad valor fecha hora ano mes dia semana inicio fin duracion tipo categoria grupo clase descripcion
nota notas comentario asunto contenido pregunta respuesta numero clave codigo producto articulo marca
estado resultado motivo empresa departamento puesto profesion pais provincia ciudad idioma genero sexo
edad nacionalidad diagnostico enfermedad tratamiento factura pedido moneda peso montant prix cout
quantite valeur heure annee mois jour semaine debut duree categorie groupe classe remarque commentaire
objet contenu reponse cle produit article marque etat statut resultat motif entreprise societe service
poste metier pays ville langue genre sexe nationalite maladie traitement facture commande devise poids
taille importo prezzo costo quantita valore data ora anno mese giorno settimana inizio fine durata gruppo
descrizione commento oggetto contenuto domanda risposta chiave codice prodotto articolo stato esito
azienda societa reparto ruolo professione paese regione citta comune lingua genere sesso nazionalita
diagnosi malattia fattura ordine valuta altezza profession of at by on in per the de di del du des la le
von der
"""
_OF_FILES = """
to for from with re fw cv
curriculum vitae resume lebenslauf bewerbung application applicant letter cover brief anschreiben
zeugnis certificate contract vertrag invoice offer angebot quote receipt quittung statement form formular
report bericht review interview transcript protokoll minutes meeting agenda slides folien presentation
draft entwurf final new old copy kopie backup version rev signed scan scanned photo foto image picture
bild img screenshot video audio recording file datei list liste sheet page doc docs document dokument
text txt csv pdf docx json html export import archive upload download temp tmp test sample example data
log mail email message chat thread inbox outbox sent read readme setup config carta contrato informe
certificado solicitud borrador copia archivo lista factura curriculo lettre contrat rapport certificat
candidature brouillon copie fichier liste devis recu lettera contratto rapporto certificato domanda bozza
elenco fattura ricevuta curricolo
"""
_OF_PARTS = """
char character paragraph body text indent heading header footer footnote endnote caption title subtitle
bullet bullets numbering continue table grid shading accent light medium dark colorful colourful strong
emphasis intense subtle quote block plain normal default font macro balloon bibliography toc contents
authorities envelope closing salutation signature hyperlink followed annotation placeholder outline
spacing balloontext message html preformatted keyboard definition variable figure goback bookmark
picture image rectangle oval box shape connector straight arrow canvas group chart diagram object frame
field section style sheet theme office elegant contemporary professional classic columns simple web effects
"""
"""Names that word processors give to styles and parts of documents are made of these."""


@cache
def words_of_columns() -> frozenset[str]:
    """What names of columns that tell no type of personal data are made of."""
    return frozenset(_OF_COLUMNS.split())


@cache
def words_of_files() -> frozenset[str]:
    """What names of files, and of parts in them, are made of beside the names of people."""
    return words_of_columns() | frozenset(_OF_FILES.split()) | frozenset(_OF_PARTS.split())
