"""Which of the three languages a text is in, by its letters alone: no models."""

from collections.abc import Iterable

from leafledger.core.text import Language

_TRADITIONAL = frozenset(
    "們這個來時會後對與為說國過還發學從樣經動進現長開問無實點業質產區萬員總據體標報關團環書電氣資訊廢協優營運歷準則權責認證審選險應該讓將務勞動計劃劑減約確層達設備"
)
_SIMPLIFIED = frozenset(
    "们这个来时会后对与为说国过还发学从样经动进现长开问无实点业质产区万员总据体标报关团环书电气资讯废协优营运历准则权责认证审选险应该让将务劳动计划剂减约确层达设备"
)
_BOTH = _TRADITIONAL & _SIMPLIFIED


def language(texts: Iterable[str]) -> Language:
    """The language of most of it. Chinese where a fifth of the letters is Chinese: reports in Chinese are full of Latin names."""
    latin = han = traditional = simplified = 0
    for text in texts:
        for letter in text:
            if letter.isascii():
                latin += letter.isalpha()
            elif "\u3400" <= letter <= "\u9fff":
                han += 1
                if letter not in _BOTH:
                    traditional += letter in _TRADITIONAL
                    simplified += letter in _SIMPLIFIED
    if han * 5 < latin:  # a Chinese letter is worth about a word of five
        return "en"
    return "zh-Hant" if traditional >= simplified else "zh-Hans"
