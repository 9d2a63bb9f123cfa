"""A region as a folder of tables: read it, check every cell, hand it out as typed rows."""
