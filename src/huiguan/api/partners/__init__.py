"""Points that go on: given to another member, shared, exchanged with partners; and the door at which partners speak."""
