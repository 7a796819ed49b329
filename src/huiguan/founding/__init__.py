"""How does an installation begin? What has to be known, what is kept until it is acted on, and the steps in order."""
