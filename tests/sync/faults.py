"""Faults that are put into the program on purpose: for each, some test must go red. What proves the proofs.

``file`` is under the package; ``was`` stands in it exactly once and becomes ``is_now``; ``breaks`` is the rule that no
longer holds; ``caught_by`` are the tests that say so: MACHINE and FILES the state machines.
"""

from dataclasses import dataclass

MACHINE = "tests/sync/test_machine.py::test_lives_at_a_hub_lose_nothing"
FILES = "tests/sync/test_machine.py::test_lives_by_file_lose_nothing"
PUSHING = "sync/hub/sql/functions/4_pushing.sql"
RIGHTS = "sync/hub/sql/functions/3_rights.sql"


@dataclass(frozen=True, slots=True)
class Fault:
    name: str
    file: str
    was: str
    is_now: str
    breaks: str
    caught_by: str = MACHINE


FAULTS = (
    Fault(
        "the cursor is saved before its page",
        "sync/client.py",
        "yield page, Incoming(page.sent, _marking(page, mark))",
        "with self._store._writes() as early:\n                    _marking(page, mark)(early)\n"
        "                yield page, Incoming(page.sent, None)",
        "a page and the place it was read up to are one transaction",
    ),
    Fault(
        "a receipt for everything that was sent",
        "sync/link.py",
        "return Pushed(sum(row[2] for row in rows), held, refused, newest, forked)",
        "return Pushed(sum(row[2] for row in rows), {place: 1 << 40 for place in held}, refused, newest, forked)",
        "a receipt tells what the hub holds and nothing more",
        "tests/sync/test_powers.py::test_two_clones_of_one_laptop_are_found_out_and_neither_overwrites_the_other",
    ),
    Fault(
        "no second look after a push",
        "sync/client.py",
        "if pushed.newest[0] > standing.seen_of(self._store).position:",
        "if False:",
        "a hub that is set back before the next hello is noticed",
    ),
    Fault(
        "nothing is handed back",
        "sync/client.py",
        "self._store.forget_receipts()\n",
        "pass\n",
        "a restored hub is given back what it lost",
    ),
    Fault(
        "a scope that is gone is not purged",
        "sync/client.py",
        "self._store.purge(going)",
        "pass",
        "what was taken back leaves the laptop",
    ),
    Fault(
        "purged before it was flushed",
        "sync/client.py",
        "unsent = {scope for scope in revoked if self._store.only_here_in(scope)}",
        "unsent: set[str] = set()",
        "nothing goes from a laptop before the hub has it",
    ),
    Fault(
        "what an old file brought stays",
        "sync/client.py",
        "(known | self._store.scopes()) - may",
        "known - may",
        "what was taken back does not come back by a file",
    ),
    Fault(
        "no new incarnation after a purge",
        "store/exchange/sharing.py",
        'computer.set_own(cursor, "incarnation", incarnation.encode())\n'
        "            self._counter.incarnation = incarnation",
        "del incarnation",
        "what was written before a purge is never mistaken for what is written after",
    ),
    Fault(
        "a page is looked at alone",
        "store/exchange/intake.py",
        '.where(_H.c.n <= bindparam("until"))',
        '.where(_H.c.n < bindparam("until"))',
        "a head that stood last before a page still counts in a conflict",
    ),
    Fault(
        "early replacers are forgotten",
        "store/exchange/intake.py",
        "cursor.lots(_INSERT_EARLY, absent)",
        "del absent",
        "a late change whose replacer is known never becomes a head",
        FILES,
    ),
    Fault(
        "the last to come is shown",
        "store/exchange/intake.py",
        "shown = max(heads).value if heads else None",
        "shown = heads[0].value if heads else None",
        "the same is shown in whatever order changes came",
    ),
    Fault(
        "settling replaces one head",
        "store/log/unit.py",
        "self._write(kind, record, scope, field_name, encoded, standing, _ids(standing))",
        "self._write(kind, record, scope, field_name, encoded, standing, _ids(standing)[:1])",
        "settling replaces every head",
        "tests/store/exchange/test_exchange.py::test_what_both_edited_keeps_both_values_until_somebody_chooses",
    ),
    Fault(
        "an edit settles a conflict by the way",
        "store/log/unit.py",
        "heads = [head for head in heads if likeness(head.value or fields.NULL) == alike]",
        "pass",
        "only a person settles a conflict",
        "tests/store/exchange/test_exchange.py::test_an_edit_in_a_conflict_leaves_the_other_value_standing",
    ),
    Fault(
        "a relayed run needs no signature",
        PUSHING,
        "t.device <> v_device or t.author <> all (v_people)",
        "false",
        "of each foreign author the hub sees a signature",
        "tests/sync/test_push.py tests/sync/test_attacks.py",
    ),
    Fault(
        "what is known is refused where it may not be read",
        PUSHING,
        "t.fresh and t.author = any (v_strangers)",
        "true",
        "a laptop lets go of a case whose changes the hub has",
    ),
    Fault(
        "whoever comes late is no holder",
        RIGHTS,
        "and not exists (\n"
        "            select from workwell.access a where a.scope = p_scope and a.person = workwell.id_of(f.said))",
        "and false",
        "what was written during a grant can be sent after it",
        "tests/sync/test_more_attacks.py",
    ),
    Fault(
        "a chain that does not hold",
        PUSHING,
        "when n.before is null and n.previous <> n.tip then 'chain'",
        "",
        "a stream goes on from its tip",
        "tests/sync/test_push.py",
    ),
    Fault(
        "positions without a lock",
        PUSHING,
        "select c.position into v_base from workwell.counter c for update skip locked;",
        "select c.position into v_base from workwell.counter c;",
        "the order of positions is the order of commits",
        "tests/sync/test_faults.py::test_whoever_reads_by_position_misses_nothing_that_commits_late",
    ),
    Fault(
        "a warrant without a signature",
        "sync/hub/sql/functions/6_administrators.sql",
        "        or not workwell.is_signed(v_header.author, v_warrant.id, v_warrant.signature)",
        "",
        "nothing is erased without a signed warrant",
        "tests/sync/test_seeded.py::test_a_warrant_wants_the_administrators_own_signature",
    ),
    Fault(
        "the wire without TLS",
        "sync/hub/wire.py",
        '"sslmode": "verify-full", "sslrootcert": root,',
        '"sslmode": "require",',
        "nothing is said to a hub whose certificate is not the partnership's",
        "tests/sync/test_attacks.py tests/sync/test_reach.py",
    ),
)
