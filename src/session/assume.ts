import type { Plan } from "../aws/chain/chain.ts";
import { locateProfile } from "../aws/config/locate.ts";
import type { SharedConfig } from "../aws/config/profiles.ts";
import type { ExecutionPorts, Outcome } from "../aws/execution/execute.ts";
import type { Failure } from "../aws/execution/failure.ts";
import type { Explanation } from "../aws/explain/explanation.ts";
import type { ExecutionBundle } from "../aws/lazy/index.ts";
import type { Role } from "../aws/role/role.ts";
import { type Session, sessionOf } from "./session.ts";
import { type SessionStore, sessionId } from "./store/sessionStore.ts";
import type { SharedFolder } from "./store/sharedFolder.ts";

/**
 * `assume` takes a session that another window got, if most of its time is left; `renew` gets a new
 * one; `silent` renews without asking the user for anything.
 */
export type Manner = "assume" | "renew" | "silent";

/** What is attempted. */
export interface AssumeRequest {
  readonly role: Role;
  readonly manner: Manner;
  /** The session that is to be renewed, if the window has it. */
  readonly current?: Session;
}

/** How an attempt to get a session ended. */
export type AssumeOutcome =
  | { readonly kind: "assumed"; readonly session: Session }
  | {
      readonly kind: "failed";
      readonly failure: Failure;
      /** The failure in plain words. */
      readonly explanation: Explanation;
      /** Whether the same attempt may succeed later without a change by anyone. */
      readonly mayPass: boolean;
    }
  | { readonly kind: "cancelled" }
  /** Of a silent attempt: the user would have had to be asked. */
  | { readonly kind: "needs-user" };

/** What assuming needs from outside. */
export interface AssumePorts extends Omit<ExecutionPorts, "mayAsk"> {
  readonly loadExecution: () => Promise<ExecutionBundle>;
  readonly readConfig: () => Promise<SharedConfig>;
  /** The session name for roles that name none. */
  readonly sessionName: () => string;
  readonly sessions: SessionStore;
  readonly folder: SharedFolder;
}

/** Plans a role from the files as they are now, and carries the plan out. */
export async function assume(
  request: AssumeRequest,
  ports: AssumePorts,
  signal: AbortSignal,
): Promise<AssumeOutcome> {
  const { role } = request;
  const config = await ports.readConfig();
  const { environment } = ports;
  const bundle = await ports.loadExecution();
  const { plan, problem } = bundle.planChain(role, {
    config,
    environment,
    sessionName: ports.sessionName(),
  });
  if (problem) {
    const { profile, key } = problem;
    const place = profile && (await locateProfile(config.files, profile, key));
    const failure: Failure = { kind: "plan", problem, ...(place && { place }) };
    return failedOutcome(failure, role, bundle);
  }
  const attempt = new Attempt(plan, sessionId(plan, config, environment), request, ports);
  const outcome = await attempt.run(
    (mayAsk) => bundle.executePlan(plan, config, { ...ports, mayAsk }, signal),
    signal,
  );
  return outcome.kind === "failed" ? failedOutcome(outcome.failure, role, bundle) : outcome;
}

function failedOutcome(failure: Failure, role: Role, bundle: ExecutionBundle): AssumeOutcome {
  const explanation = bundle.explain(failure, role);
  return { kind: "failed", failure, explanation, mayPass: bundle.mayPass(failure) };
}

type AttemptOutcome =
  | Exclude<Outcome, { readonly kind: "assumed" }>
  | { readonly kind: "assumed"; readonly session: Session };

/** One window at a time gets a session by a plan; the others take over what it got. */
class Attempt {
  readonly #plan: Plan;
  readonly #id: string;
  readonly #request: AssumeRequest;
  readonly #ports: AssumePorts;

  constructor(plan: Plan, id: string, request: AssumeRequest, ports: AssumePorts) {
    this.#plan = plan;
    this.#id = id;
    this.#request = request;
    this.#ports = ports;
  }

  async run(
    execute: (mayAsk: boolean) => Promise<Outcome>,
    signal: AbortSignal,
  ): Promise<AttemptOutcome> {
    const { folder, now, sessions } = this.#ports;
    try {
      return await folder.exclusively(this.#id, signal, async () => {
        const shared = await sessions.load(this.#id, now());
        if (shared !== undefined && this.#isWelcome(shared)) {
          return { kind: "assumed", session: { ...shared, role: this.#plan.role } };
        }
        const outcome = await execute(this.#request.manner !== "silent");
        if (outcome.kind !== "assumed") return outcome;
        const session = sessionOf(this.#id, this.#plan, outcome.assumed, now());
        await sessions.save(session);
        return { kind: "assumed", session };
      });
    } catch (error) {
      if (signal.aborted) return { kind: "cancelled" };
      throw error;
    }
  }

  /** Whether a session that another window got serves this attempt. */
  #isWelcome({ assumedAt, expiresAt }: Session): boolean {
    const { current, manner } = this.#request;
    if (manner !== "assume") return current !== undefined && assumedAt > current.assumedAt;
    return expiresAt - this.#ports.now() >= (expiresAt - assumedAt) / 2;
  }
}
