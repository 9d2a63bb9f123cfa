"""`python -m schakel.typesetting`: one PDF, from standard input to standard output; see `apart`."""

from schakel.typesetting.apart import serve_one

serve_one()
