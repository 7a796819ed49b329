"""What happened, in aggregate? Figures for the accountant. Reads everything below, moves nothing."""
