"""Takes the pictures of the city in QGIS and by GDAL, from the addresses that README names.

Usage: python3 look_gis.py http://127.0.0.1:8080 docs     (QT_QPA_PLATFORM=offscreen)
"""

import sys
from pathlib import Path
from urllib.parse import quote

from osgeo import gdal, ogr
from qgis.core import (QgsApplication, QgsCoordinateReferenceSystem, QgsFillSymbol,
                       QgsMapRendererParallelJob, QgsMapSettings, QgsPalLayerSettings,
                       QgsRectangle, QgsSingleSymbolRenderer, QgsVectorLayer,
                       QgsVectorLayerSimpleLabeling, QgsVectorTileBasicRenderer,
                       QgsVectorTileBasicRendererStyle, QgsVectorTileLayer, QgsWkbTypes)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

WIDTH, HEIGHT = 960, 540
# Metres of VN-2000 / TM-3 105°45' (EPSG:9210), and degrees around them.
METRES = (603_280, 1_191_060, 603_600, 1_191_240)
DEGREES = (106.6920, 10.7680, 106.7000, 10.7745)
# Colours of the commonest land uses: housing, business, farming, roads.
COLOURS = {"ODT": (250, 214, 194), "TMD": (226, 195, 226), "CLN": (196, 226, 176)}


def in_qgis(url, file):
    """Lots by OGC API Features above the vector tiles, drawn in the city's own plane."""
    lots = QgsVectorLayer(f"url='{url}' typename='parcels' restrictToRequestBBOX='1'", "lots",
                          "OAPIF")
    tiles = f"{url}/tiles/city/{{z}}/{{x}}/{{y}}"
    map_ = QgsVectorTileLayer(f"type=xyz&url={quote(tiles, safe='{}')}&zmin=0&zmax=20", "city")
    assert lots.isValid() and map_.isValid(), lots.error().message()
    styles = []
    for name, fill, line in [("zones", "252,246,232", "252,246,232"), ("roads", "240,230,205", "190,165,100")]:
        style = QgsVectorTileBasicRendererStyle(name, name, QgsWkbTypes.PolygonGeometry)
        style.setSymbol(QgsFillSymbol.createSimple({"color": fill, "outline_color": line}))
        styles.append(style)
    renderer = QgsVectorTileBasicRenderer()
    renderer.setStyles(styles)
    map_.setRenderer(renderer)
    symbol = QgsFillSymbol.createSimple({"color": "232,241,240,200", "outline_color": "47,111,115",
                                         "outline_width": "0.25"})
    lots.setRenderer(QgsSingleSymbolRenderer(symbol))
    label = QgsPalLayerSettings()
    label.fieldName, label.isExpression = "json_to_map(\"asMap\")['number']", True
    lots.setLabeling(QgsVectorLayerSimpleLabeling(label))
    lots.setLabelsEnabled(True)
    settings = QgsMapSettings()
    settings.setLayers([lots, map_])
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:9210"))
    settings.setOutputSize(QSize(WIDTH, HEIGHT))
    settings.setBackgroundColor(QColor(255, 255, 255))
    settings.setExtent(QgsRectangle(*METRES))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    assert not job.errors() and job.renderedImage().save(str(file))


def by_gdal(url, file):
    """Lots in a box, in metres, burnt into a picture by what the land is used for."""
    gdal.UseExceptions()
    west, south, east, north = METRES
    lots = gdal.VectorTranslate("/vsimem/lots.gpkg", f"OAPIF:{url}", layers=["parcels"],
                                spatFilter=DEGREES, dstSRS="EPSG:9210", format="GPKG",
                                geometryType="PROMOTE_TO_MULTI")
    picture = gdal.GetDriverByName("MEM").Create("", WIDTH, HEIGHT, 3)
    picture.SetGeoTransform((west, (east - west) / WIDTH, 0, north, 0, (south - north) / HEIGHT))
    picture.SetProjection(lots.GetLayer().GetSpatialRef().ExportToWkt())
    for band in range(1, 4):
        picture.GetRasterBand(band).Fill(255)
    layer = lots.GetLayer()
    for code, colour in COLOURS.items():
        layer.SetAttributeFilter(f"landUse LIKE '%{code}%'")
        gdal.RasterizeLayer(picture, [1, 2, 3], layer, burn_values=list(colour))
    layer.SetAttributeFilter(None)
    edges = ogr.GetDriverByName("Memory").CreateDataSource("")
    lines = edges.CreateLayer("edges", layer.GetSpatialRef(), ogr.wkbMultiLineString)
    for lot in layer:
        line = ogr.Feature(lines.GetLayerDefn())
        line.SetGeometry(lot.GetGeometryRef().Boundary())
        lines.CreateFeature(line)
    gdal.RasterizeLayer(picture, [1, 2, 3], lines, burn_values=[47, 111, 115])
    gdal.GetDriverByName("PNG").CreateCopy(str(file), picture)


def main():
    url, folder = sys.argv[1], Path(sys.argv[2])
    application = QgsApplication([], False)
    application.initQgis()
    in_qgis(url, folder / "qgis.png")
    by_gdal(url, folder / "gdal.png")
    application.exitQgis()


main()
