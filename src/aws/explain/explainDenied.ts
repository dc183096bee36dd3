import { nameOfBase } from "../chain/base.ts";
import type { CallFailure } from "../execution/failure.ts";
import { parseRoleArn } from "../role/arn.ts";
import type { Role } from "../role/role.ts";
import { type Denial, type PolicyKind, readDenial } from "../sts/denial.ts";
import { findEncodedMessage } from "../sts/encodedMessage.ts";
import { type Explanation, nameOfStep, sentence, whereWritten } from "./explanation.ts";

/** All that is known of a denied step. */
interface Case {
  readonly failure: CallFailure;
  readonly role: Role;
  readonly denial: Denial;
  /** The caller's ARN, or words for it. */
  readonly caller: string;
  readonly callerAccount?: string;
  readonly callerPartition?: string;
  readonly roleAccount: string;
  readonly rolePartition: string;
}

type Reason = (denied: Case) => Explanation | undefined;

/** In order: what can never work, then what AWS names, then what follows from who asked. */
const reasons: readonly Reason[] = [
  mfaNotAccepted,
  sessionAskedForSession,
  rootUser,
  otherPartition,
  policyNamed,
  extraPermission,
  nothingNamed,
];

/** Explains AccessDenied by AWS's words and the evidence that was gathered. */
export function explainDenied(failure: CallFailure, role: Role): Explanation | undefined {
  const { code, message } = failure.cause;
  if (code !== "AccessDenied" && code !== "AccessDeniedException") return undefined;
  const denied = caseOf(failure, role);
  const encoded = findEncodedMessage(message);
  for (const reason of reasons) {
    const explanation = reason(denied);
    if (explanation && encoded !== undefined) {
      return { ...explanation, remedy: { kind: "decode", message: encoded } };
    }
    if (explanation) return explanation;
  }
  return undefined;
}

function caseOf(failure: CallFailure, role: Role): Case {
  const denial = readDenial(failure.cause.message);
  const callerArn = failure.evidence?.callerArn ?? denial.callerArn;
  const [, callerPartition, , , callerAccount] = callerArn?.split(":") ?? [];
  const { account, partition } = parseRoleArn(failure.step.roleArn) ?? {};
  return {
    failure,
    role,
    denial,
    caller: callerArn ?? "the caller",
    ...(callerAccount && { callerAccount }),
    ...(callerPartition && { callerPartition }),
    roleAccount: account ?? "",
    rolePartition: partition ?? "",
  };
}

function mfaNotAccepted({ failure, role }: Case): Explanation | undefined {
  const { cause, step } = failure;
  if (!/MultiFactorAuthentication/i.test(cause.message)) return undefined;
  return {
    what: "AWS did not accept the MFA device.",
    why: `The device ${step.mfaSerial ?? ""} is not the caller's own: ${sentence(cause.message)}`,
    fix: "Give the ARN of the caller's own MFA device as mfa_serial.",
    remedy: whereWritten(role, "mfa_serial"),
  };
}

function sessionAskedForSession({ failure }: Case): Explanation | undefined {
  const operation = /Cannot call (\w+) with session credentials/i.exec(failure.cause.message)?.[1];
  if (operation === undefined) return undefined;
  return {
    what: `AWS gives no session to these credentials by ${operation}.`,
    why: `They come from ${nameOfBase(failure.base)}, and are temporary themselves.`,
    fix: "Use permanent keys there, or leave mfa_serial out if they have shown MFA already.",
    remedy: { kind: "try-again" },
  };
}

function rootUser({ failure, caller }: Case): Explanation | undefined {
  if (!/:root$/.test(caller) && !/assumed by root/i.test(failure.cause.message)) return undefined;
  return {
    what: "The root user of an account can't assume roles.",
    why: `The keys are root's own; they come from ${nameOfBase(failure.base)}.`,
    fix: "Use an IAM user or IAM Identity Center instead, and delete the root user's keys.",
  };
}

function otherPartition({ failure, role, ...denied }: Case): Explanation | undefined {
  const { callerPartition, rolePartition } = denied;
  if (!callerPartition || !rolePartition || callerPartition === rolePartition) return undefined;
  return {
    what: `The role ${nameOfStep(failure.step)} is in another partition of AWS than its caller.`,
    why: `The role is in "${rolePartition}", ${denied.caller} is in "${callerPartition}", and no role is assumed across partitions.`,
    fix: "Correct the ARN, or use credentials of the role's own partition.",
    remedy: whereWritten(role, "role_arn"),
  };
}

/** What a kind of policy means for who was denied, and who can change it. */
interface PolicyWords {
  readonly denies: string;
  readonly allowsNothing: string;
  /** Who can change it. */
  readonly owner: (denied: Case) => string;
}

const callerSide = ({ callerAccount }: Case): string =>
  `whoever manages ${callerAccount ? `account ${callerAccount}` : "the caller's account"}`;
const roleSide = ({ roleAccount }: Case): string => `whoever manages account ${roleAccount}`;

const policies: Readonly<Record<PolicyKind, PolicyWords>> = {
  "identity-based policy": {
    denies: "It is attached to the caller, or to a group of the caller's.",
    allowsNothing: "The policies attached to the caller don't allow it",
    owner: callerSide,
  },
  "permissions boundary": {
    denies: "It limits what the caller can ever be allowed.",
    allowsNothing: "The permissions boundary of the caller doesn't include it",
    owner: callerSide,
  },
  "session policy": {
    denies: "The caller's own session was scoped down by it when it was made.",
    allowsNothing: "The caller's own session was scoped down when it was made, to less than this",
    owner: () => "whoever makes that session",
  },
  "service control policy": {
    denies:
      "The organization set it on the caller's account, whose administrators can't override it.",
    allowsNothing: "The organization doesn't allow it to the caller's account",
    owner: ({ callerAccount }) =>
      `whoever manages the organization${callerAccount ? ` of account ${callerAccount}` : ""}`,
  },
  "resource control policy": {
    denies:
      "The organization set it on the role's account, whose administrators can't override it.",
    allowsNothing: "The organization of the role's account doesn't allow it",
    owner: ({ roleAccount }) => `whoever manages the organization of account ${roleAccount}`,
  },
  "trust policy": {
    denies: "It is the role's own, and says who may never assume it, or only on conditions.",
    allowsNothing: "The role's trust policy doesn't admit the caller",
    owner: roleSide,
  },
  "VPC endpoint policy": {
    denies: "It belongs to the network's private endpoint of STS.",
    allowsNothing: "The network's private endpoint of STS doesn't let it pass",
    owner: () => "whoever manages the network",
  },
};

function policyNamed(denied: Case): Explanation | undefined {
  const { failure, role, denial, caller } = denied;
  if (denial.policy === undefined) return explicitWithoutPolicy(denied);
  const { kind, explicit, arn } = denial.policy;
  const words = policies[kind];
  const action = denial.action ?? "sts:AssumeRole";
  const article = kind.startsWith("identity") ? "An" : "A";
  if (explicit) {
    return {
      what: `${article} ${kind} explicitly denies ${caller} the role ${nameOfStep(failure.step)}.`,
      why: `${words.denies} An explicit deny outranks everything that allows.`,
      fix: `Ask ${words.owner(denied)} to change that policy${arn ? `, ${arn}` : ""}.`,
    };
  }
  const conditions = kind === "trust policy" ? conditionsOf(denied) : "";
  return {
    what: `AWS denied ${caller} the role ${nameOfStep(failure.step)}.`,
    why: `${words.allowsNothing}${conditions}: no ${kind} allows ${action}.`,
    fix: `Ask ${words.owner(denied)} to allow ${action}${kind === "trust policy" ? ` to ${caller}` : ` on ${failure.step.roleArn}`}.`,
    remedy: whereWritten(role, "role_arn"),
  };
}

function explicitWithoutPolicy(denied: Case): Explanation | undefined {
  const { failure, caller, roleAccount } = denied;
  if (!/explicit deny/i.test(failure.cause.message)) return undefined;
  return {
    what: `A policy explicitly denies ${caller} the role ${nameOfStep(failure.step)}.`,
    why: `${sentence(failure.cause.message)} An explicit deny outranks everything that allows.`,
    fix: `Ask whoever manages account ${roleAccount} or the organization to change that policy.`,
  };
}

/** Permissions beside sts:AssumeRole that a parameter needs, by the key that asks for it. */
const extraPermissions: Readonly<Record<string, { readonly of: string; readonly key: string }>> = {
  "sts:TagSession": { of: "session tags", key: "session_tags" },
  "sts:SetSourceIdentity": { of: "a source identity", key: "source_identity" },
};

function extraPermission(denied: Case): Explanation | undefined {
  const { failure, role, denial, caller } = denied;
  const extra = extraPermissions[denial.action ?? ""];
  if (extra === undefined) return undefined;
  return {
    what: `AWS denied ${caller} ${extra.of} on the role ${nameOfStep(failure.step)}.`,
    why: `That needs ${denial.action}, which the role's trust policy or the caller's own policies don't allow, or it contradicts what the caller's session carries.`,
    fix: `Leave ${extra.of} out, or ask ${roleSide(denied)} to allow ${denial.action}.`,
    remedy: whereWritten(role, extra.key),
  };
}

/** AWS named no policy: what is left depends on whether caller and role share an account. */
function nothingNamed(denied: Case): Explanation {
  const { failure, role, caller, callerAccount, roleAccount } = denied;
  const conditions = conditionsOf(denied);
  const whence = `The caller comes from ${nameOfBase(failure.base)}.`;
  const common = {
    what: `AWS denied ${caller} the role ${nameOfStep(failure.step)}.`,
    remedy: whereWritten(role, "role_arn"),
  };
  if (callerAccount === undefined) {
    return {
      ...common,
      why: `Its trust policy doesn't admit the caller${conditions}, the caller's own policies don't allow sts:AssumeRole on it, or there is no such role. ${whence}`,
      fix: `Check the ARN, then ask ${roleSide(denied)} to admit the caller.`,
    };
  }
  if (callerAccount === roleAccount) {
    return {
      ...common,
      why: `Both are in one account: its trust policy has to name the caller, or the account while the caller's own policies allow sts:AssumeRole. Neither holds${conditions}, or there is no such role. ${whence}`,
      fix: `Check the ARN, then ask ${roleSide(denied)} to admit the caller.`,
    };
  }
  return {
    ...common,
    why: `It is in another account: its trust policy there has to admit the caller${conditions}, and the caller's own policies in ${callerAccount} have to allow sts:AssumeRole on it. One of them doesn't, or there is no such role. ${whence}`,
    fix: `Check the ARN, then ask ${roleSide(denied)} to admit the caller, and ${callerAccount} to allow it.`,
  };
}

/** The conditions of a trust policy that the call can't have met, in parentheses, or nothing. */
function conditionsOf({ failure }: Case): string {
  const { step, chained, evidence } = failure;
  const mfa = evidence?.mfa ?? (step.mfaSerial === undefined ? "not-shown" : "shown");
  const unset = [
    ...(mfa === "not-shown" && !chained ? ["MFA"] : []),
    ...(step.externalId === undefined ? ["an external id"] : []),
  ];
  const hints = [
    ...(unset.length === 0 ? [] : [`it may ask for ${unset.join(" or ")}; none is set`]),
    ...(mfa === "not-shown" && chained
      ? ["it can't ask for MFA, which no role's session shows"]
      : []),
    ...(mfa === "unknown" ? ["whether these temporary credentials showed MFA isn't known"] : []),
  ];
  return hints.length === 0 ? "" : ` (${hints.join("; ")})`;
}
