import Mocha from "mocha";
import { reportCounts } from "./counts.ts";

/** Mocha's usual output, and the counts for `npm test`. A hook that fails counts as a test. */
class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once("end", () => {
      reportCounts({ passed: this.stats.passes, failed: this.stats.failures });
    });
  }
}

// Mocha requires its reporters, and takes what the module itself is.
export { CountingReporter as "module.exports" };
