import type { StsCall } from "../aws/sts.ts";

/** A line of the log for a call of STS. */
export function callLine(call: StsCall): string {
  const { operation, roleArn, region, durationMs, attempts, requestId, error } = call;
  const details = [
    `${Math.round(durationMs)} ms`,
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
    ...(requestId ? [`request ${requestId}`] : []),
    ...(error?.httpStatus === undefined ? [] : [`HTTP ${error.httpStatus}`]),
  ].join(", ");
  const outcome = error ? `failed with ${error.code}: ${error.message.trim()}` : "succeeded";
  return `${operation} ${roleArn} in ${region} ${outcome} (${details})`;
}
