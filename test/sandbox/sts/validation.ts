import { validationError } from "../awsError.ts";
import type { Params } from "./params.ts";

/** Constraints of one parameter, as the STS service model states them. */
export type Rule = TextRule | IntegerRule | ListRule;

export interface TextRule {
  readonly kind: "text";
  readonly required?: true;
  readonly min?: number;
  readonly max?: number;
  /** As AWS prints it in its message; it must match the whole value. */
  readonly pattern?: string;
}

export interface IntegerRule {
  readonly kind: "integer";
  readonly min: number;
  readonly max: number;
}

export interface ListRule {
  readonly kind: "list";
  readonly max?: number;
  /** The fields of each member; the empty name stands for a member that is itself a text. */
  readonly members: Readonly<Record<string, TextRule>>;
}

export type Rules = Readonly<Record<string, Rule>>;

/** Checks all parameters and throws one `ValidationError` that lists all failures, as STS does. */
export function validate(params: Params, rules: Rules): void {
  const failures = Object.entries(rules).flatMap(([name, rule]) => failuresOf(params, name, rule));
  if (failures.length > 0) {
    const noun = failures.length === 1 ? "error" : "errors";
    throw validationError(`${failures.length} validation ${noun} detected: ${failures.join("; ")}`);
  }
}

function failuresOf(params: Params, name: string, rule: Rule): readonly string[] {
  switch (rule.kind) {
    case "text":
      return textFailures(params.text(name), memberPath(name), rule);
    case "integer":
      return integerFailures(params.text(name), memberPath(name), rule);
    case "list":
      return listFailures(params, name, rule);
  }
}

function textFailures(value: string | undefined, path: string, rule: TextRule): readonly string[] {
  if (value === undefined) {
    return rule.required ? [failure(null, path, "not be null")] : [];
  }
  const failures: string[] = [];
  if (rule.pattern !== undefined && !matchesWhole(rule.pattern, value)) {
    failures.push(failure(value, path, `satisfy regular expression pattern: ${rule.pattern}`));
  }
  if (rule.min !== undefined && value.length < rule.min) {
    failures.push(failure(value, path, `have length greater than or equal to ${rule.min}`));
  }
  if (rule.max !== undefined && value.length > rule.max) {
    failures.push(failure(value, path, `have length less than or equal to ${rule.max}`));
  }
  return failures;
}

function integerFailures(
  value: string | undefined,
  path: string,
  rule: IntegerRule,
): readonly string[] {
  if (value === undefined) {
    return [];
  }
  if (!/^-?\d+$/.test(value)) {
    return [failure(value, path, "be an integer")];
  }
  if (Number(value) < rule.min) {
    return [failure(value, path, `have value greater than or equal to ${rule.min}`)];
  }
  if (Number(value) > rule.max) {
    return [failure(value, path, `have value less than or equal to ${rule.max}`)];
  }
  return [];
}

function listFailures(params: Params, name: string, rule: ListRule): readonly string[] {
  const members = params.members(name);
  const tooMany =
    rule.max !== undefined && members.length > rule.max
      ? [
          failure(
            `[${members.length} members]`,
            memberPath(name),
            `have length less than or equal to ${rule.max}`,
          ),
        ]
      : [];
  const failures = members.flatMap((member) =>
    Object.entries(rule.members).flatMap(([field, fieldRule]) => {
      const fullName = field === "" ? member : `${member}.${field}`;
      return textFailures(params.text(fullName), memberPath(fullName), fieldRule);
    }),
  );
  return [...tooMany, ...failures];
}

/** `Tags.member.1.Key` as messages name it: `tags.1.member.key`. */
function memberPath(name: string): string {
  return name
    .replace(/\.member\.(\d+)/, ".$1.member")
    .replace(/(^|\.)[A-Z]/g, (start) => start.toLowerCase());
}

function failure(value: string | null, path: string, constraint: string): string {
  const shown = value === null ? "null" : `'${value}'`;
  return `Value ${shown} at '${path}' failed to satisfy constraint: Member must ${constraint}`;
}

/** AWS prints `\u10000-\u10FFFF`, which JavaScript writes with braces. */
function matchesWhole(pattern: string, value: string): boolean {
  const source = pattern.replace(/\\u(10[0-9A-F]{3,4})(?=[-\]])/g, "\\u{$1}");
  return new RegExp(`^${source}$`, "u").test(value);
}
