import type { BaseCredentials } from "../calls/credentials.ts";
import { jsonObject, textOf } from "./json.ts";

/**
 * The credentials in an answer of EC2's metadata service or of a container endpoint, or `undefined`
 * if it has none.
 */
export function metadataCredentials(body: string): BaseCredentials | undefined {
  const answer = jsonObject(body) ?? {};
  const accessKeyId = textOf(answer["AccessKeyId"]);
  const secretAccessKey = textOf(answer["SecretAccessKey"]);
  const sessionToken = textOf(answer["Token"]);
  const expiration = Date.parse(textOf(answer["Expiration"]) ?? "");
  if (!accessKeyId || !secretAccessKey || !sessionToken || Number.isNaN(expiration)) {
    return undefined;
  }
  return { credentials: { accessKeyId, secretAccessKey, sessionToken }, expiration };
}
