import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { explain } from "../../../src/aws/explain/explain.ts";
import type { RenewalTerms } from "../../../src/session/renewal.ts";
import {
  expiringMs,
  nextChangeAt,
  noSession,
  roleOf,
  type SessionEvent,
  type SessionState,
  type Step,
  transition,
} from "../../../src/session/state.ts";
import {
  activeState,
  callFailure,
  devRole,
  sessionUntil,
  settingRole,
  statesAt,
} from "../support/fixtures.ts";

const now = 1_800_000_000_000;
const minuteMs = 60_000;
const hourMs = 3_600_000;
const other = settingRole();
const explanation = explain(callFailure({ code: "AccessDenied" }), devRole);
const automatic: RenewalTerms = { now, policy: "automatic", warningMs: 10 * minuteMs, jitter: 0 };
const atTime = (time: number, more: Partial<RenewalTerms> = {}): RenewalTerms => ({
  ...automatic,
  ...more,
  now: time,
});

const idle = { isUnderWay: false, failures: 0, isTold: false };
const plain = statesAt(now);

/** A state of each kind, and of those with a session one for each way that its renewal stands. */
const states: Readonly<Record<string, SessionState>> = {
  none: plain.none,
  active: plain.active,
  "active, renewal due": activeState(sessionUntil(now + 15 * minuteMs), { ...idle, nextAt: now }),
  "active, renewing": activeState(sessionUntil(now + 15 * minuteMs), {
    ...idle,
    isUnderWay: true,
    warnAt: now + 5 * minuteMs,
  }),
  expiring: plain.expiring,
  "expiring, warning due": {
    ...activeState(sessionUntil(now + 5 * minuteMs), { ...idle, obstacle: "refused", warnAt: now }),
    kind: "expiring",
  } as SessionState,
  expired: plain.expired,
  failed: plain.failed,
};

const events: readonly SessionEvent[] = [
  { kind: "assume", role: other },
  { kind: "assumed", session: sessionUntil(now + hourMs) },
  { kind: "refused", role: other, explanation },
  { kind: "cancelled" },
  { kind: "dropped" },
  { kind: "time-passed" },
  { kind: "renewed", session: sessionUntil(now + hourMs) },
  { kind: "renewal-delayed" },
  { kind: "renewal-blocked", obstacle: "needs-user" },
  { kind: "renewal-anew" },
  { kind: "remind" },
  { kind: "found-expired", role: devRole, expiredAt: now - 1 },
];

function shown({ state, effects }: Step): string {
  const assuming = state.assuming ? " + assuming" : "";
  return [state.kind + assuming, ...effects.map((effect) => `→ ${effect}`)].join(" ");
}

/** The machine as a table: what each event makes of each state. */
function table(): string {
  const rows = events.map((event) => [
    `\`${event.kind}\``,
    ...Object.values(states).map((state) => shown(transition(state, event, automatic))),
  ]);
  const lines = [["event", ...Object.keys(states)], rows[0]?.map(() => "---") ?? [], ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

describe("the session's states", () => {
  it("are those of the table in the documentation", async () => {
    const file = fileURLToPath(new URL("../../../docs/sessions.md", import.meta.url));
    const text = await readFile(file, "utf8");
    const withTable = text.replace(/(?<=<!-- table -->\n)[\s\S]*?(?=\n<!-- end -->)/, () =>
      table(),
    );
    if (process.env["UPDATE_DOCS"]) await writeFile(file, withTable);
    assert.equal(withTable, process.env["UPDATE_DOCS"] ? withTable : text);
    assert.ok(text.includes("<!-- table -->"));
  });

  it("hold credentials in active and expiring only, whatever happens", () => {
    for (const state of Object.values(states)) {
      for (const event of events) {
        const { state: next } = transition(state, event, automatic);
        const holds = JSON.stringify(next).includes("sessionToken");
        assert.equal(holds, next.kind === "active" || next.kind === "expiring", next.kind);
      }
    }
  });

  it("end at the second, with any event that comes by", () => {
    const end = now + hourMs;
    const state: SessionState = { ...plain.active, assuming: other };
    const shownAfter = (event: SessionEvent, time: number): string =>
      shown(transition(state, event, atTime(time)));
    assert.equal(shownAfter({ kind: "time-passed" }, end - 1), "expiring + assuming");
    assert.equal(shownAfter({ kind: "time-passed" }, end), "expired + assuming");
    assert.equal(shownAfter({ kind: "cancelled" }, end), "expired");
    assert.equal(shownAfter({ kind: "refused", role: other, explanation }, end), "expired");
    assert.equal(shownAfter({ kind: "renewal-delayed" }, end), "expired + assuming");
  });

  it("begin as expiring if the session is that short", () => {
    const session = sessionUntil(now + 90_000);
    const { state } = transition(noSession, { kind: "assumed", session }, automatic);
    assert.equal(state.kind, "expiring");
  });

  it("change by time at the warning and at the end, and else never", () => {
    assert.equal(nextChangeAt(plain.active), now + hourMs - expiringMs);
    assert.equal(nextChangeAt(plain.expiring), now + 300_000);
    assert.deepEqual([plain.none, plain.expired, plain.failed].map(nextChangeAt), [
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("name the role that the user means", () => {
    assert.equal(roleOf(plain.none), undefined);
    assert.equal(roleOf(plain.active), devRole);
    assert.equal(roleOf(plain.expired), devRole);
    assert.equal(roleOf({ ...plain.active, assuming: other }), other);
  });
});

describe("the renewal of a session", () => {
  const stateAfter = (
    state: SessionState,
    event: SessionEvent,
    terms: RenewalTerms,
  ): SessionState => transition(state, event, terms).state;

  function assumed(lifeMs: number, more: Partial<RenewalTerms> = {}): SessionState {
    const session = { ...sessionUntil(now + lifeMs), assumedAt: now };
    return stateAfter(noSession, { kind: "assumed", session }, atTime(now, more));
  }

  function renewalOf(state: SessionState) {
    if (!("session" in state)) throw new Error(`There is no session: ${state.kind}`);
    return state.renewal;
  }

  it("comes before any SDK would refresh, where the session is long enough", () => {
    const leadOf = (lifeMs: number): number =>
      now + lifeMs - (renewalOf(assumed(lifeMs)).nextAt ?? 0);
    assert.equal(leadOf(12 * hourMs), 17 * minuteMs);
    assert.equal(leadOf(hourMs), 17 * minuteMs);
    assert.equal(leadOf(15 * minuteMs), 5 * minuteMs);
    const jittered = renewalOf(assumed(hourMs, { jitter: 1 })).nextAt ?? 0;
    assert.equal(now + hourMs - jittered, 18.7 * minuteMs);
  });

  it("is made once, and again after twice the time, as long as what fails may pass", () => {
    let state = assumed(hourMs);
    const waits: number[] = [];
    let time = now;
    for (let round = 0; round < 6; round += 1) {
      const { nextAt = 0 } = renewalOf(state);
      waits.push(Math.round((nextAt - time) / 1000));
      time = nextAt;
      const due = transition(state, { kind: "time-passed" }, atTime(time));
      assert.deepEqual(due.effects.includes("renew"), true);
      assert.equal(transition(due.state, { kind: "time-passed" }, atTime(time)).effects.length, 0);
      state = stateAfter(due.state, { kind: "renewal-delayed" }, atTime(time));
    }
    assert.deepEqual(waits, [43 * 60, 15, 30, 60, 120, 240]);
  });

  it("stops at a refusal that will not change, and at one that needs the user", () => {
    for (const obstacle of ["refused", "needs-user"] as const) {
      const due = stateAfter(assumed(hourMs), { kind: "time-passed" }, atTime(now + 43 * minuteMs));
      const blocked = stateAfter(
        due,
        { kind: "renewal-blocked", obstacle },
        atTime(now + 43 * minuteMs),
      );
      assert.equal(renewalOf(blocked).nextAt, undefined);
      assert.equal(nextChangeAt(blocked), now + 50 * minuteMs);
      const told = transition(blocked, { kind: "time-passed" }, atTime(now + 50 * minuteMs));
      assert.deepEqual(told.effects, ["warn"]);
      const again = transition(told.state, { kind: "time-passed" }, atTime(now + 51 * minuteMs));
      assert.deepEqual(again.effects, [], "the user is told once");
    }
  });

  it("goes on when what stood in the way is gone, and tells nobody twice", () => {
    const blocked = stateAfter(
      assumed(hourMs),
      { kind: "renewal-blocked", obstacle: "needs-user" },
      automatic,
    );
    const told = stateAfter(blocked, { kind: "time-passed" }, atTime(now + 50 * minuteMs));
    const anew = transition(told, { kind: "renewal-anew" }, atTime(now + 51 * minuteMs));
    assert.deepEqual(anew.effects, ["renew"]);
    const again = transition(
      anew.state,
      { kind: "renewal-blocked", obstacle: "refused" },
      atTime(now + 52 * minuteMs),
    );
    assert.deepEqual(again.effects, []);
  });

  it("is left to the user, if they want it so, or to nobody", () => {
    const ask = assumed(hourMs, { policy: "ask" });
    assert.equal(renewalOf(ask).nextAt, undefined);
    const told = transition(
      ask,
      { kind: "time-passed" },
      atTime(now + 50 * minuteMs, { policy: "ask" }),
    );
    assert.deepEqual(told.effects, ["warn"]);
    const never = assumed(hourMs, { policy: "never" });
    assert.equal(nextChangeAt(never), now + 50 * minuteMs, "only the colour changes");
    assert.deepEqual(
      transition(never, { kind: "time-passed" }, atTime(now + 55 * minuteMs, { policy: "never" }))
        .effects,
      [],
    );
    const silent = assumed(hourMs, { policy: "ask", warningMs: 0 });
    assert.equal(renewalOf(silent).warnAt, undefined);
  });

  it("reminds of the end when half of what was left has passed", () => {
    const ask = assumed(hourMs, { policy: "ask" });
    const terms = (minutes: number) => atTime(now + minutes * minuteMs, { policy: "ask" });
    const told = stateAfter(ask, { kind: "time-passed" }, terms(50));
    const reminding = stateAfter(told, { kind: "remind" }, terms(50));
    assert.deepEqual(transition(reminding, { kind: "time-passed" }, terms(54)).effects, []);
    assert.deepEqual(transition(reminding, { kind: "time-passed" }, terms(55)).effects, ["warn"]);
  });

  it("waits while the user assumes a role, and goes on after that", () => {
    const due = stateAfter(assumed(hourMs), { kind: "time-passed" }, atTime(now + 43 * minuteMs));
    const assuming = transition(due, { kind: "assume", role: other }, atTime(now + 44 * minuteMs));
    assert.deepEqual(assuming.effects, []);
    const cancelled = transition(
      assuming.state,
      { kind: "cancelled" },
      atTime(now + 45 * minuteMs),
    );
    assert.deepEqual(cancelled.effects, ["renew"]);
  });
});
