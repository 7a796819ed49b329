"""Which papers, templates and signatures exist, in which version, seen by whom?"""
