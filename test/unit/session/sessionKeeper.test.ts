import assert from "node:assert/strict";
import type { Role } from "../../../src/aws/role/role.ts";
import { SessionKeeper } from "../../../src/session/sessionKeeper.ts";
import { SessionManager } from "../../../src/session/sessionManager.ts";
import { CANARY, DEMO, demoWorld, type Sandbox, startSandbox } from "../../sandbox/index.ts";
import { FakeClock } from "../support/fakeClock.ts";
import { SandboxMachine } from "../support/sandboxMachine.ts";
import { SecretStorageStub } from "../support/secretStorageStub.ts";
import { tempFolder } from "../support/tempFolder.ts";

const minuteMs = 60_000;

const profiles = `
[profile reader]
role_arn = ${DEMO.roles.readOnly}
source_profile = default
[profile hub]
role_arn = ${DEMO.roles.hub}
source_profile = default
[profile admin]
role_arn = ${DEMO.roles.admin}
source_profile = default
mfa_serial = ${DEMO.mfaSerial}
[profile brief]
role_arn = ${DEMO.roles.readOnly}
source_profile = default
duration_seconds = 900
[profile audit]
role_arn = ${DEMO.roles.readOnly}
source_profile = default
mfa_serial = ${DEMO.mfaSerial}
`;

/** A window of the editor, with the workspace that is open in it. */
class Window {
  readonly machine: SandboxMachine;
  readonly sessions: SessionManager;
  readonly keeper: SessionKeeper;
  readonly warned: string[] = [];

  constructor(machine: SandboxMachine, clock: FakeClock, workspace: Map<string, unknown>) {
    this.machine = machine;
    this.sessions = new SessionManager({
      assume: (request, signal) => machine.attempt(request, signal),
      clock,
      renewal: () => ({ policy: "automatic", warningMs: 10 * minuteMs }),
      random: () => 0,
      warn: ({ role }) => this.warned.push(role.name),
    });
    this.keeper = new SessionKeeper({
      sessions: this.sessions,
      store: machine.sessions,
      secrets: machine.secrets,
      folder: machine.folder,
      clock,
      memory: {
        get: <Value>(key: string) => workspace.get(key) as Value | undefined,
        update: async (key, value) =>
          void workspace.set(key, JSON.parse(JSON.stringify(value ?? null)) ?? undefined),
      },
    });
  }

  async assume(name: string): Promise<void> {
    const role: Role = await this.machine.role(name);
    const { kind } = await this.sessions.assume(role);
    assert.equal(kind, "assumed");
  }

  get keyId(): string | undefined {
    const { state } = this.sessions;
    return "session" in state ? state.session.credentials.accessKeyId : undefined;
  }
}

describe("the session of windows", () => {
  const folder = tempFolder();
  let sandbox: Sandbox;
  let clock: FakeClock;
  let storage: SecretStorageStub;
  let windows: Window[];

  beforeEach(async () => {
    clock = new FakeClock(Date.now());
    sandbox = await startSandbox({
      world: demoWorld(),
      clock: { now: clock.now, advance: (ms) => clock.advance(ms), set: () => undefined },
    });
    storage = new SecretStorageStub();
    windows = [];
    await SandboxMachine.write(folder, profiles);
  });

  afterEach(async () => {
    for (const { sessions, keeper } of windows) {
      keeper.dispose();
      sessions.dispose();
    }
    await sandbox.stop();
  });

  function open(workspace = new Map<string, unknown>()): Window {
    const machine = new SandboxMachine(sandbox, folder, {}, storage);
    const window = new Window(machine, clock, workspace);
    windows.push(window);
    return window;
  }

  /** Until all that was begun has come to rest. */
  const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60));
  async function until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise(setImmediate);
  }

  /** Each call counts once: the SDK repeats one where the sandbox's clock is not the machine's. */
  const calls = (): string[] =>
    windows.flatMap(({ machine }) => machine.calls.map(({ operation }) => operation));

  it("is there again after a reload, without a call", async () => {
    const workspace = new Map<string, unknown>();
    const before = open(workspace);
    await before.assume("reader");
    await rest();
    assert.ok(!JSON.stringify([...workspace]).includes(CANARY));
    before.keeper.dispose();
    before.sessions.dispose();
    const after = open(workspace);
    await after.keeper.restore();
    assert.equal(after.sessions.state.kind, "active");
    assert.equal(after.keyId !== undefined, true);
    assert.deepEqual(calls(), ["AssumeRole"]);
  });

  it("is shown as expired if it ended meanwhile, and not assumed again", async () => {
    const workspace = new Map<string, unknown>();
    await open(workspace).assume("reader");
    await rest();
    windows[0]?.keeper.dispose();
    windows[0]?.sessions.dispose();
    clock.sleep(61 * minuteMs);
    const after = open(workspace);
    await after.keeper.restore();
    assert.equal(after.sessions.state.kind, "expired");
    await rest();
    assert.deepEqual(calls(), ["AssumeRole"]);
  });

  it("is not there again after it was dropped", async () => {
    const workspace = new Map<string, unknown>();
    const before = open(workspace);
    await before.assume("reader");
    await before.keeper.drop("here");
    await rest();
    const after = open(workspace);
    await after.keeper.restore();
    assert.equal(after.sessions.state.kind, "none");
    assert.ok(![...storage.stored.keys()].some((key) => key.startsWith("session.")));
  });

  it("serves the next window that wants the same role, without a call", async () => {
    const [one, two] = [open(), open()];
    await one.assume("reader");
    await two.assume("reader");
    assert.equal(one.keyId, two.keyId);
    assert.deepEqual(calls(), ["AssumeRole"]);
    await two.assume("hub");
    assert.notEqual(one.keyId, two.keyId);
  });

  it("is got once where two windows want it at the same time", async () => {
    const [one, two] = [open(), open()];
    await Promise.all([one.assume("reader"), two.assume("reader")]);
    assert.equal(one.keyId, two.keyId);
    assert.deepEqual(calls(), ["AssumeRole"]);
  });

  it("shares an MFA session between windows and roles", async () => {
    const [one, two] = [open(), open()];
    await one.assume("admin");
    await two.assume("audit");
    assert.equal(two.machine.mfaRequests.length, 0);
    assert.deepEqual(calls(), ["GetSessionToken", "AssumeRole", "AssumeRole"]);
  });

  it("is renewed by one window, and the others take over what it got", async () => {
    const [one, two] = [open(), open()];
    await one.assume("reader");
    await two.assume("reader");
    const before = one.keyId;
    clock.advance(44 * minuteMs);
    await rest();
    assert.notEqual(one.keyId, before);
    assert.equal(one.keyId, two.keyId);
    assert.deepEqual(calls(), ["AssumeRole", "AssumeRole"]);
    assert.deepEqual([...one.warned, ...two.warned], []);
  });

  it("of fifteen minutes lasts a working day, by one call every ten minutes", async () => {
    const window = open();
    await window.assume("brief");
    const keys = new Set([window.keyId]);
    for (let minute = 0; minute < 8 * 60; minute += 1) {
      clock.advance(minuteMs);
      await until(() => {
        const { state } = window.sessions;
        return "session" in state && !state.renewal.isUnderWay;
      });
      keys.add(window.keyId);
    }
    assert.equal(keys.size, 49);
    assert.deepEqual(window.warned, []);
  }).timeout(30_000);

  it("waits for the user where its MFA session has ended, and goes on when another window has one", async () => {
    const [one, two] = [open(), open()];
    await one.assume("admin");
    for (const key of storage.stored.keys()) {
      if (key.startsWith("memory.")) storage.stored.delete(key);
    }
    clock.advance(44 * minuteMs);
    await rest();
    const { state } = one.sessions;
    assert.equal("session" in state && state.renewal.obstacle, "needs-user");
    const before = one.keyId;
    await two.assume("audit");
    await rest();
    assert.notEqual(one.keyId, before);
    assert.equal(one.machine.mfaRequests.length, 1, "for the first time only");
  });

  it("stays with the others when one window drops it, and leaves all when it is dropped everywhere", async () => {
    const [one, two] = [open(), open()];
    await one.assume("reader");
    await two.assume("reader");
    await two.machine.folder.startUsing("stands for a process of its own");
    await two.keeper.drop("everywhere");
    await rest();
    assert.deepEqual([one.sessions.state.kind, two.sessions.state.kind], ["none", "none"]);
  });

  it("is forgotten with everything else", async () => {
    const [one, two] = [open(), open()];
    await one.assume("admin");
    await two.assume("reader");
    one.sessions.drop();
    const names = await one.machine.secrets.forgetAll();
    assert.deepEqual(
      names.map((name) => name.split(".")[0]),
      ["memory", "session", "session"],
    );
    await rest();
    assert.equal(two.sessions.state.kind, "none");
    assert.ok(![...storage.stored.values()].join().includes(CANARY));
  });

  it("is in memory only where there is no secret storage", async () => {
    storage.isBroken = true;
    const window = open();
    await window.assume("admin");
    await window.assume("audit");
    assert.equal(window.machine.mfaRequests.length, 1);
    assert.ok(window.machine.notes.includes("no secret storage"));
  });
});
