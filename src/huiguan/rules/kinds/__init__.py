"""One small module a kind. `KINDS` names them all; a kind is added here and nowhere else."""
