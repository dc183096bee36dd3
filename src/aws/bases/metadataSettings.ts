import type { Environment, Profile } from "../config/profiles.ts";
import { BaseError } from "./baseError.ts";

/** How the metadata service of EC2 is to be asked. */
export interface MetadataSettings {
  readonly endpoint: URL;
  readonly isSwitchedOff: boolean;
  /** Whether only IMDSv2, the version with tokens, may be used. */
  readonly version1Blocked: boolean;
  /** How often to try. */
  readonly attempts: number;
  /** For one try, as a whole. Ms. */
  readonly timeoutMs: number;
}

const endpoints = { ipv4: "http://169.254.169.254", ipv6: "http://[fd00:ec2::254]" } as const;

/**
 * The CLI's settings, from the environment, else from the profile: by default one try of a second.
 * Throws `BaseError` for an address that is none.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html
 */
export function metadataSettings(
  environment: Environment,
  profile: Profile | undefined,
): MetadataSettings {
  const setting = (variable: string): string | undefined =>
    environment[variable] || profile?.properties[variable.replace("AWS_", "").toLowerCase()];
  return {
    endpoint: endpointOf(
      setting("AWS_EC2_METADATA_SERVICE_ENDPOINT"),
      setting("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"),
    ),
    isSwitchedOff: isTrue(environment["AWS_EC2_METADATA_DISABLED"]),
    version1Blocked: isTrue(setting("AWS_EC2_METADATA_V1_DISABLED")),
    attempts: Math.floor(positive(setting("AWS_METADATA_SERVICE_NUM_ATTEMPTS"), 10)),
    timeoutMs: positive(setting("AWS_METADATA_SERVICE_TIMEOUT"), 60) * 1000,
  };
}

function endpointOf(written: string | undefined, mode: string | undefined): URL {
  const text = written || endpoints[mode?.toLowerCase() === "ipv6" ? "ipv6" : "ipv4"];
  if (URL.canParse(text) && /^https?:/i.test(text)) return new URL(text);
  throw new BaseError("ImdsAddress", `"${text}" is no address of a metadata service.`);
}

function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === "true";
}

/** A number that makes sense, or 1. */
function positive(text: string | undefined, most: number): number {
  const value = Number(text);
  return value >= 1 ? Math.min(value, most) : 1;
}
