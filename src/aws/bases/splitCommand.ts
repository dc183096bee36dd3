import { BaseError } from "./baseError.ts";

/**
 * Splits the command line of a profile as the CLI does: by Python's `shlex.split`, or on Windows by
 * the rules of the C runtime. No variable, tilde or wildcard is expanded. Throws `BaseError` for a
 * quotation without an end.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export function splitCommand(command: string, platform: NodeJS.Platform): string[] {
  return platform === "win32" ? splitOnWindows(command) : splitOnPosix(command);
}

/** A piece of a word: quoted by one of the two quotes, after a backslash, or bare; or a gap. */
const posixPiece =
  /'(?<single>[^']*)'|"(?<double>(?:[^"\\]|\\[\s\S])*)"|\\(?<escaped>[\s\S])|(?<gap>[ \t\r\n]+)|(?<bare>[^'"\\ \t\r\n]+)|(?<open>[\s\S])/g;

function splitOnPosix(command: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (const { groups = {} } of command.matchAll(posixPiece)) {
    if (groups["open"] !== undefined) throw withoutEnd();
    if (groups["gap"] !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      // Between double quotes a backslash stands for itself, save before itself and the quote.
      const double = groups["double"]?.replace(/\\(["\\])/g, "$1");
      word =
        (word ?? "") + (groups["single"] ?? double ?? groups["escaped"] ?? groups["bare"] ?? "");
    }
  }
  return word === undefined ? words : [...words, word];
}

/** Backslashes before a quote stand for half as many, and an odd one makes the quote a character. */
const windowsPiece = /(?<slashes>\\*)"|(?<gap>[ \t]+)|(?<bare>\\+|[^\\" \t]+)/g;

function splitOnWindows(command: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (const { 0: piece, groups = {} } of command.matchAll(windowsPiece)) {
    const slashes = groups["slashes"]?.length;
    if (slashes !== undefined) {
      const isCharacter = slashes % 2 === 1;
      word = (word ?? "") + "\\".repeat(Math.floor(slashes / 2)) + (isCharacter ? '"' : "");
      if (!isCharacter) quoted = !quoted;
    } else if (groups["gap"] !== undefined && !quoted) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? "") + piece;
    }
  }
  if (quoted) throw withoutEnd();
  return word === undefined ? words : [...words, word];
}

function withoutEnd(): BaseError {
  return new BaseError("ProcessCommand", "A quotation in the command has no end.");
}
