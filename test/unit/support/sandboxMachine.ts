import { NeedsUser } from "../../../src/aws/calls/needsUser.ts";
import type { ServiceCall } from "../../../src/aws/calls/serviceCall.ts";
import { SharedConfigReader } from "../../../src/aws/config/profiles.ts";
import type { MfaRequest } from "../../../src/aws/execution/execute.ts";
import { ExecutionMemory } from "../../../src/aws/execution/executionMemory.ts";
import { loadExecution, loadSdk, loadSharedConfigLoader } from "../../../src/aws/lazy/index.ts";
import { type Role, rolesOfProfiles } from "../../../src/aws/role/role.ts";
import { SsoAccess } from "../../../src/aws/sso/access.ts";
import { type AssumeOutcome, type AssumeRequest, assume } from "../../../src/session/assume.ts";
import type { Session } from "../../../src/session/session.ts";
import { SessionStore } from "../../../src/session/store/sessionStore.ts";
import { SharedFolder } from "../../../src/session/store/sharedFolder.ts";
import { SharedSecrets } from "../../../src/session/store/sharedSecrets.ts";
import { DEMO, type Sandbox, totp } from "../../sandbox/index.ts";
import { SecretStorageStub } from "./secretStorageStub.ts";
import { SignInStub } from "./signInStub.ts";
import type { TempFolder } from "./tempFolder.ts";

/** What a machine needs of its AWS. */
export interface MachineAws {
  readonly url: string;
  readonly clock: Pick<Sandbox["clock"], "now" | "advance">;
}

/** A machine whose AWS is a sandbox, with config files of its own: the whole way but for the editor. */
export class SandboxMachine {
  readonly memory: ExecutionMemory;
  readonly secrets: SharedSecrets;
  readonly storage: SecretStorageStub;
  readonly sessions: SessionStore;
  readonly folder: SharedFolder;
  readonly calls: ServiceCall[] = [];
  readonly notes: string[] = [];
  readonly mfaRequests: MfaRequest[] = [];
  /** What the user answers when asked for a code. */
  answerMfa: (request: MfaRequest) => string | undefined;
  mfaSessionSeconds: number | undefined;
  /** How far this machine's clock is ahead of AWS's. Ms. */
  clockOffsetMs = 0;
  untrustedFolders: readonly string[] = [];
  readonly signIns: SignInStub;
  readonly sso: SsoAccess;
  readonly #sandbox: MachineAws;
  readonly #environment: Record<string, string>;
  readonly #reader: SharedConfigReader;

  /** @param shared what all windows of the machine store; a machine of its own if left out. */
  constructor(
    sandbox: MachineAws,
    folder: TempFolder,
    environment: Record<string, string> = {},
    shared: SecretStorageStub = new SecretStorageStub(),
  ) {
    this.#sandbox = sandbox;
    this.#environment = {
      HOME: folder.path(),
      AWS_ENDPOINT_URL: sandbox.url,
      ...environment,
    };
    this.#reader = new SharedConfigReader(this.#environment, loadSharedConfigLoader);
    this.signIns = new SignInStub(sandbox);
    this.storage = shared;
    this.secrets = new SharedSecrets(shared, () => this.notes.push("no secret storage"));
    this.sessions = new SessionStore(this.secrets);
    this.memory = new ExecutionMemory(this.secrets);
    this.folder = new SharedFolder(folder.path("shared"), (code) => this.notes.push(code));
    this.sso = new SsoAccess({
      environment: this.#environment,
      secrets: this.secrets,
      prompts: this.signIns,
      sleep: (ms, signal) => this.signIns.sleep(ms, signal),
      now: () => sandbox.clock.now() + this.clockOffsetMs,
      onCall: (call) => this.calls.push(call),
    });
    this.answerMfa = () => totp(DEMO.mfaSecret, sandbox.clock.now());
  }

  /** Writes the profiles, beside a default one with the keys of the demo's user. */
  static async write(folder: TempFolder, profiles: string): Promise<void> {
    await folder.write(".aws/config", profiles);
    await folder.write(
      ".aws/credentials",
      `[default]\naws_access_key_id = ${DEMO.accessKeyId}\naws_secret_access_key = ${DEMO.secretAccessKey}\n`,
    );
  }

  async role(name: string): Promise<Role> {
    const roles = rolesOfProfiles(await this.#reader.read());
    const role = roles.find((candidate) => candidate.name === name);
    if (role === undefined) throw new Error(`No profile "${name}" names a role.`);
    return role;
  }

  async assume(role: Role | string): Promise<AssumeOutcome> {
    const wanted = typeof role === "string" ? await this.role(role) : role;
    return this.attempt({ role: wanted, manner: "renew" });
  }

  attempt(request: AssumeRequest, signal = new AbortController().signal): Promise<AssumeOutcome> {
    return assume(
      request,
      {
        environment: this.#environment,
        readConfig: () => this.#reader.read(),
        sessionName: () => "me-vscode",
        loadExecution,
        loadSdk,
        sso: async () => this.sso,
        memory: this.memory,
        sessions: this.sessions,
        folder: this.folder,
        now: () => this.#sandbox.clock.now() + this.clockOffsetMs,
        askMfaCode: async (request) => {
          if (!request.mayAsk) throw new NeedsUser("A code is needed.");
          this.mfaRequests.push(request);
          return this.answerMfa(request);
        },
        mfaSessionSeconds: () => this.mfaSessionSeconds,
        untrustedFolders: () => this.untrustedFolders,
        onCall: (call) => this.calls.push(call),
        onNote: (note) => this.notes.push(note),
      },
      signal,
    );
  }

  /** The session of a role that is to be assumed without a hitch. */
  async session(role: Role | string): Promise<Session> {
    const outcome = await this.assume(role);
    if (outcome.kind === "assumed") return outcome.session;
    throw new Error(`Not assumed: ${JSON.stringify(outcome)}`);
  }

  /** The operations that were called since the last time. */
  operations(): string[] {
    return this.calls.splice(0).map(({ operation }) => operation);
  }
}
