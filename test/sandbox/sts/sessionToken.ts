import { accessDenied } from "../awsError.ts";
import { checkRegion, credentialsXml, expiryAfter } from "./credentials.ts";
import { readMfaProof } from "./mfaRequest.ts";
import type { SignedCall } from "./operation.ts";
import { GET_SESSION_TOKEN } from "./rules.ts";
import { validate } from "./validation.ts";
import type { XmlContent } from "./xml.ts";

const DEFAULT_DURATION_SECONDS = 43_200;

/** GetSessionToken, for users with long-term keys only. */
export function getSessionToken({ cloud, caller, params }: SignedCall): XmlContent {
  if (caller.session !== undefined) {
    throw accessDenied("Cannot call GetSessionToken with session credentials");
  }
  validate(params, GET_SESSION_TOKEN);
  checkRegion(caller.principal.account, caller.region);
  const proof = readMfaProof(params);
  const nowMs = cloud.clock.now();
  if (proof !== undefined) {
    cloud.mfaCodes.accept(caller.principal, proof, nowMs);
  }
  const seconds = Number(params.text("DurationSeconds") ?? DEFAULT_DURATION_SECONDS);
  const session = cloud.sessions.issue({
    principal: caller.principal,
    expiresAt: expiryAfter(seconds, nowMs),
    mfa: proof !== undefined,
  });
  return { Credentials: credentialsXml(session) };
}
