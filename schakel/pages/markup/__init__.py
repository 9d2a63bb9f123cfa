"""Markup written in Python: what stands on a page a hundred times takes too long in a template.

Every text passes `html.escape` here, the same that templates use; what a function returns is safe to show as it is.
"""
