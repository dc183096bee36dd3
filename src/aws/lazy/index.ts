/** Carrying a plan out. */
export type ExecutionBundle = typeof import("./execution.ts");

/** What we use of the AWS SDK. */
export type Sdk = typeof import("./sdk.ts");

/** The parser of the shared config files. */
export type SharedConfigLoader = typeof import("./sharedConfigLoader.ts");

/** Loads what carries plans out, when a role is assumed. */
export const loadExecution = (): Promise<ExecutionBundle> => import("./execution.ts");

/** Loads the AWS SDK: some 50 ms and half a megabyte, so only when a role is assumed. */
export const loadSdk = (): Promise<Sdk> => import("./sdk.ts");

/** Loads the parser of the shared config files, when roles are first listed. */
export const loadSharedConfigLoader = (): Promise<SharedConfigLoader> =>
  import("./sharedConfigLoader.ts");
