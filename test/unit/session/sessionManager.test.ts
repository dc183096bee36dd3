import assert from "node:assert/strict";
import type { Role } from "../../../src/aws/role/role.ts";
import type { AssumeOutcome } from "../../../src/session/assume.ts";
import { SessionManager } from "../../../src/session/sessionManager.ts";
import { expiringMs, type SessionState } from "../../../src/session/state.ts";
import { FakeClock } from "../support/fakeClock.ts";
import { devRole, failedOutcome, sessionUntil, settingRole } from "../support/fixtures.ts";

const hourMs = 3_600_000;
const other = settingRole();

/** An attempt that the test brings to its end. */
interface PendingAttempt {
  readonly role: Role;
  readonly signal: AbortSignal;
  readonly end: (outcome: AssumeOutcome) => Promise<void>;
}

/** A manager whose attempts end when the test says so. */
class Bench {
  readonly clock = new FakeClock();
  readonly attempts: PendingAttempt[] = [];
  readonly seen: SessionState[] = [];
  readonly manager = new SessionManager((role, signal) => this.#attempt(role, signal), this.clock);

  constructor() {
    this.manager.onDidChange((state) => this.seen.push(state));
  }

  get last(): PendingAttempt {
    const attempt = this.attempts.at(-1);
    if (attempt === undefined) throw new Error("Nothing was attempted.");
    return attempt;
  }

  /** A session of an hour. */
  assumed(): AssumeOutcome {
    return { kind: "assumed", session: sessionUntil(this.clock.now() + hourMs) };
  }

  async active(): Promise<void> {
    void this.manager.assume(devRole);
    await this.last.end(this.assumed());
  }

  #attempt(role: Role, signal: AbortSignal): Promise<AssumeOutcome> {
    return new Promise((resolve) => {
      const end = async (outcome: AssumeOutcome): Promise<void> => {
        resolve(outcome);
        await new Promise(setImmediate);
      };
      this.attempts.push({ role, signal, end });
    });
  }
}

describe("the session manager", () => {
  let bench: Bench;

  beforeEach(() => {
    bench = new Bench();
  });

  it("tells of each change: assuming, active, expiring, expired", async () => {
    await bench.active();
    bench.clock.advance(hourMs);
    assert.deepEqual(
      bench.seen.map((state) => [state.kind, state.assuming !== undefined]),
      [
        ["none", true],
        ["active", false],
        ["expiring", false],
        ["expired", false],
      ],
    );
  });

  it("ends the session at the second", async () => {
    await bench.active();
    bench.clock.advance(hourMs - 1);
    assert.equal(bench.manager.state.kind, "expiring");
    bench.clock.advance(1);
    assert.equal(bench.manager.state.kind, "expired");
  });

  it("gives out no session that ended while the machine slept", async () => {
    await bench.active();
    bench.clock.sleep(2 * hourMs);
    assert.equal(bench.manager.state.kind, "expired");
    assert.equal(bench.seen.at(-1)?.kind, "expired");
  });

  it("has one timer at the most, and none where nothing will change", async () => {
    await bench.active();
    assert.equal(bench.clock.pending, 1);
    void bench.manager.assume(other);
    assert.equal(bench.clock.pending, 1);
    bench.clock.advance(hourMs - expiringMs);
    assert.equal(bench.clock.pending, 1);
    bench.clock.advance(hourMs);
    assert.equal(bench.clock.pending, 0);
  });

  it("serves two commands for the same role by one attempt", async () => {
    const both = [bench.manager.assume(devRole), bench.manager.assume(devRole)];
    assert.equal(bench.attempts.length, 1);
    await bench.last.end(bench.assumed());
    assert.deepEqual(
      (await Promise.all(both)).map(({ kind }) => kind),
      ["assumed", "assumed"],
    );
  });

  it("lets the latest role win, and cancels the one before", async () => {
    const first = bench.manager.assume(devRole);
    const attempt = bench.last;
    void bench.manager.assume(other);
    assert.ok(attempt.signal.aborted);
    await attempt.end(bench.assumed());
    assert.equal((await first).kind, "cancelled");
    assert.equal(bench.manager.state.kind, "none");
    assert.equal(bench.manager.state.assuming, other);
  });

  it("keeps the session that there is while another role is assumed or refused", async () => {
    await bench.active();
    void bench.manager.assume(other);
    assert.equal(bench.manager.state.kind, "active");
    await bench.last.end(failedOutcome({ code: "AccessDenied" }));
    assert.equal(bench.manager.state.kind, "active");
    assert.equal(bench.manager.state.assuming, undefined);
  });

  it("stays expired, and so denied, after a renewal that was refused", async () => {
    await bench.active();
    bench.clock.advance(hourMs);
    bench.manager.renew();
    await bench.last.end(failedOutcome({ code: "AccessDenied" }));
    assert.equal(bench.manager.state.kind, "expired");
  });

  it("forgets the session when it is dropped, and ignores an attempt that comes late", async () => {
    await bench.active();
    const renewal = bench.manager.renew();
    bench.manager.drop();
    assert.ok(bench.last.signal.aborted);
    await bench.last.end(bench.assumed());
    assert.equal((await renewal?.outcome)?.kind, "cancelled");
    assert.deepEqual(bench.manager.state, { kind: "none" });
  });

  it("is not stuck after an attempt that throws", async () => {
    const manager = new SessionManager(() => Promise.reject(new Error("unforeseen")), bench.clock);
    await assert.rejects(manager.assume(devRole), /unforeseen/);
    assert.deepEqual(manager.state, { kind: "none" });
  });

  it("tells nobody anything after its end", async () => {
    await bench.active();
    const before = bench.seen.length;
    bench.manager.dispose();
    assert.equal(bench.seen.length, before);
    assert.equal(bench.clock.pending, 0);
  });
});

describe("the session manager under random events", () => {
  /** A small generator with a seed (mulberry32), so that a failure can be repeated. */
  function random(seed: number): () => number {
    let state = seed;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
    };
  }

  function check({ manager, clock, attempts }: Bench, seed: number): void {
    const { state } = manager;
    const told = `seed ${seed}: ${state.kind}`;
    assert.ok(clock.pending <= 1, `${told}: ${clock.pending} timers`);
    if ("session" in state) assert.ok(state.session.expiresAt > clock.now(), told);
    const running = attempts.filter(({ signal }) => !signal.aborted).length;
    assert.equal(state.assuming !== undefined, running === 1, `${told}: ${running} attempts`);
  }

  it("never holds an ended session, a second timer or a second attempt", async () => {
    for (let seed = 1; seed <= 400; seed++) {
      const next = random(seed);
      const bench = new Bench();
      for (let step = 0; step < 25; step++) {
        const choice = Math.floor(next() * 8);
        const pending = bench.attempts.findIndex(({ signal }) => !signal.aborted);
        const [attempt] = pending < 0 ? [] : bench.attempts.splice(pending, 1);
        const isEnded = choice === 1 || choice === 2 || choice === 3;
        if (attempt && !isEnded) bench.attempts.push(attempt);
        if (choice === 0) void bench.manager.assume(next() < 0.5 ? devRole : other);
        if (choice === 1) await attempt?.end(bench.assumed());
        if (choice === 2) await attempt?.end(failedOutcome({}));
        if (choice === 3) await attempt?.end({ kind: "cancelled" });
        if (choice === 4) bench.manager.drop();
        if (choice === 5) bench.manager.cancel();
        if (choice === 6) bench.clock.advance(next() * hourMs);
        if (choice === 7) bench.clock.sleep(next() * hourMs);
        check(bench, seed);
      }
    }
  });
});
