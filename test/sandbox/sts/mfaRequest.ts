import { accessDenied } from "../awsError.ts";
import type { MfaProof } from "../cloud/mfa.ts";
import type { Params } from "./params.ts";

/** The MFA code that a request carries, if any. Throws `AccessDenied` when half of it is missing. */
export function readMfaProof(params: Params): MfaProof | undefined {
  const serial = params.text("SerialNumber");
  const code = params.text("TokenCode");
  if (serial === undefined && code === undefined) {
    return undefined;
  }
  if (serial === undefined || code === undefined) {
    throw accessDenied(
      "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.",
    );
  }
  return { serial, code };
}
