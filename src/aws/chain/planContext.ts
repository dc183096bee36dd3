import type { Environment, SharedConfig } from "../config/profiles.ts";

/** What planning looks at: the files' content, the environment, and the session name by default. */
export interface PlanContext {
  readonly config: SharedConfig;
  readonly environment: Environment;
  readonly sessionName: string;
}
