import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
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
[profile deploy]
role_arn = ${DEMO.roles.deploy}
source_profile = hub
[profile hub]
role_arn = ${DEMO.roles.hub}
source_profile = default
`;

describe("every fault at every operation", () => {
  const folder = tempFolder();
  let sandbox: Sandbox;
  let clock: FakeClock;
  let storage: SecretStorageStub;
  let machine: SandboxMachine;
  let sessions: SessionManager;
  let keeper: SessionKeeper;

  beforeEach(async () => {
    clock = new FakeClock(Date.now());
    sandbox = await startSandbox({
      world: demoWorld(),
      clock: { now: clock.now, advance: (ms) => clock.advance(ms), set: () => undefined },
    });
    storage = new SecretStorageStub();
    await SandboxMachine.write(folder, profiles);
    machine = new SandboxMachine(sandbox, folder, {}, storage);
    sessions = new SessionManager({
      assume: (request, signal) => machine.attempt(request, signal),
      clock,
      renewal: () => ({ policy: "automatic", warningMs: 10 * minuteMs }),
      random: () => 0,
      warn: () => undefined,
    });
    const workspace = new Map<string, unknown>();
    keeper = new SessionKeeper({
      sessions,
      store: machine.sessions,
      secrets: machine.secrets,
      folder: machine.folder,
      clock,
      memory: {
        get: <Value>(key: string) => workspace.get(key) as Value | undefined,
        update: async (key, value) => void workspace.set(key, value),
      },
    });
  });

  afterEach(async () => {
    keeper.dispose();
    sessions.dispose();
    await sandbox.stop();
  });

  /** What goes wrong from some moment on. */
  const faults: Readonly<Record<string, () => unknown>> = {
    "STS answers garbage": () => sandbox.faults.inject({ kind: "garbage" }, { times: 99 }),
    "STS cuts the connection": () => sandbox.faults.inject({ kind: "cut" }, { times: 99 }),
    "STS is down": () => sandbox.stop(),
    "STS throttles": () => sandbox.faults.inject({ kind: "throttling" }, { times: 99 }),
    "STS answers 5xx": () => sandbox.faults.inject({ kind: "service-unavailable" }, { times: 99 }),
    "the config is deleted": () => rm(folder.path(".aws"), { recursive: true }),
    "the config is another": () => folder.write(".aws/config", "[profile other]\nregion = x\n"),
    "the config is garbage": () => folder.write(".aws/config", "\0[[[\n=\n"),
    "the key is another's": () =>
      folder.write(
        ".aws/credentials",
        "[default]\naws_access_key_id = AKIANOBODY0000000001\naws_secret_access_key = x\n",
      ),
    "there is no secret storage": () => {
      storage.isBroken = true;
    },
    "what is stored is garbage": () => {
      for (const key of storage.stored.keys()) storage.stored.set(key, "{");
    },
    "the shared folder can't be written": async () => {
      await rm(folder.path("shared"), { recursive: true, force: true });
      await folder.write("shared", "a file, not a folder");
    },
    "the machine sleeps past every end": () => clock.sleep(3 * 60 * minuteMs),
  };

  /** What is done after the fault, in a window that works as `reader`. */
  const operations: Readonly<Record<string, () => Promise<unknown>>> = {
    "assuming another role": async () => sessions.assume(await roleOf("deploy")),
    "renewing it": async () => sessions.renew()?.outcome,
    "renewing it silently": async () => {
      clock.advance(44 * minuteMs);
      await settled();
    },
    "restoring it": () => keeper.restore(),
    "dropping it": () => keeper.drop("here"),
    "dropping it everywhere": () => keeper.drop("everywhere"),
    "forgetting everything": async () => {
      sessions.drop();
      await machine.secrets.forgetAll();
    },
  };

  const roles = new Map<string, Awaited<ReturnType<SandboxMachine["role"]>>>();

  async function roleOf(name: string) {
    const role = roles.get(name) ?? (await machine.role(name));
    roles.set(name, role);
    return role;
  }

  /** Until nothing is under way. */
  async function settled(): Promise<void> {
    const isBusy = (): boolean => {
      const { state } = sessions;
      return state.assuming !== undefined || ("session" in state && state.renewal.isUnderWay);
    };
    do await new Promise((resolve) => setTimeout(resolve, 5));
    while (isBusy());
  }

  for (const [fault, happen] of Object.entries(faults)) {
    for (const [operation, run] of Object.entries(operations)) {
      it(`${operation}, when ${fault}`, async () => {
        await roleOf("deploy");
        await sessions.assume(await roleOf("reader"));
        await settled();
        await happen();
        await run();
        await settled();
        const { state } = sessions;
        assert.equal(state.assuming, undefined, "nothing is stuck");
        if ("session" in state) {
          assert.ok(state.session.expiresAt > clock.now(), "no ended session is held");
          const name = state.session.role.name === "deploy" ? "Deploy" : "ReadOnly";
          assert.match(state.session.assumedRoleArn ?? "", new RegExp(`/${name}/`));
        }
        assert.ok(clock.pending <= 1);
        assert.ok(!JSON.stringify([machine.calls, machine.notes]).includes(CANARY));
        sessions.drop();
        assert.equal(sessions.state.kind, "none", "there is always a way out");
      }).timeout(20_000);
    }
  }
});
