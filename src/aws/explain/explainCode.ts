import type { CallFailure } from "../execution/failure.ts";
import type { Role } from "../role/role.ts";
import { type Explanation, nameOfStep, sentence, whereWritten } from "./explanation.ts";

/** What a code means, and what to do; `key` is where the role's description can be changed. */
interface Meaning {
  readonly what: string;
  readonly fix: string;
  readonly key?: string;
}

const changedOnTheWay: Meaning = {
  what: "The request did not reach STS as it was sent.",
  fix: "Look for a proxy or an endpoint that changes requests, then try again.",
};

const policyWrong: Meaning = {
  what: "STS doesn't accept the session policy.",
  fix: "Correct the policy where the role is written down.",
  key: "policy",
};

const parameterWrong: Meaning = {
  what: "AWS doesn't accept a parameter of the role.",
  fix: "Correct it where the role is written down.",
  key: "role_arn",
};

/**
 * The errors of STS that need no look at the circumstances; AWS's own words are the reason.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html#API_AssumeRole_Errors
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
 */
const meanings: Readonly<Record<string, Meaning>> = {
  MalformedPolicyDocument: policyWrong,
  MalformedPolicyDocumentException: policyWrong,
  PackedPolicyTooLarge: {
    what: "The session policies and tags together are too large for a session.",
    fix: "Shorten the session policy, or name managed policies instead.",
    key: "policy",
  },
  IncompleteSignature: changedOnTheWay,
  InvalidAction: changedOnTheWay,
  InvalidQueryParameter: changedOnTheWay,
  MalformedQueryString: changedOnTheWay,
  MissingAction: changedOnTheWay,
  MissingAuthenticationToken: changedOnTheWay,
  InvalidParameterCombination: parameterWrong,
  InvalidParameterValue: parameterWrong,
  MissingParameter: parameterWrong,
  NotAuthorized: {
    what: "AWS lets nobody assume the role right now.",
    fix: "Ask whoever manages the account.",
  },
  OptInRequired: {
    what: "The account is not signed up for what was asked.",
    fix: "Ask whoever manages the account to finish its sign-up.",
  },
  AuthFailure: {
    what: "AWS could not verify the credentials.",
    fix: "Check that the access key is active, and try again.",
  },
};

/** Explains an error by its code alone. */
export function explainCode({ cause, step }: CallFailure, role: Role): Explanation | undefined {
  const meaning = meanings[cause.code] ?? meanings[cause.code.replace(/(Exception|Error)$/, "")];
  if (meaning === undefined) return undefined;
  return {
    what: meaning.what,
    why: `Of the role ${nameOfStep(step)}, STS says ${cause.code}: ${sentence(cause.message)}`,
    fix: meaning.fix,
    remedy: meaning.key ? whereWritten(role, meaning.key) : { kind: "try-again" },
  };
}
