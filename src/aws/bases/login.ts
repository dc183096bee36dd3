import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BaseCredentials } from "../calls/credentials.ts";
import { type Environment, homeFolder } from "../config/profiles.ts";
import { BaseError } from "./baseError.ts";
import type { BaseContext } from "./context.ts";
import { jsonObject, objectOf, textOf } from "./json.ts";
import { excerpt, processOutput } from "./processOutput.ts";
import { runProcess } from "./runProcess.ts";

/** What ends sooner is renewed, as the CLI does. Ms. */
const renewalMs = 5 * 60_000;

/** The CLI answers within seconds. Ms. */
const cliTimeoutMs = 20_000;

/**
 * The session of `aws login`, from the file that the CLI keeps it in. The SDK's own provider writes
 * that file when it renews the session; it is the CLI's, so renewing is left to the CLI.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-login-credentials.html
 */
export async function login(profile: string, context: BaseContext): Promise<BaseCredentials> {
  const session = context.config.profiles.get(profile)?.properties["login_session"] ?? "";
  const cached = await cachedSession(loginCacheFile(session, context.environment));
  const left = (cached.expiration ?? 0) - context.now();
  if (left > renewalMs) return cached;
  try {
    return await renewedByCli(profile, context);
  } catch (error) {
    if (left > 0) return cached;
    const why = error instanceof BaseError ? error.message : excerpt(String(error));
    throw new BaseError("LoginExpired", `The CLI could not renew it. ${why}`);
  }
}

/** Where the CLI keeps a session. */
export function loginCacheFile(session: string, environment: Environment): string {
  const folder =
    environment["AWS_LOGIN_CACHE_DIRECTORY"] ||
    join(homeFolder(environment), ".aws", "login", "cache");
  return join(folder, `${createHash("sha256").update(session).digest("hex")}.json`);
}

async function cachedSession(file: string): Promise<BaseCredentials> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new BaseError("LoginMissing", `${file} can't be read (${error.code ?? "Error"}).`);
  });
  const token = objectOf(jsonObject(text)?.["accessToken"]) ?? {};
  const accessKeyId = textOf(token["accessKeyId"]);
  const secretAccessKey = textOf(token["secretAccessKey"]);
  const sessionToken = textOf(token["sessionToken"]);
  const expiration = Date.parse(textOf(token["expiresAt"]) ?? "");
  if (!accessKeyId || !secretAccessKey || !sessionToken || Number.isNaN(expiration)) {
    throw new BaseError("LoginUnreadable", `${file} holds no session.`);
  }
  return { credentials: { accessKeyId, secretAccessKey, sessionToken }, expiration };
}

async function renewedByCli(
  profile: string,
  { environment, signal }: BaseContext,
): Promise<BaseCredentials> {
  const command = ["aws", "configure", "export-credentials"];
  const options = [`--profile=${profile}`, "--format=process"];
  const folder = homeFolder(environment);
  const terms = { environment, folder, timeoutMs: cliTimeoutMs, signal };
  return processOutput(await runProcess([...command, ...options], terms));
}
