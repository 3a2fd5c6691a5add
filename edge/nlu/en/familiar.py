"""Common words in names of rooms and devices, collected by hand."""

from typing import Final

FAMILIAR: Final = frozenset(
    """
    attic baby back balcony ball bar basement bath bathroom bay bed bedroom bedside big black blinds blue boiler book
    bookcase bottom box bright brown bulb cabinet camera candle car cat ceiling cellar center centre chair chandelier
    charger child children christmas closet coat coffee cold cooker cooler corner corridor couch counter cupboard
    curtain dad dark deck den desk dim dining dinner dishwasher display dog door downstairs drawer dressing drive
    driveway dryer east entrance entry evening family fan far feature filter fireplace fish floor food fountain
    freezer fridge front game garage garden gate glass gold grandma grandpa gray great green grey guest guests gym
    hall hallway hammock hanging heat heater heating high hob hood hot house humidifier indoor inside island ivory
    jacuzzi kettle kid kids kitchen ladder lamp landing lantern large laundry lava lawn left lemon library light
    lighting lights little living loft lounge low lower machine main maker master meeting microwave middle mirror mom
    monitor morning mother movie mower mum music near new next night north nursery office old orange outdoor outlet
    outside oven pantry party patio pendant phone piano picture pink plant play playroom plug pool porch printer
    projector pump purifier purple radiator radio rain reading rear red relax right robot romantic roof room sauna
    scene screen sensor shade shed shelf shop shower shutter side sink sitting sleep small smart smoke snake socket
    sofa south spare speaker spot spotlight sprinkler staircase stairs standing star stereo storage storm stove strip
    studio study summer sun sunrise sunset switch table tall tank teen television terrace thermostat time toaster
    toilet top tower tree truck tub tv under upper upstairs utility vacuum vanity wall wardrobe warm washer washing
    water west white window wine winter wood work workshop yard yellow
    """.split()  # noqa: SIM905 - more readable than a list of some hundred strings
)
"""Recognisers spell these correctly."""
