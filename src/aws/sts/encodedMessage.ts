/** How the services introduce the message in a denial. */
const labelled = /Encoded authorization failure message:?\s*([\w+/=-]+)/i;

/** Shorter runs of such characters are words, ids or keys. */
const bare = /[\w+/=-]{100,}/g;

/**
 * Finds the encoded message of a denial in a text: after the words that introduce it, else the
 * longest run of its characters; a text of nothing else may be broken into lines.
 */
export function findEncodedMessage(text: string): string | undefined {
  const named = labelled.exec(text)?.[1];
  if (named !== undefined) return named;
  const joined = text.replace(/\s+/g, "");
  if (joined.length >= 100 && /^[\w+/=-]+$/.test(joined) && !/\S\s+\S{1,20}\s+\S/.test(text)) {
    return joined;
  }
  return text.match(bare)?.sort((a, b) => b.length - a.length)[0];
}
