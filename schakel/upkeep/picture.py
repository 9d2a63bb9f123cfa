"""A photo from outside, made safe: only its pixels are kept. Pure: bytes in, bytes out.

Whatever was uploaded is decoded and written anew as JPEG, so that nothing else that hid in the file (a place, a script,
a second file) comes along. Refused before anything is decoded: too many bytes, another kind than it says in its first
bytes, more pixels than we want to unpack.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from schakel.core.errors import InvalidInput

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000  # what phones make; decoded 120 MB
SMALLEST = 320  # pixels on the longest side: less is an icon
WIDTHS = (480, 1280)  # for a phone, for a page
QUALITY = 82
_SIGNATURES = {"JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG\r\n\x1a\n", "WEBP": b"RIFF"}


class PhotoRefused(InvalidInput):
    """Why a file cannot be a photo; `code` lets a page say it in its own language."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class SafePhoto:
    """The sizes of one photo as JPEG: width in pixels -> bytes, at least one, never larger than the original.

    `digest` is the SHA-256 of the largest, in hexadecimal: the same pixels have the same name.
    """

    digest: str
    width: int
    height: int
    files: dict[int, bytes]


def read_photo(data: bytes) -> SafePhoto:
    """Decode, turn upright, scale and write anew. Raises PhotoRefused; uses at most some 300 MB for a moment."""
    picture = _decode(data)
    if max(picture.size) < SMALLEST:
        raise PhotoRefused("small", f"Deze foto is te klein. Verwacht: minstens {SMALLEST} pixels breed of hoog.")
    files: dict[int, bytes] = {}
    for width in widths_of(picture.width):
        size = (width, max(1, round(picture.height * width / picture.width)))
        files[width] = _jpeg(picture.resize(size, Image.Resampling.LANCZOS))
    largest = files[max(files)]
    with Image.open(io.BytesIO(largest)) as made:
        width, height = made.size
    return SafePhoto(hashlib.sha256(largest).hexdigest(), width, height, files)


def widths_of(width: int) -> tuple[int, ...]:
    """The widths that are made of a picture of this width, smallest first."""
    return tuple(sorted({min(most, width) for most in WIDTHS}))


def _decode(data: bytes) -> Image.Image:
    if len(data) > MOST_BYTES:
        raise PhotoRefused("large", f"Dit bestand is te groot. Hoogstens {MOST_BYTES // 1024**2} MB kan.")
    kind = next((name for name, start in _SIGNATURES.items() if data.startswith(start)), None)
    if kind is None or (kind == "WEBP" and data[8:12] != b"WEBP"):
        raise PhotoRefused("kind", "Dit is geen foto die we kunnen tonen. Verwacht: een JPEG-, PNG- of WebP-bestand.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[kind]) as found:
                if found.width * found.height > MOST_PIXELS:
                    raise PhotoRefused("pixels", f"Deze foto heeft te veel pixels. Hoogstens {MOST_PIXELS:,} kan.")
                found.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))  # JPEG: decode no more than we need
                return _on_paper(ImageOps.exif_transpose(found))
    except PhotoRefused:
        raise
    except Image.DecompressionBombError as error:
        raise PhotoRefused("pixels", "Deze foto heeft te veel pixels.") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning, MemoryError) as error:
        raise PhotoRefused("broken", "Dit bestand is beschadigd of geen foto. Probeer een andere.") from error


def _on_paper(picture: Image.Image) -> Image.Image:
    """In plain colours; what is see-through becomes white."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        paper = Image.new("RGB", layer.size, "white")
        paper.paste(layer, mask=layer.getchannel("A"))
        return paper
    return picture.convert("RGB")


def _jpeg(picture: Image.Image) -> bytes:
    """Without anything that the picture carried: no EXIF, no profile, no comment."""
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    stream = io.BytesIO()
    clean.save(stream, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return stream.getvalue()
