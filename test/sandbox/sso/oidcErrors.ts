import { AwsError } from "../awsError.ts";

/** An error of SSO OIDC: AWS's code, and in the body OAuth's own word for it. */
export class OidcError extends AwsError {
  /** Such as `slow_down`. */
  readonly word: string;

  constructor(code: string, status: number, word: string, description: string) {
    super(code, status, description);
    this.word = word;
  }
}

/** 400, as nearly all of them are. */
export function oidcError(code: string, word: string, description = ""): OidcError {
  return new OidcError(code, 400, word, description);
}

/** 401 `InvalidClientException`. */
export function invalidClient(): OidcError {
  return new OidcError("InvalidClientException", 401, "invalid_client", "Invalid client");
}

/** 400 `InvalidGrantException`: a code or refresh token that is wrong, used, or too old. */
export function invalidGrant(): OidcError {
  return oidcError("InvalidGrantException", "invalid_grant", "Invalid grant provided");
}
