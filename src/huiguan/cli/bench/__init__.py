"""The project's own benchmark: sales over real HTTP beside what the database alone can do, in the same run."""
