/** Which knob stands where, and when it matters at all. */
import { needsDnssec } from '../../core/sender/sender.ts';
import { validates, type KnobName, type Knobs } from '../../world/simulated/knobs.ts';

export type KnobGroup = 'sending' | 'receiving' | 'attacking';

/** In front, per group; the rest stands behind "more". */
export const front: Readonly<Record<KnobGroup, readonly KnobName[]>> = {
  sending: ['history'],
  receiving: ['zone', 'tlsa', 'sts', 'sts2016'],
  attacking: ['line', 'forge-mx', 'block-policy', 'forge-policy', 'block-tlsa', 'https'],
};

export const more: Readonly<Record<KnobGroup, readonly KnobName[]>> = {
  sending: ['change', 'resolver', 'path', 'reading', 'profile', 'attempt', 'queue'],
  receiving: [
    'starttls',
    'certificate',
    'mx',
    'host-zone',
    'alias',
    'tlsa2',
    'sts-mx',
    'sts-age',
    'policy-host',
    'sts2016-auth',
    'sts2016-cert',
  ],
  attacking: ['block-mx', 'forge-address', 'forge-tlsa', 'zone-key'],
};

const usesDane = (knobs: Knobs) =>
  needsDnssec(knobs.protection) || knobs['sts2016-cert'] === 'tlsa';
const usesSts = (knobs: Knobs) =>
  knobs.protection === 'mta-sts' || knobs.protection === 'dane-and-mta-sts';
const uses2016 = (knobs: Knobs) => knobs.protection === 'smtp-sts-2016';
const remembers = (knobs: Knobs) => usesSts(knobs) || uses2016(knobs);

const matters: Partial<Record<KnobName, (knobs: Knobs) => boolean>> = {
  tlsa: usesDane,
  tlsa2: (knobs) => usesDane(knobs) && knobs.mx === 'two',
  'block-tlsa': usesDane,
  'forge-tlsa': usesDane,
  sts: usesSts,
  'sts-mx': usesSts,
  'sts-age': usesSts,
  'policy-host': usesSts,
  https: remembers,
  'block-policy': remembers,
  'forge-policy': remembers,
  history: remembers,
  change: (knobs) => remembers(knobs) && knobs.history !== 'first-contact',
  sts2016: uses2016,
  'sts2016-auth': uses2016,
  'sts2016-cert': uses2016,
  reading: uses2016,
};

/** Knobs that cannot make a difference under this protection are not shown. */
export const isShown = (name: KnobName, knobs: Knobs): boolean => matters[name]?.(knobs) ?? true;

/** A setting of the sender with which its protection is not what its name says. */
export interface Unlike {
  readonly name: 'resolver' | 'path' | 'profile';
  readonly value: string;
  /** The value that undoes it. */
  readonly usual: string;
}

/** Those settings, to be told beside the choice of protection: each is folded away elsewhere. */
export function unlikeItsName(knobs: Knobs): readonly Unlike[] {
  const { protection, path, profile } = knobs;
  const byDnssec2016 =
    uses2016(knobs) && (knobs['sts2016-auth'] === 'dnssec' || knobs['sts2016-cert'] === 'tlsa');
  const restsOnDnssec = needsDnssec(protection) || byDnssec2016;
  const isChecked = validates(knobs);
  const told: Unlike[] = [];
  if (isChecked !== restsOnDnssec)
    told.push({
      name: 'resolver',
      value: isChecked ? 'validating' : 'not-validating',
      usual: byDnssec2016 ? 'validating' : 'by-protection',
    });
  // A sender that has no use for DNSSEC believes the attacker on any line.
  if (path === 'attackable' && (isChecked || restsOnDnssec))
    told.push({ name: 'path', value: path, usual: 'trusted' });
  if (profile !== 'strict') told.push({ name: 'profile', value: profile, usual: 'strict' });
  return told;
}

/** A knob that had to give way to the others. */
export interface Yielded {
  readonly name: KnobName;
  readonly value: string;
  readonly used: string;
}

/** The nearest settings that do not contradict each other, and what had to change. */
export function settle(knobs: Knobs): {
  readonly knobs: Knobs;
  readonly yielded: readonly Yielded[];
} {
  const yielded: Yielded[] = [];
  const settled: Record<string, string> = { ...knobs };
  const give = (name: KnobName, used: string) => {
    if (settled[name] === used) return;
    yielded.push({ name, value: knobs[name], used });
    settled[name] = used;
  };
  if (knobs.history === 'first-contact') give('change', 'nothing');
  if (knobs.mx !== 'two') give('tlsa2', '3-1-1');
  if (knobs.zone === 'unsigned') give('zone-key', 'safe');
  return { knobs: settled as unknown as Knobs, yielded };
}
