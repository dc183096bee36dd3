import type { Role } from "../aws/role.ts";

/** The keys of an entry that hold text; they are named as in `Role`. */
const textKeys = ["sourceProfile", "sessionName", "externalId", "mfaSerial", "region"] as const;

/**
 * Reads the setting `awsAssumeRole.roles`. The settings editor marks what its schema refuses; an
 * entry that has no ARN is no role and is passed over, other values are checked when the role is
 * planned.
 */
export function rolesOfSetting(value: unknown): Role[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    const role = isRecord(entry) ? roleOfEntry(entry) : undefined;
    return role ? [role] : [];
  });
}

function roleOfEntry(entry: Readonly<Record<string, unknown>>): Role | undefined {
  const roleArn = entry["roleArn"];
  if (typeof roleArn !== "string" || roleArn === "") return undefined;
  const name = entry["name"];
  const duration = entry["durationSeconds"];
  const texts = textKeys.flatMap((key) => {
    const text = entry[key];
    return typeof text === "string" && text !== "" ? [[key, text] as const] : [];
  });
  return {
    origin: { kind: "setting" },
    name: typeof name === "string" && name !== "" ? name : (roleArn.split("/").at(-1) ?? roleArn),
    roleArn,
    ...Object.fromEntries(texts),
    ...(duration !== undefined && { durationSeconds: String(duration) }),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
