import { baseCredentials } from "./baseCredentials.ts";
import type { BaseCredentials } from "./bases/context.ts";
import type { Plan } from "./chain.ts";
import type { AssumedRole, Credentials } from "./credentials.ts";
import { type Failure, rawError } from "./failure.ts";
import type { Sdk } from "./lazy/index.ts";
import type { Environment, SharedConfig } from "./profiles.ts";
import type { AssumeRoleStep } from "./step.ts";
import { assumeRole, type StsCall, StsError, type StsSession } from "./sts.ts";

/** What is asked of the user for a step that wants MFA. */
export interface MfaRequest {
  readonly serial: string;
  readonly roleArn: string;
  /** Whether AWS refused the code that was given before. */
  readonly refused: boolean;
}

/** What an execution needs from outside. */
export interface ExecutionPorts {
  readonly environment: Environment;
  readonly loadSdk: () => Promise<Sdk>;
  /** Epoch ms. */
  readonly now: () => number;
  /** Six digits, or `undefined` to give up. */
  readonly askMfaCode: (request: MfaRequest, signal: AbortSignal) => Promise<string | undefined>;
  readonly onCall: (call: StsCall) => void;
}

/** How an attempt to assume a role ended. */
export type Outcome =
  | { readonly kind: "assumed"; readonly assumed: AssumedRole }
  | { readonly kind: "failed"; readonly failure: Failure }
  | { readonly kind: "cancelled" };

/**
 * Gets the base's credentials and makes one STS call a step. Nothing is thrown: the outcome is a
 * value. An abort of the signal cancels.
 */
export async function executePlan(
  plan: Plan,
  config: SharedConfig,
  ports: ExecutionPorts,
  signal: AbortSignal,
): Promise<Outcome> {
  const sdk = await ports.loadSdk();
  let base: BaseCredentials;
  try {
    const { environment, now } = ports;
    const region = plan.stsRegion;
    base = await baseCredentials(plan.base, { config, environment, sdk, region, signal, now });
  } catch (thrown) {
    if (signal.aborted) return { kind: "cancelled" };
    return { kind: "failed", failure: { kind: "base", base: plan.base, cause: rawError(thrown) } };
  }
  return new Execution(plan, sdk, ports, signal).run(base);
}

class Execution {
  readonly #plan: Plan;
  readonly #sdk: Sdk;
  readonly #ports: ExecutionPorts;
  readonly #signal: AbortSignal;

  constructor(plan: Plan, sdk: Sdk, ports: ExecutionPorts, signal: AbortSignal) {
    this.#plan = plan;
    this.#sdk = sdk;
    this.#ports = ports;
    this.#signal = signal;
  }

  async run(base: BaseCredentials): Promise<Outcome> {
    let caller = base.credentials;
    let session: StsSession | undefined;
    for (const step of this.#plan.steps) {
      if (this.#signal.aborted) return { kind: "cancelled" };
      try {
        session = await this.#step(step, caller);
      } catch (thrown) {
        return this.#refusal(step, session !== undefined, thrown);
      }
      if (session === undefined) return { kind: "cancelled" };
      caller = session.credentials;
    }
    return { kind: "assumed", assumed: session ?? roleOfBase(this.#plan, base, this.#ports.now()) };
  }

  /** Asks for a code as often as AWS refuses one. `undefined` if the user gave up. */
  async #step(step: AssumeRoleStep, caller: Credentials): Promise<StsSession | undefined> {
    const serial = step.mfaSerial;
    if (serial === undefined) return this.#call(step, caller, undefined);
    for (let refused = false; ; refused = true) {
      const request = { serial, roleArn: step.roleArn, refused };
      const code = await this.#ports.askMfaCode(request, this.#signal);
      if (code === undefined || this.#signal.aborted) return undefined;
      try {
        return await this.#call(step, caller, { serial, code });
      } catch (thrown) {
        if (!isWrongCode(thrown)) throw thrown;
      }
    }
  }

  #call(
    step: AssumeRoleStep,
    caller: Credentials,
    mfa: { readonly serial: string; readonly code: string } | undefined,
  ): Promise<StsSession> {
    const { stsRegion: region, endpoint } = this.#plan;
    return assumeRole(step, caller, mfa, {
      sdk: this.#sdk,
      region,
      ...(endpoint && { endpoint }),
      signal: this.#signal,
      now: this.#ports.now,
      onCall: this.#ports.onCall,
    });
  }

  #refusal(step: AssumeRoleStep, chained: boolean, thrown: unknown): Outcome {
    if (this.#signal.aborted) return { kind: "cancelled" };
    const { base, stsRegion: region, endpoint } = this.#plan;
    const { raw, clockSkewMs } =
      thrown instanceof StsError ? thrown : { raw: rawError(thrown), clockSkewMs: undefined };
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
      },
    };
  }
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

/** A web identity is exchanged for the role at once: its base is the role. */
function roleOfBase(plan: Plan, base: BaseCredentials, now: number): AssumedRole {
  return {
    credentials: base.credentials,
    assumedRoleArn: plan.role.roleArn,
    expiration: base.expiration ?? now + 3_600_000,
    clockSkewMs: 0,
  };
}
