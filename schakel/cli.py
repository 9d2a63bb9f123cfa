"""The `schakel` command. Nothing heavy is imported before it is needed."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from schakel import __version__
from schakel.operations.collector import loading
from schakel.operations.errors import FAILED, Interrupted
from schakel.operations.words import DutchParser

Command = Callable[[argparse.Namespace], int]
DEFAULT_PORT = 8000
STARTED = time.monotonic()  # what `up` says it took counts loading the program too


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit status: 0 done, 1 failed, 2 what was given is wrong."""
    parser = build_parser()
    args = parser.parse_args(argv)
    os.environ["SCHAKEL_DATA"] = str(args.data or os.environ.get("SCHAKEL_DATA") or "data")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schakel.config.settings")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # NumPy would keep a thread and its memory per core
    try:
        run: Command = args.run
        return run(args)
    except BaseException as error:  # noqa: BLE001 (everything is explained in one place)
        return explain(error)


def explain(error: BaseException) -> int:
    """Say on stderr what went wrong, in one plain line; returns the exit status.

    What we did not foresee goes to the structured log with its traceback.
    """
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 0 if error.code is None else FAILED
    if isinstance(error, KeyboardInterrupt | Interrupted):
        print("\nGestopt.", file=sys.stderr)
        return FAILED
    if isinstance(error, BrokenPipeError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 (kept for the interpreter's end)
        return FAILED
    from schakel.operations.explain import in_words

    message, status = in_words(error)
    print(message, file=sys.stderr)
    return status


def build_parser() -> DutchParser:
    """All commands with their Dutch help."""
    parser = DutchParser(prog="schakel", description="Schakel: het regionale platform voor de sociale economie.")
    parser.add_argument("--version", action="version", version=f"schakel {__version__}", help="toon de versie")
    _add_common(parser, default=None)
    _add_port(parser, default=DEFAULT_PORT)
    commands = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True, parser_class=DutchParser)

    def add(name: str, run: Command, help_text: str) -> DutchParser:
        command = commands.add_parser(name, help=help_text, description=help_text)
        _add_common(command, default=argparse.SUPPRESS)
        command.set_defaults(run=run)
        return command

    up = add("up", _up, "alles klaarzetten en starten: databank, regio, zoekindex, website en achtergrondwerk")
    up.add_argument("--region", type=Path, metavar="MAP", help="laad dit regiopakket in plaats van het ingebouwde")
    up.add_argument("--prepare-only", action="store_true", help="alleen klaarzetten, niet starten")
    _add_serving(up)
    _add_serving(add("serve", _serve, "alleen de website; `schakel up --prepare-only` zet eerst alles klaar"))
    add("worker", _worker, "alleen het achtergrondwerk van `up`, als eigen proces naast `serve`")
    add("tick", _tick, "doe wat nu aan de beurt is (voor een timer; `up` doet dit zelf elke minuut)")
    _add_region(commands)
    _add_load(add("load", _load, "laad het regiopakket opnieuw, of iets anders dat hieronder staat"))
    backup = add("backup", _backup, "maak een back-up, ook terwijl Schakel draait")
    backup.add_argument("--out", type=Path, required=True, metavar="BESTAND", help="waar de back-up komt (.zip)")
    restore = add("restore", _restore, "zet een back-up terug")
    restore.add_argument("file", type=Path, metavar="BESTAND", help="een back-up van `schakel backup`")
    restore.add_argument("--force", action="store_true", help="vervang wat er al in de databank staat")
    add("analyse", _analyse, "bepaal de blinde vlekken opnieuw; wat niet veranderde, blijft zoals het is")
    _add_person(commands)
    _add_guide(add("guide", _guide, "maak de gids op papier, als PDF"))
    add("check", _check, "kijk of alles in orde is en zeg wat je kunt doen")
    return parser


def _add_common(parser: argparse.ArgumentParser, *, default: object) -> None:
    help_text = "de gegevensmap (anders SCHAKEL_DATA, anders ./data)"
    parser.add_argument("--data", type=Path, metavar="MAP", default=default, help=help_text)


def _add_port(parser: argparse.ArgumentParser, *, default: object) -> None:
    help_text = f"de poort van de website (standaard {DEFAULT_PORT})"
    parser.add_argument("--port", type=_port, metavar="NUMMER", default=default, help=help_text)


def _add_serving(parser: argparse.ArgumentParser) -> None:
    _add_port(parser, default=argparse.SUPPRESS)
    help_text = "het adres waarop de website luistert (standaard 127.0.0.1: alleen deze machine)"
    parser.add_argument("--host", default="127.0.0.1", metavar="ADRES", help=help_text)


def _add_region(commands: argparse._SubParsersAction[DutchParser]) -> None:
    words = "een regiopakket nakijken of laden, of een verzonnen pakket maken"
    parts = commands.add_parser("region", help=words, description=words).add_subparsers(
        title="opdrachten", metavar="OPDRACHT", required=True, parser_class=DutchParser
    )
    check = parts.add_parser("check", help="toon elke fout in een regiopakket; laadt niets")
    check.set_defaults(run=_region_check)
    load = parts.add_parser("load", help="laad een regiopakket; laadt niets zolang er één fout in staat")
    load.set_defaults(run=_region_load)
    for command in (check, load):
        _add_common(command, default=argparse.SUPPRESS)
        command.add_argument("folder", type=Path, metavar="MAP", help="de map van het regiopakket")
    synth = parts.add_parser("synth", help="maak een verzonnen regiopakket, om mee te proberen en te meten")
    _add_common(synth, default=argparse.SUPPRESS)
    synth.add_argument("--organisations", type=_count, required=True, metavar="AANTAL", help="hoeveel organisaties")
    synth.add_argument("--seed", type=int, default=1, metavar="GETAL", help="zelfde getal, zelfde pakket (standaard 1)")
    synth.add_argument("--out", type=Path, required=True, metavar="MAP", help="waar het pakket komt")
    synth.set_defaults(run=_region_synth)


def _add_person(commands: argparse._SubParsersAction[DutchParser]) -> None:
    words = "geef iemand wat er van hem of haar bewaard wordt, of wis het; ook zonder account"
    parts = commands.add_parser("person", help=words, description=words).add_subparsers(
        title="opdrachten", metavar="OPDRACHT", required=True, parser_class=DutchParser
    )
    export = parts.add_parser("export", help="schrijf alles wat er van een e-mailadres bewaard wordt naar een bestand")
    export.add_argument("--out", type=Path, required=True, metavar="BESTAND", help="waar het komt (.json)")
    export.set_defaults(run=_person_export)
    erase = parts.add_parser("erase", help="wis alles wat zegt wie iemand is; wat de persoon deed, blijft")
    erase.add_argument("--force", action="store_true", help="doe het echt; zonder zie je alleen wat er verdwijnt")
    erase.set_defaults(run=_person_erase)
    for command in (export, erase):
        _add_common(command, default=argparse.SUPPRESS)
        command.add_argument("address", metavar="ADRES", help="het e-mailadres")


def _add_load(load: DutchParser) -> None:
    load.add_argument("--region", type=Path, metavar="MAP", help="laad dit regiopakket in plaats van het ingebouwde")
    parts = load.add_subparsers(title="in plaats van het regiopakket", metavar="WAT", parser_class=DutchParser)
    words = "wegen uit een uittreksel van OpenStreetMap, voor reistijden over de weg"
    osm = parts.add_parser("osm", help=words, description=words)
    _add_common(osm, default=argparse.SUPPRESS)
    osm.add_argument("file", type=Path, metavar="BESTAND", help="het uittreksel (.osm.pbf)")
    osm.set_defaults(run=_load_osm)
    words = "inwoners per statistische sector of wijk, voor reistijden vanwaar mensen wonen"
    people = parts.add_parser("population", help=words, description=words)
    _add_common(people, default=argparse.SUPPRESS)
    people.add_argument("file", type=Path, metavar="BESTAND", help="OPENDATA_SECTOREN van Statbel, een CSV of GeoJSON")
    people.add_argument(
        "--areas", type=Path, metavar="BESTAND", action="append", default=[],
        help="waar de codes liggen: GeoJSON met punten of grenzen, of een tabel die zegt wat waarbij hoort; mag vaker",
    )  # fmt: skip
    people.set_defaults(run=_load_population)

    words = "gemeentegrenzen voor de kaarten: GeoJSON, of het adres van een WFS of OGC API"
    boundaries = parts.add_parser("boundaries", help=words, description=words)
    _add_common(boundaries, default=argparse.SUPPRESS)
    boundaries.add_argument("place", metavar="BESTAND-OF-ADRES", help="een .geojson-bestand, of http(s)://…")
    boundaries.set_defaults(run=_load_boundaries)


def _add_guide(guide: argparse.ArgumentParser) -> None:
    guide.add_argument("--out", type=Path, required=True, metavar="BESTAND", help="waar de gids komt (.pdf)")
    guide.add_argument("--municipality", metavar="NIS", help="alleen wie in deze gemeente werkt of gevestigd is")
    guide.add_argument("--theme", metavar="CODE", help="alleen dit thema, bijvoorbeeld green")
    guide.add_argument("--lang", choices=("nl", "en", "fr"), default="nl", help="de taal (standaard nl)")
    guide.add_argument("--large", action="store_true", help="grote letters")
    guide.add_argument("--site", metavar="ADRES", default="", help="het adres van de website, voor de QR-codes")


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is geen poort; geef een getal van 1 tot 65535")
    return int(text)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"{text!r} past niet; geef een getal van 1 tot 1000000")
    return int(text)


def _setup(args: argparse.Namespace) -> None:
    """Make the data folder and start Django."""
    from schakel.operations.folder import prepare_data_folder

    folder = Path(os.environ["SCHAKEL_DATA"]).resolve()
    prepare_data_folder(folder, with_secret=not os.environ.get("SCHAKEL_SECRET_KEY"))
    with loading():
        import django

        django.setup()


def _up(args: argparse.Namespace) -> int:
    from schakel.operations.folder import prepare_data_folder

    prepare_data_folder(Path(os.environ["SCHAKEL_DATA"]).resolve())
    if not args.prepare_only:
        from schakel.operations.port import check_port

        check_port(args.host, args.port)
    _setup(args)
    from schakel.operations.up import up

    return up(args.host, args.port, pack=args.region, prepare_only=args.prepare_only, explain=explain, started=STARTED)


def _serve(args: argparse.Namespace) -> int:
    from schakel.operations.port import check_port

    check_port(args.host, args.port)
    _setup(args)
    from schakel.operations.up import serve

    return serve(args.host, args.port, started=STARTED)


def _tick(args: argparse.Namespace) -> int:
    _setup(args)
    from schakel.operations.tick import tick

    results = tick()
    for result in results:
        print(f"{result.key}: {result.words}")
    return FAILED if any(result.failed for result in results) else 0


def _worker(args: argparse.Namespace) -> int:
    _setup(args)
    from schakel.operations.up import work

    work()
    return 0


def _region_check(args: argparse.Namespace) -> int:
    from schakel.operations.region import check_pack

    return check_pack(args.folder)


def _region_load(args: argparse.Namespace) -> int:
    _setup(args)
    from schakel.operations.region import load_and_tell

    return load_and_tell(args.folder)


def _region_synth(args: argparse.Namespace) -> int:
    from schakel.operations.region import make_synthetic

    return make_synthetic(args.organisations, args.seed, args.out)


def _person_export(args: argparse.Namespace) -> int:
    _setup(args)
    from schakel.operations.person import export_person

    print(export_person(args.address, args.out))
    return 0


def _person_erase(args: argparse.Namespace) -> int:
    _setup(args)
    from schakel.operations.person import erase

    print(erase(args.address, force=args.force))
    return 0


def _load(args: argparse.Namespace) -> int:
    _setup(args)
    from schakel.operations.region import built_in_pack, load_and_tell

    return load_and_tell(args.region or built_in_pack())


def _load_osm(args: argparse.Namespace) -> int:
    _setup(args)
    from schakel.operations.geodata import load_roads_and_tell

    return load_roads_and_tell(args.file)


def _load_population(args: argparse.Namespace) -> int:
    _setup(args)
    from schakel.operations.geodata import load_population_and_tell

    return load_population_and_tell(args.file, args.areas)


def _load_boundaries(args: argparse.Namespace) -> int:
    _setup(args)
    from schakel.operations.map_lines import load_boundaries_and_tell

    return load_boundaries_and_tell(args.place)


def _backup(args: argparse.Namespace) -> int:
    _setup(args)
    from schakel.operations.backup import write_backup

    print(write_backup(args.out))
    return 0


def _restore(args: argparse.Namespace) -> int:
    _setup(args)
    from schakel.operations.restore import restore

    print(restore(args.file, force=args.force))
    return 0


def _guide(args: argparse.Namespace) -> int:
    _setup(args)
    from django.utils import timezone

    from schakel.documents import Selection, build_guide, check_site, check_target, write_guide

    check_target(args.out)
    selection = Selection(municipality=args.municipality, theme=args.theme)
    site = check_site(args.site)
    guide = build_guide(selection, language=args.lang, large=args.large, on=timezone.localdate(), base_url=site)
    write_guide(args.out, guide)
    print(f"{args.out}: gemaakt." + ("" if site else " Zonder QR-codes: geef het adres van de website met --site."))
    return 0


def _analyse(args: argparse.Namespace) -> int:
    _setup(args)
    from schakel.operations.analyse import analyse_and_tell

    return analyse_and_tell()


def _check(args: argparse.Namespace) -> int:
    _setup(args)
    from schakel.operations.check import print_checks, run_checks

    return print_checks(run_checks())
