import { createPublicKey, verify } from "node:crypto";
import { AwsError } from "../awsError.ts";
import type { OidcProvider } from "../world.ts";

/** A signed token, taken apart but not yet believed. */
export interface Jwt {
  readonly algorithm: unknown;
  readonly keyId: unknown;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signed: string;
  readonly signature: Buffer;
}

/** 400 `InvalidIdentityToken`. */
export function invalidIdentityToken(message: string): AwsError {
  return new AwsError("InvalidIdentityToken", 400, message);
}

/** Takes a compact JWS apart (RFC 7515). */
export function parseJwt(token: string): Jwt {
  const [head, payload, signature, ...more] = token.split(".");
  const header = parsePart(head);
  const claims = parsePart(payload);
  if (header === undefined || claims === undefined || signature === undefined || more.length > 0) {
    throw invalidIdentityToken(
      "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)",
    );
  }
  return {
    algorithm: header["alg"],
    keyId: header["kid"],
    claims,
    signed: `${head}.${payload}`,
    signature: Buffer.from(signature, "base64url"),
  };
}

/** Throws `InvalidIdentityToken` unless one of the provider's keys made the signature, by RS256 or ES256. */
export function verifyJwt(jwt: Jwt, provider: OidcProvider): void {
  const key = provider.keys.find(({ id }) => id === jwt.keyId);
  if (key === undefined) {
    throw invalidIdentityToken(
      "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
    );
  }
  const publicKey = createPublicKey(key.publicKey);
  const algorithm = publicKey.asymmetricKeyType === "ec" ? "ES256" : "RS256";
  const genuine = verify(
    "sha256",
    Buffer.from(jwt.signed),
    { key: publicKey, dsaEncoding: "ieee-p1363" },
    jwt.signature,
  );
  if (jwt.algorithm !== algorithm || !genuine) {
    throw invalidIdentityToken("The ID Token provided has an invalid signature");
  }
}

function parsePart(part: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? "", "base64url").toString("utf8"));
    return typeof value === "object" && value !== null
      ? Object.fromEntries(Object.entries(value))
      : undefined;
  } catch {
    return undefined;
  }
}
