/** What the sandbox remembers of a request. No secrets: MFA codes and identity tokens are replaced. */
export interface RecordedRequest {
  /** Milliseconds since the epoch, by the sandbox's clock. */
  readonly at: number;
  readonly requestId: string;
  /** Such as `sts`. */
  readonly service: string;
  readonly operation: string;
  readonly params: Readonly<Record<string, string>>;
  /** Absent for unsigned requests and for those whose signature was refused. */
  readonly callerArn?: string;
  /** From the credential scope; absent like `callerArn`. */
  readonly region?: string;
  /** Absent if the connection was cut. */
  readonly status?: number;
  readonly errorCode?: string;
}
