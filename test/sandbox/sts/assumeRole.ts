import { notAuthorized, validationError } from "../awsError.ts";
import type { Caller } from "../cloud/authenticate.ts";
import { authorizeAssumeRole } from "../cloud/authorize.ts";
import type { RoleEntry } from "../cloud/directory.ts";
import type { MfaProof } from "../cloud/mfa.ts";
import { arnOf } from "../cloud/principal.ts";
import type { SessionTerms } from "../cloud/sessions.ts";
import { assumedRoleUserXml, checkRegion, credentialsXml, expiryAfter } from "./credentials.ts";
import { readMfaProof } from "./mfaRequest.ts";
import type { SignedCall } from "./operation.ts";
import type { Params } from "./params.ts";
import {
  checkRoleArn,
  packedPolicySize,
  readSessionPolicy,
  sessionSeconds,
} from "./roleRequest.ts";
import { ASSUME_ROLE } from "./rules.ts";
import { readTags, type SessionTags } from "./tags.ts";
import { validate } from "./validation.ts";
import type { XmlContent } from "./xml.ts";

const CHAINED_MAX_SECONDS = 3600;

/** AssumeRole: parameters first, then permission, then the MFA code, then the duration, as STS answers. */
export function assumeRole({ cloud, caller, params }: SignedCall): XmlContent {
  validate(params, ASSUME_ROLE);
  checkRoleArn(params.required("RoleArn"));
  const tags = readTags(params, caller.session);
  const sessionPolicy = readSessionPolicy(params);
  const packedSize = packedPolicySize(sessionPolicy, tags.requested);
  const proof = readMfaProof(params);
  const sourceIdentity = sourceIdentityOf(caller, params);
  const role = authorize({ cloud, caller, params }, proof, tags, sourceIdentity);
  checkRegion(role.account, caller.region);
  const nowMs = cloud.clock.now();
  if (proof !== undefined) {
    cloud.mfaCodes.accept(caller.principal, proof, nowMs);
  }
  checkChaining(caller, params);
  const terms: SessionTerms = {
    principal: {
      kind: "role",
      account: role.account,
      role: role.role,
      sessionName: params.required("RoleSessionName"),
    },
    expiresAt: expiryAfter(sessionSeconds(params, role.role), nowMs),
    // The MFA context ends at the role: a chained call does not carry it.
    mfa: false,
    chained: caller.principal.kind === "role",
    tags: tags.all,
    transitiveTagKeys: tags.transitiveKeys,
    ...(sessionPolicy === undefined ? {} : { sessionPolicy }),
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
  };
  const session = cloud.sessions.issue(terms);
  return {
    Credentials: credentialsXml(session),
    AssumedRoleUser: assumedRoleUserXml(session),
    PackedPolicySize: packedSize?.toString(),
    SourceIdentity: sourceIdentity,
  };
}

function authorize(
  { cloud, caller, params }: SignedCall,
  proof: MfaProof | undefined,
  tags: SessionTags,
  sourceIdentity: string | undefined,
): RoleEntry {
  const roleArn = params.required("RoleArn");
  return authorizeAssumeRole(caller, cloud.directory.role(roleArn), {
    roleArn,
    externalId: params.text("ExternalId"),
    mfa: proof !== undefined || caller.session?.mfa === true,
    hasTags: tags.all.size > 0,
    hasSourceIdentity: sourceIdentity !== undefined,
  });
}

/** A source identity stays with a chain of sessions once it is set; another one is denied. */
function sourceIdentityOf(caller: Caller, params: Params): string | undefined {
  const inherited = caller.session?.sourceIdentity;
  const requested = params.text("SourceIdentity");
  if (inherited !== undefined && requested !== undefined && requested !== inherited) {
    throw notAuthorized(
      arnOf(caller.principal),
      "sts:SetSourceIdentity",
      params.required("RoleArn"),
    );
  }
  return inherited ?? requested;
}

/** Any temporary credentials count as chaining, those of GetSessionToken included. */
function checkChaining(caller: Caller, params: Params): void {
  if (
    caller.session !== undefined &&
    Number(params.text("DurationSeconds") ?? 0) > CHAINED_MAX_SECONDS
  ) {
    throw validationError(
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    );
  }
}
