import assert from "node:assert/strict";
import type { Role } from "../../../src/aws/role/role.ts";
import { TerminalEnvironment } from "../../../src/editor/terminalEnvironment.ts";
import { variablesOf } from "../../../src/injection/environment.ts";
import type { AssumeOutcome, Manner } from "../../../src/session/assume.ts";
import type { RenewalPolicy } from "../../../src/session/renewal.ts";
import type { Session } from "../../../src/session/session.ts";
import { SessionManager } from "../../../src/session/sessionManager.ts";
import { expiringMs, type SessionState } from "../../../src/session/state.ts";
import { FakeClock } from "../support/fakeClock.ts";
import { devRole, failedOutcome, sessionUntil, settingRole } from "../support/fixtures.ts";

const hourMs = 3_600_000;
const other = settingRole();

/** An attempt that the test brings to its end. */
interface PendingAttempt {
  readonly role: Role;
  readonly manner: Manner;
  readonly signal: AbortSignal;
  readonly end: (outcome: AssumeOutcome) => Promise<void>;
}

/** A manager whose attempts end when the test says so. */
class Bench {
  readonly clock = new FakeClock();
  readonly attempts: PendingAttempt[] = [];
  readonly seen: SessionState[] = [];
  readonly warnings: Session[] = [];
  policy: RenewalPolicy = "never";
  readonly manager = new SessionManager({
    assume: ({ role, manner }, signal) => this.#attempt(role, manner, signal),
    clock: this.clock,
    renewal: () => ({ policy: this.policy, warningMs: 600_000 }),
    random: () => 0.5,
    warn: (session) => this.warnings.push(session),
  });

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

  #attempt(role: Role, manner: Manner, signal: AbortSignal): Promise<AssumeOutcome> {
    return new Promise((resolve) => {
      const end = async (outcome: AssumeOutcome): Promise<void> => {
        resolve(outcome);
        // The outcome passes through a few promises.
        for (let tick = 0; tick < 6; tick += 1) await undefined;
      };
      this.attempts.push({ role, manner, signal, end });
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
    const manager = new SessionManager({
      assume: () => Promise.reject(new Error("unforeseen")),
      clock: bench.clock,
      renewal: () => ({ policy: "never", warningMs: 0 }),
      random: () => 0,
      warn: () => undefined,
    });
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

describe("renewing a session silently", () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = new Bench();
    bench.policy = "automatic";
    await bench.active();
    bench.clock.advance(hourMs - 15 * 60_000);
  });

  it("brings the next session, and shows nothing meanwhile", async () => {
    assert.deepEqual([bench.last.role, bench.last.manner], [devRole, "silent"]);
    assert.equal(bench.manager.state.assuming, undefined);
    const next = bench.assumed();
    await bench.last.end(next);
    const { state } = bench.manager;
    assert.ok(next.kind === "assumed" && "session" in state && state.session === next.session);
    assert.equal(bench.attempts.length, 2);
    assert.deepEqual(bench.warnings, []);
  });

  it("is tried again after what may pass, and the user is told if it still fails", async () => {
    await bench.last.end(failedOutcome({ code: "ENOTFOUND" }));
    bench.clock.advance(20_000);
    assert.equal(bench.attempts.length, 3);
    await bench.last.end(failedOutcome({ code: "Throttling" }));
    bench.clock.advance(6 * 60_000);
    assert.equal(bench.warnings.length, 1);
  });

  it("is not tried again after a refusal, and the user is told", async () => {
    await bench.last.end(failedOutcome({ code: "AccessDenied", httpStatus: 403 }));
    bench.clock.advance(14 * 60_000);
    assert.equal(bench.attempts.length, 2);
    assert.equal(bench.warnings.length, 1);
    bench.clock.advance(60_000);
    assert.equal(bench.manager.state.kind, "expired");
    assert.equal(bench.attempts.length, 2);
  });

  it("waits for the user where it needs them, and goes on when they did what it takes", async () => {
    await bench.last.end({ kind: "needs-user" });
    bench.manager.reconsiderRenewal();
    assert.equal(bench.attempts.length, 3);
    await bench.last.end(bench.assumed());
    assert.equal(bench.manager.state.kind, "active");
  });

  it("gives way to the user, whatever comes of it later", async () => {
    const silent = bench.last;
    void bench.manager.assume(other);
    assert.ok(silent.signal.aborted);
    await silent.end(bench.assumed());
    assert.ok(bench.manager.state.assuming);
    await bench.last.end(bench.assumed());
    assert.equal(bench.manager.state.assuming, undefined);
    assert.equal(bench.attempts.length, 3);
  });

  it("ends with a drop", async () => {
    bench.manager.drop();
    assert.ok(bench.last.signal.aborted);
    await bench.last.end(bench.assumed());
    assert.deepEqual(bench.manager.state, { kind: "none" });
  });

  it("takes over what another window got", () => {
    const session = sessionUntil(bench.clock.now() + hourMs);
    bench.manager.adopt(session);
    const { state } = bench.manager;
    assert.ok("session" in state && state.session === session);
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

  /** The variables of terminals, as the editor would keep them. */
  class Collection {
    readonly values = new Map<string, string>();
    persistent = true;
    description: string | undefined;
    clear(): void {
      this.values.clear();
    }
    delete(name: string): void {
      this.values.delete(name);
    }
    replace(name: string, value: string): void {
      this.values.set(name, value);
    }
  }

  function check({ manager, clock, attempts }: Bench, collection: Collection, told: string): void {
    const { state } = manager;
    assert.ok(clock.pending <= 1, `${told}: ${clock.pending} timers`);
    const hasSession = state.kind === "active" || state.kind === "expiring";
    assert.equal("session" in state, hasSession, told);
    if ("session" in state) assert.ok(state.session.expiresAt > clock.now(), told);
    assert.deepEqual(collection.values, new Map(variablesOf(state)), told);
    const running = attempts.filter(({ signal }) => !signal.aborted);
    const isSilent = "session" in state && state.renewal.isUnderWay;
    assert.ok(running.length <= 1, `${told}: ${running.length} attempts`);
    assert.equal(
      state.assuming !== undefined,
      running.some(({ manner }) => manner !== "silent"),
      told,
    );
    if (isSilent) assert.equal(running[0]?.manner, "silent", told);
  }

  const policies: readonly RenewalPolicy[] = ["automatic", "ask", "never"];

  /** One event of many kinds, by chance. */
  async function step(bench: Bench, next: () => number): Promise<void> {
    const { manager, clock, attempts } = bench;
    const pending = attempts.findIndex(({ signal }) => !signal.aborted);
    const end = async (outcome: AssumeOutcome): Promise<void> => {
      const [attempt] = pending < 0 ? [] : attempts.splice(pending, 1);
      await attempt?.end(outcome);
    };
    const events: readonly (() => unknown)[] = [
      () => void manager.assume(next() < 0.5 ? devRole : other),
      () => end(bench.assumed()),
      () => end(failedOutcome({ code: "AccessDenied" })),
      () => end(failedOutcome({ code: "ENOTFOUND" })),
      () => end({ kind: "cancelled" }),
      () => end({ kind: "needs-user" }),
      () => manager.drop(),
      () => manager.cancel(),
      () => void manager.renew(),
      () => clock.advance(next() * hourMs),
      () => clock.advance(next() * hourMs),
      () => clock.sleep(next() * hourMs),
      () => manager.adopt(sessionUntil(clock.now() + next() * hourMs)),
      () => manager.foundExpired(devRole, clock.now() - 1),
      () => manager.reconsiderRenewal(),
      () => manager.remind(),
      () => {
        bench.policy = policies[Math.floor(next() * 3)] ?? "ask";
      },
    ];
    await events[Math.floor(next() * events.length)]?.();
  }

  it("holds what it promises, in 100,000 random sequences", async () => {
    for (let seed = 1; seed <= 100_000; seed += 1) {
      const next = random(seed);
      const bench = new Bench();
      bench.policy = policies[seed % 3] ?? "ask";
      const collection = new Collection();
      new TerminalEnvironment(
        collection as unknown as ConstructorParameters<typeof TerminalEnvironment>[0],
        bench.manager,
      );
      for (let count = 0; count < 12; count += 1) {
        await step(bench, next);
        check(bench, collection, `seed ${seed}, step ${count}`);
      }
    }
  }).timeout(120_000);
});
