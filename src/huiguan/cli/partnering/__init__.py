"""A partner that is played: it speaks the documented wire and behaves as badly as partners do."""
