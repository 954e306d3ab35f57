"""Forms of address in English, German, Spanish, French and Italian."""

SURE = (
    r"Mr\.?|Mrs\.?|Ms\.?|Mx\.?|Dr\.|Prof\.|Dra\.|Sra\.|Srta\.|Srª\.?|Dña\.?|D\.ª|Mme\.?|Mlle\.?"
    r"|Sig\.ra|Sig\.na"
    r"|Dott\.ssa|Dott\.|Dott\.ri|Prof\.ssa|Prof\.in|Dipl\.-Ing\."
)
"""Those that are nothing else."""

BEFORE_NAMES = (
    r"Miss|Dr|Prof|Professor|Profesora?|Professore|Doctora?|Docteur|Dottore|Dottoressa|Sr\.?|Señora?|Señorita"
    r"|Don|Doña|D\.|Dn\.|Herrn?|Frau|Fräulein|M\.|MM\.|Monsieur|Madame|Mademoiselle|Maître|Sig\."
    r"|Sigg\.|Signora?"
    r"|Signorina|Avv\.|Ing\.|Rev\.|Reverend|Father|Sister|Sir|Dame|Lady|Lord|Capt\.|Captain|Sgt\."
    r"|Sergeant|Lt\."
    r"|Col\.|Colonel|Gen\.|Judge|Senator|Sen\.|Hon\."
)
"""Those that count only right before a capitalised word."""
