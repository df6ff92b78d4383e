"""What can be recorded, as a tree to walk and a list to search, in any of the three languages."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from leafledger.core.definition import Activity, Dimension, Factor, Library
from leafledger.core.labels import NONE, Labels
from leafledger.core.text import Text
from leafledger.engine.prove import proven
from leafledger.engine.reach import names_by_activity, serving
from leafledger.library.load import LIBRARY, load


@dataclass(frozen=True, slots=True, kw_only=True)
class Editions:
    """The factors of one name that there are for something: regions, each with its years of data, the newest first."""

    name: str
    regions: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recordable:
    """Something that can be recorded: an activity, or a member of one of its dimensions. path: branches above the member.

    aliases: what else it, or a branch above, is called.
    """

    activity: Activity
    labels: Labels
    title: Text
    path: tuple[Text, ...] = ()
    aliases: tuple[str, ...] = ()
    editions: tuple[Editions, ...] = ()


def library_of(folder: Path) -> Library:
    """The shipped library, with what a company adds to it where the folder is one's."""
    return proven(load(LIBRARY, folder) if (folder / "company.yaml").exists() else load(LIBRARY))


def recordables(library: Library, activities: Iterable[str] = ()) -> Iterator[Recordable]:
    """Each activity (all, if none is named), then each member of each of its dimensions, in their order."""
    names = names_by_activity(library)
    for id in activities or sorted(library.activities):
        activity = library.activities[id]
        by_label = _by_label(serving(activity, names[id], library))
        yield Recordable(
            activity=activity, labels=NONE, title=activity.title, editions=tuple(_editions(by_label[NONE]))
        )
        for dimension in (library.dimensions[one] for one in sorted(activity.dimensions)):
            for member, title in dimension.members.items():
                labels = ((dimension.id, member),)
                yield Recordable(
                    activity=activity,
                    labels=labels,
                    title=title,
                    path=tuple(path_of(member, dimension)),
                    aliases=tuple(_aliases_of(member, dimension)),
                    editions=tuple(_editions(by_label[labels])),
                )


def found(library: Library, search: str) -> Sequence[Recordable]:
    """What each word of the search begins a word of: in an id, a title or a branch above, in any language.

    Where nothing has all words of its own, words of its activity narrow the search (`coach commuting`).
    """
    words = search.casefold().split()
    narrowed: list[Recordable] = []
    whole: list[Recordable] = []
    for one in recordables(library):
        activity = _told(one.activity.id, one.activity.title)
        ids = " ".join((*(member for _, member in one.labels), *one.aliases))
        own = _told(ids, one.title, *one.path) if one.labels else activity
        said = [_said(word, own) for word in words]
        if all(said):
            whole.append(one)
        elif any(said) and all(_said(word, activity) for word, there in zip(words, said, strict=True) if not there):
            narrowed.append(one)
    return whole or narrowed


def _said(word: str, told: str) -> bool:
    """Does a word begin with it? Chinese has no spaces between words, so there it may stand anywhere."""
    here, without = (re.escape(one) for one in (word, word.replace("-", "")))
    return bool(re.search(rf"(?<![a-z0-9])(?:{here}|{without})" if word.isascii() else here, told))


def _told(id: str, *texts: Text) -> str:
    return " ".join((id, *(said for text in texts for said in text.values()))).casefold()


def path_of(member: str, dimension: Dimension) -> Iterator[Text]:
    """The titles of the branches above a member, from the trunk."""
    parts = member.split(".")
    for length in range(1, len(parts)):
        id = ".".join(parts[:length])
        title = dimension.branches.get(id) or dimension.members.get(id)
        if title:
            yield title


def _aliases_of(member: str, dimension: Dimension) -> Iterator[str]:
    """What else a member, and each branch above it, is called."""
    parts = member.split(".")
    for length in range(1, len(parts) + 1):
        yield from dimension.aliases.get(".".join(parts[:length]), ())


def branches_of(dimension: Dimension) -> Iterator[tuple[int, str, Text]]:
    """A dimension as a tree, each branch before what is on it: depth, id, title."""
    told: set[str] = set()
    for member, title in dimension.members.items():
        parts = member.split(".")
        for depth in range(len(parts) - 1):
            id = ".".join(parts[: depth + 1])
            if id not in told and id in dimension.branches:
                yield depth, id, dimension.branches[id]
            told.add(id)
        yield len(parts) - 1, member, title


def _by_label(factors: Iterable[Factor]) -> Mapping[Labels, list[Factor]]:
    """Factors by each label that they have; those without any by none."""
    found: defaultdict[Labels, list[Factor]] = defaultdict(list)
    for factor in factors:
        for label in factor.labels:
            found[(label,)].append(factor)
        if not factor.labels:
            found[NONE].append(factor)
    return found


def _editions(factors: Iterable[Factor]) -> Iterator[Editions]:
    years: defaultdict[str, defaultdict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for factor in factors:
        years[factor.name][factor.region].add(factor.data_year or 0)
    for name in sorted(years):
        regions = ((region, tuple(sorted(known, reverse=True))) for region, known in sorted(years[name].items()))
        yield Editions(name=name, regions=tuple(regions))
