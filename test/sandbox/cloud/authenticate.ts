import { AwsError, invalidClientTokenId } from "../awsError.ts";
import type { HttpRequest } from "../http.ts";
import { readClaims, type SignatureClaims } from "../sigv4/claims.ts";
import { verifySignature } from "../sigv4/verify.ts";
import type { Cloud } from "./cloud.ts";
import type { Principal } from "./principal.ts";
import type { Session } from "./sessions.ts";

/** Who signed a request. */
export interface Caller {
  readonly principal: Principal;
  /** Absent for a user who signs with a long-term key. */
  readonly session?: Session;
  /** From the credential scope. */
  readonly region: string;
}

/**
 * Finds out who signed a request to a service, in this order: is the key known, does the token belong to it,
 * is the signature right, has the session expired. Throws as the AWS services answer.
 */
export function authenticate(cloud: Cloud, request: HttpRequest, service: string): Caller {
  const claims = readClaims(request);
  const signer = findSigner(cloud, claims);
  const nowMs = cloud.clock.now();
  verifySignature(request, claims, { secret: signer.secret, service, nowMs });
  const { principal, session } = signer;
  if (session === undefined) {
    return { principal, region: claims.region };
  }
  if (nowMs >= session.expiresAt) {
    throw new AwsError(
      "ExpiredToken",
      403,
      "The security token included in the request is expired",
    );
  }
  return { principal, session, region: claims.region };
}

interface Signer {
  readonly principal: Principal;
  readonly secret: string;
  readonly session?: Session;
}

function findSigner(cloud: Cloud, claims: SignatureClaims): Signer {
  const session = cloud.sessions.find(claims.accessKeyId);
  if (session !== undefined && session.sessionToken === claims.sessionToken) {
    return { principal: session.principal, secret: session.secretAccessKey, session };
  }
  const entry = cloud.directory.userKey(claims.accessKeyId);
  if (entry === undefined || entry.key.active === false || claims.sessionToken !== undefined) {
    throw invalidClientTokenId();
  }
  const { account, user, key } = entry;
  return { principal: { kind: "user", account, user }, secret: key.secret };
}
