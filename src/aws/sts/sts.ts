import type { Credentials as StsCredentials } from "@aws-sdk/client-sts";
import type { Credentials } from "../calls/credentials.ts";
import type { AssumeRoleStep } from "../chain/step.ts";
import { callSts, type StsContext } from "./stsCall.ts";

/** An MFA device's serial number and the code that it shows. */
export interface MfaProof {
  readonly serial: string;
  readonly code: string;
}

/** Credentials that STS gave, and when they end. */
export interface TemporaryCredentials {
  readonly credentials: Credentials;
  /** Epoch ms, by AWS's clock. */
  readonly expiration: number;
  /** How far AWS's clock is ahead of this machine's. Ms. */
  readonly clockSkewMs: number;
}

/** The session of a role. */
export interface RoleSession extends TemporaryCredentials {
  readonly assumedRoleArn: string;
}

/**
 * Calls AssumeRole. Throws `StsError`.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export function assumeRole(
  step: AssumeRoleStep,
  caller: Credentials,
  mfa: MfaProof | undefined,
  context: StsContext,
): Promise<RoleSession> {
  const command = new context.sdk.AssumeRoleCommand({
    RoleArn: step.roleArn,
    RoleSessionName: step.sessionName,
    DurationSeconds: step.durationSeconds,
    ExternalId: step.externalId,
    SourceIdentity: step.sourceIdentity,
    Tags: step.tags?.map(({ key, value }) => ({ Key: key, Value: value })),
    TransitiveTagKeys: step.transitiveTagKeys && [...step.transitiveTagKeys],
    Policy: step.policy,
    PolicyArns: step.policyArns?.map((arn) => ({ arn })),
    SerialNumber: mfa?.serial,
    TokenCode: mfa?.code,
  });
  return callSts(
    { operation: "AssumeRole", subject: step.roleArn, caller, secrets: mfa ? [mfa.code] : [] },
    context,
    (client, options) => client.send(command, options),
    ({ Credentials, AssumedRoleUser }, clockSkewMs) => ({
      ...temporaryCredentials(Credentials, clockSkewMs),
      assumedRoleArn: AssumedRoleUser?.Arn ?? unreadable("names no role"),
    }),
  );
}

/**
 * Calls AssumeRoleWithWebIdentity, for which an identity provider's token is the proof. Throws
 * `StsError`.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export function assumeRoleWithWebIdentity(
  { roleArn, sessionName, durationSeconds, policyArns }: AssumeRoleStep,
  token: string,
  context: StsContext,
): Promise<RoleSession> {
  const command = new context.sdk.AssumeRoleWithWebIdentityCommand({
    RoleArn: roleArn,
    RoleSessionName: sessionName,
    WebIdentityToken: token,
    DurationSeconds: durationSeconds,
    PolicyArns: policyArns?.map((arn) => ({ arn })),
  });
  return callSts(
    { operation: "AssumeRoleWithWebIdentity", subject: roleArn, secrets: [token] },
    context,
    (client, options) => client.send(command, options),
    ({ Credentials, AssumedRoleUser }, clockSkewMs) => ({
      ...temporaryCredentials(Credentials, clockSkewMs),
      assumedRoleArn: AssumedRoleUser?.Arn ?? unreadable("names no role"),
    }),
  );
}

/**
 * Calls GetSessionToken, which makes permanent credentials into temporary ones that have shown MFA.
 * Throws `StsError`.
 * @param durationSeconds 900 to 129600; AWS's own default is 12 hours.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
export function getSessionToken(
  caller: Credentials,
  mfa: MfaProof,
  durationSeconds: number | undefined,
  context: StsContext,
): Promise<TemporaryCredentials> {
  const command = new context.sdk.GetSessionTokenCommand({
    DurationSeconds: durationSeconds,
    SerialNumber: mfa.serial,
    TokenCode: mfa.code,
  });
  return callSts(
    { operation: "GetSessionToken", subject: mfa.serial, caller, secrets: [mfa.code] },
    context,
    (client, options) => client.send(command, options),
    ({ Credentials }, clockSkewMs) => temporaryCredentials(Credentials, clockSkewMs),
  );
}

function temporaryCredentials(
  answered: StsCredentials | undefined,
  clockSkewMs: number,
): TemporaryCredentials {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answered ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
    return unreadable("holds no credentials");
  }
  return {
    credentials: {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    },
    expiration: Expiration.getTime(),
    clockSkewMs,
  };
}

function unreadable(why: string): never {
  const error = new Error(`The answer ${why}.`);
  error.name = "UnreadableAnswer";
  throw error;
}
