import { DEMO } from "../test/sandbox/index.ts";

/** The names of generated profiles begin like this. */
export const generatedPrefix = "team-";

/**
 * The text of a config file with this many profiles that name a role, of the kinds that a large
 * company has: most on permanent keys, some on other roles, with MFA, or on the environment.
 */
export function manyProfiles(count: number): string {
  return Array.from({ length: count }, (_, index) => profile(index)).join("\n");
}

/** The name of the generated profile with this place, from 0. */
export function generatedName(index: number): string {
  return `${generatedPrefix}${String(index).padStart(5, "0")}`;
}

function profile(index: number): string {
  const account = String(100_000_000_000 + index);
  return [
    `[profile ${generatedName(index)}]`,
    `role_arn = arn:aws:iam::${account}:role/platform/Engineer${index % 7}`,
    sourceOf(index),
    `region = ${DEMO.region}`,
    `role_session_name = engineer-${index}`,
    "",
  ].join("\n");
}

function sourceOf(index: number): string {
  const kind = index % 10;
  // The one before it: chains of three steps.
  if (kind === 6 || kind === 7) return `source_profile = ${generatedName(index - 1)}`;
  if (kind === 8) return `source_profile = default\nmfa_serial = ${DEMO.mfaSerial}`;
  if (kind === 9) return "credential_source = Environment";
  return "source_profile = default";
}
