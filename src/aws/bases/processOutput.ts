import { stripVTControlCharacters } from "node:util";
import type { BaseCredentials } from "../calls/credentials.ts";
import { BaseError } from "./baseError.ts";
import { jsonObject, textOf } from "./json.ts";
import type { ProcessResult } from "./runProcess.ts";

/**
 * The credentials that a program printed. Throws `BaseError`, with what the program had to say on
 * stderr, never with its output.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export function processOutput({ exitCode, stdout, stderr }: ProcessResult): BaseCredentials {
  const said = excerpt(stderr);
  if (exitCode !== 0) {
    const how = exitCode === null ? "It was ended by a signal" : `It ended with code ${exitCode}`;
    throw new BaseError("ProcessFailed", said ? `${how} and said: ${said}` : `${how}.`);
  }
  const printed = jsonObject(stdout);
  if (printed === undefined) {
    const what = stdout.trim() === "" ? "It printed nothing" : "What it printed is no JSON object";
    throw new BaseError("ProcessNotJson", said ? `${what}, and it said: ${said}` : `${what}.`);
  }
  const version = printed["Version"];
  if (version !== 1) {
    const given = version === undefined ? "none" : typeof version === "number" ? version : "a text";
    throw new BaseError(
      "ProcessVersion",
      `Its "Version" must be the number 1; here it is ${given}.`,
    );
  }
  return credentialsIn(printed);
}

function credentialsIn(printed: Readonly<Record<string, unknown>>): BaseCredentials {
  const accessKeyId = textOf(printed["AccessKeyId"]);
  const secretAccessKey = textOf(printed["SecretAccessKey"]);
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    const missing = accessKeyId === undefined ? "AccessKeyId" : "SecretAccessKey";
    throw new BaseError("ProcessIncomplete", `"${missing}" is missing in what it printed.`);
  }
  const sessionToken = textOf(printed["SessionToken"]);
  const written = printed["Expiration"];
  const expiration = typeof written === "string" ? Date.parse(written) : Number.NaN;
  if (written !== undefined && written !== null && Number.isNaN(expiration)) {
    throw new BaseError("ProcessIncomplete", `The "Expiration" in what it printed is no time.`);
  }
  return {
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) },
    ...(Number.isNaN(expiration) ? {} : { expiration }),
  };
}

/** What fits into a message. Characters. */
const longestExcerpt = 300;

/** What looks like a secret access key or a session token, in case a program tells too much. */
const secretLike = /(?<![\w/+=-])[A-Za-z0-9/+=]{40}(?![\w/+=-])|[A-Za-z0-9/+=_-]{100,}/g;

/** The end of what a program said, as one line: the reason comes last. */
export function excerpt(stderr: string): string {
  const line = stripVTControlCharacters(stderr)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .replace(secretLike, "…")
    .trim();
  return line.length > longestExcerpt ? `…${line.slice(-longestExcerpt)}` : line;
}
