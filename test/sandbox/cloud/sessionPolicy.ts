import { AwsError } from "../awsError.ts";
import type { SessionPolicy } from "./sessions.ts";
import { matchesAction, matchesWildcard } from "./wildcard.ts";

interface Statement {
  readonly allows: boolean;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** The managed policies that a session can be narrowed to, by name; any other allows nothing. */
const MANAGED: ReadonlyMap<string, readonly string[]> = new Map([
  ["AdministratorAccess", ["*"]],
  ["ReadOnlyAccess", ["*:Get*", "*:List*", "*:Describe*"]],
]);

/** Whether the policies passed for a session leave an action allowed. Conditions in them are not evaluated. */
export function sessionPolicyAllows(
  policy: SessionPolicy,
  action: string,
  resource: string,
): boolean {
  const matching = statementsOf(policy).filter(
    ({ actions, resources }) =>
      actions.some((pattern) => matchesAction(pattern, action)) &&
      resources.some((pattern) => matchesWildcard(pattern, resource)),
  );
  return matching.length > 0 && matching.every(({ allows }) => allows);
}

function statementsOf(policy: SessionPolicy): readonly Statement[] {
  const managed = policy.managedArns.map((arn) => ({
    allows: true,
    actions: MANAGED.get(arn.slice(arn.lastIndexOf("/") + 1)) ?? [],
    resources: ["*"],
  }));
  const inline = policy.inline === undefined ? [] : parsePolicy(policy.inline);
  return [...managed, ...inline];
}

/** Reads a policy document, or throws `MalformedPolicyDocument`. */
export function parsePolicy(text: string): readonly Statement[] {
  const document = parseJson(text);
  const statements = isRecord(document) ? asArray(document["Statement"]) : [];
  if (statements.length === 0) {
    throw malformed("Syntax errors in policy.");
  }
  return statements.map(parseStatement);
}

function parseStatement(statement: unknown): Statement {
  if (!isRecord(statement)) {
    throw malformed("Syntax errors in policy.");
  }
  const effect = statement["Effect"];
  const actions = asArray(statement["Action"]);
  const resources = asArray(statement["Resource"]);
  if (
    (effect !== "Allow" && effect !== "Deny") ||
    actions.length === 0 ||
    resources.length === 0 ||
    !actions.every(isString) ||
    !resources.every(isString)
  ) {
    throw malformed("Syntax errors in policy.");
  }
  return { allows: effect === "Allow", actions, resources };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed("The policy is not in the valid JSON format.");
  }
}

function malformed(message: string): AwsError {
  return new AwsError("MalformedPolicyDocument", 400, message);
}

function asArray(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
