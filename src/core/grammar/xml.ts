/** Text in XML and HTML. */

/**
 * The text as the content of an element or the value of an attribute in double quotes, in XML and HTML alike.
 * Characters that XML cannot hold (XML 1.0 §2.2) are left out.
 */
export const xmlText = (text: string): string =>
  text
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]/gu, '')
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
