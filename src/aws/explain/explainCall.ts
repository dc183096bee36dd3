import { nameOfBase } from "../chain/base.ts";
import type { CallFailure } from "../execution/failure.ts";
import type { Role } from "../role/role.ts";
import { explainCode } from "./explainCode.ts";
import { explainDenied } from "./explainDenied.ts";
import { explainNetwork } from "./explainNetwork.ts";
import {
  type Explanation,
  nameOfStep,
  type Remedy,
  sentence,
  whereWritten,
} from "./explanation.ts";

/** Beyond this AWS refuses a signature. Ms. */
const toleratedSkewMs = 5 * 60_000;

type CallRule = (failure: CallFailure, role: Role) => Explanation | undefined;

/** In order: what an answer shows about clock, network and region outranks the code that came with it. */
const callRules: readonly CallRule[] = [
  explainClock,
  explainNetwork,
  explainRegionDisabled,
  explainCredentials,
  explainDuration,
  explainDenied,
  explainCode,
  explainThrottling,
  explainInvalid,
  explainServerError,
];

/** Explains what STS answered, or that it did not. */
export function explainCall(failure: CallFailure, role: Role): Explanation {
  for (const rule of callRules) {
    const explanation = rule(failure, role);
    if (explanation) return explanation;
  }
  return {
    what: `AWS did not give the role ${nameOfStep(failure.step)}.`,
    why: `It answered ${failure.cause.code}: ${sentence(failure.cause.message)}`,
    fix: "Look into the log for the request id, and try again.",
    remedy: { kind: "try-again" },
  };
}

function explainClock({ cause, clockSkewMs = 0 }: CallFailure): Explanation | undefined {
  const isAboutTime =
    ["RequestExpired", "RequestTimeTooSkewed", "RequestInTheFuture"].includes(cause.code) ||
    /signature (expired|not yet current)/i.test(cause.message);
  if (!isAboutTime && Math.abs(clockSkewMs) < toleratedSkewMs) return undefined;
  if (!isAboutTime && cause.code !== "SignatureDoesNotMatch") return undefined;
  const minutes = Math.round(Math.abs(clockSkewMs) / 60_000);
  return {
    what: "AWS refused the request because this machine's clock is off.",
    why:
      minutes === 0
        ? "AWS refuses requests that are signed too far from its own time."
        : `It is ${minutes} ${minutes === 1 ? "minute" : "minutes"} ${clockSkewMs > 0 ? "behind" : "ahead of"} AWS's, which refuses requests signed that far from its own time.`,
    fix: "Let the system set the time by itself, then try again.",
    remedy: { kind: "try-again" },
  };
}

function explainCredentials(failure: CallFailure, role: Role): Explanation | undefined {
  const { base, cause } = failure;
  const baseProfile = "profile" in base ? base.profile : undefined;
  const remedy: Remedy =
    baseProfile === undefined
      ? { kind: "try-again" }
      : { kind: "open-profile", profile: baseProfile, key: "aws_access_key_id" };
  switch (cause.code) {
    case "ExpiredToken":
    case "ExpiredTokenException":
      return {
        what: `The credentials that should assume "${role.name}" have expired.`,
        why: `They come from ${nameOfBase(base)}, and are temporary themselves.`,
        fix: "Get new ones where these came from, then try again.",
        remedy,
      };
    case "InvalidClientTokenId":
    case "UnrecognizedClientException":
      return {
        what: "AWS doesn't know the access key.",
        why: `It comes from ${nameOfBase(base)}; it was deleted or made inactive, is mistyped, or belongs to another partition.`,
        fix: "Put an active access key there, and try again.",
        remedy,
      };
    case "SignatureDoesNotMatch":
    case "InvalidSignatureException":
      return {
        what: "The secret access key doesn't belong to the access key id.",
        why: `Both come from ${nameOfBase(base)}, and AWS could not verify the signature made with them.`,
        fix: "Copy the secret access key again, whole, and try again.",
        remedy,
      };
    default:
      return undefined;
  }
}

function explainDuration(
  { step, chained, cause }: CallFailure,
  role: Role,
): Explanation | undefined {
  if (!/DurationSeconds/i.test(cause.message)) return undefined;
  const asked = step.durationSeconds === undefined ? "" : ` (${step.durationSeconds} seconds)`;
  const remedy = whereWritten(role, "duration_seconds");
  const what = `The duration asked for${asked} is longer than the role allows.`;
  if (chained || /role chaining/i.test(cause.message)) {
    return {
      what,
      why: "A role that is assumed with another role's session lasts one hour at the most.",
      fix: "Ask for 3600 seconds or less.",
      remedy,
    };
  }
  return {
    what,
    why: "Each role has a maximum session duration, one hour unless its owner raised it.",
    fix: "Ask for less, or leave the duration out.",
    remedy,
  };
}

function explainRegionDisabled(
  { cause, region }: CallFailure,
  role: Role,
): Explanation | undefined {
  const isScope = /scoped to a valid region/i.test(cause.message);
  if (cause.code !== "RegionDisabledException" && cause.code !== "RegionDisabled" && !isScope) {
    return undefined;
  }
  return {
    what: `STS can't be used in the region "${region}".`,
    why: isScope
      ? "There is no such region, or the endpoint belongs to another one."
      : "The account has not activated it.",
    fix: "Set a region that the account uses.",
    remedy: whereWritten(role, "region"),
  };
}

function explainThrottling({ cause }: CallFailure): Explanation | undefined {
  if (!/^(Throttl|TooManyRequests|RequestLimitExceeded)/.test(cause.code)) return undefined;
  return {
    what: "AWS is answering too many requests of this account right now.",
    why: "It throttled this one, and the repeats of it.",
    fix: "Wait a minute, then try again.",
    remedy: { kind: "try-again" },
  };
}

function explainInvalid(failure: CallFailure, role: Role): Explanation | undefined {
  const { cause } = failure;
  if (cause.code !== "ValidationError" && cause.code !== "ValidationException") return undefined;
  const isArn = /roleArn|invalid.*ARN|ARN.*invalid/i.test(cause.message);
  return {
    what: isArn
      ? `AWS doesn't accept "${failure.step.roleArn}" as the ARN of a role.`
      : `AWS doesn't accept a parameter of the role ${nameOfStep(failure.step)}.`,
    why: sentence(cause.message),
    fix: "Correct it where the role is written down.",
    remedy: whereWritten(role, "role_arn"),
  };
}

function explainServerError({ cause }: CallFailure): Explanation | undefined {
  if (cause.httpStatus === undefined || cause.httpStatus < 500) return undefined;
  return {
    what: "STS has a fault of its own right now.",
    why: `It answered with the status ${cause.httpStatus}, also when asked again.`,
    fix: "Try again in a minute; AWS tells of outages on its Health Dashboard.",
    remedy: { kind: "try-again" },
  };
}
