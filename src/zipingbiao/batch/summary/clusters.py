"""Which tables of a batch are of one project; which of them counts is decided elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping

from zipingbiao.batch.summary.identity import Identity, are_alike
from zipingbiao.table.records import Scope
from zipingbiao.values.frozen import frozen


@frozen
class _Cluster:
    """The tables of one project, and the identities among them: few, however many tables there are."""

    places: list[int]
    identities: set[Identity]

    def fits(self, identity: Identity) -> bool:
        """Whether a table without a whole code may be one of them."""
        return bool(identity.unit) and all(
            identity.same_unit(known) and identity.codes_agree(known) for known in self.identities
        )


def clusters_of(identities: Mapping[int, Identity]) -> list[list[int]]:
    """Return the tables, by place, of one project each: by whole code and unit, then those without one by name and unit."""
    coded: dict[tuple[Scope, str], list[int]] = defaultdict(list)
    for place, identity in identities.items():
        if identity.whole_code:
            coded[identity.scope, identity.whole_code].append(place)
    clusters = [
        group
        for places in coded.values()
        for group in _grouped(
            sorted(places, key=lambda at: _by_name(identities[at])), _one_project(identities)
        )
    ]
    named: dict[Hashable, list[_Cluster]] = defaultdict(list)
    for cluster in clusters:
        known = _Cluster(cluster, {identities[place] for place in cluster})
        for key in {_name_key(identity) for identity in known.identities}:
            named[key].append(known)
    for place, identity in sorted(identities.items(), key=lambda each: (not each[1].code, each[1].code)):
        if identity.whole_code:
            continue
        told = identity.name or identity.scope is Scope.DEPARTMENT
        beside = named[_name_key(identity)] if told else []
        fitting = [cluster for cluster in beside if cluster.fits(identity)]
        if len(fitting) == 1:
            fitting[0].places.append(place)
            fitting[0].identities.add(identity)
        else:  # of several nobody knows which: that is asked where names are compared
            clusters.append([place])
            if not fitting:
                beside.append(_Cluster(clusters[-1], {identity}))
    return clusters


def _one_project(identities: Mapping[int, Identity]) -> Callable[[int, int], bool]:
    def same(one: int, other: int) -> bool:
        mine, theirs = identities[one], identities[other]
        return mine.may_be_of_unit(theirs) and are_alike([mine.name, theirs.name])

    return same


def _by_name(identity: Identity) -> tuple[str, str, str]:
    return identity.unit, identity.department, identity.name


def _name_key(identity: Identity) -> tuple[Scope, str, str]:
    return identity.scope, identity.name, identity.unit


def _grouped(places: Iterable[int], same: Callable[[int, int], bool]) -> list[list[int]]:
    groups: list[list[int]] = []
    for place in places:
        group = next((each for each in groups if same(each[0], place)), None)
        if group is None:
            groups.append([place])
        else:
            group.append(place)
    return groups
