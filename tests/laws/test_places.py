"""Where an id stands in a list is always true, however the list was sorted, lost rows and grew."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from ui.records.places import Places

IDS = st.lists(st.integers(1, 60) | st.integers(3_000_000, 3_000_020), unique=True, max_size=30)


@given(IDS, st.booleans(), st.lists(st.tuples(st.booleans(), st.integers(0, 10**7)), max_size=12))
def test_a_place_is_true_after_any_removals_and_additions(ids, ascending, steps):
    listed = sorted(ids) if ascending else ids
    places, fresh = Places(array("q", listed)), iter(range(100, 200))
    for add, number in steps:
        if add:
            more = [next(fresh), next(fresh)][:: 1 if number % 2 else -1]
            places.add(more)
            listed = [*listed, *more]
        elif listed:
            places.remove(number % len(listed))
            listed = [one for at, one in enumerate(listed) if at != number % len(listed)]
        assert list(places.ids) == listed
        assert [places.of(one) for one in listed] == list(range(len(listed)))
        assert {places.of(one) for one in {0, 1, 2, 61, 3_000_021, 10**9, *ids} - set(listed)} <= {
            -1
        }
