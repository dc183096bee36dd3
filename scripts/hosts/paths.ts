import { join } from "node:path";

/** The project's folder. */
export const projectRoot = join(import.meta.dirname, "../..");

/** What is fetched or built once for this machine; git ignores it, and it can be deleted. */
export const cacheFolder = join(projectRoot, ".cache");

/** What a run of the tests leaves behind: screenshots, logs, bundles. */
export const outFolder = join(projectRoot, "out");
