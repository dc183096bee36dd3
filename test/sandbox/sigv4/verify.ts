import { signatureDoesNotMatch } from "../awsError.ts";
import type { HttpRequest } from "../http.ts";
import { canonicalRequest, signatureOf, stringToSign } from "./canonical.ts";
import { basicDate, parseBasicDate, type SignatureClaims } from "./claims.ts";

const TOLERANCE_MINUTES = 15;
const MISMATCH =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

export interface Verification {
  readonly secret: string;
  /** The name that the credential scope must carry, such as `sts`. */
  readonly service: string;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
}

/**
 * Checks Signature Version 4 as the receiving service does: scope, date, signed headers, then the signature itself.
 * Throws `SignatureDoesNotMatch`, the code STS uses for every one of these.
 *
 * `X-Amz-Expires` of a presigned request is not consulted: STS keeps to its 15 minutes whatever it says.
 */
export function verifySignature(
  request: HttpRequest,
  claims: SignatureClaims,
  verification: Verification,
): void {
  checkScope(claims, verification.service);
  checkDate(claims.date, verification.nowMs);
  checkSignedHeaders(request, claims.signedHeaders);
  const canonical = canonicalRequest(request, claims.signedHeaders);
  const text = stringToSign(claims.date, claims.scope, canonical);
  if (signatureOf(verification.secret, claims.scope, text) !== claims.signature) {
    throw signatureDoesNotMatch(MISMATCH);
  }
}

function checkScope(claims: SignatureClaims, service: string): void {
  if (!/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(claims.region)) {
    throw signatureDoesNotMatch(
      `Credential should be scoped to a valid region, not '${claims.region}'. `,
    );
  }
  if (claims.service !== service) {
    throw signatureDoesNotMatch(`Credential should be scoped to correct service: '${service}'. `);
  }
  if (claims.terminator !== "aws4_request") {
    throw signatureDoesNotMatch(
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${claims.terminator}'. `,
    );
  }
  const day = claims.date.slice(0, 8);
  if (claims.scopeDate !== day) {
    throw signatureDoesNotMatch(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${claims.scopeDate}' != '${day}', from '${claims.date}'.`,
    );
  }
}

function checkDate(date: string, nowMs: number): void {
  const tolerance = TOLERANCE_MINUTES * 60_000;
  const now = Math.floor(nowMs / 1000) * 1000;
  const signed = parseBasicDate(date);
  if (signed < now - tolerance) {
    throw signatureDoesNotMatch(
      `Signature expired: ${date} is now earlier than ${basicDate(now - tolerance)} (${basicDate(now)} - ${TOLERANCE_MINUTES} min.)`,
    );
  }
  // Written the other way round, an impossible date (NaN) would pass both comparisons.
  if (!(signed <= now + tolerance)) {
    throw signatureDoesNotMatch(
      `Signature not yet current: ${date} is still later than ${basicDate(now + tolerance)} (${basicDate(now)} + ${TOLERANCE_MINUTES} min.)`,
    );
  }
}

function checkSignedHeaders(request: HttpRequest, signedHeaders: readonly string[]): void {
  if (!signedHeaders.includes("host")) {
    throw signatureDoesNotMatch(
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    );
  }
  const unsigned = request.headers
    .map(([name]) => name.toLowerCase())
    .filter((name) => name.startsWith("x-amz-") && !signedHeaders.includes(name));
  if (unsigned.length > 0) {
    throw signatureDoesNotMatch(
      `There were headers present in the request which were not signed: ${unsigned.join(", ")}`,
    );
  }
}
