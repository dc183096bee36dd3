/** The kinds of policy that AWS names in a denial; a role's trust policy is its resource-based one. */
export type PolicyKind =
  | "identity-based policy"
  | "permissions boundary"
  | "resource control policy"
  | "service control policy"
  | "session policy"
  | "trust policy"
  | "VPC endpoint policy";

/** What AWS's words say of a denial. It often tells less than it knows: all is optional. */
export interface Denial {
  readonly callerArn?: string;
  /** What was not allowed, such as `sts:TagSession`. */
  readonly action?: string;
  /** The policy that decided; of several, AWS names one. */
  readonly policy?: {
    readonly kind: PolicyKind;
    /** Whether it denies, as against not allowing. */
    readonly explicit: boolean;
    readonly arn?: string;
  };
}

/**
 * Reads the message of an AccessDenied error.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function readDenial(message: string): Denial {
  const callerArn = /User: (arn:\S+)/.exec(message)?.[1];
  const action = /not authorized to perform: ([\w-]+:\w+)/.exec(message)?.[1];
  const policy = policyOf(message);
  return { ...(callerArn && { callerArn }), ...(action && { action }), ...(policy && { policy }) };
}

const policyName =
  "(identity-based policy|permissions boundary|resource control policy|resource-based policy|role trust policy|service control policy|session policy|VPC endpoint policy)";
const explicitDeny = new RegExp(
  `explicit deny in (?:an? |the )?${policyName}(?::\\s*(arn:\\S+))?`,
  "i",
);
const noAllow = new RegExp(`because (?:no|the) ${policyName}\\b`, "i");

function policyOf(message: string): Denial["policy"] {
  const [, denier, arn] = explicitDeny.exec(message) ?? [];
  const kind = kindOf(denier ?? noAllow.exec(message)?.[1]);
  if (kind === undefined) return undefined;
  return {
    kind,
    explicit: denier !== undefined,
    ...(arn && { arn: arn.replace(/[.,]$/, "") }),
  };
}

function kindOf(named: string | undefined): PolicyKind | undefined {
  const name = named?.toLowerCase();
  if (name === "resource-based policy" || name === "role trust policy") return "trust policy";
  if (name === "vpc endpoint policy") return "VPC endpoint policy";
  return policyKinds.find((kind) => kind === name);
}

const policyKinds = [
  "identity-based policy",
  "permissions boundary",
  "resource control policy",
  "service control policy",
  "session policy",
] as const;
