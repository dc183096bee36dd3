import { SSOClient } from "@aws-sdk/client-sso";
import { SSOOIDCClient } from "@aws-sdk/client-sso-oidc";
import { type RawError, rawError } from "../calls/rawError.ts";
import type { ServiceCall } from "../calls/serviceCall.ts";
import type { SsoEndpoints } from "./session.ts";

/** Where Identity Center is, and the ends that a call reports to. */
export interface SsoContext {
  readonly region: string;
  readonly endpoints: SsoEndpoints;
  readonly signal: AbortSignal;
  /** Epoch ms. */
  readonly now: () => number;
  readonly onCall: (call: ServiceCall) => void;
}

/** What is told of a call, and what must not be. */
export interface SsoCallTerms {
  readonly operation: string;
  readonly subject?: string;
  /** Texts that an answer may echo. */
  readonly secrets: readonly string[];
  /** Refusals that are no news, such as that the user has not decided yet. */
  readonly quiet?: readonly string[];
}

/** Thrown for a call that failed. Its name is AWS's code, or Node.js's. Holds no secret. */
export class SsoError extends Error {
  override readonly name: string;
  readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string };

  constructor({ code, message, httpStatus, requestId }: RawError) {
    super(message);
    this.name = code;
    this.$metadata = {
      ...(httpStatus !== undefined && { httpStatusCode: httpStatus }),
      ...(requestId !== undefined && { requestId }),
    };
  }
}

/** A stalled connection is given up after this; the services themselves answer within a second. */
const requestHandler = {
  connectionTimeout: 5000,
  requestTimeout: 15_000,
  throwOnRequestTimeout: true,
};

export function oidcClient({ region, endpoints }: SsoContext): SSOOIDCClient {
  return new SSOOIDCClient({
    region,
    requestHandler,
    ...(endpoints.oidc && { endpoint: endpoints.oidc }),
  });
}

export function portalClient({ region, endpoints }: SsoContext): SSOClient {
  return new SSOClient({
    region,
    requestHandler,
    ...(endpoints.portal && { endpoint: endpoints.portal }),
  });
}

interface Answer {
  readonly $metadata: { readonly attempts?: number; readonly requestId?: string };
}

/** Makes one call and reports it. Throws `SsoError`. */
export async function callSso<Client extends { destroy(): void }, Output extends Answer>(
  { operation, subject, secrets, quiet = [] }: SsoCallTerms,
  client: Client,
  { region, signal, now, onCall }: SsoContext,
  send: (client: Client, options: { readonly abortSignal: AbortSignal }) => Promise<Output>,
): Promise<Output> {
  const startedAt = now();
  const report = (answer: Answer["$metadata"] | undefined, error?: RawError): void =>
    onCall({
      operation,
      ...(subject && { subject }),
      region,
      durationMs: now() - startedAt,
      attempts: answer?.attempts ?? 1,
      ...(answer?.requestId && { requestId: answer.requestId }),
      ...(error && { error }),
    });
  try {
    const output = await send(client, { abortSignal: signal });
    report(output.$metadata);
    return output;
  } catch (thrown) {
    const raw = inOwnWords(thrown, secrets);
    if (!quiet.includes(raw.code)) report((thrown as Partial<Answer> | undefined)?.$metadata, raw);
    throw new SsoError(raw);
  } finally {
    client.destroy();
  }
}

/** OAuth's errors have their words in a field of their own. */
function inOwnWords(thrown: unknown, secrets: readonly string[]): RawError {
  const { error, error_description: description } = (thrown ?? {}) as {
    readonly error?: string;
    readonly error_description?: string;
  };
  const raw = rawError(thrown);
  const words = description || error || raw.message;
  const message = secrets.reduce((text, secret) => text.replaceAll(secret, "…"), words);
  return { ...raw, message };
}
