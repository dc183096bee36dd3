import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentVariableCollection } from "vscode";
import { SharedConfigReader } from "../../src/aws/config/profiles.ts";
import { ExecutionMemory } from "../../src/aws/execution/executionMemory.ts";
import { type Role, rolesOfProfiles } from "../../src/aws/role/role.ts";
import { TerminalEnvironment } from "../../src/editor/terminalEnvironment.ts";
import { type AssumePorts, assume } from "../../src/session/assume.ts";
import { systemClock } from "../../src/session/clock.ts";
import { SessionManager } from "../../src/session/sessionManager.ts";
import { SessionStore } from "../../src/session/store/sessionStore.ts";
import { SharedFolder } from "../../src/session/store/sharedFolder.ts";
import { SharedSecrets } from "../../src/session/store/sharedSecrets.ts";
import { loadExecution, loadSdk, loadSharedConfigLoader } from "./bundles.ts";
import { serve } from "./serve.ts";

/** A role to assume: through the extension's parts, by its profile, or by the SDK alone, by its ARN. */
export type AssumingTask = { readonly profile: string } | { readonly roleArn: string };

const sessionName = "bench";
const config = new SharedConfigReader(process.env, loadSharedConfigLoader);

const stored = new Map<string, string>();
/** What takes no time in memory takes the editor a message to its main process. */
const secrets = new SharedSecrets(
  {
    get: async (key) => stored.get(key),
    store: async (key, value) => void stored.set(key, value),
    delete: async (key) => void stored.delete(key),
    onDidChange: () => ({ dispose: () => undefined }),
  },
  () => undefined,
);

const ports: AssumePorts = {
  environment: process.env,
  readConfig: () => config.read(),
  sessionName: () => sessionName,
  loadExecution,
  loadSdk,
  sso: () => Promise.reject(new Error("The bench signs nobody in.")),
  now: systemClock.now,
  memory: new ExecutionMemory(secrets),
  sessions: new SessionStore(secrets),
  folder: new SharedFolder(join(tmpdir(), `assume-role-bench-${process.pid}`), () => undefined),
  askMfaCode: async () => undefined,
  mfaSessionSeconds: () => undefined,
  untrustedFolders: () => [],
  onCall: () => undefined,
  onNote: () => undefined,
};

let replacedAt = 0;
const collection = {
  clear: () => undefined,
  delete: () => undefined,
  replace: () => {
    replacedAt = performance.now();
  },
} as unknown as EnvironmentVariableCollection;

const sessions = new SessionManager({
  assume: (request, signal) => assume(request, ports, signal),
  clock: systemClock,
  renewal: () => ({ policy: "never", warningMs: 0 }),
  random: Math.random,
  warn: () => undefined,
});
new TerminalEnvironment(collection, sessions);

// Ms.
serve<AssumingTask, number>((task) =>
  "profile" in task ? untilEnvironmentReady(task.profile) : roundTrip(task.roleArn),
);

/** From the role that was picked to the last variable that terminals get. */
async function untilEnvironmentReady(profile: string): Promise<number> {
  const role = await roleNamed(profile);
  const startedAt = performance.now();
  const outcome = await sessions.assume(role, "renew");
  if (outcome.kind !== "assumed") throw new Error(`${profile}: ${JSON.stringify(outcome)}`);
  return replacedAt - startedAt;
}

/** The picker has read the files before, so that is not part of it. */
async function roleNamed(profile: string): Promise<Role> {
  const role = rolesOfProfiles(await config.read()).find(({ name }) => name === profile);
  if (role === undefined) throw new Error(`There is no role "${profile}".`);
  return role;
}

let kept: InstanceType<Awaited<ReturnType<typeof loadSdk>>["STSClient"]> | undefined;

/** The least that a program on this SDK can do: one client, kept, with its connection. */
async function roundTrip(roleArn: string): Promise<number> {
  const keys = (await config.read()).profiles.get("default")?.properties;
  const credentials = {
    accessKeyId: keys?.["aws_access_key_id"] ?? "",
    secretAccessKey: keys?.["aws_secret_access_key"] ?? "",
  };
  const startedAt = performance.now();
  const { AssumeRoleCommand, STSClient } = await loadSdk();
  kept ??= new STSClient({ region: keys?.["region"] ?? "us-east-1", credentials });
  await kept.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: sessionName }));
  return performance.now() - startedAt;
}
