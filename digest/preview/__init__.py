"""The desk: an issue in a browser, where an editor sees what readers get, changes it and approves it.

A web application on loopback. `guard` decides who is answered, `app` what is answered, `session` has the issue drafted
again after every change, and keeps what is decided meanwhile (`decisions`); `showing` is what there is then and tells
all open windows, `serving` runs it.
"""
