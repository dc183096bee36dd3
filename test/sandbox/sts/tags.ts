import { validationError } from "../awsError.ts";
import type { Session } from "../cloud/sessions.ts";
import type { Params } from "./params.ts";

/** The tags of a session: those it was asked for, and the transitive ones of the session that asked. */
export interface SessionTags {
  readonly requested: ReadonlyMap<string, string>;
  readonly all: ReadonlyMap<string, string>;
  readonly transitiveKeys: readonly string[];
}

/** Reads `Tags` and `TransitiveTagKeys`. Tag keys are compared without regard to case. */
export function readTags(params: Params, parent: Session | undefined): SessionTags {
  const pairs = params
    .members("Tags")
    .map((tag) => [params.required(`${tag}.Key`), params.required(`${tag}.Value`)] as const);
  const keys = pairs.map(([key]) => key.toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw validationError(
      "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
    );
  }
  const transitive = params.members("TransitiveTagKeys").map((member) => params.required(member));
  if (transitive.some((key) => !keys.includes(key.toLowerCase()))) {
    throw validationError(
      "The specified transitive tag key must be included in the requested tags.",
    );
  }
  const inheritedKeys = parent?.transitiveTagKeys ?? [];
  if (inheritedKeys.some((key) => keys.includes(key.toLowerCase()))) {
    throw validationError("The requested tags must not override a transitive tag.");
  }
  const inherited = [...(parent?.tags ?? [])].filter(([key]) => inheritedKeys.includes(key));
  return {
    requested: new Map(pairs),
    all: new Map([...inherited, ...pairs]),
    transitiveKeys: [...inheritedKeys, ...transitive],
  };
}
