/**
 * What a visitor typed, understood as a mail domain.
 *
 * People paste addresses, links and names with a dot at the end. Where the domain is plain from
 * what was typed it is taken, and that is said; where it is not, the fault is named and nothing
 * typed is lost. What comes out is A-labels: nothing else ever reaches a query or the screen as markup.
 */
import type { DomainName } from '../dns/name.ts';
import { isSubdomainOf, labelsOf, parseName } from '../dns/name.ts';
import { foldDomain } from '../grammar/idn.ts';

/** How the domain was found in what was typed. */
export type Taken = 'as-typed' | 'from-address' | 'from-link' | 'tidied' | 'internationalised';

export type DomainInputFault =
  'empty' | 'too-long' | 'ip-address' | 'local-name' | 'one-label' | 'not-a-domain';

export type DomainInput =
  | {
      readonly ok: true;
      readonly typed: string;
      readonly domain: DomainName;
      readonly taken: Taken;
    }
  | { readonly ok: false; readonly typed: string; readonly fault: DomainInputFault };

/** Names that are never mail domains of the public DNS (RFC 6761, RFC 6762). */
const localNames = ['localhost', 'local', 'invalid', 'onion'] as const;

/**
 * Signs that nobody sees and no name has: blanks of no width, soft hyphens, turns of the direction of
 * writing (UTS 46 ignores or refuses them). Text copied from a page or a letter is full of them; left in,
 * another name is asked for than the one on screen. Joiners stay: some scripts spell with them.
 */
const unseen =
  /\u00ad|\u200b|\u200e|\u200f|[\u202a-\u202e]|[\u2060-\u2064]|[\u2066-\u2069]|\ufeff/g;

const maxTyped = 254;
const hostLabel = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/** Never throws; a fault carries what was typed. */
export function parseDomainInput(typed: string): DomainInput {
  const fault = (code: DomainInputFault): DomainInput => ({ ok: false, typed, fault: code });
  const text = typed.replace(unseen, '').trim();
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
  if (name.includes(':') || /^\[.*\]$/.test(name) || /^\d{1,3}(?:\.\d{1,3}){3}\.?$/.test(name))
    return fault(/^[[\]0-9a-f:.]+$/i.test(name) ? 'ip-address' : 'not-a-domain');
  if (name.length > 1 && name.endsWith('.')) name = name.slice(0, -1);
  if (/[^\0-\x7f]/.test(name) && taken === 'as-typed') taken = 'internationalised';
  // Dots that other scripts use count as dots (UTS 46 §2.3).
  const folded = foldDomain(name.replace(/[\u3002\uff0e\uff61]/g, '.'));
  if (folded.length > maxTyped) return fault('too-long');
  const parsed = parseName(folded);
  if (!parsed.ok) return fault(isLength(parsed.problems[0]?.code) ? 'too-long' : 'not-a-domain');
  const domain = parsed.value;
  const labels = labelsOf(domain);
  if (localNames.some((local) => isSubdomainOf(domain, local as DomainName)))
    return fault('local-name');
  if (!labels.every((label) => hostLabel.test(label))) return fault('not-a-domain');
  if (labels.length < 2) return fault('one-label');
  if (taken === 'as-typed' && domain !== typed) taken = 'tidied';
  return { ok: true, typed, domain, taken };
}

const isLength = (code: string | undefined): boolean =>
  code === 'label-too-long' || code === 'name-too-long';
