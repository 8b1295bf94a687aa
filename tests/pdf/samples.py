"""Answer files that try a PDF: every script, and all that Markdown lets an analyst write."""

from textwrap import indent

ODD_PROSE = """\
###### A heading far too deep

Text, then a jump back.

# A heading too high

- a loose list

- whose second item has two paragraphs

  the second one here

  > a quotation in an item
  >
  > > and one in that one, with `code`

      code in an item

  | a table | in an item |
  |---------|------------|
  | one     | two        |

1. one

   1. one in one
      - and a third level

7. seven

> Quoted
>
> > twice
> >
> > > and three times: 😀 ✅ 🇰🇷 👩‍👩‍👧
>
> - a list in a quotation

| Left | Centre | Right |
|:-----|:------:|------:|
| 1    |        | **3** |
| a    | [link](https://example.org/) | ~~struck~~ |

| Head alone |
|------------|

***

![a picture](https://example.org/a.png) and a note[^1], cited [@one, p. 4] and [see @two; @none].

    code block

<b>no markup</b> &amp; <https://example.org/a-long-address/that/goes/on/and/on/and/on/and/on/for-ever>

[^1]: The note, with *stress*.

    And its second paragraph.
"""

SCRIPTS = {
    "ar": "الإنترنت شبكة من الشبكات، RFC 791 (1981)، النسبة 42٪.",
    "ru": "Интернет — это сеть сетей; «кавычки» и ё.",
    "el": "Το Διαδίκτυο είναι δίκτυο δικτύων· ᾧ τὸ ὄνομα.",
    "hi": "## शीर्षक १\n\nइंटरनेट **नेटवर्कों** का *नेटवर्क* है, RFC 791 (1981), ४२ प्रतिशत।",
    "bn": "## শিরোনাম ১\n\nইন্টারনেট **নেটওয়ার্কের** *নেটওয়ার্ক*, RFC 791 (1981), ৪২ শতাংশ।",
    "ta": "இணையம் என்பது **வலையமைப்புகளின்** வலையமைப்பு.",
    "te": "ఇంటర్నెట్ **నెట్‌వర్క్‌ల** నెట్‌వర్క్.",
    "th": "## หัวข้อ ๑\n\nอินเทอร์เน็ตเป็น**เครือข่าย**ของ*เครือข่าย* RFC 791 (1981) ร้อยละ ๔๒",
    "zh": "互联网是网络的网络。",
    "ja": "インターネットは網の網である。",
    "ko": "인터넷은 네트워크의 네트워크이다.",
    "vi": "Mạng của các mạng: Việt Nam.",
    "km": "## ចំណងជើង ១\n\nអ៊ីនធឺណិត​ជា​**បណ្តាញ**​នៃ​*បណ្តាញ* RFC 791 (1981) ៤២ ភាគរយ។",
    "he": "## כותרת 1\n\nהאינטרנט הוא **רשת** של *רשתות*, צה״ל, RFC 791 (1981), 42%.",
}


def answers(language: str, text: str) -> str:
    """An answer file in `language` that says `text` wherever prose may stand."""

    def block(depth: int, words: str = text) -> str:
        return "|\n" + indent(words, " " * depth)

    return f"""\
impactbrief: 1
language: {language}
document:
  title: {_line(text)}
  subtitle: {_line(text)}
  date: 2022-05
  authors: [{{name: Ada Example, orcid: 0000-0002-1825-0097}}, {{name: Members, kind: group}}]
  keywords: [one, two]
  headings: {{context: {_line(text)}}}
proposal:
  name: {_line(text)}
  kind: legislation
  url: https://example.org/
  dates:
    - {{event: In force, date: 2016-01}}
    - {{event: Vote, date: 2022-06-01, deadline: true}}
  aims: {block(4)}
  parts:
    - id: first
      label: {_line(text)}
      text: {block(8, SCRIPTS["ko"])}
      language: ko
      summary: {block(8)}
    - {{id: second, label: Second, text: Loi sur les interconnexions, language: fr}}
sections:
  abstract: {block(4)}
  context: {block(4)}
  assumptions: [{_line(text)}]
  conclusion: {block(4)}
stakeholders:
  - {{group: government, name: {_line(text)}, interest: {_line(text)}, invited: yes, took_part: no}}
assessment:
  accessible-infrastructure:
    impact: strongly-negative
    confidence: high
    effect_on_internet: {block(6)}
    effect_on_people: {block(6)}
    parts: [first, second]
    cases: [{{part: second, impact: mixed, reason: {_line(text)}}}]
    evidence: [one, {{id: two, locator: p. 4, shows: {_line(text)}}}]
    mitigation: {block(6)}
  privacy:
    impact: positive
    effect_on_people: {block(6)}
governance:
  made:
    stakeholders-involved: {{answer: partly, explanation: {_line(text)}, evidence: [one]}}
recommendations:
  - {{to: Assembly, action: amend, parts: [first], text: {_line(text)}, wording: {_line(text)},
     because: [privacy], priority: high}}
references:
  - {{id: one, type: report, title: {_line(text)}, URL: "https://example.org/one"}}
  - {{id: two, type: book, title: Two, author: [{{family: Example, given: Ada}}], issued: 2001}}
glossary: [{{term: {_line(text)}, definition: {_line(text)}}}]
annexes:
  - title: {_line(text)}
    body: {block(6)}
"""


def _line(text: str) -> str:
    """The first words as one YAML scalar."""
    first = next(line for line in reversed(text.splitlines()) if line.strip()).strip()
    return '"' + first.replace("\\", "\\\\").replace('"', '\\"') + '"'


SAMPLES = {language: answers(language, text) for language, text in SCRIPTS.items()} | {
    "odd": answers("en", ODD_PROSE),
    "odd-ar": answers("ar", ODD_PROSE + "\n" + SCRIPTS["ar"]),
    "bare": "impactbrief: 1\ndocument: {title: Title}\nproposal: {name: Name}\n",
}
