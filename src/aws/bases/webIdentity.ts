import { readFile } from "node:fs/promises";
import type { BaseCredentials } from "../calls/credentials.ts";
import type { Base } from "../chain/base.ts";
import { assumeRoleWithWebIdentity } from "../sts/sts.ts";
import { BaseError } from "./baseError.ts";
import type { BaseContext } from "./context.ts";

/**
 * The session of the role that a token of an identity provider stands for. Throws `BaseError` for
 * the token's file, `StsError` for what STS answers.
 */
export async function webIdentity(
  { tokenFile, step }: Extract<Base, { kind: "web-identity" }>,
  { sts }: BaseContext,
): Promise<BaseCredentials> {
  const token = await readFile(tokenFile, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new BaseError(
      "TokenFileMissing",
      `${tokenFile} can't be read (${error.code ?? "Error"}).`,
    );
  });
  if (token.trim() === "") throw new BaseError("TokenFileEmpty", `${tokenFile} is empty.`);
  return assumeRoleWithWebIdentity(step, token.trim(), sts);
}
