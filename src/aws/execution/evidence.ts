import type { Credentials } from "../calls/credentials.ts";
import { readDenial } from "../sts/denial.ts";
import { type StsContext, StsError } from "../sts/stsCall.ts";
import { getCallerArn } from "../sts/stsInquiries.ts";

/** What is known of a denied call beside AWS's words. Holds no secret. */
export interface Evidence {
  /** Who was denied, as AWS sees it. */
  readonly callerArn?: string;
  readonly mfa: MfaShown;
}

/** Whether AWS knows of MFA with the denied call; `unknown` for sessions that others made. */
export type MfaShown = "shown" | "not-shown" | "unknown";

/**
 * Finds out who was denied: AWS's words tell, else one call of GetCallerIdentity with the same
 * credentials, which needs no permission. If that fails too, the caller stays unknown; the call is
 * in the log.
 */
export async function gatherEvidence(
  denial: string,
  caller: Credentials,
  mfa: MfaShown,
  context: StsContext,
): Promise<Evidence> {
  const callerArn = readDenial(denial).callerArn ?? (await askCallerArn(caller, context));
  return { mfa, ...(callerArn && { callerArn }) };
}

async function askCallerArn(caller: Credentials, context: StsContext): Promise<string | undefined> {
  try {
    return await getCallerArn(caller, context);
  } catch (thrown) {
    if (thrown instanceof StsError) return undefined;
    throw thrown;
  }
}
