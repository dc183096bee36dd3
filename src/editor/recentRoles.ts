import type * as vscode from "vscode";
import { type Role, roleId } from "../aws/role/role.ts";

const key = "recentRoles";
const most = 8;

/** A typed ARN is kept whole, so that it need not be typed again; of other roles the id is enough. */
interface RecentRole {
  readonly id: string;
  readonly typed?: Role;
}

/** The roles that were assumed last, newest first. Nothing secret is in them. */
export class RecentRoles {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  /** Puts a role first. */
  async add(role: Role): Promise<void> {
    const id = roleId(role);
    const entry: RecentRole = role.origin.kind === "arn" ? { id, typed: role } : { id };
    await this.#memory.update(
      key,
      [entry, ...this.#entries().filter((other) => other.id !== id)].slice(0, most),
    );
  }

  /** The recent ones among the roles there are, and those that were typed. */
  among(roles: readonly Role[]): Role[] {
    const known = new Map(roles.map((role) => [roleId(role), role]));
    return this.#entries().flatMap(
      ({ id, typed }) => known.get(id) ?? readOnly(known, id) ?? typed ?? [],
    );
  }

  #entries(): readonly RecentRole[] {
    return this.#memory.get<readonly RecentRole[]>(key, []);
  }
}

/** A role that was scoped down when it was assumed stands in no file as such. */
function readOnly(known: ReadonlyMap<string, Role>, id: string): Role | undefined {
  const role = known.get(id.replace(/\|read-only$/, ""));
  return role && { ...role, readOnly: true };
}
