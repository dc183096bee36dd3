import { createHash } from "node:crypto";
import type { BaseCredentials } from "../calls/credentials.ts";
import { objectFromJson, type SecretStore } from "../calls/secretStore.ts";
import type { SharedConfig } from "../config/profiles.ts";
import type { TemporaryCredentials } from "../sts/sts.ts";

/** A session is used for another call as long as it has this much left. Ms. */
const marginMs = 60_000;

/** TOTP shows a code for 30 s, and STS takes the neighbouring ones too. Ms. */
const codeLifeMs = 120_000;

export const memoryKeyPrefix = "memory.";

/**
 * What one execution leaves for the next: credentials of bases, in memory only, and, where secrets
 * are at rest, MFA sessions and the sessions of the steps before the last.
 */
export class ExecutionMemory {
  readonly #secrets: SecretStore;
  #bases = new WeakMap<SharedConfig, Map<string, BaseCredentials>>();
  readonly #usedCodes = new Map<string, number>();

  constructor(secrets: SecretStore) {
    this.#secrets = secrets;
  }

  /** Credentials of a base, if they end by themselves and were got from the same config. */
  base(config: SharedConfig, key: string, now: number): BaseCredentials | undefined {
    const known = this.#bases.get(config)?.get(key);
    return known?.expiration !== undefined && known.expiration - now > marginMs ? known : undefined;
  }

  /** Keeps credentials that end by themselves; permanent ones are read again each time. */
  keepBase(config: SharedConfig, key: string, credentials: BaseCredentials): void {
    if (credentials.expiration === undefined) return;
    const ofConfig = this.#bases.get(config) ?? new Map<string, BaseCredentials>();
    this.#bases.set(config, ofConfig.set(key, credentials));
  }

  /** A session that lasts a while yet; whichever window got it. */
  async session<Session extends TemporaryCredentials>(
    key: string,
    now: number,
  ): Promise<Session | undefined> {
    const text = await this.#secrets.get(nameOf(key));
    const known = objectFromJson(text) as Partial<Session>;
    const { credentials, expiration, clockSkewMs = 0 } = known;
    const isWhole = credentials !== undefined && typeof expiration === "number";
    if (isWhole && expiration - clockSkewMs - now > marginMs) return known as Session;
    if (text !== undefined) await this.dropSession(key);
    return undefined;
  }

  async keepSession(key: string, session: TemporaryCredentials): Promise<void> {
    await this.#secrets.store(nameOf(key), JSON.stringify(session));
  }

  /** Forgets a session that AWS did not honour, so that the next execution gets a new one. */
  async dropSession(key: string): Promise<void> {
    await this.#secrets.delete(nameOf(key));
  }

  /** Forgets the credentials of all bases; the sessions are forgotten where the secrets are. */
  forgetBases(): void {
    this.#bases = new WeakMap();
  }

  /** Whether a code of a device may be sent; it is taken as used then. AWS takes each once. */
  useCode(serial: string, code: string, now: number): boolean {
    const key = `${serial} ${code}`;
    const usedAt = this.#usedCodes.get(key);
    if (usedAt !== undefined && now - usedAt < codeLifeMs) return false;
    this.#usedCodes.set(key, now);
    return true;
  }
}

/** What a session is kept under tells nothing of what led to it. */
function nameOf(key: string): string {
  return memoryKeyPrefix + createHash("sha256").update(key).digest("hex");
}
