"""The terminal application in a browser, through textual-serve (extra `web`).

* `address.py` decides where to listen; `entrance.py` who comes in; `server.py` serves the page and
  opens one `window.py` (a child process running `care tui`) for each tab.
* `driver.py` is loaded by that child process: it needs Textual, never the web server.
"""
