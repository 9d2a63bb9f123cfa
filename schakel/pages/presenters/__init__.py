"""From what the register and the search say to what a page shows: frozen dataclasses, in the language of the page."""
