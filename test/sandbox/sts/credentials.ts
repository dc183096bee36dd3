import { AwsError } from "../awsError.ts";
import { arnOf, userIdOf } from "../cloud/principal.ts";
import type { Session } from "../cloud/sessions.ts";
import type { Account } from "../world.ts";
import type { XmlContent } from "./xml.ts";

/** The `Credentials` element. */
export function credentialsXml(session: Session): XmlContent {
  return {
    AccessKeyId: session.accessKeyId,
    SecretAccessKey: session.secretAccessKey,
    SessionToken: session.sessionToken,
    Expiration: new Date(session.expiresAt).toISOString().replace(/\.\d{3}/, ""),
  };
}

/** The `AssumedRoleUser` element. */
export function assumedRoleUserXml(session: Session): XmlContent {
  return { AssumedRoleId: userIdOf(session.principal), Arn: arnOf(session.principal) };
}

/**
 * When a session of this length ends, in milliseconds since the epoch.
 * Down to the second: `Expiration` has no fractions, and a session must not outlive or miss what it announced.
 */
export function expiryAfter(seconds: number, nowMs: number): number {
  return Math.floor(nowMs / 1000 + seconds) * 1000;
}

/** Throws `RegionDisabledException` if the account has switched STS off in the region. */
export function checkRegion(account: Account, region: string): void {
  if (account.disabledRegions?.includes(region)) {
    throw new AwsError(
      "RegionDisabledException",
      403,
      `STS is not activated in this region for account:${account.id}. Your account administrator can activate STS in this region using the IAM Console.`,
    );
  }
}
