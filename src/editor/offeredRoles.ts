import type * as vscode from "vscode";
import { rawError } from "../aws/calls/rawError.ts";
import { ssoEndpoints, ssoSessionsOf } from "../aws/chain/ssoRole.ts";
import { activeProfileName, type Environment, type SharedConfig } from "../aws/config/profiles.ts";
import type { Role } from "../aws/role/role.ts";
import type { SsoAccess } from "../aws/sso/access.ts";
import type { OfferedRole } from "../aws/sso/offeredRole.ts";
import { roleOfOffer } from "../aws/sso/offeredRole.ts";
import type { SsoSession } from "../aws/sso/session.ts";

const keyPrefix = "offeredRoles.";

/** A list that is older is read anew. Ms. */
const staleMs = 3_600_000;

interface Offer {
  readonly roles: readonly OfferedRole[];
  /** Epoch ms. */
  readonly listedAt: number;
}

/** What the roles that Identity Center offers are read by, and remembered in. */
export interface OfferedRolesPorts {
  readonly memory: vscode.Memento;
  readonly environment: Environment;
  readonly sso: () => Promise<SsoAccess>;
  /** Epoch ms. */
  readonly now: () => number;
  /** A sentence for the log. */
  readonly onNote: (note: string) => void;
}

/** The roles that IAM Identity Center offers, as they were last listed. Nothing secret is in them. */
export class OfferedRoles {
  readonly #ports: OfferedRolesPorts;

  constructor(ports: OfferedRolesPorts) {
    this.#ports = ports;
  }

  /** The offered roles that no profile stands for already. */
  among(config: SharedConfig): Role[] {
    const written = new Set(profileRoleKeys(config));
    return ssoSessionsOf(config).flatMap((session) =>
      (this.#offer(session)?.roles ?? [])
        .filter((offered) => !written.has(keyOf(session.name, offered)))
        .map((offered) => roleOfOffer(session.name, offered)),
    );
  }

  /** The sign-ins whose roles were never listed. */
  unlisted(config: SharedConfig): SsoSession[] {
    return ssoSessionsOf(config).filter((session) => this.#offer(session) === undefined);
  }

  /** Lists the roles of a sign-in; the user is asked to sign in if need be. Throws `SsoError`. */
  async list(session: SsoSession, config: SharedConfig): Promise<void> {
    await this.#list(session, config, "ask");
  }

  /** Lists anew what is out of date, where nobody has to sign in for it. */
  async refresh(config: SharedConfig): Promise<void> {
    const { now, onNote } = this.#ports;
    const isStale = (session: SsoSession): boolean =>
      now() - (this.#offer(session)?.listedAt ?? 0) > staleMs;
    const onProblem = (error: Error): void => {
      if (error.name !== "SignInNeeded") onNote(`Roles were not listed: ${rawError(error).code}.`);
    };
    for (const session of ssoSessionsOf(config).filter(isStale)) {
      await this.#list(session, config, "silent").catch(onProblem);
    }
  }

  async #list(session: SsoSession, config: SharedConfig, manner: "ask" | "silent"): Promise<void> {
    const { environment, memory, now, sso } = this.#ports;
    const active = config.profiles.get(activeProfileName(environment));
    const endpoints = ssoEndpoints(environment, config, active);
    const { signal } = new AbortController();
    const roles = await (await sso()).offeredRoles(session, endpoints, signal, manner);
    const offer: Offer = { roles, listedAt: now() };
    await memory.update(memoryKey(session), offer);
  }

  #offer(session: SsoSession): Offer | undefined {
    return this.#ports.memory.get<Offer>(memoryKey(session));
  }
}

function memoryKey({ startUrl, region }: SsoSession): string {
  return `${keyPrefix}${startUrl} ${region}`;
}

function keyOf(session: string, offered: Pick<OfferedRole, "accountId" | "roleName">): string {
  return JSON.stringify([session, offered.accountId, offered.roleName]);
}

function profileRoleKeys(config: SharedConfig): string[] {
  return [...config.profiles.values()].flatMap(({ properties }) => {
    const session = properties["sso_session"] ?? properties["sso_start_url"];
    const accountId = properties["sso_account_id"];
    const roleName = properties["sso_role_name"];
    return session && accountId && roleName ? [keyOf(session, { accountId, roleName })] : [];
  });
}
