import { createRequire } from "node:module";
import { join } from "node:path";
import { projectRoot } from "../../scripts/hosts/paths.ts";
import type { SharedConfigLoader } from "../../src/aws/config/profiles.ts";
import type { ExecutionBundle } from "../../src/aws/lazy/index.ts";
import type { Sdk } from "../../src/aws/sts/stsCall.ts";

const require = createRequire(import.meta.url);

/** What carries plans out, as it is shipped. */
export const loadExecution = async (): Promise<ExecutionBundle> =>
  require(join(projectRoot, "dist/execution.cjs"));

/** The SDK as it is shipped, loaded as the extension loads it: when first asked for. */
export const loadSdk = async (): Promise<Sdk> => require(join(projectRoot, "dist/sdk.cjs"));

/** The parser of the shared config files as it is shipped. */
export const loadSharedConfigLoader = async (): Promise<SharedConfigLoader> =>
  require(join(projectRoot, "dist/sharedConfigLoader.cjs"));
