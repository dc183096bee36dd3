import type { AssumeRoleCommandOutput, STSClient } from "@aws-sdk/client-sts";
import type { Credentials } from "./credentials.ts";
import { type RawError, rawError } from "./failure.ts";
import type { Sdk } from "./lazy/index.ts";
import type { AssumeRoleStep } from "./step.ts";

/** One call of STS, as the log tells it. Holds no secret. */
export interface StsCall {
  readonly operation: "AssumeRole";
  readonly roleArn: string;
  readonly region: string;
  readonly durationMs: number;
  /** How often the SDK sent the request. */
  readonly attempts: number;
  readonly requestId?: string;
  /** None if the call succeeded. */
  readonly error?: RawError;
}

/** Where STS is, and the ends that the call reports to. */
export interface StsContext {
  readonly sdk: Sdk;
  readonly region: string;
  readonly endpoint?: string;
  readonly signal: AbortSignal;
  /** Epoch ms. */
  readonly now: () => number;
  readonly onCall: (call: StsCall) => void;
}

/** An MFA device's serial number and the code that it shows. */
export interface MfaProof {
  readonly serial: string;
  readonly code: string;
}

/** A session that STS answered with. */
export interface StsSession {
  readonly credentials: Credentials;
  readonly assumedRoleArn: string;
  /** Epoch ms, by AWS's clock. */
  readonly expiration: number;
  readonly clockSkewMs: number;
}

/** Thrown by `assumeRole`, with the clock skew that the answer showed, if there was an answer. */
export class StsError extends Error {
  readonly raw: RawError;
  readonly clockSkewMs: number | undefined;

  constructor(raw: RawError, clockSkewMs: number | undefined) {
    super(raw.message);
    this.raw = raw;
    this.clockSkewMs = clockSkewMs;
  }
}

/** A stalled connection is given up after this; STS itself answers within a second. */
const requestHandler = {
  connectionTimeout: 5000,
  requestTimeout: 15_000,
  throwOnRequestTimeout: true,
};

/**
 * Calls AssumeRole once (the SDK repeats it for throttling, a failing server, or a clock that the
 * answer shows to be off). Throws `StsError`.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export async function assumeRole(
  step: AssumeRoleStep,
  caller: Credentials,
  mfa: MfaProof | undefined,
  context: StsContext,
): Promise<StsSession> {
  const { sdk, region, endpoint, signal, now } = context;
  const client = new sdk.STSClient({
    region,
    credentials: caller,
    requestHandler,
    ...(endpoint && { endpoint }),
  });
  const clock = watchServerClock(client, now);
  const startedAt = now();
  const report = (output: Answer, error?: RawError): void =>
    context.onCall({
      operation: "AssumeRole",
      roleArn: step.roleArn,
      region,
      durationMs: now() - startedAt,
      attempts: output?.$metadata?.attempts ?? 1,
      ...(output?.$metadata?.requestId && { requestId: output.$metadata.requestId }),
      ...(error && { error }),
    });
  try {
    const command = new sdk.AssumeRoleCommand({
      RoleArn: step.roleArn,
      RoleSessionName: step.sessionName,
      DurationSeconds: step.durationSeconds,
      ExternalId: step.externalId,
      SerialNumber: mfa?.serial,
      TokenCode: mfa?.code,
    });
    const output = await client.send(command, { abortSignal: signal });
    const session = sessionOf(output, clock.skewMs ?? 0);
    report(output);
    return session;
  } catch (thrown) {
    const raw = withoutSecrets(rawError(thrown), caller, mfa);
    report(thrown as Answer, raw);
    throw new StsError(raw, clock.skewMs);
  } finally {
    client.destroy();
  }
}

/**
 * AWS answers a wrong signature with the text that should have been signed, session token included.
 */
function withoutSecrets(raw: RawError, caller: Credentials, mfa: MfaProof | undefined): RawError {
  const secrets = [caller.secretAccessKey, caller.sessionToken, mfa?.code];
  const message = secrets.reduce<string>(
    (text, secret) => (secret ? text.replaceAll(secret, "…") : text),
    raw.message.replace(/\s*The Canonical String for this request[\s\S]*/i, ""),
  );
  return { ...raw, message };
}

type Answer = { readonly $metadata?: AssumeRoleCommandOutput["$metadata"] } | undefined;

/** Measures the skew of every answer, those that the SDK repeats the request after included. */
function watchServerClock(client: STSClient, now: () => number): { readonly skewMs?: number } {
  const clock: { skewMs?: number } = {};
  client.middlewareStack.add(
    (next) => async (request) => {
      const result = await next(request);
      const { headers } = result.response as { readonly headers?: Record<string, string> };
      const date = Date.parse(headers?.["date"] ?? "");
      if (!Number.isNaN(date)) clock.skewMs = date - now();
      return result;
    },
    { step: "deserialize", priority: "low", name: "watchServerClock" },
  );
  return clock;
}

function sessionOf(output: AssumeRoleCommandOutput, clockSkewMs: number): StsSession {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = output.Credentials ?? {};
  const assumedRoleArn = output.AssumedRoleUser?.Arn;
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration || !assumedRoleArn) {
    const unreadable = new Error("The answer holds no credentials.");
    unreadable.name = "UnreadableAnswer";
    throw unreadable;
  }
  return {
    credentials: {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    },
    assumedRoleArn,
    expiration: Expiration.getTime(),
    clockSkewMs,
  };
}
