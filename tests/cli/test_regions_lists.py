"""`planner regions check --csv`: a list of regions that a user brings, each slip with its place and a suggestion."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from planner.cli.main import main
from planner.reading.inspecting import catalogue_of
from planner.reading.library import Library

HEADER = "provider,region,country,latitude,longitude,city\n"
KL = "acme,kl,MY,3.1412,101.6865,Kuala Lumpur\n"


class Desk:
    """A folder with one list, and the command run in it."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, captured: pytest.CaptureFixture[str]) -> None:
        self.folder, self._patch, self._captured = folder, patch, captured
        patch.chdir(folder)

    def check(self, text: str, *words: str) -> tuple[int, str]:
        """Exit code and what is said about a list."""
        (self.folder / "mine.csv").write_text(text)
        return self.run("--csv", "mine.csv", *words)

    def run(self, *words: str) -> tuple[int, str]:
        self._patch.setattr(sys, "argv", ["planner", "regions", "check", *words])
        with pytest.raises(SystemExit) as leaving:
            main()
        out, err = self._captured.readouterr()
        return int(leaving.value.code or 0), out + err


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, monkeypatch, capsys)


def test_a_right_list_is_clean(desk: Desk) -> None:
    assert desk.check(HEADER + KL) == (0, "mine.csv: 1 regions read\n")
    assert desk.check("region,provider,country,lat,lon\nkl,acme,MY,3.1412,101.6865\n")[0] == 0, "as the catalogue says"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("acme,kl,MY,-3.1412,101.6865,", "mine.csv:2:12: warning[G103]: region acme:kl: -3.1412, 101.686 is not in MY: a sign is wrong — did you mean 3.1412, 101.686?"),
        ("acme,cai,EG,31.2,30.1,Cairo", "mine.csv:2:13: warning[G108]: region acme:cai: 31.2, 30.1 is 168 km from Cairo"),
        ("acme,sea,MY,4.123,104.3228,", "mine.csv:2:13: warning[G105]: region acme:sea: 4.123, 104.323 is offshore"),
        ("acme,cn,CN,35,105,", "mine.csv:2:12: warning[G106]: region acme:cn: 35, 105 is the middle of CN rather than a city"),
        ("acme,hk,CN,22.2783,114.1747,", "mine.csv:2:9: warning[G107]: region acme:hk: 22.2783, 114.175 is in HK, not in CN — write HK"),
    ],
)
def test_a_misplaced_region_is_told_where_it_is_written_and_asks_to_be_mended(desk: Desk, row: str, says: str) -> None:
    code, said = desk.check(f"{HEADER}{row}\n")
    assert code == 1
    assert says in said


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEADER + KL + KL, "mine.csv:3:6: error[N002]: region acme:kl is declared twice — first at mine.csv:2:12"),
        (HEADER.replace("longitude", "longitud") + KL, "mine.csv:1:34: error[C001]: unknown column 'longitud' — did you mean 'longitude'?"),
        (HEADER + KL.replace("MY", "MYS"), "mine.csv:2:9: error[N001]: country 'MYS' is not known — did you mean 'MY'?"),
        (HEADER + KL.replace("3.1412", "3,1412"), "mine.csv:2:1: error[C001]: the row has 7 cells, the header 6"),
        (HEADER + "acme,kl,MY,101.6865,3.1412,\n", "mine.csv:2:12: error[N003]: latitude 101.6865 is no point on Earth"),
        (HEADER + KL.replace("kl", ""), "mine.csv:2:6: error[C002]: region is empty"),
        (HEADER, "mine.csv:1:1: error[C001]: the list holds no region"),
        (
            "provider,region,country,lat,lon,rtt_ms:a:sg\na,sg,SG,1.2897,103.8501,\na,kl,MY,3.1412,101.6865,3.0\n",
            "mine.csv:3:25: error[N003]: 3.0 ms is faster than light in fibre: 317 km take 3.168 ms",
        ),
        (
            "provider,region,country,lat,lon,rtt_ms:a:sgp\na,sg,SG,1.2897,103.8501,\n",
            "mine.csv:1:1: error[N001]: region 'a:sgp' is not known — did you mean 'a:sg'?",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_an_error_with_its_place(desk: Desk, text: str, says: str) -> None:
    code, said = desk.check(text)
    assert code == 2
    assert says in said


def test_a_file_that_is_not_there_is_told_once(desk: Desk) -> None:
    code, said = desk.run("--csv", "other.csv")
    assert (code, said.count("error")) == (2, 1)


def test_whose_a_disputed_area_is_can_be_chosen(desk: Desk) -> None:
    jerusalem = HEADER + "acme,jlm,IL,31.769,35.2163,Jerusalem\n"
    assert desk.check(jerusalem)[0] == 0
    assert desk.check(jerusalem, "--disputed", "jerusalem=PS")[0] == 1
    code, said = desk.check(jerusalem, "--disputed", "jeruslem=PS", "--disputed", "taiwan=JP")
    assert code == 2
    assert "disputed area 'jeruslem' is not known — did you mean 'jerusalem'?" in said
    assert "'JP' is no party to Taiwan — known: TW, CN" in said


def test_every_shipped_key_written_twice_is_found(desk: Desk) -> None:
    regions = [region for _, region in sorted(catalogue_of(Library.shipped()).regions.items())]
    rows = [f"{r.provider},{r.id},{r.country},{r.lat},{r.lon},\n" for r in regions]
    code, said = desk.check(HEADER + "".join(rows + rows), "--format", "json")
    assert code == 2
    assert [fault["code"] for fault in json.loads(said)["faults"]] == ["N002"] * len(regions)


def test_the_catalogue_is_held_against_borders_and_the_speed_of_light(desk: Desk) -> None:
    folder = desk.folder / "extra"
    folder.mkdir()
    region = "{id: kl, city: Kuala Lumpur, country: MY, lat: -3.1412, lon: 101.6865, accuracy_km: 20, zones: [a]}"
    (folder / "acme.yaml").write_text(
        "schema: residency-regions/1\nprovider: acme\nname: Acme\n"
        "operator: {name: Acme, source: its page, as_of: 2026-11-01, confidence: high}\n"
        f"regions_from: {{source: its page, as_of: 2026-11-01, confidence: high}}\nregions:\n  - {region}\n"
    )
    (folder / "rtt.csv").write_text("src,dst,rtt_ms,source,date\naws:us-east-1,aws:eu-west-2,29,mine,2026\n")
    desk._patch.setattr(sys, "argv", ["planner", "--regions", "extra", "regions", "check"])
    with pytest.raises(SystemExit) as leaving:
        main()
    said = desk._captured.readouterr().out
    assert leaving.value.code == 2
    assert "extra/acme.yaml:7:52: warning[G103]: region acme:kl: -3.1412, 101.686 is not in MY" in said
    assert "extra/rtt.csv:2:29: error[N003]: 29 ms is faster than light in fibre" in said
