/** Whether a text matches an IAM pattern, in which `*` stands for any characters and `?` for one. */
export function matchesWildcard(pattern: string, text: string, flags = ""): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, `s${flags}`).test(text);
}

/** Whether an action such as `s3:GetObject` matches a pattern such as `s3:get*`; actions ignore case. */
export function matchesAction(pattern: string, action: string): boolean {
  return matchesWildcard(pattern, action, "i");
}
