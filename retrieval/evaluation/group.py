"""Name groups of cases: "all", "lang=ja", "lang!=en,ja", "kind=fact&lang=en"."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.evaluation.case import Case

ALL = "all"
_FIELDS = ("lang", "kind")


@dataclass(frozen=True, slots=True)
class Condition:
    """Hold one condition: a field of a case, and the values it has, or has not."""

    field: str
    values: tuple[str, ...]
    wanted: bool = True

    def holds(self, case: Case) -> bool:
        """Tell whether ``case`` meets the condition."""
        return (getattr(case, self.field) in self.values) is self.wanted


@dataclass(frozen=True, slots=True)
class Group:
    """Hold a named group: every case that meets all its conditions."""

    name: str
    conditions: tuple[Condition, ...] = ()

    def rows(self, cases: Sequence[Case]) -> list[int]:
        """Return where the group's cases stand in ``cases``."""
        return [i for i, case in enumerate(cases) if all(c.holds(case) for c in self.conditions)]


def parse_group(name: str) -> Group:
    """Return the group that ``name`` spells; raise ValueError where it spells none."""
    if name.strip() == ALL:
        return Group(name)
    conditions = []
    for part in name.split("&"):
        wanted = "!=" not in part
        field, equals, listed = part.partition("=" if wanted else "!=")
        values = tuple(v.strip() for v in listed.split(",") if v.strip())
        if field.strip() not in _FIELDS or not equals or not values:
            raise ValueError(
                f"{name!r} names no group; expected 'all', or conditions joined by '&' such as "
                "'lang=ja', 'kind=fact,yesno' or 'lang!=en'"
            )
        conditions.append(Condition(field.strip(), values, wanted))
    return Group(name, tuple(conditions))


def groups_of(cases: Sequence[Case]) -> tuple[Group, ...]:
    """Return all cases as one group, then every language, then every kind, largest first."""
    found = [Group(ALL)]
    for field in _FIELDS:
        sizes = Counter(str(getattr(case, field)) for case in cases)
        for value, _ in sorted(sizes.items(), key=lambda p: (-p[1], p[0])):
            found.append(Group(f"{field}={value}", (Condition(field, (value,)),)))
    return tuple(found)
