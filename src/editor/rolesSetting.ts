import type { Role } from "../aws/role/role.ts";

/** The keys of an entry that hold text; they are named as in `Role`. */
const textKeys = [
  "sourceProfile",
  "sessionName",
  "externalId",
  "mfaSerial",
  "region",
  "sourceIdentity",
] as const;

/** The keys of an entry that hold a list of texts; they are named as in `Role`. */
const listKeys = ["transitiveTagKeys", "policyArns"] as const;

/**
 * Reads the setting `awsAssumeRole.roles`. The settings editor marks what its schema refuses; an
 * entry that has no ARN is no role and is passed over, other values are checked when the role is
 * planned.
 */
export function rolesOfSetting(value: unknown): Role[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => (isRecord(entry) ? (roleOfEntry(entry) ?? []) : []));
}

function roleOfEntry(entry: Entry): Role | undefined {
  const roleArn = textIn(entry, "roleArn");
  if (roleArn === undefined) return undefined;
  const duration = entry["durationSeconds"];
  const policy = entry["policy"];
  return {
    origin: { kind: "setting" },
    name: textIn(entry, "name") ?? roleArn.split("/").at(-1) ?? roleArn,
    roleArn,
    ...pick(textKeys, (key) => textIn(entry, key)),
    ...pick(listKeys, (key) => listIn(entry, key)),
    ...(duration !== undefined && { durationSeconds: String(duration) }),
    ...(isRecord(entry["tags"]) && { tags: textsOf(entry["tags"]) }),
    ...(policy !== undefined && {
      policy: typeof policy === "string" ? policy : JSON.stringify(policy),
    }),
    ...(entry["readOnly"] === true && { readOnly: true }),
  };
}

type Entry = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textIn(entry: Entry, key: string): string | undefined {
  const value = entry[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function listIn(entry: Entry, key: string): string[] | undefined {
  const value = entry[key];
  return Array.isArray(value) ? value.map(String) : undefined;
}

function textsOf(record: Entry): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, String(value)]));
}

/** The keys that there is a value for. */
function pick<Key extends string, Value>(
  keys: readonly Key[],
  find: (key: Key) => Value | undefined,
): Partial<Record<Key, Value>> {
  const picked: Partial<Record<Key, Value>> = {};
  for (const key of keys) {
    const value = find(key);
    if (value !== undefined) picked[key] = value;
  }
  return picked;
}
