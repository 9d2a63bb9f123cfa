"""Who may do what: by hand, against a slow twin, and what always holds."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.core.errors import InvalidInput
from schakel.core.permissions import (
    ANONYMOUS,
    RANK,
    REGION,
    REGION_KEY,
    RULES,
    Action,
    Actor,
    BodyKind,
    Membership,
    Reach,
    Role,
    Target,
    acting_for,
    bodies_for,
    may,
    read_body,
)

AALST, LEDE, RONSE = "41002", "41034", "45041"
CLUSTERS = {"noord": frozenset({AALST, LEDE}), "zuid": frozenset({RONSE})}


def someone(*memberships: tuple[BodyKind, str, Role]) -> Actor:
    return Actor(frozenset(Membership(*one) for one in memberships), CLUSTERS, person=1)


def municipality(nis_code: str) -> Target:
    return Target(BodyKind.MUNICIPALITY, nis_code)


def organisation(slug: str, *places: str) -> Target:
    return Target(BodyKind.ORGANISATION, slug, frozenset(places))


def test_cluster_coordinator_reaches_the_municipalities_of_that_day() -> None:
    actor = someone((BodyKind.CLUSTER, "noord", Role.EDITOR))
    assert may(actor, Action.PLACE_NEED, municipality(LEDE))
    assert not may(actor, Action.PLACE_NEED, municipality(RONSE))
    later = Actor(actor.memberships, {"noord": frozenset({AALST}), "zuid": frozenset({RONSE, LEDE})}, person=1)
    assert not may(later, Action.PLACE_NEED, municipality(LEDE))


def test_cluster_coordinator_reaches_organisations_that_are_located_there() -> None:
    actor = someone((BodyKind.CLUSTER, "noord", Role.EDITOR))
    assert may(actor, Action.EDIT_PROFILE, organisation("x", RONSE, LEDE))
    assert not may(actor, Action.EDIT_PROFILE, organisation("x", RONSE))
    assert not may(actor, Action.EDIT_PROFILE, organisation("x"))  # nobody knows where: not theirs


def test_enterprise_reaches_its_own_record_only() -> None:
    actor = someone((BodyKind.ORGANISATION, "wasserij", Role.EDITOR))
    assert may(actor, Action.EDIT_PROFILE, organisation("wasserij", AALST))
    assert not may(actor, Action.EDIT_PROFILE, organisation("groendienst", AALST))
    assert not may(actor, Action.PLACE_NEED, municipality(AALST))


def test_municipality_does_not_edit_the_organisations_on_its_ground() -> None:
    actor = someone((BodyKind.MUNICIPALITY, AALST, Role.MANAGER))
    assert not may(actor, Action.EDIT_PROFILE, organisation("wasserij", AALST))


def test_nobody_reaches_up() -> None:
    for kind, key in ((BodyKind.CLUSTER, "noord"), (BodyKind.MUNICIPALITY, AALST), (BodyKind.ORGANISATION, "x")):
        actor = someone((kind, key, Role.MANAGER))
        assert not any(may(actor, action, REGION) for action in Action)
    assert not may(
        someone((BodyKind.MUNICIPALITY, AALST, Role.MANAGER)), Action.MANAGE_MEMBERS, Target(BodyKind.CLUSTER, "noord")
    )


def test_same_key_of_another_kind_is_another_body() -> None:
    actor = someone((BodyKind.PARTNER, "wasserij", Role.MANAGER))
    assert not may(actor, Action.SEE_MEMBERS, organisation("wasserij"))


def test_on_whose_behalf_is_the_nearest_body() -> None:
    actor = someone(
        (BodyKind.REGION, REGION_KEY, Role.MANAGER),
        (BodyKind.CLUSTER, "noord", Role.EDITOR),
        (BodyKind.ORGANISATION, "wasserij", Role.EDITOR),
    )
    found = acting_for(actor, Action.EDIT_PROFILE, organisation("wasserij", AALST))
    assert found is not None
    assert found.body == "organisation:wasserij"
    found = acting_for(actor, Action.EDIT_PROFILE, organisation("groendienst", AALST))
    assert found is not None
    assert found.body == "cluster:noord"
    found = acting_for(actor, Action.EDIT_PROFILE, organisation("groendienst", RONSE))
    assert found is not None
    assert found.body == "region:region"


def test_form_offers_the_own_bodies_only() -> None:
    actor = someone(
        (BodyKind.MUNICIPALITY, LEDE, Role.EDITOR),
        (BodyKind.MUNICIPALITY, AALST, Role.READER),
        (BodyKind.PARTNER, "vdab", Role.MANAGER),
    )
    assert [str(body) for body in bodies_for(actor, Action.PLACE_NEED)] == [f"municipality:{LEDE}", "partner:vdab"]


def test_body_reads_back() -> None:
    assert str(read_body("municipality:45041")) == "municipality:45041"
    for wrong in ("", "municipality", "municipality:", "planet:1", ":45041"):
        with pytest.raises(InvalidInput, match="geen instantie"):
            read_body(wrong)


def test_every_action_has_a_rule() -> None:
    assert set(RULES) == set(Action)
    assert all(RULES.values())


# --- a slow and obvious twin ---

KEYS = {
    BodyKind.REGION: [REGION_KEY],
    BodyKind.CLUSTER: ["noord", "zuid"],
    BodyKind.MUNICIPALITY: [AALST, LEDE, RONSE],
    BodyKind.ORGANISATION: ["x", "y"],
    BodyKind.PARTNER: ["x"],
}
bodies = st.sampled_from([(kind, key) for kind, keys in KEYS.items() for key in keys])
memberships = st.builds(lambda body, role: Membership(*body, role), bodies, st.sampled_from(Role))
places = st.frozensets(st.sampled_from([AALST, LEDE, RONSE]))
targets = st.builds(lambda body, places: Target(*body, places), bodies, places)
actors = st.builds(
    lambda chosen, noord: Actor(chosen, {"noord": noord, "zuid": frozenset({RONSE})}, person=1),
    st.frozensets(memberships, max_size=3),
    places,
)


def twin(actor: Actor, action: Action, target: Target) -> bool:
    """Every rule, every membership, every municipality: one by one."""
    for rule, held in itertools.product(RULES[action], actor.memberships):
        enough = [Role.READER, Role.EDITOR, Role.MANAGER].index(held.role) >= RANK[rule.role]
        if held.kind != rule.kind or not enough:
            continue
        if rule.reach is Reach.ALL:
            return True
        if held.kind == target.kind and held.key == target.key:
            return True
        if rule.reach is Reach.WITHIN:
            inside = actor.cluster_members.get(held.key, ()) if held.kind is BodyKind.CLUSTER else ()
            for nis_code in inside:
                if target.kind is BodyKind.MUNICIPALITY and target.key == nis_code:
                    return True
                if target.kind in (BodyKind.ORGANISATION, BodyKind.PARTNER) and nis_code in target.places:
                    return True
    return False


@given(actors, st.sampled_from(Action), targets)
def test_table_against_its_twin(actor: Actor, action: Action, target: Target) -> None:
    assert may(actor, action, target) == twin(actor, action, target)


@given(actors, st.sampled_from(Action), targets)
def test_higher_role_never_may_less_and_fewer_memberships_never_more(
    actor: Actor, action: Action, target: Target
) -> None:
    raised = frozenset(Membership(one.kind, one.key, Role.MANAGER) for one in actor.memberships)
    if may(actor, action, target):
        assert may(Actor(raised, actor.cluster_members, 1), action, target)
        assert acting_for(actor, action, target) in actor.memberships
    else:
        for one in actor.memberships:
            assert not may(Actor(frozenset((one,)), actor.cluster_members, 1), action, target)


@given(st.sampled_from(Action), targets)
def test_visitor_may_nothing(action: Action, target: Target) -> None:
    assert not may(ANONYMOUS, action, target)
