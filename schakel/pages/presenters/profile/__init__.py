"""The pages on which an organisation keeps its own profile: what is asked, what is missing, what was changed."""
