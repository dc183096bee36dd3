import type { BaseCredentials } from "../calls/credentials.ts";
import type { Environment } from "../config/profiles.ts";
import { BaseError } from "./baseError.ts";

/** The keys in the editor's own environment. Throws `BaseError`. */
export function environmentKeys(environment: Environment): BaseCredentials {
  const accessKeyId = environment["AWS_ACCESS_KEY_ID"];
  const secretAccessKey = environment["AWS_SECRET_ACCESS_KEY"];
  const missing = !accessKeyId ? "AWS_ACCESS_KEY_ID" : "AWS_SECRET_ACCESS_KEY";
  if (!accessKeyId || !secretAccessKey) {
    throw new BaseError("EnvironmentKeysMissing", `${missing} is not set in the environment.`);
  }
  // The older name is what botocore still reads where the newer one is missing.
  const sessionToken = environment["AWS_SESSION_TOKEN"] || environment["AWS_SECURITY_TOKEN"];
  const written = environment["AWS_CREDENTIAL_EXPIRATION"];
  const expiration = Date.parse(written ?? "");
  if (written && Number.isNaN(expiration)) {
    throw new BaseError(
      "EnvironmentKeysUnreadable",
      `AWS_CREDENTIAL_EXPIRATION is "${written.slice(0, 40)}", which is no time.`,
    );
  }
  return {
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) },
    ...(written && { expiration }),
  };
}
