/** The variables of a process, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment that a new terminal starts from: the editor's own, with the changes of the
 * setting `terminal.integrated.env.*`, where `null` unsets.
 * @see https://code.visualstudio.com/docs/terminal/profiles
 */
export function inheritedBy(
  editor: Environment,
  setting: Readonly<Record<string, string | null>>,
): Environment {
  const inherited: Record<string, string | undefined> = { ...editor };
  for (const [name, value] of Object.entries(setting)) {
    if (value === null) delete inherited[name];
    else inherited[name] = value;
  }
  return inherited;
}
