/** An answer that says no, as the AWS services word it. */
export class AwsError extends Error {
  /** The code that SDKs read, such as `AccessDenied`. */
  readonly code: string;
  /** HTTP status. From 500 on, the answer blames the service ("Receiver") rather than the caller ("Sender"). */
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.name = "AwsError";
    this.code = code;
    this.status = status;
  }
}

/** 403 `AccessDenied`. */
export function accessDenied(message: string): AwsError {
  return new AwsError("AccessDenied", 403, message);
}

/** The sentence AWS uses when a policy does not allow an action. It never says whether the resource exists. */
export function notAuthorized(callerArn: string, action: string, resourceArn?: string): AwsError {
  const resource = resourceArn === undefined ? "" : ` on resource: ${resourceArn}`;
  return accessDenied(`User: ${callerArn} is not authorized to perform: ${action}${resource}`);
}

/** 400 `ValidationError`. */
export function validationError(message: string): AwsError {
  return new AwsError("ValidationError", 400, message);
}

/** 403 `InvalidClientTokenId`: an access key that AWS does not know, or a session token that is not the key's. */
export function invalidClientTokenId(): AwsError {
  return new AwsError(
    "InvalidClientTokenId",
    403,
    "The security token included in the request is invalid.",
  );
}

/** 403 `SignatureDoesNotMatch`, which STS uses for wrong secrets, wrong scopes and wrong clocks alike. */
export function signatureDoesNotMatch(message: string): AwsError {
  return new AwsError("SignatureDoesNotMatch", 403, message);
}
