"""What QGIS makes of a register and of an address: layers, features, systems, a picture.

Usage: python3 open_in_qgis.py '{"sources": {"name": "source", …}, "draw": ["name", …], "picture": "file.png"}'
Prints one JSON object. Run with QT_QPA_PLATFORM=offscreen.
"""

import json
import sys
from urllib.parse import quote

from qgis.core import (
    QgsApplication,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorTileLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

BACKGROUND = QColor(255, 255, 255)


def opened(name, source):
    """A layer of a source, or an error with what its provider says."""
    provider = "OAPIF" if "OGC_API_FEATURES" in source else "ogr"
    layer = QgsVectorLayer(source, name, provider)
    if not layer.isValid():
        raise SystemExit(f"{name}: QGIS cannot open `{source}`: {layer.error().message()}")
    return layer


def listed(source):
    """The names of the layers of a file, as the dialogue `Add Vector Layer` lists them."""
    layer = opened("all", source)
    provider = layer.dataProvider()
    return sorted(line.split(provider.sublayerSeparator())[1] for line in provider.subLayers())


def described(layer):
    """What a person reads in the properties of a layer, and its first feature."""
    first = next(layer.getFeatures(), None)
    attributes = dict(zip(layer.fields().names(), first.attributes())) if first else {}
    return {
        "features": layer.featureCount(),
        "read": sum(1 for _ in layer.getFeatures()),
        "crs": layer.crs().authid(),
        "geometry": QgsWkbTypes.geometryDisplayString(layer.geometryType()).lower(),
        "valid": all(f.geometry().isGeosValid() for f in layer.getFeatures()),
        "first": {name: str(value) for name, value in attributes.items()},
    }


def tiled(url):
    """A layer of vector tiles, as the dialogue `New Vector Tile Connection` makes it."""
    layer = QgsVectorTileLayer(f"type=xyz&url={quote(url, safe='{}')}&zmin=0&zmax=20", "tiles")
    if not layer.isValid():
        raise SystemExit(f"QGIS cannot open the tiles at `{url}`")
    return layer


def drawn(layers, file, box=None):
    """Draws layers in a box, or around the first, and says which share of the picture is not
    background."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(layers[0].crs())
    settings.setOutputSize(QSize(800, 600))
    settings.setBackgroundColor(BACKGROUND)
    extent = QgsRectangle(*box) if box else layers[0].extent()
    extent.scale(1.05)
    settings.setExtent(extent)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    if not image.save(file):
        raise SystemExit(f"cannot write `{file}`")
    painted = sum(
        image.pixelColor(x, y) != BACKGROUND
        for x in range(0, image.width(), 4)
        for y in range(0, image.height(), 4)
    )
    errors = [f"{error.layerID}: {error.message}" for error in job.errors()]
    return {"painted": painted / (image.width() * image.height() / 16), "errors": errors}


def main():
    asked = json.loads(sys.argv[1])
    application = QgsApplication([], False)
    application.initQgis()
    layers = {name: opened(name, source) for name, source in asked.get("sources", {}).items()}
    answer = {name: described(layer) for name, layer in layers.items()}
    if "list" in asked:
        answer["layers"] = listed(asked["list"])
    if "picture" in asked:
        answer["picture"] = drawn([layers[name] for name in asked["draw"]], asked["picture"])
    if "tiles" in asked:
        layers["tiles"] = tiled(asked["tiles"])
        answer["tiles"] = drawn([layers["tiles"]], asked["picture of tiles"], asked["box"])
    print(json.dumps(answer))
    layers.clear()
    application.exitQgis()


main()
