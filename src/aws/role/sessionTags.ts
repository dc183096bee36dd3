/** Session tags written as `key=value,…`, as aws-vault has them; or the part that is no pair. */
export function parseTags(
  text: string,
):
  | { readonly tags: Readonly<Record<string, string>>; readonly wrong?: never }
  | { readonly wrong: string; readonly tags?: never } {
  const tags: Record<string, string> = {};
  for (const pair of parseList(text)) {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (key === undefined || value === undefined) return { wrong: pair };
    tags[key.trim()] = value.trim();
  }
  return { tags };
}

/** The parts of a list that is written with commas. */
export function parseList(text: string): string[] {
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
