import { runTier } from "./testing/runTier.ts";
import { tiers } from "./testing/tiers.ts";

/**
 * npm test                        everything
 * npm test -- unit host           these tiers
 * npm test -- e2e --grep expiry   the rest goes to mocha
 */
const args = process.argv.slice(2);
const isTier = (arg: string): boolean => tiers.some(({ name }) => name === arg);
const firstOption = args.findIndex((arg) => !isTier(arg));
const names = firstOption === -1 ? args : args.slice(0, firstOption);
const options = firstOption === -1 ? [] : args.slice(firstOption);
const chosen = tiers.filter(({ name }) => names.length === 0 || names.includes(name));

if (options[0] !== undefined && (names.length === 0 || !options[0].startsWith("-"))) {
  console.error(`"${options[0]}" is none of: ${tiers.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}

let [passed, failed] = [0, 0];
for (const tier of chosen) {
  const counts = await runTier(tier, options);
  passed += counts.passed;
  failed += counts.failed;
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
