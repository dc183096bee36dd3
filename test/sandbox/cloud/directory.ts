import { createHash } from "node:crypto";
import type { AccessKey, Account, Role, User, World } from "../world.ts";
import { roleArn } from "./arn.ts";

export interface UserKey {
  readonly account: Account;
  readonly user: User;
  readonly key: AccessKey;
}

export interface RoleEntry {
  readonly account: Account;
  readonly role: Role;
  readonly arn: string;
}

/** Finds what the world declares. */
export class Directory {
  readonly #accounts = new Map<string, Account>();
  readonly #keys = new Map<string, UserKey>();
  readonly #roles = new Map<string, RoleEntry>();

  constructor(world: World) {
    for (const account of world.accounts) {
      this.#accounts.set(account.id, account);
      for (const user of account.users ?? []) {
        for (const key of user.accessKeys) {
          this.#keys.set(key.id, { account, user, key });
        }
      }
      for (const role of account.roles ?? []) {
        const arn = roleArn(account, role);
        this.#roles.set(arn, { account, role, arn });
      }
    }
  }

  account(id: string): Account | undefined {
    return this.#accounts.get(id);
  }

  /** A user's long-term key, active or not. */
  userKey(accessKeyId: string): UserKey | undefined {
    return this.#keys.get(accessKeyId);
  }

  role(arn: string): RoleEntry | undefined {
    return this.#roles.get(arn);
  }
}

/** The stable id IAM gives to a user (`AIDA…`) or a role (`AROA…`); here derived from the ARN, so that it repeats. */
export function uniqueId(kind: "AIDA" | "AROA", arn: string): string {
  const digest = createHash("sha256").update(arn).digest("hex").toUpperCase();
  return kind + digest.slice(0, 17);
}
