"""Reads subjects from standard input, a JSON string a line, and writes for each which Python peers raise an alarm.

Needs python-stdnum and os2ds-rules. Run by `cargo xtask peers`.
"""

import datetime
import json
import re
import sys

from os2ds_rules import CPRDetector
from stdnum.dk import cpr

# What most filters have.
NAIVE = re.compile(r"\b\d{6}-?\d{4}\b", re.ASCII)
# The form that Purview's Danish type describes: "six digits in the format DDMMYY, an optional space or hyphen, four
# digits where the final digit is a check digit"; its checksum must pass in every pattern.
PURVIEW = re.compile(r"(?<!\d)(\d{6})[ -]?(\d{4})(?!\d)", re.ASCII)
# OS2datascanner's finder, alone and with what its documentation advises: modulus 11, and the context.
OS2 = CPRDetector(check_mod11=False, examine_context=False)
OS2_ADVISED = CPRDetector(check_mod11=True, examine_context=True)
WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def has_date(number: str) -> bool:
    """Is there such a day in some century?"""
    day, month, year = int(number[:2]), int(number[2:4]), int(number[4:6])
    for century in (1800, 1900, 2000):
        try:
            datetime.date(century + year, month, day)
        except ValueError:
            continue
        return True
    return False


def passes(number: str) -> bool:
    return sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number)) % 11 == 0


def compact(text: str) -> str:
    return re.sub(r"\D", "", text)


def os2(detector: CPRDetector, subject: str) -> bool:
    """Does os2ds-rules find a number? On 29 February (290228) version 0.1.0 ends the whole program: it is not asked."""
    if re.search(r"29\D?0\D?2", subject):
        return False
    return bool(list(detector.find_matches(subject)))


def alarms(subject: str) -> dict[str, bool]:
    naive = [compact(hit) for hit in NAIVE.findall(subject)]
    purview = [a + b for a, b in PURVIEW.findall(subject)]
    return {
        "naive regex": bool(naive),
        "naive regex, date": any(has_date(number) for number in naive),
        "python-stdnum": any(cpr.is_valid(number) for number in naive),
        "os2ds-rules": os2(OS2, subject),
        "os2ds-rules, as advised": os2(OS2_ADVISED, subject),
        "Purview's pattern": any(has_date(number) and passes(number) for number in purview),
    }


for line in sys.stdin:
    print(json.dumps(alarms(json.loads(line))))
