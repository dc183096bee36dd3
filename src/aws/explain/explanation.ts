import type { AssumeRoleStep } from "../chain/step.ts";
import type { FileLine } from "../config/locate.ts";
import { parseRoleArn } from "../role/arn.ts";
import type { Role } from "../role/role.ts";

/** What the editor can do about a failure with one click. */
export type Remedy =
  | { readonly kind: "open-file"; readonly place: FileLine }
  | { readonly kind: "open-profile"; readonly profile: string; readonly key: string }
  | { readonly kind: "open-roles-setting" }
  /** Opens the encoded message that a denial carries. */
  | { readonly kind: "decode"; readonly message: string }
  | { readonly kind: "try-again" };

/** A failure in plain words, for someone who wants to go on working. */
export interface Explanation {
  /** What happened, a sentence. */
  readonly what: string;
  /** Why, a sentence. */
  readonly why: string;
  /** One thing to do, a sentence. */
  readonly fix: string;
  /** The button that does it, where the editor can. */
  readonly remedy?: Remedy;
}

/** Where the user can change what a role is made of. */
export function whereWritten(role: Role, key: string): Remedy {
  switch (role.origin.kind) {
    case "profile":
      return { kind: "open-profile", profile: role.origin.profile, key };
    case "setting":
      return { kind: "open-roles-setting" };
    case "arn":
    case "sso":
      return { kind: "try-again" };
  }
}

/** A text from outside, ended as a sentence. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** The role of a step by its name and account. */
export function nameOfStep({ roleArn }: AssumeRoleStep): string {
  const arn = parseRoleArn(roleArn);
  return arn ? `${arn.name} in account ${arn.account}` : roleArn;
}
