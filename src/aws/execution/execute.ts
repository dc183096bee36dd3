import { baseCredentials } from "../bases/baseCredentials.ts";
import { Cancelled, isCancelled } from "../calls/cancelled.ts";
import type { AssumedRole, BaseCredentials, Credentials } from "../calls/credentials.ts";
import { isNeedsUser } from "../calls/needsUser.ts";
import { type RawError, rawError } from "../calls/rawError.ts";
import type { ServiceCall } from "../calls/serviceCall.ts";
import { isRoleBase, nameOfBase } from "../chain/base.ts";
import type { Plan } from "../chain/chain.ts";
import type { AssumeRoleStep } from "../chain/step.ts";
import type { Environment, SharedConfig } from "../config/profiles.ts";
import { targetOf } from "../role/role.ts";
import type { SsoAccess } from "../sso/access.ts";
import {
  assumeRole,
  getSessionToken,
  type MfaProof,
  type RoleSession,
  type TemporaryCredentials,
} from "../sts/sts.ts";
import type { Sdk } from "../sts/stsCall.ts";
import { type StsContext, StsError } from "../sts/stsCall.ts";
import { gatherEvidence, type MfaShown } from "./evidence.ts";
import type { ExecutionMemory } from "./executionMemory.ts";
import type { Failure } from "./failure.ts";

/** What is asked of the user for a device. */
export interface MfaRequest {
  readonly serial: string;
  /** What it is for: the ARN of a role. */
  readonly target: string;
  /** Whether the code that was given before was wrong, or used already. */
  readonly refused: boolean;
  /** Whether a person may be asked; if not, and there is no other way to a code, `NeedsUser` is thrown. */
  readonly mayAsk: boolean;
}

/** What an execution needs from outside. */
export interface ExecutionPorts {
  readonly environment: Environment;
  readonly loadSdk: () => Promise<Sdk>;
  /** Access to Identity Center, which is loaded when a role needs it. */
  readonly sso: () => Promise<Pick<SsoAccess, "credentials">>;
  readonly memory: ExecutionMemory;
  /** Epoch ms. */
  readonly now: () => number;
  /** Whether the user may be asked for anything. */
  readonly mayAsk: boolean;
  /** Six digits, or `undefined` to give up. */
  readonly askMfaCode: (request: MfaRequest, signal: AbortSignal) => Promise<string | undefined>;
  /** How long an MFA session is to last, in seconds; AWS's own default is 12 hours. */
  readonly mfaSessionSeconds: () => number | undefined;
  /** Folders from whose files no program may be run: those of a workspace that isn't trusted. */
  readonly untrustedFolders: () => readonly string[];
  readonly onCall: (call: ServiceCall) => void;
  /** A sentence for the log. */
  readonly onNote: (note: string) => void;
}

/** How an attempt to assume a role ended. */
export type Outcome =
  | { readonly kind: "assumed"; readonly assumed: AssumedRole }
  | { readonly kind: "failed"; readonly failure: Failure }
  | { readonly kind: "cancelled" }
  /** The user would have had to be asked. */
  | { readonly kind: "needs-user" };

/**
 * Gets the base's credentials and makes one STS call a step; what an earlier execution left is used
 * again. Nothing is thrown: the outcome is a value. An abort of the signal cancels.
 */
export async function executePlan(
  plan: Plan,
  config: SharedConfig,
  ports: ExecutionPorts,
  signal: AbortSignal,
): Promise<Outcome> {
  const sts = stsContext(plan, await ports.loadSdk(), ports, signal);
  let base: BaseCredentials;
  try {
    base = await rememberedBase(plan, config, sts, ports);
  } catch (thrown) {
    if (signal.aborted || isCancelled(thrown)) return { kind: "cancelled" };
    if (isNeedsUser(thrown)) return { kind: "needs-user" };
    const cause = thrown instanceof StsError ? thrown.raw : rawError(thrown);
    return { kind: "failed", failure: { kind: "base", base: plan.base, cause } };
  }
  return new Execution(plan, sts, ports).run(base);
}

function stsContext(
  { stsRegion: region, endpoint, globalEndpoint }: Plan,
  sdk: Sdk,
  { now, onCall }: ExecutionPorts,
  signal: AbortSignal,
): StsContext {
  return {
    sdk,
    region,
    ...(endpoint && { endpoint }),
    ...(globalEndpoint && { globalEndpoint }),
    signal,
    now,
    onCall,
  };
}

async function rememberedBase(
  plan: Plan,
  config: SharedConfig,
  sts: StsContext,
  { environment, mayAsk, memory, now, onNote, sso, untrustedFolders }: ExecutionPorts,
): Promise<BaseCredentials> {
  const key = JSON.stringify(plan.base);
  const known = memory.base(config, key, now());
  if (known !== undefined) return known;
  const { sdk, region, signal } = sts;
  const startedAt = now();
  const base = await baseCredentials(plan.base, {
    config,
    environment,
    sdk,
    region,
    sso,
    mayAsk,
    sts,
    untrustedFolders: untrustedFolders(),
    signal,
    now,
  });
  const end =
    base.expiration === undefined ? "" : ` until ${new Date(base.expiration).toISOString()}`;
  onNote(`Got ${nameOfBase(plan.base)}${end} (${Math.round(now() - startedAt)} ms)`);
  memory.keepBase(config, key, base);
  return base;
}

/** Who makes the next call, and the key of that session if an earlier execution left it. */
interface Caller {
  readonly credentials: Credentials;
  readonly remembered?: string;
}

class Execution {
  readonly #plan: Plan;
  readonly #ports: ExecutionPorts;
  readonly #sts: StsContext;

  constructor(plan: Plan, sts: StsContext, ports: ExecutionPorts) {
    this.#plan = plan;
    this.#ports = ports;
    this.#sts = sts;
  }

  async run(base: BaseCredentials): Promise<Outcome> {
    const { steps } = this.#plan;
    let session: RoleSession | undefined;
    let caller: Caller = { credentials: base.credentials };
    let mfaSerial: string | undefined;
    for (const [index, step] of steps.entries()) {
      try {
        if (index === 0) {
          mfaSerial = this.#deviceForAll(caller.credentials);
          if (mfaSerial !== undefined)
            caller = await this.#mfaCaller(mfaSerial, caller.credentials);
        }
        const key = this.#keyOfStep(index, base);
        const isLast = index === steps.length - 1;
        const known = isLast
          ? undefined
          : await this.#ports.memory.session<RoleSession>(key, this.#ports.now());
        session = known ?? (await this.#step(step, caller.credentials, mfaSerial));
        if (!isLast) await this.#ports.memory.keepSession(key, session);
        caller = { credentials: session.credentials, ...(known && { remembered: key }) };
      } catch (thrown) {
        if (caller.remembered !== undefined)
          await this.#ports.memory.dropSession(caller.remembered);
        return this.#refusal(index, caller.credentials, mfaSerial, thrown);
      }
    }
    return { kind: "assumed", assumed: session ?? roleOfBase(base, this.#ports.now()) };
  }

  /**
   * The device whose session serves the whole chain. Only permanent credentials get such a session;
   * with others each step shows its own code.
   */
  #deviceForAll(credentials: Credentials): string | undefined {
    const serial = this.#plan.steps.find((step) => step.mfaSerial !== undefined)?.mfaSerial;
    if (serial === undefined || credentials.sessionToken === undefined) return serial;
    this.#ports.onNote(
      `The MFA code of ${serial} is asked for each role: STS gives MFA sessions to permanent credentials only, and these, from ${nameOfBase(this.#plan.base)}, are temporary.`,
    );
    return undefined;
  }

  async #mfaCaller(serial: string, credentials: Credentials): Promise<Caller> {
    const { memory, now, mfaSessionSeconds } = this.#ports;
    const place = this.#plan.endpoint ?? this.#plan.stsRegion;
    const key = JSON.stringify(["mfa", credentials.accessKeyId, serial, place]);
    const known = await memory.session<TemporaryCredentials>(key, now());
    if (known !== undefined) return { credentials: known.credentials, remembered: key };
    const session = await this.#withCode(serial, targetOf(this.#plan.role), (mfa) =>
      getSessionToken(credentials, mfa, mfaSessionSeconds(), this.#sts),
    );
    await memory.keepSession(key, session);
    return { credentials: session.credentials };
  }

  #step(
    step: AssumeRoleStep,
    caller: Credentials,
    shownSerial: string | undefined,
  ): Promise<RoleSession> {
    const serial = step.mfaSerial;
    if (serial === undefined || serial === shownSerial) {
      if (this.#sts.signal.aborted) throw new Cancelled("The user gave up.");
      return assumeRole(step, caller, undefined, this.#sts);
    }
    return this.#withCode(serial, step.roleArn, (mfa) => assumeRole(step, caller, mfa, this.#sts));
  }

  /** Asks for a code, and again as often as it is wrong. A code is sent once. */
  async #withCode<Result>(
    serial: string,
    target: string,
    call: (mfa: MfaProof) => Promise<Result>,
  ): Promise<Result> {
    for (let refused = false; ; refused = true) {
      const request = { serial, target, refused, mayAsk: this.#ports.mayAsk };
      const code = await this.#ports.askMfaCode(request, this.#sts.signal);
      if (code === undefined || this.#sts.signal.aborted) throw new Cancelled("The user gave up.");
      if (!this.#ports.memory.useCode(serial, code, this.#ports.now())) continue;
      try {
        return await call({ serial, code });
      } catch (thrown) {
        if (!isWrongCode(thrown)) throw thrown;
      }
    }
  }

  /** Steps are the same if all that leads to them is: the base's key, place and every parameter. */
  #keyOfStep(index: number, base: BaseCredentials): string {
    const { steps, stsRegion, endpoint } = this.#plan;
    const { accessKeyId } = base.credentials;
    return JSON.stringify(["step", accessKeyId, endpoint ?? stsRegion, steps.slice(0, index + 1)]);
  }

  async #refusal(
    index: number,
    caller: Credentials,
    mfaSerial: string | undefined,
    thrown: unknown,
  ): Promise<Outcome> {
    const step = this.#plan.steps[index];
    if (this.#sts.signal.aborted || isCancelled(thrown) || !step) return { kind: "cancelled" };
    if (isNeedsUser(thrown)) return { kind: "needs-user" };
    const { base, stsRegion: region, endpoint } = this.#plan;
    const { raw, clockSkewMs } =
      thrown instanceof StsError ? thrown : { raw: rawError(thrown), clockSkewMs: undefined };
    const chained = index > 0 || isRoleBase(base);
    const mfa = mfaShown(step, caller, mfaSerial, chained);
    return {
      kind: "failed",
      failure: {
        kind: "call",
        base,
        step,
        chained,
        region,
        cause: raw,
        ...(endpoint && { endpoint }),
        ...(clockSkewMs !== undefined && { clockSkewMs }),
        ...(isDenial(raw) && {
          evidence: await gatherEvidence(raw.message, caller, mfa, this.#sts),
        }),
      },
    };
  }
}

function isDenial({ code }: RawError): boolean {
  return code === "AccessDenied" || code === "AccessDeniedException";
}

function mfaShown(
  step: AssumeRoleStep,
  caller: Credentials,
  mfaSerial: string | undefined,
  chained: boolean,
): MfaShown {
  if (chained) return "not-shown";
  if (mfaSerial !== undefined || step.mfaSerial !== undefined) return "shown";
  return caller.sessionToken === undefined ? "not-shown" : "unknown";
}

/** AWS has no code of its own for it. */
function isWrongCode(thrown: unknown): boolean {
  return (
    thrown instanceof StsError &&
    thrown.raw.code === "AccessDenied" &&
    /MultiFactorAuthentication failed/i.test(thrown.raw.message) &&
    /pass ?code/i.test(thrown.raw.message)
  );
}

/** Of a plan without a step, such as a web identity's, the base is the role. */
function roleOfBase(base: BaseCredentials, now: number): AssumedRole {
  return {
    credentials: base.credentials,
    ...(base.assumedRoleArn && { assumedRoleArn: base.assumedRoleArn }),
    expiration: base.expiration ?? now + 3_600_000,
    clockSkewMs: base.clockSkewMs ?? 0,
  };
}
