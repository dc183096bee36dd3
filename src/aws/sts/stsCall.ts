import type { STSClient } from "@aws-sdk/client-sts";
import type { Credentials } from "../calls/credentials.ts";
import { type RawError, rawError } from "../calls/rawError.ts";
import type { ServiceCall } from "../calls/serviceCall.ts";

/** What we use of the AWS SDK. */
export type Sdk = typeof import("./sdk.ts");

/** Where STS is, and the ends that a call reports to. */
export interface StsContext {
  readonly sdk: Sdk;
  readonly region: string;
  readonly endpoint?: string;
  /** Whether the user asked for the one global endpoint of old. */
  readonly globalEndpoint?: boolean;
  readonly signal: AbortSignal;
  /** Epoch ms. */
  readonly now: () => number;
  readonly onCall: (call: ServiceCall) => void;
}

/** What is told of a call, and what must not be. */
export interface StsCallTerms {
  readonly operation: string;
  readonly subject?: string;
  /** None if the call is not signed. */
  readonly caller?: Credentials;
  /** Texts beside the caller's credentials that an answer may echo, such as an MFA code. */
  readonly secrets?: readonly string[];
}

/** Thrown for a call that failed, with the clock skew that the answer showed, if there was one. */
export class StsError extends Error {
  readonly raw: RawError;
  readonly clockSkewMs: number | undefined;

  constructor(raw: RawError, clockSkewMs: number | undefined) {
    super(raw.message);
    this.raw = raw;
    this.clockSkewMs = clockSkewMs;
  }
}

/** Whether a call failed as STS or the network has it, and not by a fault of ours. */
export function isStsError(thrown: unknown): thrown is StsError {
  return thrown instanceof StsError;
}

/** A stalled connection is given up after this; STS itself answers within a second. */
const requestHandler = {
  connectionTimeout: 5000,
  requestTimeout: 15_000,
  throwOnRequestTimeout: true,
};

interface Metadata {
  readonly $metadata?: { readonly attempts?: number; readonly requestId?: string };
}

/**
 * Makes one call and reports it (the SDK repeats it for throttling, a failing server, or a clock
 * that the answer shows to be off). `read` takes what is wanted out of the answer; the skew that it
 * is given says how far AWS's clock is ahead of this machine's, in ms. Throws `StsError`.
 */
export async function callSts<Output extends Metadata, Result>(
  { operation, subject, caller, secrets = [] }: StsCallTerms,
  context: StsContext,
  send: (client: STSClient, options: { readonly abortSignal: AbortSignal }) => Promise<Output>,
  read: (output: Output, clockSkewMs: number) => Result,
): Promise<Result> {
  const { sdk, region, endpoint, globalEndpoint, signal, now } = context;
  const client = new sdk.STSClient({
    region,
    ...(caller && { credentials: caller }),
    requestHandler,
    ...(endpoint && { endpoint }),
    ...(globalEndpoint && { useGlobalEndpoint: true }),
  });
  const clock = watchServerClock(client, now);
  const startedAt = now();
  const report = (answer: Metadata | undefined, error?: RawError): void =>
    context.onCall({
      operation,
      ...(subject && { subject }),
      region,
      durationMs: now() - startedAt,
      attempts: answer?.$metadata?.attempts ?? 1,
      ...(answer?.$metadata?.requestId && { requestId: answer.$metadata.requestId }),
      ...(error && { error }),
    });
  try {
    const output = await send(client, { abortSignal: signal });
    const result = read(output, clock.skewMs ?? 0);
    report(output);
    return result;
  } catch (thrown) {
    const raw = withoutSecrets(rawError(thrown), caller, secrets);
    report(thrown as Metadata | undefined, raw);
    throw new StsError(raw, clock.skewMs);
  } finally {
    client.destroy();
  }
}

/**
 * AWS answers a wrong signature with the text that should have been signed, session token included.
 */
function withoutSecrets(
  raw: RawError,
  caller: Credentials | undefined,
  others: readonly string[],
): RawError {
  const message = [caller?.secretAccessKey, caller?.sessionToken, ...others].reduce<string>(
    (text, secret) => (secret ? text.replaceAll(secret, "…") : text),
    raw.message.replace(/\s*The Canonical String for this request[\s\S]*/i, ""),
  );
  return { ...raw, message };
}

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
