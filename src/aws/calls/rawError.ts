/** What is known of an error from outside: of AWS's answer, or of the network. */
export interface RawError {
  /** AWS's error code (`AccessDenied`) or Node.js's (`ENOTFOUND`). */
  readonly code: string;
  readonly message: string;
  readonly httpStatus?: number;
  readonly requestId?: string;
}

/** Reduces what the SDK or Node.js threw to what is reported. Holds nothing of the request. */
export function rawError(thrown: unknown): RawError {
  if (!(thrown instanceof Error)) return { code: "Error", message: String(thrown) };
  const { code, $metadata, cause } = thrown as Error & {
    readonly code?: unknown;
    readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  };
  if (code === undefined && $metadata === undefined && cause instanceof Error)
    return rawError(cause);
  // Service exceptions carry AWS's code as their name; Node.js's errors are all called "Error".
  const named = thrown.name !== "Error" && thrown.name !== "AggregateError";
  return {
    code: !named && typeof code === "string" ? code : thrown.name,
    message: thrown.message || (thrown instanceof AggregateError ? String(thrown.errors[0]) : ""),
    ...($metadata?.httpStatusCode !== undefined && { httpStatus: $metadata.httpStatusCode }),
    ...($metadata?.requestId !== undefined && { requestId: $metadata.requestId }),
  };
}
