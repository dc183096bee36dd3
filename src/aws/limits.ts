/**
 * What STS accepts as parameters of AssumeRole, checked before the call so that the reason can be
 * given while it is typed.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */

/** Why a text is no role session name, in one sentence; `undefined` if it is one. */
export function sessionNameProblem(text: string): string | undefined {
  if (text.length < 2 || text.length > 64) {
    return `A session name has 2 to 64 characters; this has ${text.length}.`;
  }
  const stranger = /[^\w+=,.@-]/u.exec(text)?.[0];
  if (stranger === undefined) return undefined;
  return `A session name can't contain ${stranger === " " ? "a space" : `"${stranger}"`}: letters, digits and _+=,.@- only.`;
}

/** Why a text is no external id, in one sentence; `undefined` if it is one. */
export function externalIdProblem(text: string): string | undefined {
  if (text.length < 2 || text.length > 1224) {
    return `An external id has 2 to 1224 characters; this has ${text.length}.`;
  }
  if (/^[\w+=,.@:/-]*$/.test(text)) return undefined;
  return "An external id has letters, digits and _+=,.@:/- only.";
}

/** Why a text is no duration of a session in seconds; `undefined` if it is one. */
export function durationProblem(text: string): string | undefined {
  if (!/^\d+$/.test(text)) return `A duration is a whole number of seconds; "${text}" is none.`;
  const seconds = Number(text);
  if (seconds >= 900 && seconds <= 43_200) return undefined;
  return `A session lasts 900 to 43200 seconds (15 minutes to 12 hours); this says ${text}.`;
}

/** Why a text is no serial number of an MFA device; `undefined` if it is one. */
export function mfaSerialProblem(text: string): string | undefined {
  if (/^[\w+=/:,.@-]{9,256}$/.test(text)) return undefined;
  return "An MFA device is named by its serial number or its ARN, 9 to 256 characters.";
}

/** Why a text is no code of an MFA device, in one sentence; `undefined` if it is one. */
export function mfaCodeProblem(text: string): string | undefined {
  return /^\d{6}$/.test(text) ? undefined : "The code has six digits.";
}
