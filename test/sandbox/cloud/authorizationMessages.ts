import { randomBytes } from "node:crypto";

/** A message as services put it into their denials, for DecodeAuthorizationMessage to open again. */
export interface AuthorizationMessage {
  readonly accountId: string;
  /** The decoded JSON text. */
  readonly text: string;
}

/** The encoded messages that are about. */
export class AuthorizationMessages {
  readonly #byCode = new Map<string, AuthorizationMessage>();

  encode(message: AuthorizationMessage): string {
    const code = randomBytes(240).toString("base64url");
    this.#byCode.set(code, message);
    return code;
  }

  decode(code: string): AuthorizationMessage | undefined {
    return this.#byCode.get(code);
  }
}
