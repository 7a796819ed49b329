"""Points a till may take while it is offline: set aside for it, said to it under signature, settled once it is back."""
