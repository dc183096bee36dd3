import { locateProfile } from "../aws/config/locate.ts";
import type { SharedConfig } from "../aws/config/profiles.ts";
import type { ExecutionPorts } from "../aws/execution/execute.ts";
import type { Failure } from "../aws/execution/failure.ts";
import type { Explanation } from "../aws/explain/explanation.ts";
import type { ExecutionBundle } from "../aws/lazy/index.ts";
import type { Role } from "../aws/role/role.ts";
import { type Session, sessionOf } from "./session.ts";

/** How an attempt to get a session ended. */
export type AssumeOutcome =
  | { readonly kind: "assumed"; readonly session: Session }
  | {
      readonly kind: "failed";
      readonly failure: Failure;
      /** The failure in plain words. */
      readonly explanation: Explanation;
    }
  | { readonly kind: "cancelled" };

/** What assuming needs from outside. */
export interface AssumePorts extends ExecutionPorts {
  readonly loadExecution: () => Promise<ExecutionBundle>;
  readonly readConfig: () => Promise<SharedConfig>;
  /** The session name for roles that name none. */
  readonly sessionName: () => string;
}

/** Plans a role from the files as they are now, and carries the plan out. */
export async function assume(
  role: Role,
  ports: AssumePorts,
  signal: AbortSignal,
): Promise<AssumeOutcome> {
  const config = await ports.readConfig();
  const { environment } = ports;
  const { planChain, executePlan, explain } = await ports.loadExecution();
  const failed = (failure: Failure): AssumeOutcome => ({
    kind: "failed",
    failure,
    explanation: explain(failure, role),
  });
  const { plan, problem } = planChain(role, {
    config,
    environment,
    sessionName: ports.sessionName(),
  });
  if (problem) {
    const { profile, key } = problem;
    const place = profile && (await locateProfile(config.files, profile, key));
    return failed({ kind: "plan", problem, ...(place && { place }) });
  }
  const outcome = await executePlan(plan, config, ports, signal);
  if (outcome.kind === "failed") return failed(outcome.failure);
  if (outcome.kind === "cancelled") return outcome;
  return { kind: "assumed", session: sessionOf(plan, outcome.assumed) };
}
