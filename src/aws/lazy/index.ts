import type { SharedConfigLoader } from "../config/profiles.ts";
import type { Sdk } from "../sts/stsCall.ts";

/** Planning, carrying a plan out, and explaining what came of it. */
export type ExecutionBundle = typeof import("./execution.ts");

/** What speaks to IAM Identity Center. */
export type SsoBundle = typeof import("./sso.ts");

/** Loads what plans, carries plans out and explains, when a role is assumed. */
export const loadExecution = (): Promise<ExecutionBundle> => import("./execution.ts");

/** Loads the AWS SDK: some 50 ms and half a megabyte, so only when a role is assumed. */
export const loadSdk = (): Promise<Sdk> => import("../sts/sdk.ts");

/** Loads what speaks to IAM Identity Center, when a role or a list of roles comes from there. */
export const loadSso = (): Promise<SsoBundle> => import("./sso.ts");

/** Loads the parser of the shared config files, when roles are first listed. */
export const loadSharedConfigLoader = (): Promise<SharedConfigLoader> =>
  import("../config/sharedConfigLoader.ts");
