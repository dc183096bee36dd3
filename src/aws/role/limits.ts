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

/** Why a text is no source identity, in one sentence; `undefined` if it is one. */
export function sourceIdentityProblem(text: string): string | undefined {
  if (/^[\w+=,.@-]{2,64}$/.test(text)) return undefined;
  return "A source identity has 2 to 64 letters, digits or any of _+=,.@-";
}

const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Why session tags are not what STS takes, in one sentence; `undefined` if they are. */
export function sessionTagsProblem(tags: Readonly<Record<string, string>>): string | undefined {
  const entries = Object.entries(tags);
  if (entries.length > 50) return `A session has 50 tags at the most; here are ${entries.length}.`;
  for (const [key, value] of entries) {
    if (key.length < 1 || key.length > 128 || !tagText.test(key)) {
      return `"${key}" can't be the key of a session tag: 1 to 128 letters, digits, spaces or any of _.:/=+-@`;
    }
    if (value.length > 256 || !tagText.test(value)) {
      return `The session tag "${key}" has a value that STS refuses: up to 256 letters, digits, spaces or any of _.:/=+-@`;
    }
  }
  const folded = new Set(entries.map(([key]) => key.toLowerCase()));
  if (folded.size === entries.length) return undefined;
  return "Two session tags have the same key: STS doesn't tell upper from lower case in them.";
}

/** Why a text is no inline session policy, in one sentence; `undefined` if it is one. */
export function policyProblem(text: string): string | undefined {
  if (text.length < 1 || text.length > 2048) {
    return `A session policy has 1 to 2048 characters; this has ${text.length}.`;
  }
  try {
    const policy: unknown = JSON.parse(text);
    if (typeof policy === "object" && policy !== null && "Statement" in policy) return undefined;
  } catch {
    return "A session policy is JSON; this can't be read as such.";
  }
  return 'A session policy is a JSON object with a "Statement".';
}

const policyArn = /^arn:aws[a-z0-9-]*:iam::(aws|\d{12}):policy\/[\w+=,.@/-]{1,512}$/;

/** Why texts are no managed session policies, in one sentence; `undefined` if they are. */
export function policyArnsProblem(arns: readonly string[]): string | undefined {
  if (arns.length > 10) return `A session takes 10 managed policies; here are ${arns.length}.`;
  const wrong = arns.find((arn) => !policyArn.test(arn));
  if (wrong === undefined) return undefined;
  return `"${wrong}" is not the ARN of a managed policy, such as arn:aws:iam::aws:policy/ReadOnlyAccess.`;
}
