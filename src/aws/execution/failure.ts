import type { RawError } from "../calls/rawError.ts";
import type { Base } from "../chain/base.ts";
import type { PlanProblem } from "../chain/planProblem.ts";
import type { AssumeRoleStep } from "../chain/step.ts";
import type { FileLine } from "../config/locate.ts";
import type { Evidence } from "./evidence.ts";

/** Why a role was not assumed. `explain` puts it into words. */
export type Failure = PlanFailure | BaseFailure | CallFailure;

/** The role can't be assumed as it is written down. */
export interface PlanFailure {
  readonly kind: "plan";
  readonly problem: PlanProblem;
  /** Where it is written, if in a file. */
  readonly place?: FileLine;
}

/** There are no credentials to assume the role with. */
export interface BaseFailure {
  readonly kind: "base";
  readonly base: Base;
  readonly cause: RawError;
}

/** STS refused, or was not reached. */
export interface CallFailure {
  readonly kind: "call";
  readonly base: Base;
  readonly step: AssumeRoleStep;
  /** Whether the step is made with the session of a role, not with the base credentials. */
  readonly chained: boolean;
  readonly region: string;
  /** The user's own endpoint instead of AWS's. */
  readonly endpoint?: string;
  readonly cause: RawError;
  /** How far AWS's clock is ahead of this machine's, in ms, if an answer told. */
  readonly clockSkewMs?: number;
  /** Of a denial, what is known beside AWS's words. */
  readonly evidence?: Evidence;
}
