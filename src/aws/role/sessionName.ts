/** What the placeholders of a session-name template stand for. */
export interface SessionNameValues {
  readonly user: string;
  readonly host: string;
  /** The workspace's name; empty where no folder is open. */
  readonly workspace: string;
}

/** The session name where neither the role nor the settings give one. */
export const defaultSessionNameTemplate = "$" + "{user}-vscode";

/**
 * Fills in a template and cleans the result to what STS accepts: characters outside of
 * `[\w+=,.@-]` become `-`, the length is cut to 64, and less than 2 characters become `vscode`.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export function sessionNameOf(template: string, values: SessionNameValues): string {
  const filled = template.replace(/\$\{(user|host|workspace)\}/g, (_, key: string) =>
    key === "user" ? values.user : key === "host" ? values.host : values.workspace,
  );
  const cleaned = filled
    .normalize("NFKD")
    .replace(/\p{Diacritic}/gu, "")
    .replace(/[^\w+=,.@-]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 64);
  return cleaned.length < 2 ? "vscode" : cleaned;
}
