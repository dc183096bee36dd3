import { runTier } from "./testing/runTier.ts";
import { interop } from "./testing/tiers.ts";

/**
 * npm run interop: the extension's own parts beside other tools that are installed here: the aws CLI
 * on the same config files, and an STS that others wrote. What isn't installed is named and left out.
 */
const { passed, failed } = await runTier(interop, process.argv.slice(2));
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
