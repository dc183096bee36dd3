import type { Account, Role, User } from "../world.ts";

function prefix(account: Account, service: "iam" | "sts"): string {
  return `arn:${account.partition ?? "aws"}:${service}::${account.id}`;
}

export function userArn(account: Account, user: User): string {
  return `${prefix(account, "iam")}:user/${user.name}`;
}

export function roleArn(account: Account, role: Role): string {
  return `${prefix(account, "iam")}:role${role.path ?? "/"}${role.name}`;
}

/** The principal of a role session. It leaves the role's path out, as AWS does. */
export function assumedRoleArn(account: Account, role: Role, sessionName: string): string {
  return `${prefix(account, "sts")}:assumed-role/${role.name}/${sessionName}`;
}

export function rootArn(account: Account): string {
  return `${prefix(account, "iam")}:root`;
}

export function oidcProviderArn(account: Account, issuer: string): string {
  return `${prefix(account, "iam")}:oidc-provider/${issuer.replace(/^https:\/\//, "")}`;
}

/** The account id within an ARN, if there is one. */
export function accountIdOf(arn: string): string | undefined {
  return /^arn:[^:]+:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];
}
