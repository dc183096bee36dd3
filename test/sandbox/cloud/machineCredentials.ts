import type { Cloud } from "./cloud.ts";
import type { Session } from "./sessions.ts";

/** How long the credentials last that a machine gets for its role. Ms. */
const lifeMs = 6 * 3_600_000;
/** AWS has new ones ready this long before the old ones end. Ms. */
const aheadMs = 300_000;

/** The sessions of a machine's role: the same one is served until shortly before its end. */
export class MachineCredentials {
  readonly #cloud: Cloud;
  readonly #roleArn: string;
  readonly #sessionName: string;
  #session: Session | undefined;

  constructor(cloud: Cloud, roleArn: string, sessionName: string) {
    this.#cloud = cloud;
    this.#roleArn = roleArn;
    this.#sessionName = sessionName;
  }

  /** The session of the moment. Throws if the world has no such role. */
  current(): Session {
    const now = this.#cloud.clock.now();
    if (this.#session === undefined || this.#session.expiresAt - now < aheadMs) {
      this.#session = this.#issue(now);
    }
    return this.#session;
  }

  #issue(now: number): Session {
    const entry = this.#cloud.directory.role(this.#roleArn);
    if (entry === undefined) {
      throw new Error(`The world has no role ${this.#roleArn}.`);
    }
    return this.#cloud.sessions.issue({
      principal: {
        kind: "role",
        account: entry.account,
        role: entry.role,
        sessionName: this.#sessionName,
      },
      expiresAt: Math.floor((now + lifeMs) / 1000) * 1000,
      mfa: false,
    });
  }
}

/** The properties that IMDS and the container endpoint have in common. */
export function machineCredentialsJson(session: Session): Readonly<Record<string, string>> {
  return {
    AccessKeyId: session.accessKeyId,
    SecretAccessKey: session.secretAccessKey,
    Token: session.sessionToken,
    Expiration: new Date(session.expiresAt).toISOString().replace(/\.\d{3}/, ""),
  };
}
