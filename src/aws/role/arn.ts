/**
 * The parts of an IAM role's ARN, `arn:partition:iam::account:role/path/name`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
export interface RoleArn {
  readonly partition: string;
  /** Twelve digits. */
  readonly account: string;
  /** Starts and ends with a slash; `/` for most roles. */
  readonly path: string;
  readonly name: string;
}

const roleArnPattern =
  /^arn:(?<partition>aws[a-z0-9-]*):iam::(?<account>\d{12}):role(?<path>\/(?:[\x21-\x7e]+\/)?)(?<name>[\w+=,.@-]{1,64})$/;

/** The parts of a role's ARN, or `undefined` if the text is none. */
export function parseRoleArn(text: string): RoleArn | undefined {
  const { partition, account, path, name } = roleArnPattern.exec(text)?.groups ?? {};
  if (!partition || !account || !path || !name) return undefined;
  return { partition, account, path, name };
}

/** Why a text is not the ARN of a role, in one sentence; `undefined` if it is one. */
export function roleArnProblem(text: string): string | undefined {
  if (parseRoleArn(text)) return undefined;
  const example = "arn:aws:iam::123456789012:role/Name";
  if (text === "") return `Type the ARN of a role, such as ${example}.`;
  if (/\s/.test(text)) return "An ARN has no spaces.";
  const [prefix, partition, service, region, account, ...resource] = text.split(":");
  if (prefix !== "arn") return `An ARN starts with "arn:", as in ${example}.`;
  if (!partition?.startsWith("aws")) return 'After "arn:" comes the partition: "aws", "aws-cn", …';
  if (service === "sts" && resource.join(":").startsWith("assumed-role/")) {
    return "This is the ARN of a session of a role. The role's own has :iam: and :role/ in it.";
  }
  if (service !== "iam") return `The ARN of a role names the service "iam", as in ${example}.`;
  if (region !== "") return "The ARN of a role names no region: two colons follow iam.";
  if (account === undefined || !/^\d{12}$/.test(account)) {
    return `The account in an ARN has 12 digits; here it is "${account ?? ""}".`;
  }
  const kind = /^[^/]*/.exec(resource.join(":"))?.[0] ?? "";
  if (kind !== "role")
    return `This names a ${kind || "…"}, not a role: "role/" follows the account.`;
  return "A role's name has 1 to 64 letters, digits or any of _+=,.@-";
}
