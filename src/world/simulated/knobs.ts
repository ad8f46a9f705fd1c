/**
 * The simulator's knobs: a flat record of words, the same in the page's address, in presets and in
 * embeds. Parameter names and values are public (documented on the embedding page): never rename.
 */
import { needsDnssec, type ProfileId, type Protection } from '../../core/sender/sender.ts';

/** Every knob: its allowed values, the first being the default. Order = order in the address. */
export const knobValues = {
  /** What the sending server uses. */
  protection: [
    'opportunistic',
    'smtp-sts-2016',
    'mta-sts',
    'dane',
    'dane-only',
    'dane-and-mta-sts',
    'encrypt',
    'secure',
  ],
  /** Whose habits it has. */
  profile: ['strict', 'postfix-3.7', 'postfix-policy-daemon-1.1', 'dane-list', 'exim-4.96'],
  /** Does the sender's resolver check DNSSEC? Where the protection asks for it, or always, or never. */
  resolver: ['by-protection', 'validating', 'not-validating'],
  /** The line between the sender and its resolver. */
  path: ['trusted', 'attackable'],
  /** The recipient's zone, which holds MX and the policy records. */
  zone: ['signed', 'unsigned', 'expired', 'bogus-mx', 'bogus-address', 'bogus-tlsa'],
  /** Where the mail server's name lives: in the same zone, or in that of a provider. */
  'host-zone': ['same', 'signed', 'unsigned'],
  /** MX record, or none at all (the domain itself is the server). */
  mx: ['one', 'two', 'implicit', 'none'],
  /** Is the mail server's name an alias, and is the name behind it in a signed zone? */
  alias: ['none', 'signed', 'unsigned'],
  tlsa: [
    '3-1-1',
    'none',
    '3-1-1-wrong',
    '3-0-1',
    '3-1-2',
    '2-0-1',
    '2-1-1',
    '1-1-1',
    '0-0-1',
    '1-1-1+3-1-1',
    '3-1-1+3-1-1-wrong',
  ],
  /** For a second mail server: its TLSA records. */
  tlsa2: ['3-1-1', 'none', '3-1-1-wrong'],
  starttls: ['yes', 'no', 'broken'],
  certificate: ['valid', 'self-signed', 'other-name', 'expired', 'common-name', 'own-anchor'],
  /** MTA-STS policy of the recipient. */
  sts: ['enforce', 'testing', 'none', 'no-policy'],
  /** `wildcard-too-deep`: the server stands two labels below; `misspelt`: the policy says "nmx". */
  'sts-mx': ['listed', 'wildcard', 'not-listed', 'wildcard-too-deep', 'misspelt'],
  /** Lifetime of that policy, seconds. */
  'sts-age': ['604800', '86400', '2592000', '31557600', '3600'],
  'policy-host': ['up', 'down', 'not-found', 'redirect', 'bad-certificate', 'wrong-type', 'broken'],
  /** Policy of the draft of March 2016. */
  sts2016: ['enforce', 'report-only', 'no-policy'],
  /** How that policy says it can be authenticated, and how it wants the certificate judged. */
  'sts2016-auth': ['webpki', 'dnssec'],
  'sts2016-cert': ['webpki', 'tlsa'],
  /** Where text and pseudocode of the draft differ. */
  reading: ['text', 'pseudocode'],
  /** What went before. */
  history: [
    'first-contact',
    'known',
    'expired',
    'forged-policy-planted',
    /** Posed as the policy host, with a certificate wrongly issued for it. */
    'rogue-policy-planted',
    /** Known; then each day what is done now to the policy's record and file, until it expired. */
    'renewal-blocked',
  ],
  /** What the domain owner changed since, if anything went before. */
  change: ['nothing', 'new-mx', 'new-mx-old-policy', 'policy-withdrawn', 'policy-host-gone'],
  attempt: ['1', '2'],
  queue: ['open', 'lifetime-over'],
  /** On the line to the mail server. */
  line: [
    'quiet',
    'reads',
    'strip',
    'mitm-self',
    'mitm-ca-wrong',
    'mitm-rogue-ca',
    'mitm-server-key',
  ],
  /** DNS answers: MX or address replaced by the attacker's own; or lookups blocked. */
  'forge-mx': ['no', 'yes'],
  /** `yes`: to a server with a certificate for his own name; else with one for the genuine name. */
  'forge-address': ['no', 'yes', 'rogue-ca', 'server-key'],
  'block-mx': ['no', 'servfail', 'drop', 'nxdomain', 'nodata'],
  'block-tlsa': ['no', 'servfail', 'drop', 'nxdomain', 'nodata'],
  'forge-tlsa': ['no', 'yes'],
  /** The policy records `_mta-sts` and `_smtp_sts`. */
  'block-policy': ['no', 'nxdomain', 'nodata', 'servfail', 'drop'],
  'forge-policy': ['no', 'yes'],
  /** On the line to the policy host. */
  https: ['quiet', 'refuse', 'self-none', 'rogue-none', 'rogue-own-mx'],
  /** A stolen signing key of the recipient's zone. */
  'zone-key': ['safe', 'stolen'],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>;

export type KnobName = keyof typeof knobValues;
/** The knobs' words for protections and profiles are the core's own. */
type Same<Knob, Core> = [Knob, Core] extends [Core, Knob]
  ? true
  : { readonly onlyHere: Exclude<Knob, Core>; readonly onlyInCore: Exclude<Core, Knob> };
const sameWords: readonly [
  Same<(typeof knobValues)['protection'][number], Protection>,
  Same<(typeof knobValues)['profile'][number], ProfileId>,
] = [true, true];
void sameWords;

export type Knobs = { readonly [Name in KnobName]: (typeof knobValues)[Name][number] };

export const knobNames = Object.keys(knobValues) as readonly KnobName[];

export const defaultKnobs: Knobs = Object.fromEntries(
  knobNames.map((name) => [name, knobValues[name][0]]),
) as unknown as Knobs;

/** Does the sender's resolver validate DNSSEC under these settings? */
export const validates = ({ resolver, protection }: Knobs): boolean =>
  resolver === 'by-protection' ? needsDnssec(protection) : resolver === 'validating';

/** A parameter that is not a knob, or a value that its knob does not have; it is then ignored. */
export interface KnobProblem {
  readonly code: 'unknown-knob' | 'unknown-value';
  readonly name: string;
  readonly value: string;
}

const isKnob = (name: string): name is KnobName => Object.hasOwn(knobValues, name);

/** Applies name-value pairs (of an address, of a preset) to a situation; of a repeated name the last value counts. */
export function parseKnobs(
  pairs: Iterable<readonly [string, string]>,
  start: Knobs = defaultKnobs,
): {
  readonly knobs: Knobs;
  readonly problems: readonly KnobProblem[];
} {
  const knobs: Record<string, string> = { ...start };
  const problems: KnobProblem[] = [];
  for (const [name, value] of pairs) {
    if (!isKnob(name)) problems.push({ code: 'unknown-knob', name, value });
    else if (!(knobValues[name] as readonly string[]).includes(value))
      problems.push({ code: 'unknown-value', name, value });
    else knobs[name] = value;
  }
  return { knobs: knobs as unknown as Knobs, problems };
}

/** What differs from the default, in the order of the table. */
export type ChangedKnobs = readonly (readonly [KnobName, string])[];

/** A situation as a page carries it. */
export type Packed<Whole> = Omit<Whole, 'knobs'> & { readonly changed: ChangedKnobs };

/** Short, stable addresses, and small pages: fifty times all knobs would be half of one. */
export const formatKnobs = (knobs: Knobs): ChangedKnobs =>
  knobNames.filter((name) => knobs[name] !== defaultKnobs[name]).map((name) => [name, knobs[name]]);

/** Each of these with all its knobs, as `formatKnobs` left them. */
export const withKnobs = <Named>(packed: readonly (Named & { readonly changed: ChangedKnobs })[]) =>
  packed.map(({ changed, ...named }) => ({ ...named, knobs: parseKnobs(changed).knobs }));
