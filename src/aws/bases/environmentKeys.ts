import { type BaseContext, type BaseCredentials, credentialsOf } from "./context.ts";

/** The keys in the editor's own environment. */
export async function environmentKeys({ sdk }: BaseContext): Promise<BaseCredentials> {
  return credentialsOf(await sdk.fromEnv()());
}
