import type { BaseCredentials } from "../calls/credentials.ts";
import { BaseError } from "./baseError.ts";
import type { BaseContext } from "./context.ts";
import { jsonObject, textOf } from "./json.ts";
import { metadataCredentials } from "./metadataCredentials.ts";
import { type MetadataAnswer, metadataRequest, NoAnswer } from "./metadataRequest.ts";
import { type MetadataSettings, metadataSettings } from "./metadataSettings.ts";

const rolesPath = "latest/meta-data/iam/security-credentials/";

/** The part of a try's time that the token may take; the rest is for finding out why it did not come. */
const tokenShare = 0.6;

/**
 * The role of the EC2 instance, from its metadata service. The SDK's own provider takes two seconds
 * where the service is silent, disregards `AWS_EC2_METADATA_DISABLED`, tells no reason, and
 * pretends that credentials which have ended last on.
 * @param profile The profile whose settings say how to ask.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export async function instanceProfile(
  profile: string,
  { config, environment, signal }: BaseContext,
): Promise<BaseCredentials> {
  const settings = metadataSettings(environment, config.profiles.get(profile));
  if (settings.isSwitchedOff) {
    throw new BaseError("ImdsSwitchedOff", "AWS_EC2_METADATA_DISABLED is true.");
  }
  for (let left = settings.attempts - 1; ; left -= 1) {
    try {
      return await new MetadataInquiry(settings, signal).credentials();
    } catch (error) {
      if (left <= 0 || signal.aborted || !isWorthAnotherTry(error)) throw error;
    }
  }
}

function isWorthAnotherTry(error: unknown): boolean {
  return (
    error instanceof BaseError && ["ImdsAbsent", "ImdsSilent", "ImdsFailing"].includes(error.name)
  );
}

/** A session of IMDSv2, or why there is none. */
type TokenAnswer =
  | { readonly token: string; readonly silent?: never }
  | { readonly token?: never; readonly silent: boolean };

/** One try, which ends in time whoever answers or doesn't. */
class MetadataInquiry {
  readonly #settings: MetadataSettings;
  readonly #signal: AbortSignal;
  readonly #deadline: number;

  constructor(settings: MetadataSettings, signal: AbortSignal) {
    this.#settings = settings;
    this.#signal = signal;
    this.#deadline = performance.now() + settings.timeoutMs;
  }

  async credentials(): Promise<BaseCredentials> {
    const answered = await this.#token();
    const headers = answered.token ? { "x-aws-ec2-metadata-token": answered.token } : {};
    const role = await this.#role(answered, headers);
    const { body } = succeeded(await this.#get(rolesPath + encodeURIComponent(role), headers));
    const credentials = metadataCredentials(body);
    if (credentials !== undefined) return credentials;
    const problem = jsonObject(body);
    const code = textOf(problem?.["Code"]);
    if (code === undefined || code === "Success") throw unreadable();
    throw new BaseError("ImdsRoleProblem", [code, textOf(problem?.["Message"])].join(": "));
  }

  async #token(): Promise<TokenAnswer> {
    try {
      const answer = await metadataRequest({
        url: this.#url("latest/api/token"),
        method: "PUT",
        headers: { "x-aws-ec2-metadata-token-ttl-seconds": "21600" },
        timeoutMs: this.#settings.timeoutMs * tokenShare,
        signal: this.#signal,
      });
      // What knows nothing of tokens says so with one of these, and so does a service that is off.
      if ([403, 404, 405].includes(answer.status)) return this.#withoutToken({ silent: false });
      const token = succeeded(answer).body.trim();
      if (/^[\w+/=-]+$/.test(token)) return { token };
      throw unreadable();
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      if (error.connected) return this.#withoutToken({ silent: true });
      throw new BaseError("ImdsAbsent", `${this.#settings.endpoint.host}: ${error.message}`);
    }
  }

  #withoutToken(answer: { readonly silent: boolean }): TokenAnswer {
    if (!this.#settings.version1Blocked) return answer;
    if (answer.silent) throw hopLimit();
    throw new BaseError(
      "ImdsVersion1Only",
      "It gives no token, and version 1, which needs none, is blocked by ec2_metadata_v1_disabled.",
    );
  }

  async #role(token: TokenAnswer, headers: Readonly<Record<string, string>>): Promise<string> {
    const answer = await this.#get(rolesPath, headers);
    if (answer.status === 401 && !token.token && token.silent) throw hopLimit();
    if (answer.status === 403) throw new BaseError("ImdsDisabled", "It answers 403.");
    if (answer.status === 404) throw new BaseError("ImdsNoRole", "It has no role.");
    const role = succeeded(answer).body.trim();
    if (/^[\w+=,.@-]{1,64}$/.test(role)) return role;
    throw unreadable();
  }

  async #get(path: string, headers: Readonly<Record<string, string>>): Promise<MetadataAnswer> {
    const timeoutMs = Math.max(this.#deadline - performance.now(), 1);
    try {
      return await metadataRequest({
        url: this.#url(path),
        headers,
        timeoutMs,
        signal: this.#signal,
      });
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      throw new BaseError("ImdsSilent", `${this.#settings.endpoint.host}: ${error.message}`);
    }
  }

  #url(path: string): URL {
    const { endpoint } = this.#settings;
    return new URL(path, endpoint.href.endsWith("/") ? endpoint : `${endpoint.href}/`);
  }
}

function succeeded(answer: MetadataAnswer): MetadataAnswer {
  if (answer.status === 200) return answer;
  throw new BaseError(
    answer.status >= 500 ? "ImdsFailing" : "ImdsRefused",
    `It answers ${answer.status}.`,
  );
}

function hopLimit(): BaseError {
  return new BaseError(
    "ImdsHopLimit",
    "The request for a token was taken, but its answer did not arrive, and without a token it refuses.",
  );
}

function unreadable(): BaseError {
  return new BaseError("ImdsUnreadable", "Its answer holds neither credentials nor a reason.");
}
