import { stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** The parser of the shared config files. */
export type SharedConfigLoader = typeof import("./sharedConfigLoader.ts");

/** The variables of a process, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The two shared config files, as absolute paths. */
export interface SharedConfigFiles {
  readonly config: string;
  readonly credentials: string;
}

/** A section of the shared config files; where both have it, the credentials file's values win. */
export interface Profile {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  /** `config` if its access key stands there, and not in the credentials file. */
  readonly keysFile?: "config";
}

/** What the shared config files say, read at one moment. */
export interface SharedConfig {
  readonly files: SharedConfigFiles;
  readonly profiles: ReadonlyMap<string, Profile>;
  /** The `[services …]` sections by name; nested keys read `sts.endpoint_url`. */
  readonly services: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** The `[sso-session …]` sections by name. */
  readonly ssoSessions: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/**
 * Where the CLI and the SDKs look for the shared config files.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html
 */
export function sharedConfigFiles(environment: Environment): SharedConfigFiles {
  const home = homeFolder(environment);
  const place = (named: string | undefined, name: string): string => {
    if (!named) return join(home, ".aws", name);
    return named === "~" || /^~[\\/]/.test(named) ? join(home, named.slice(1)) : named;
  };
  return {
    config: place(environment["AWS_CONFIG_FILE"], "config"),
    credentials: place(environment["AWS_SHARED_CREDENTIALS_FILE"], "credentials"),
  };
}

/** The user's home folder. Absolute. */
export function homeFolder(environment: Environment): string {
  return environment["HOME"] || environment["USERPROFILE"] || homedir();
}

/** The variables that name the active profile, in botocore's order. */
const profileVariables = ["AWS_DEFAULT_PROFILE", "AWS_PROFILE"] as const;

/** The variable that names the active profile, if one does. An empty one counts as none. */
export function activeProfileVariable(environment: Environment): string | undefined {
  return profileVariables.find((variable) => environment[variable]);
}

/** The profile that the CLI works with where none is named: that of a variable, else `default`. */
export function activeProfileName(environment: Environment): string {
  return environment[activeProfileVariable(environment) ?? ""] ?? "default";
}

/** Reads the shared config files when they are first asked for, and again only when they changed. */
export class SharedConfigReader {
  readonly #environment: Environment;
  readonly #loadLoader: () => Promise<SharedConfigLoader>;
  #last: { readonly state: string; readonly config: Promise<SharedConfig> } | undefined;

  constructor(environment: Environment, loadLoader: () => Promise<SharedConfigLoader>) {
    this.#environment = environment;
    this.#loadLoader = loadLoader;
  }

  /** The files as they are now. A file that doesn't exist counts as empty, as it does for the CLI. */
  async read(): Promise<SharedConfig> {
    const files = sharedConfigFiles(this.#environment);
    const state = (await Promise.all([stateOf(files.config), stateOf(files.credentials)])).join();
    if (this.#last?.state !== state) {
      const config = this.#load(files);
      this.#last = { state, config };
      // What could not be loaded is forgotten, so that the next read tries again.
      config.catch(() => {
        if (this.#last?.config === config) this.#last = undefined;
      });
    }
    return this.#last.config;
  }

  async #load(files: SharedConfigFiles): Promise<SharedConfig> {
    const { loadSharedConfigFiles } = await this.#loadLoader();
    const loaded = await loadSharedConfigFiles({
      configFilepath: files.config,
      filepath: files.credentials,
      ignoreCache: true,
    });
    const config = loaded.configFile as ParsedSections;
    return { files, ...sections(config, loaded.credentialsFile as ParsedSections) };
  }
}

type ParsedSections = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The parser names other sections than profiles by their kind: `services.local`, `sso-session.x`. */
function sections(
  config: ParsedSections,
  credentials: ParsedSections,
): Omit<SharedConfig, "files"> {
  const profiles = new Map<string, Profile>();
  const services = new Map<string, Readonly<Record<string, string>>>();
  const ssoSessions = new Map<string, Readonly<Record<string, string>>>();
  for (const [section, properties] of Object.entries(config)) {
    const [, kind, name] = /^(services|sso-session)\.(.*)$/s.exec(section) ?? [];
    if (kind === "services" && name !== undefined) services.set(name, properties);
    if (kind === "sso-session" && name !== undefined) ssoSessions.set(name, properties);
    if (kind === undefined) {
      const inConfig = properties["aws_access_key_id"] !== undefined;
      profiles.set(section, { name: section, properties, ...(inConfig && { keysFile: "config" }) });
    }
  }
  for (const [name, properties] of Object.entries(credentials)) {
    const configured = profiles.get(name);
    const inConfig = configured?.keysFile && properties["aws_access_key_id"] === undefined;
    profiles.set(name, {
      name,
      properties: { ...configured?.properties, ...properties },
      ...(inConfig && { keysFile: "config" }),
    });
  }
  return { profiles, services, ssoSessions };
}

/** Changes when the file's content does: time of change to the nanosecond, size and inode. */
async function stateOf(file: string): Promise<string> {
  try {
    const { mtimeNs, size, ino } = await stat(file, { bigint: true });
    return `${mtimeNs}-${size}-${ino}`;
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "unreadable";
  }
}
