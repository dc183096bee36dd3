import { createRequire } from "node:module";
import { serve } from "./serve.ts";

/** Modules to load, by absolute path, with what they import. */
export interface LoadingTask {
  readonly modules: readonly string[];
}

// Ms.
serve<LoadingTask, number>(async ({ modules }) => {
  const require = createRequire(import.meta.url);
  const startedAt = performance.now();
  for (const module of modules) require(module);
  return performance.now() - startedAt;
});
