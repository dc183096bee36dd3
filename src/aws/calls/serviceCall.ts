import type { RawError } from "./rawError.ts";

/** One call of STS or of IAM Identity Center, as the log tells it. Holds no secret. */
export interface ServiceCall {
  readonly operation: string;
  /** What it is about: a role's ARN, the serial number of an MFA device. */
  readonly subject?: string;
  readonly region: string;
  readonly durationMs: number;
  /** How often the SDK sent the request. */
  readonly attempts: number;
  readonly requestId?: string;
  /** None if the call succeeded. */
  readonly error?: RawError;
}
