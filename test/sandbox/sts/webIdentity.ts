import { AwsError, accessDenied } from "../awsError.ts";
import { accountIdOf, oidcProviderArn } from "../cloud/arn.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { matchesWildcard } from "../cloud/wildcard.ts";
import type { Account, OidcProvider, Trust } from "../world.ts";
import { assumedRoleUserXml, credentialsXml, expiryAfter } from "./credentials.ts";
import { invalidIdentityToken, parseJwt, verifyJwt } from "./jwt.ts";
import type { Params } from "./params.ts";
import {
  checkRoleArn,
  packedPolicySize,
  readSessionPolicy,
  sessionSeconds,
} from "./roleRequest.ts";
import { ASSUME_ROLE_WITH_WEB_IDENTITY } from "./rules.ts";
import { validate } from "./validation.ts";
import type { XmlContent } from "./xml.ts";

/** What a verified token says. */
interface Identity {
  readonly provider: OidcProvider;
  readonly audience: string;
  readonly subject: string;
}

/** AssumeRoleWithWebIdentity, which is not signed: the token is the proof. */
export function assumeRoleWithWebIdentity(cloud: Cloud, params: Params): XmlContent {
  validate(params, ASSUME_ROLE_WITH_WEB_IDENTITY);
  const roleArn = params.required("RoleArn");
  checkRoleArn(roleArn);
  const sessionPolicy = readSessionPolicy(params);
  const packedSize = packedPolicySize(sessionPolicy, new Map());
  const nowMs = cloud.clock.now();
  const account = cloud.directory.account(accountIdOf(roleArn) ?? "");
  const identity = readIdentity(params.required("WebIdentityToken"), account, nowMs);
  const entry = cloud.directory.role(roleArn);
  if (entry === undefined || !trusts(entry.role.trust, identity)) {
    throw accessDenied("Not authorized to perform sts:AssumeRoleWithWebIdentity");
  }
  const session = cloud.sessions.issue({
    principal: {
      kind: "role",
      account: entry.account,
      role: entry.role,
      sessionName: params.required("RoleSessionName"),
    },
    expiresAt: expiryAfter(sessionSeconds(params, entry.role), nowMs),
    mfa: false,
    ...(sessionPolicy === undefined ? {} : { sessionPolicy }),
  });
  return {
    Credentials: credentialsXml(session),
    SubjectFromWebIdentityToken: identity.subject,
    AssumedRoleUser: assumedRoleUserXml(session),
    PackedPolicySize: packedSize?.toString(),
    Provider: oidcProviderArn(entry.account, identity.provider.issuer),
    Audience: identity.audience,
  };
}

/** Verifies a token against the OIDC providers of the role's account. */
function readIdentity(token: string, account: Account | undefined, nowMs: number): Identity {
  const jwt = parseJwt(token);
  const { iss, sub, exp } = jwt.claims;
  const provider = account?.oidcProviders?.find(({ issuer }) => issuer === iss);
  if (provider === undefined) {
    throw invalidIdentityToken(`No OpenIDConnect provider found in your account for ${iss}`);
  }
  verifyJwt(jwt, provider);
  if (typeof exp !== "number" || typeof sub !== "string") {
    throw invalidIdentityToken("Missing a required claim: exp, sub");
  }
  const seconds = Math.floor(nowMs / 1000);
  if (seconds >= exp) {
    throw new AwsError(
      "ExpiredTokenException",
      400,
      `Token expired: current date/time ${seconds} must be before the expiration date/time${exp}`,
    );
  }
  const audience = [jwt.claims["aud"]]
    .flat()
    .find((candidate) => provider.audiences.some((known) => known === candidate));
  if (typeof audience !== "string") {
    throw invalidIdentityToken("Incorrect token audience");
  }
  return { provider, audience, subject: sub };
}

function trusts({ webIdentity }: Trust, identity: Identity): boolean {
  return (
    webIdentity !== undefined &&
    webIdentity.issuer === identity.provider.issuer &&
    webIdentity.audience === identity.audience &&
    matchesWildcard(webIdentity.subject, identity.subject)
  );
}
