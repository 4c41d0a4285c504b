"""Names of time zones as they stand in dates, and what they mean."""

ZONES = {
    **dict.fromkeys(("GMT", "UTC", "UT", "Z", "WET"), 0),
    **dict.fromkeys(("BST", "WEST", "CET", "MEZ"), 1),
    **dict.fromkeys(("CEST", "MESZ", "EET"), 2),
    "EEST": 3,
    "EDT": -4,
    **dict.fromkeys(("EST", "CDT"), -5),
    **dict.fromkeys(("CST", "MDT"), -6),
    **dict.fromkeys(("MST", "PDT"), -7),
    **dict.fromkeys(("PST", "AKDT"), -8),
    "AKST": -9,
    "HST": -10,
}
"""Hours east of Greenwich of the US and European zone names that mean one offset, whatever the year."""

DOUBTFUL = {
    "ET": "EST or EDT",
    "CT": "CST or CDT",
    "MT": "MST or MDT",
    "PT": "PST or PDT",
    "IST": "India's, Irish or Israel's time",
    "MSK": "+03:00, or +04:00 from 2011 to 2014",
}
"""Zone names that are in use and mean more than one offset."""
