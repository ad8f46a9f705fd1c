/**
 * What a visitor typed, understood as a mail domain.
 *
 * People paste addresses, links and names with a dot at the end. Where the domain is plain from
 * what was typed it is taken, and that is said; where it is not, the fault is named and nothing
 * typed is lost. What comes out is A-labels: nothing else ever reaches a query or the screen as markup.
 */
import { type DomainName, isSubdomainOf, labelsOf, parseName } from '../dns/name.ts';
import { toALabels, withoutIgnored, withoutUnseen } from '../grammar/idn.ts';

/** How the domain was found in what was typed. */
export type Taken = 'as-typed' | 'from-address' | 'from-link' | 'tidied' | 'internationalised';

export type DomainInputFault =
  | 'empty'
  | 'too-long'
  | 'ip-address'
  | 'local-name'
  | 'one-label'
  /** It would be a domain without characters that nobody sees, and that no name may hold. */
  | 'invisible-character'
  | 'not-a-domain';

export type DomainInput =
  | {
      readonly ok: true;
      readonly typed: string;
      readonly domain: DomainName;
      readonly taken: Taken;
    }
  | { readonly ok: false; readonly typed: string; readonly fault: DomainInputFault };

/** Names that are never mail domains of the public DNS (RFC 6761, RFC 6762, RFC 7686, RFC 9476). */
const localNames = ['localhost', 'local', 'invalid', 'onion', 'alt'] as const;

/** Of a name as A-labels. */
const nameCharactersMost = 254;
/** Of what is typed: a link may be longer than the name in it, and longer links are none that people paste. */
export const typedCharactersMost = 2048;
/** With two colons or four numbers: a host and its port (`be.de:25`), or a list of JSON, is no address. */
const addressLiteral =
  /^\[?(?:(?:ipv6:)?(?=[^:]*:[^:]*:)[0-9a-f:.]+(?:%[^\]]*)?|\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?)\]?(?::\d+)?$/i;
const hostLabel = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/** Never throws; a fault carries what was typed. */
export function parseDomainInput(typed: string): DomainInput {
  const read = readTyped(typed);
  if (read.ok || read.fault === 'empty' || read.fault === 'too-long') return read;
  const seen = withoutUnseen(typed);
  return seen !== typed && readTyped(seen).ok ? { ...read, fault: 'invisible-character' } : read;
}

function readTyped(typed: string): DomainInput {
  const fault = (code: DomainInputFault): DomainInput => ({ ok: false, typed, fault: code });
  if (typed.length > typedCharactersMost) return fault('too-long');
  const text = withoutIgnored(typed).trim();
  if (text === '') return fault('empty');
  let taken: Taken = 'as-typed';
  let name = text;
  const link = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@?#]*@)?([^/?#:]*)(?::\d*)?(?:[/?#].*)?$/is.exec(text);
  const mail = /^(?:mailto:)?[^@\s]+@([^@\s?]+)(?:\?.*)?$/is.exec(text);
  if (link) {
    name = link[1] ?? '';
    taken = 'from-link';
  } else if (mail) {
    name = mail[1] ?? '';
    taken = 'from-address';
  }
  if (name.includes(':') || /^\[.*\]$/.test(name))
    return fault(addressLiteral.test(name) ? 'ip-address' : 'not-a-domain');
  if (/[^\0-\x7f]/.test(name) && taken === 'as-typed') taken = 'internationalised';
  const aLabels = toALabels(name);
  if (aLabels === undefined) return fault('not-a-domain');
  const folded = aLabels.length > 1 && aLabels.endsWith('.') ? aLabels.slice(0, -1) : aLabels;
  // After the folding: digits of full width are an address too.
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(folded)) return fault('ip-address');
  if (folded.length > nameCharactersMost) return fault('too-long');
  // In the files of zones a backslash hides the next character; nobody types one in a name.
  if (folded.includes('\\') || folded.endsWith('.')) return fault('not-a-domain');
  const parsed = parseName(folded);
  if (!parsed.ok) return fault(isLength(parsed.problems[0]?.code) ? 'too-long' : 'not-a-domain');
  const domain = parsed.value;
  const labels = labelsOf(domain);
  if (localNames.some((local) => isSubdomainOf(domain, local as DomainName)))
    return fault('local-name');
  if (!labels.every((label) => hostLabel.test(label))) return fault('not-a-domain');
  // What ends in a number is an address to a browser, in one of many spellings, and no top-level domain is.
  if (/^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '')) return fault('not-a-domain');
  if (labels.length < 2) return fault('one-label');
  if (taken === 'as-typed' && domain !== typed) taken = 'tidied';
  return { ok: true, typed, domain, taken };
}

const isLength = (code: string | undefined): boolean =>
  code === 'label-too-long' || code === 'name-too-long';
