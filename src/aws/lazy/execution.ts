/**
 * Carrying a plan out: the bases and the calls of STS. A bundle of its own (esbuild.mjs): it is
 * loaded with the SDK, when the first role is assumed.
 */
export { executePlan } from "../execution/execute.ts";
export { isStsError } from "../sts/stsCall.ts";
export { decodeAuthorizationMessage } from "../sts/stsInquiries.ts";
