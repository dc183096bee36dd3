import type { BaseCredentials } from "../calls/credentials.ts";
import type { BaseContext } from "./context.ts";

/** The keys that stand in a profile. The planner has seen that they are there. */
export function staticKeys(profile: string, { config }: BaseContext): BaseCredentials {
  const properties = config.profiles.get(profile)?.properties ?? {};
  const sessionToken = properties["aws_session_token"];
  return {
    credentials: {
      accessKeyId: properties["aws_access_key_id"] ?? "",
      secretAccessKey: properties["aws_secret_access_key"] ?? "",
      ...(sessionToken && { sessionToken }),
    },
  };
}
