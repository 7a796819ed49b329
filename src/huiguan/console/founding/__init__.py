"""An installation founded in the browser, by whoever has read the code its terminal showed."""
