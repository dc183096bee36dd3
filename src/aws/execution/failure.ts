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

/** What comes and goes: names of Node.js's errors, and AWS's codes with another status than 5xx. */
const passingCodes =
  /^(E[A-Z_]+|TimeoutError|AbortError|SyntaxError|UnreadableAnswer|RequestTimeout|Throttl\w*|TooManyRequests\w*|RequestLimitExceeded|SlowDown\w*|IDPCommunicationError\w*|Imds(Absent|Silent|Failing)|Container(NotReached|Failing)|ProcessTimedOut)$/;

/** Whether the same attempt may succeed later without a change by anyone. */
export function mayPass(failure: Failure): boolean {
  if (failure.kind === "plan") return false;
  const { code, httpStatus = 0 } = failure.cause;
  return httpStatus >= 500 || passingCodes.test(code);
}
