"""Rooms as other languages call them: devices keep the names that their owner gave them, whatever is spoken to them.

Words that mean something else in English ("bad", "camera", "cave") are left out.
"""

from typing import Final

ROOMS_ABROAD: Final = frozenset(
    """
    arbeitszimmer badezimmer balkon büro buero dachboden diele esszimmer flur garten gästebad gästezimmer gaestezimmer
    hauswirtschaftsraum kinderzimmer keller küche kueche schlafzimmer speicher terrasse treppenhaus vorzimmer waschküche
    wintergarten wohnzimmer
    buanderie bureau chambre couloir cuisine entrée entree grenier jardin salle-à-manger salle-de-bain salle-de-bains
    salon séjour sejour terrasse
    baño cocina comedor despacho dormitorio jardín pasillo recibidor salón terraza
    bagno balcone cantina corridoio cucina giardino ingresso mansarda salotto soggiorno taverna terrazza
    bijkeuken badkamer eetkamer kantoor kelder keuken slaapkamer tuin woonkamer zolder
    badeværelse badrum entré kjeller kjøkken kontor køkken kök källare soveværelse soverom sovrum tvättstuga
    vardagsrum
    keittiö kylpyhuone makuuhuone olohuone työhuone
    banheiro casa-de-banho corredor cozinha escritório quarto varanda
    kuchnia korytarz łazienka sypialnia przedpokój gabinet
    """.split()  # noqa: SIM905 - more readable than a list of a hundred strings
)
