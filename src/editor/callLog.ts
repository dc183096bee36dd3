import type { ServiceCall } from "../aws/calls/serviceCall.ts";

/** A line of the log for a call of STS. */
export function callLine(call: ServiceCall): string {
  const { operation, subject, region, durationMs, attempts, requestId, error } = call;
  const details = [
    `${Math.round(durationMs)} ms`,
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
    ...(requestId ? [`request ${requestId}`] : []),
    ...(error?.httpStatus === undefined ? [] : [`HTTP ${error.httpStatus}`]),
  ].join(", ");
  const outcome = error ? `failed with ${error.code}: ${error.message.trim()}` : "succeeded";
  return `${[operation, subject].filter(Boolean).join(" ")} in ${region} ${outcome} (${details})`;
}
