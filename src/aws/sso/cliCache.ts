import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { objectFromJson } from "../calls/secretStore.ts";
import { type Environment, homeFolder } from "../config/profiles.ts";
import type { SsoSession } from "./session.ts";
import type { SsoToken } from "./token.ts";

/**
 * The token that `aws sso login` left, if it is one of this session's. The file is the CLI's: it is
 * read and never written.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
 */
export async function cliToken(
  session: SsoSession,
  environment: Environment,
): Promise<SsoToken | undefined> {
  const name = `${createHash("sha1").update(session.name).digest("hex")}.json`;
  const file = join(homeFolder(environment), ".aws", "sso", "cache", name);
  const cached = objectFromJson(await readIfThere(file));
  const accessToken = textOf(cached["accessToken"]);
  const expiresAt = timeOf(cached["expiresAt"]);
  // A session whose start URL was changed in the config has another's token under its name.
  const isOther = cached["startUrl"] !== undefined && cached["startUrl"] !== session.startUrl;
  if (accessToken === undefined || expiresAt === undefined || isOther) return undefined;
  const refreshToken = textOf(cached["refreshToken"]);
  const id = textOf(cached["clientId"]);
  const secret = textOf(cached["clientSecret"]);
  const clientExpiresAt = timeOf(cached["registrationExpiresAt"]);
  return {
    accessToken,
    expiresAt,
    ...(refreshToken && { refreshToken }),
    ...(id && secret && clientExpiresAt && { client: { id, secret, expiresAt: clientExpiresAt } }),
  };
}

/** No file, or one that can't be read, is no sign-in of the CLI's: there are other ways to one. */
async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Epoch ms. Old versions of the CLI wrote "UTC" for the "Z" of ISO 8601. */
function timeOf(value: unknown): number | undefined {
  const time = Date.parse(textOf(value)?.replace(/UTC$/, "Z") ?? "");
  return Number.isNaN(time) ? undefined : time;
}
