/**
 * `/.well-known/security.txt` (RFC 9116): where to report a hole in this copy of the site.
 */

/** RFC 9116 §2.5.5 recommends less than a year: a file that nobody looks after must not be believed for long. */
const validDays = 350;

/** RFC 9116 §2.5.3: a contact is a URI; web addresses begin with https. */
function contactUri(given: string): string {
  if (/^(https:\/\/|mailto:|tel:)\S+$/.test(given)) return given;
  if (/^[^\s@:/]+@[^\s@:/]+$/.test(given)) return `mailto:${given}`;
  throw new Error(
    `content/operator.yaml: "security" is no e-mail address or https address: ${given}`,
  );
}

/** The text, or undefined when the operator named nobody. `site` is the origin, where it is known. */
export function securityText(
  contact: string,
  site: string | undefined,
  built: Date,
): string | undefined {
  if (contact === '') return undefined;
  const expires = new Date(built.getTime() + validDays * 86_400_000);
  return [
    `Contact: ${contactUri(contact)}`,
    `Expires: ${expires.toISOString().replace(/\.\d+Z$/, 'Z')}`,
    'Preferred-Languages: nl, en',
    ...(site?.startsWith('https:') === true
      ? [`Canonical: ${new URL('/.well-known/security.txt', site).href}`]
      : []),
    '',
  ].join('\n');
}
