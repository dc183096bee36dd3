/** The content of an XML element: text, or child elements in order. Children without a value are left out. */
export type XmlContent = string | { readonly [name: string]: XmlContent | undefined };

/** Writes elements as XML, without a declaration, as STS does. */
export function toXml(content: XmlContent): string {
  if (typeof content === "string") {
    return escapeXml(content);
  }
  return Object.entries(content)
    .map(([name, child]) => (child === undefined ? "" : `<${name}>${toXml(child)}</${name}>`))
    .join("");
}

/** An element with the namespace of the STS API, the root of every answer. */
export function stsDocument(name: string, content: XmlContent): string {
  const namespace = "https://sts.amazonaws.com/doc/2011-06-15/";
  return `<${name} xmlns="${namespace}">${toXml(content)}</${name}>\n`;
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["\r", "&#xD;"],
]);

function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, (character) => ENTITIES.get(character) ?? character);
}
