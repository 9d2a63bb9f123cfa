"""The words and dates that readers see for codes and numbers, the same on pages and in documents."""
