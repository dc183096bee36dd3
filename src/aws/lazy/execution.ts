/**
 * Carrying a plan out: the bases and the calls of STS. A bundle of its own (esbuild.mjs): it is
 * loaded with the SDK, when the first role is assumed.
 */
export { executePlan } from "../execute.ts";
export { isStsError } from "../stsCall.ts";
export { decodeAuthorizationMessage } from "../stsInquiries.ts";
