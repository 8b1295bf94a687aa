"""References of every type, each with what it prints in full, and short ways to print one."""

from typing import Any

from impactbrief.brief.citations import Bibliography, Entry
from impactbrief.prose.citations import CitedItem

URL = "https://example.org/x"
WEB = {"URL": URL, "accessed": "2022-04-01"}
SEEN = "Accessed: Apr. 01, 2022. [Online]. Available: https://example.org/x"
ADA = [{"family": "Smith", "given": "John Paul"}]
MINISTRY = [{"literal": "Ministry of Science and ICT"}]

ENTRIES: list[tuple[dict[str, Any], str]] = [
    (
        {"type": "legislation", "title": "Telecommunications Business Act", "author": MINISTRY,
         "number": "Act No. 12345", "container-title": "Official Gazette",
         "publisher": "National Assembly", "publisher-place": "Seoul", "issued": "2016-01", **WEB},
        "Ministry of Science and ICT, Telecommunications Business Act, Act No. 12345, Official "
        f"Gazette, National Assembly, Seoul, Jan. 2016. {SEEN}",
    ),
    ({"type": "legislation", "title": "Telecommunications Business Act"},
     "Telecommunications Business Act."),
    (
        {"type": "bill", "title": "A bill to amend", "authority": "U.S. Senate", "number": "S. 123",
         "issued": "2021-03-04", **WEB},
        f"U.S. Senate, A bill to amend, S. 123, Mar. 04, 2021. {SEEN}",
    ),
    (
        {"type": "regulation", "title": "Regulation (EU) 2016/679", "issued": "2016-04-27",
         "container-title": "Official Journal of the European Union", "volume": "L 119",
         "page": "1-88", "URL": URL},
        "Regulation (EU) 2016/679, Official Journal of the European Union L 119, p. 1–88, "
        "Apr. 27, 2016. [Online]. Available: https://example.org/x",
    ),
    (
        {"type": "report", "title": "Interconnection notice", "author": MINISTRY,
         "publisher": "Ministry of Science and ICT", "issued": "2016-01", **WEB},
        f"Ministry of Science and ICT, “Interconnection notice,” Jan. 2016. {SEEN}",
    ),
    (
        {"type": "webpage", "title": "An earlier brief", "author": ADA, "issued": "2020-02-03",
         "container-title": "Example Blog", "publisher": "Internet Society", **WEB},
        f"J. P. Smith, “An earlier brief,” Example Blog, Internet Society, Feb. 03, 2020. {SEEN}",
    ),
    ({"type": "webpage", "title": "An earlier brief", "URL": URL},
     "“An earlier brief.” [Online]. Available: https://example.org/x"),
    (
        {"type": "article-journal", "title": "On peering", "author": [*ADA, {"family": "Doe"}],
         "issued": {"date-parts": [[2019, 5]]}, "DOI": "https://doi.org/10.1000/xyz", "volume": 3,
         "issue": 2, "page": "10-20", "container-title": "Journal of Networks"},
        "J. P. Smith and Doe, “On peering,” Journal of Networks, vol. 3, no. 2, pp. 10–20, "
        "May 2019, doi: 10.1000/xyz.",
    ),
    (
        {"type": "article-newspaper", "title": "Why fees rise?", "author": ADA, "page": "A1",
         "issued": "2019-05-06", "container-title": "The Daily", **WEB},
        f"J. P. Smith, “Why fees rise?” The Daily, p. A1, May 06, 2019. {SEEN}",
    ),
    (
        {"type": "book", "title": "The net", "author": ADA, "publisher": "MIT Press",
         "publisher-place": "Cambridge, MA", "issued": 2001, "edition": 2},
        "J. P. Smith, The net, 2nd ed. Cambridge, MA: MIT Press, 2001.",
    ),
    (
        {"type": "chapter", "title": "A part", "editor": [{"family": "Roe", "given": "R."}],
         "container-title": "The net", "publisher": "MIT Press", "issued": 2001, "page": "1-20"},
        "R. Roe, Ed., “A part,” in The net, MIT Press, 2001, pp. 1–20.",
    ),
    (
        {"type": "standard", "title": "Transmission Control Protocol (TCP)", "genre": "RFC",
         "author": [{"family": "Eddy", "given": "W."}], "number": 9293, "publisher": "IETF",
         "issued": "2022-08", **WEB},
        f"W. Eddy, Transmission Control Protocol (TCP), RFC 9293, IETF, Aug. 2022. {SEEN}",
    ),
    (
        {"type": "treaty", "title": "Convention on Cybercrime", "issued": "2001-11-23",
         "publisher": "Council of Europe", "number": "ETS No. 185", "publisher-place": "Budapest"},
        "Council of Europe, Convention on Cybercrime, ETS No. 185, Budapest, Nov. 23, 2001.",
    ),
    (
        {"type": "speech", "title": "Opening remarks", "author": ADA, "issued": "2020-03-04",
         "event-title": "IGF 2020", "event-place": "Geneva", **WEB},
        f"J. P. Smith, “Opening remarks,” presented at the IGF 2020, Geneva, Mar. 04, 2020. {SEEN}",
    ),
    (
        {"type": "hearing", "title": "Hearing on network fees", "publisher": "US Senate",
         "author": [{"literal": "Committee on Commerce"}], "number": "S. Hrg. 1",
         "issued": "2020-03-04", **WEB},
        "Committee on Commerce, “Hearing on network fees,” US Senate, S. Hrg. 1, Mar. 04, 2020. "
        + SEEN,
    ),
    (
        {"type": "dataset", "title": "IXP directory", "author": [{"literal": "PCH"}], "version": 2,
         "publisher": "PCH", "issued": 2020, "DOI": "10.5000/abc"},
        "PCH, “IXP directory,” v2, 2020. doi: 10.5000/abc.",
    ),
    (
        {"type": "post-weblog", "title": "A post", "author": ADA, "issued": "2020-03-04",
         "container-title": "Some Blog", **WEB},
        f"J. P. Smith, “A post,” Some Blog, Mar. 04, 2020. {SEEN}",
    ),
    (
        {"type": "legal_case", "title": "Schrems v. Data Protection Commissioner",
         "authority": "CJEU", "number": "C-362/14", "issued": "2015-10-06", **WEB},
        f"Schrems v. Data Protection Commissioner, CJEU, C-362/14, Oct. 06, 2015. {SEEN}",
    ),
    (
        {"type": "personal_communication", "title": "E-mail to the authors", "author": ADA,
         "issued": "2022-03-04"},
        "J. P. Smith, “E-mail to the authors,” Mar. 04, 2022.",
    ),
    ({"type": "thesis", "title": "A thesis", "author": ADA, "publisher": "Example University",
      "genre": "PhD thesis", "issued": 2018},
     "J. P. Smith, “A thesis,” PhD thesis, Example University, 2018."),
    ({"type": "software", "title": "BIRD", "author": [{"literal": "CZ.NIC"}], "version": "2.0",
      "issued": "2018-03-02"}, "CZ.NIC, BIRD, v2.0, Mar. 02, 2018."),
    ({"type": "document", "title": "A document", "author": MINISTRY, "publisher": "Pub",
      "issued": "2018-03"}, "Ministry of Science and ICT, “A document,” Pub, Mar. 2018."),
    ({"type": "post", "title": "No wording so “odd” as this"},
     "“No wording so ‘odd’ as this.”"),
    ({"type": "report", "title": "A report by Example Inc.", "publisher": "Example Inc."},
     "“A report by Example Inc.,” Example Inc."),
]  # fmt: skip

THREE: list[dict[str, Any]] = [
    {"id": id, "type": "report", "title": f"Title {id}", "author": [{"family": id.title()}],
     "issued": 2020}
    for id in ("ada", "bo", "cy")
]  # fmt: skip


def cited(*ids: str) -> list[CitedItem]:
    return [CitedItem(id) for id in ids]


def entry(style: str = "ieee", language: str = "en", **reference: Any) -> Entry:
    """The entry of a single reference, which the style must print without tripping."""
    bibliography = Bibliography([{"id": "it", **reference}], style, language)
    bibliography.add_uncited("it")
    (found,) = bibliography.entries()
    return found


def labels(references: list[dict[str, Any]], *clusters: list[CitedItem], style: str) -> list[str]:
    bibliography = Bibliography(references, style, "en")
    return [bibliography.cite(cluster).text for cluster in clusters]
