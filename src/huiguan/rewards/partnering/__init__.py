"""Points exchanged with partners: asked once, never repeated, settled by the partner's word, and told by day and month."""
