/** Why a role can't be assumed as it is written down, and where it is written. */
export interface PlanProblem {
  readonly code:
    | "bad-value"
    | "cycle"
    | "missing-profile"
    | "missing-sso-session"
    | "no-credentials"
    | "read-only-impossible"
    | "region-of-other-partition"
    | "role-missing"
    | "source-conflict"
    | "source-missing";
  /** What is wrong, in one or two sentences for the user. */
  readonly message: string;
  /** The profile to mend; none if the role comes from a setting or was typed. */
  readonly profile?: string;
  readonly key?: string;
}

/** Leaves the planner from any depth; `planChain` makes a value of it. */
export class PlanError extends Error {
  readonly problem: PlanProblem;

  constructor(problem: PlanProblem) {
    super(problem.message);
    this.problem = problem;
  }
}
