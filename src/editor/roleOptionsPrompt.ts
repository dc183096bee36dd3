import * as vscode from "vscode";
import {
  durationProblem,
  externalIdProblem,
  mfaSerialProblem,
  policyArnsProblem,
  policyProblem,
  sessionTagsProblem,
  sourceIdentityProblem,
} from "../aws/role/limits.ts";
import type { Role } from "../aws/role/role.ts";
import { parseList, parseTags } from "../aws/role/sessionTags.ts";

type Options = Omit<Role, "origin" | "name" | "roleArn">;

/** A parameter that can be asked for: how it is called, checked and kept. */
interface Option {
  readonly label: string;
  readonly placeholder: string;
  readonly problemOf: (text: string) => string | undefined;
  readonly kept: (text: string) => Options;
}

const options: readonly Option[] = [
  {
    label: "External ID",
    placeholder: "what the role's trust policy asks for",
    problemOf: externalIdProblem,
    kept: (externalId) => ({ externalId }),
  },
  {
    label: "MFA device",
    placeholder: "arn:aws:iam::123456789012:mfa/name",
    problemOf: mfaSerialProblem,
    kept: (mfaSerial) => ({ mfaSerial }),
  },
  {
    label: "Duration",
    placeholder: "seconds, 900 to 43200",
    problemOf: durationProblem,
    kept: (durationSeconds) => ({ durationSeconds }),
  },
  {
    label: "Region",
    placeholder: "eu-central-1",
    problemOf: (text) =>
      /^[a-z]+(-[a-z]+)+-\d+$/.test(text) ? undefined : "A region reads eu-central-1.",
    kept: (region) => ({ region }),
  },
  {
    label: "Source identity",
    placeholder: "who you are, kept through a chain of roles",
    problemOf: sourceIdentityProblem,
    kept: (sourceIdentity) => ({ sourceIdentity }),
  },
  {
    label: "Session tags",
    placeholder: "key=value,key=value",
    problemOf: (text) => {
      const { tags, wrong } = parseTags(text);
      return tags ? sessionTagsProblem(tags) : `"${wrong}" is no pair of key=value.`;
    },
    kept: (text) => ({ tags: parseTags(text).tags ?? {} }),
  },
  {
    label: "Transitive tag keys",
    placeholder: "keys of the session tags that are passed on along a chain: key,key",
    problemOf: () => undefined,
    kept: (text) => ({ transitiveTagKeys: parseList(text) }),
  },
  {
    label: "Session policy",
    placeholder: '{"Version":"2012-10-17","Statement":[…]}',
    problemOf: policyProblem,
    kept: (policy) => ({ policy }),
  },
  {
    label: "Managed session policies",
    placeholder: "arn:aws:iam::aws:policy/ReadOnlyAccess,…",
    problemOf: (text) => policyArnsProblem(parseList(text)),
    kept: (text) => ({ policyArns: parseList(text) }),
  },
];

/** Offers what AssumeRole takes beside the ARN, until the user assumes. `undefined` if they give up. */
export async function promptForOptions(title: string): Promise<Options | undefined> {
  const given = new Map<Option, string>();
  for (;;) {
    const picked = await vscode.window.showQuickPick(
      [
        { label: "$(key) Assume", option: undefined },
        { label: "more, if the role wants it", kind: vscode.QuickPickItemKind.Separator },
        ...options.map((option) => ({
          label: option.label,
          description: given.get(option) ?? "",
          option,
        })),
      ],
      { title, placeHolder: "Assume now, or set more first", ignoreFocusOut: true },
    );
    if (picked === undefined) return undefined;
    const { option } = picked as { readonly option?: Option };
    if (option === undefined) return collected(given);
    const text = await ask(option, given.get(option) ?? "");
    if (text === "") given.delete(option);
    else if (text !== undefined) given.set(option, text);
  }
}

function collected(given: ReadonlyMap<Option, string>): Options {
  return Object.assign({}, ...[...given].map(([option, text]) => option.kept(text)));
}

async function ask(option: Option, value: string): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({
    title: option.label,
    value,
    placeHolder: option.placeholder,
    prompt: "Leave it empty to send none",
    ignoreFocusOut: true,
    validateInput: (typed) => (typed.trim() === "" ? undefined : option.problemOf(typed.trim())),
  });
  return text?.trim();
}
