import { createHash } from "node:crypto";
import { objectFromJson } from "../../aws/calls/secretStore.ts";
import type { Plan } from "../../aws/chain/chain.ts";
import type { Environment, SharedConfig } from "../../aws/config/profiles.ts";
import type { Session } from "../session.ts";
import type { SharedSecrets } from "./sharedSecrets.ts";

export const sessionKeyPrefix = "session.";

/** The sessions of all windows, each under what it was assumed by. Secret: in `SharedSecrets` only. */
export class SessionStore {
  readonly #secrets: SharedSecrets;

  constructor(secrets: SharedSecrets) {
    this.#secrets = secrets;
  }

  /** A session that has not ended. */
  async load(id: string, now: number): Promise<Session | undefined> {
    const session = sessionFromJson(await this.#secrets.get(sessionKeyPrefix + id));
    return session !== undefined && session.expiresAt > now ? session : undefined;
  }

  save(session: Session): Promise<void> {
    return this.#secrets.store(sessionKeyPrefix + session.id, JSON.stringify(session));
  }

  delete(id: string): Promise<void> {
    return this.#secrets.delete(sessionKeyPrefix + id);
  }

  /** Calls back with the id of a session that this window or another one saved or deleted. */
  onDidChange(listener: (id: string) => void): () => void {
    return this.#secrets.onDidChange((key) => {
      if (key.startsWith(sessionKeyPrefix)) listener(key.slice(sessionKeyPrefix.length));
    });
  }
}

/**
 * Tells sessions apart by all that leads to them: the plan, and the access key that it starts with
 * where that is known before a call. Not secret.
 */
export function sessionId(plan: Plan, config: SharedConfig, environment: Environment): string {
  const { base, steps, stsRegion, region, endpoint, role } = plan;
  const profile = "profile" in base && base.profile ? config.profiles.get(base.profile) : undefined;
  const accessKeyId =
    base.kind === "environment" || base.kind === "credential-source"
      ? environment["AWS_ACCESS_KEY_ID"]
      : profile?.properties["aws_access_key_id"];
  const parts = [base, steps, stsRegion, region, endpoint, role.name, role.readOnly, accessKeyId];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

function sessionFromJson(text: string | undefined): Session | undefined {
  const session = objectFromJson(text);
  const isWhole =
    ["id", "role", "plan", "credentials"].every((key) => session[key] !== undefined) &&
    ["assumedAt", "expiresAt", "expiration", "clockSkewMs"].every(
      (key) => typeof session[key] === "number",
    );
  return isWhole ? (session as unknown as Session) : undefined;
}
