import { randomBytes, randomInt } from "node:crypto";
import { CANARY } from "../canary.ts";
import type { Principal } from "./principal.ts";

/** What a session is issued for, and what it carries along. */
export interface SessionTerms {
  readonly principal: Principal;
  /** Milliseconds since the epoch. From this moment on the session is expired. */
  readonly expiresAt: number;
  /** Whether `aws:MultiFactorAuthPresent` is true for requests of this session. */
  readonly mfa: boolean;
  /** Whether it was assumed with the session of another role. */
  readonly chained?: boolean;
  readonly sessionPolicy?: SessionPolicy;
  readonly tags?: ReadonlyMap<string, string>;
  readonly transitiveTagKeys?: readonly string[];
  readonly sourceIdentity?: string;
}

/** Policies passed with the request; they only ever take away. */
export interface SessionPolicy {
  /** The JSON text of the inline policy. */
  readonly inline?: string;
  readonly managedArns: readonly string[];
}

/** Temporary credentials that the sandbox issued. */
export interface Session extends SessionTerms {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

const KEY_ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Issues temporary credentials and remembers them, expired ones included. */
export class Sessions {
  readonly #byKeyId = new Map<string, Session>();

  issue(terms: SessionTerms): Session {
    const session: Session = {
      ...terms,
      accessKeyId: randomKeyId(),
      secretAccessKey: `${randomText(12)}${CANARY}${randomText(12)}`,
      sessionToken: `IQoJb3JpZ2luX2VjE${randomText(59)}${CANARY}${randomText(276)}=`,
    };
    this.#byKeyId.set(session.accessKeyId, session);
    return session;
  }

  find(accessKeyId: string): Session | undefined {
    return this.#byKeyId.get(accessKeyId);
  }
}

function randomKeyId(): string {
  const letters = Array.from({ length: 16 }, () => KEY_ID_ALPHABET[randomInt(32)]);
  return `ASIA${letters.join("")}`;
}

/** Base 64, so that `/` and `+` occur as they do in real secrets. */
function randomText(length: number): string {
  return randomBytes(length).toString("base64").slice(0, length);
}
