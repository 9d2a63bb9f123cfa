"""The region packs that come with Schakel: one folder of tables per region, data only.

A pack is read as files, never imported; `docs/handbook/regiopakket.md` describes the format. The folder of a
pack is `Path(regions.__file__).parent / slug`.
"""
