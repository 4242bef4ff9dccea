"""The font files of this project that certificates are set in."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FONTS = {
    400: ROOT / "fonts" / "NotoSerifSC_400Regular.ttf",
    700: ROOT / "fonts" / "NotoSerifSC_700Bold.ttf",
}
