/** What the decoded message of a denial tells. All is optional: services differ. */
interface AuthorizationMessage {
  readonly allowed?: boolean;
  readonly explicitDeny?: boolean;
  readonly matchedStatements?: { readonly items?: readonly Statement[] };
  readonly failures?: { readonly items?: readonly unknown[] };
  readonly context?: {
    readonly principal?: { readonly arn?: string; readonly name?: string };
    readonly action?: string;
    readonly resource?: string;
  };
}

interface Statement {
  readonly statementId?: string;
  readonly effect?: string;
}

/**
 * A decoded message as a document: a summary in comments, then all of it as JSON. A text that is no
 * JSON stays as it is.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html
 */
export function authorizationDocument(decoded: string): string {
  const message = parsed(decoded);
  if (message === undefined) return decoded;
  const summary = summaryOf(message).map((line) => `// ${line}`);
  return [...summary, JSON.stringify(message, null, 2), ""].join("\n");
}

function summaryOf({ allowed, explicitDeny, ...message }: AuthorizationMessage): string[] {
  const { principal, action, resource } = message.context ?? {};
  const who = principal?.arn ?? principal?.name ?? "the caller";
  const verdict = allowed
    ? "was allowed"
    : explicitDeny
      ? "was explicitly denied: a policy denies it, whatever others allow"
      : "was denied: no policy allows it";
  const statements = (message.matchedStatements?.items ?? []).map(
    ({ statementId, effect }) => `${statementId || "without an id"} (${effect ?? "?"})`,
  );
  return [
    `Who:      ${who}`,
    `Action:   ${action ?? "unknown"}`,
    `Resource: ${resource ?? "unknown"}`,
    `Verdict:  It ${verdict}.`,
    ...(statements.length === 0 ? [] : [`Matched statements: ${statements.join(", ")}`]),
    ...(message.failures?.items?.length
      ? ["Some policies could not be evaluated: see failures."]
      : []),
  ].map((line) => line.replace(/[\r\n]+/g, " "));
}

function parsed(text: string): AuthorizationMessage | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
