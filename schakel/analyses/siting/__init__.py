"""Where one more site helps most: the question, the ground it stands on, a proposal at once and a proof after."""
