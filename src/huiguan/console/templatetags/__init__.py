"""Words the console's templates use beside the design room's."""
