/**
 * Planning, carrying a plan out, and explaining what came of it. A bundle of its own (esbuild.mjs):
 * it is loaded when the first role is assumed.
 */
export { planChain } from "../chain/chain.ts";
export { diagnoseConfig } from "../config/diagnose.ts";
export { consoleUrl } from "../console/federation.ts";
export { executePlan } from "../execution/execute.ts";
export { mayPass } from "../execution/failure.ts";
export { explain } from "../explain/explain.ts";
export { explainSso } from "../explain/explainSso.ts";
export { isStsError } from "../sts/stsCall.ts";
export { decodeAuthorizationMessage } from "../sts/stsInquiries.ts";
