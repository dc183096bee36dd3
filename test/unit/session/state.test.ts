import assert from "node:assert/strict";
import { explain } from "../../../src/aws/explain/explain.ts";
import {
  expiringMs,
  nextChangeAt,
  roleOf,
  type SessionEvent,
  type SessionState,
  transition,
} from "../../../src/session/state.ts";
import { callFailure, devRole, sessionUntil, settingRole, statesAt } from "../support/fixtures.ts";

const now = 1_800_000_000_000;
const states = statesAt(now);
const other = settingRole();
const explanation = explain(callFailure({ code: "AccessDenied" }), devRole);

/** What each event makes of each state, as kinds; `+` stands for a role that is being assumed. */
const table: readonly {
  readonly event: SessionEvent;
  readonly makes: Readonly<Record<SessionState["kind"], string>>;
}[] = [
  {
    event: { kind: "assume", role: other },
    makes: {
      none: "none+",
      active: "active+",
      expiring: "expiring+",
      expired: "expired+",
      failed: "failed+",
    },
  },
  {
    event: { kind: "assumed", session: sessionUntil(now + 3_600_000) },
    makes: {
      none: "active",
      active: "active",
      expiring: "active",
      expired: "active",
      failed: "active",
    },
  },
  {
    event: { kind: "refused", role: other, explanation },
    makes: {
      none: "failed",
      active: "active",
      expiring: "expiring",
      expired: "expired",
      failed: "failed",
    },
  },
  {
    event: { kind: "cancelled" },
    makes: {
      none: "none",
      active: "active",
      expiring: "expiring",
      expired: "expired",
      failed: "failed",
    },
  },
  {
    event: { kind: "dropped" },
    makes: { none: "none", active: "none", expiring: "none", expired: "none", failed: "none" },
  },
  {
    event: { kind: "time-passed" },
    makes: {
      none: "none",
      active: "active",
      expiring: "expiring",
      expired: "expired",
      failed: "failed",
    },
  },
];

const shown = (state: SessionState): string => `${state.kind}${state.assuming ? "+" : ""}`;

describe("the session's states", () => {
  for (const { event, makes } of table) {
    for (const [kind, state] of Object.entries(states)) {
      const expected = makes[kind as SessionState["kind"]];
      it(`${kind}, ${event.kind} → ${expected}`, () => {
        assert.equal(shown(transition(state, event, now)), expected);
      });
    }
  }

  it("hold credentials in active and expiring only", () => {
    for (const state of Object.values(states)) {
      const holds = JSON.stringify(state).includes("sessionToken");
      assert.equal(holds, state.kind === "active" || state.kind === "expiring", state.kind);
    }
  });

  it("end at the second, with any event that comes by, and with the attempt under way kept", () => {
    const state: SessionState = { ...states.active, assuming: other };
    const end = now + 3_600_000;
    assert.equal(shown(transition(state, { kind: "time-passed" }, end - 1)), "expiring+");
    assert.equal(shown(transition(state, { kind: "time-passed" }, end)), "expired+");
    assert.equal(shown(transition(state, { kind: "cancelled" }, end)), "expired");
    assert.equal(
      shown(transition(state, { kind: "refused", role: other, explanation }, end)),
      "expired",
    );
  });

  it("begin as expiring if the session is that short", () => {
    const session = sessionUntil(now + 90_000);
    assert.equal(transition(states.none, { kind: "assumed", session }, now).kind, "expiring");
  });

  it("change by time at the warning and at the end, and else never", () => {
    const at = (state: SessionState): number | undefined => nextChangeAt(state);
    assert.equal(at(states.active), now + 3_600_000 - expiringMs);
    assert.equal(at(states.expiring), now + 300_000);
    assert.deepEqual(
      [at(states.none), at(states.expired), at(states.failed)],
      [undefined, undefined, undefined],
    );
  });

  it("name the role that the user means", () => {
    assert.equal(roleOf(states.none), undefined);
    assert.equal(roleOf(states.active), devRole);
    assert.equal(roleOf(states.expired), devRole);
    assert.equal(roleOf({ ...states.active, assuming: other }), other);
  });
});
