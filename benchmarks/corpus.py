"""Briefs to measure with: any number, of realistic and varying length, the same ones every time.

The words are the question bank's own sentences, shuffled: real English with real word lengths,
citations and lists, about nothing in particular.
"""

import random
import re
from pathlib import Path
from typing import Any

from impactbrief.toolkit.load import load
from impactbrief.toolkit.model import Toolkit
from impactbrief.yamltext import dump

SEED = 20_261_122
PLACES = ["EU", "KR", "US", "BR", "IN", "KE", "FR", "JP", "global"]
KINDS = ["legislation", "regulation", "standard", "policy", "technology", "business-decision"]


def write_corpus(folder: Path, count: int) -> list[Path]:
    """`count` answer files in `folder`, in groups of a hundred."""
    bank = load()
    sentences = _sentences(bank)
    files = []
    for number in range(count):
        path = folder / f"group-{number // 100:02d}" / f"brief-{number:04d}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_brief(bank, sentences, number), encoding="utf-8")
        files.append(path)
    return files


def write_brief(path: Path, size: float) -> Path:
    """One answer file of a chosen length: 1 is the usual one, of some nine pages."""
    bank = load()
    path.write_text(_brief(bank, _sentences(bank), 0, size), encoding="utf-8")
    return path


def _sentences(bank: Toolkit) -> list[str]:
    texts = [bank.methodology, *(term.definition for term in bank.glossary)]
    for element in bank.elements.values():
        texts += [element.summary, element.meaning, element.benefit, *element.questions,
                  element.strongly_negative, element.strongly_positive]  # fmt: skip
    found: set[str] = set()
    for text in texts:
        for sentence in re.split(
            r"(?<=[.?!])\s+", " ".join(re.sub(r"[*_`\[\]#]", "", text).split())
        ):
            if 40 < len(sentence) < 300:
                found.add(sentence[0].upper() + sentence[1:])
    return sorted(found)


def _brief(bank: Toolkit, sentences: list[str], number: int, size: float = 0) -> str:
    chance = random.Random(f"{SEED} {number}")
    # most briefs have some nine pages, a few are very short or very long
    size = size or min(4.0, max(0.25, chance.lognormvariate(0, 0.5)))
    references = [f"work-{index}" for index in range(1, 3 + round(18 * size))]

    def prose(low: int, high: int, *, cites: float = 0.3) -> str:
        said = []
        for _sentence in range(max(1, round(chance.randint(low, high) * size))):
            sentence = chance.choice(sentences)
            if chance.random() < cites:
                end = sentence[-1] if sentence[-1] in ".?!" else ""
                sentence = f"{sentence.rstrip('.?!')} [@{chance.choice(references)}]{end}"
            said.append(sentence)
        if len(said) > 6:
            said.insert(len(said) // 2, "\n\n")
        return " ".join(said).replace(" \n\n ", "\n\n")

    ratings = [id_ for id_ in bank.ratings if id_ != "not-assessed"]
    assessment = {}
    for id_ in bank.elements:
        if chance.random() < 0.06:
            continue
        assessment[id_] = {
            "impact": chance.choice(ratings),
            "confidence": chance.choice(list(bank.confidence)),
            "effect_on_internet": prose(2, 6),
            "effect_on_people": prose(1, 5),
            "evidence": [
                {"id": chance.choice(references), "shows": prose(1, 2, cites=0)}
                for _item in range(chance.randint(0, 2))
            ],
        }
    governance: dict[str, dict[str, object]] = {"made": {}, "governs": {}}
    for question in bank.governance:
        if chance.random() < 0.7:
            governance[question.side][question.id] = {
                "answer": chance.choice(list(bank.governance_answers)),
                "explanation": prose(1, 2, cites=0),
            }
    name = f"Proposal {number} on {chance.choice(list(bank.elements.values())).short.lower()}"
    brief: dict[str, Any] = {
        "impactbrief": 1,
        "language": "en",
        "document": {
            "title": name,
            "date": f"2026-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
            "authors": [{"name": f"Author {chance.randint(1, 99)}"}],
            "licence": "CC-BY-4.0",
        },
        "proposal": {
            "name": name,
            "kind": chance.choice(KINDS),
            "status": "draft",
            "jurisdictions": chance.sample(PLACES, chance.randint(1, 2)),
            "aims": prose(2, 4),
            "mechanism": prose(2, 5),
        },
        "sections": {
            "abstract": prose(3, 5, cites=0),
            "context": prose(8, 16),
            "conclusion": prose(3, 6),
        },
        "assessment": assessment,
        "governance": governance,
        "recommendations": [
            {"to": "The legislature", "action": "amend", "text": prose(1, 3, cites=0)}
            for _item in range(chance.randint(1, 6))
        ],
        "references": [
            {
                "id": id_,
                "type": "article-journal",
                "title": chance.choice(sentences).rstrip("."),
                "author": [{"family": f"Writer{chance.randint(1, 400)}", "given": "A."}],
                "container-title": "Journal of Networks",
                "issued": chance.randint(1990, 2026),
                "DOI": f"10.5555/{number}.{index}",
            }
            for index, id_ in enumerate(references)
        ],
    }
    return dump(brief)
